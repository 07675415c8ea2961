"""Lineage: every number says what it was computed from, down to the words of a document, and can be recomputed."""

from __future__ import annotations

import os
import re
from typing import Any

import duckdb
import pytest

ESTIMATE = "SELECT estimate_id FROM estimates WHERE model_id = 'gpt-4' AND method = 'server_power'"

#: What GPT-4's estimate by server power needs, each with the document that says it.
REFERENCES = {
    "accelerator_count": "gpt4-leak-2023",
    "training_duration": "gpt4-leak-2023",
    "accelerators_per_server": "pcnews-dgx-a100",
    "server_power": "nvidia-dgxa100-datasheet",
    "pue": "gsf-real-time-cloud",
    "grid_intensity": "gsf-real-time-cloud",
}


def trace(connection: duckdb.DuckDBPyConnection, call: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f"FROM {call}")
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_the_inputs_of_an_estimate_are_its_roles(tables: duckdb.DuckDBPyConnection) -> None:
    rows = tables.execute(f"""
        SELECT column_name, role, CASE WHEN claim_id IS NULL THEN input_table || '.' || input_column ELSE 'claim' END
        FROM lineage WHERE table_name = 'estimates' AND row_id IN ({ESTIMATE})""").fetchall()
    chain = ("energy_kwh", "emissions_tco2e", "it_energy_kwh", "grid_intensity_g_per_kwh", "pue")
    assert sorted(row for row in rows if row[0] in chain) == [
        ("emissions_tco2e", "energy_kwh", "estimates.energy_kwh"),
        ("emissions_tco2e", "grid_intensity_g_per_kwh", "run_intensity.grid_intensity_g_per_kwh"),
        ("energy_kwh", "it_energy_kwh", "run_energy.it_energy_kwh"),
        ("energy_kwh", "pue", "claim"),
        ("grid_intensity_g_per_kwh", "grid_intensity_g_per_kwh", "run_intensity.grid_intensity_g_per_kwh"),
        ("it_energy_kwh", "it_energy_kwh", "run_energy.it_energy_kwh"),
        ("pue", "pue", "claim"),
    ]
    rows = tables.execute(f"""
        SELECT role FROM lineage WHERE table_name = 'run_energy' AND column_name = 'it_energy_kwh'
            AND row_id IN (SELECT energy_row_id FROM estimates WHERE estimate_id IN ({ESTIMATE}))""").fetchall()
    assert sorted(role for (role,) in rows) == [
        "accelerator_count",
        "accelerators_per_server",
        "server_power_w",
        "training_duration_h",
    ]


@pytest.mark.parametrize(
    ("column", "quantities"),
    [
        ("it_energy_kwh", {"accelerator_count", "training_duration", "accelerators_per_server", "server_power"}),
        ("energy_kwh", set(REFERENCES) - {"grid_intensity"}),
        ("emissions_tco2e", set(REFERENCES)),
        ("pue", {"pue"}),
    ],
)
def test_a_number_cites_exactly_the_documents_it_ends_in(
    tables: duckdb.DuckDBPyConnection, column: str, quantities: set[str]
) -> None:
    rows = tables.execute(
        f"""SELECT claim.quantity, cited.reference_id FROM number_references AS cited JOIN claim USING (claim_id)
        WHERE cited.table_name = 'estimates' AND cited.column_name = ? AND cited.row_id IN ({ESTIMATE})""",
        [column],
    ).fetchall()
    assert sorted(rows) == sorted((name, REFERENCES[name]) for name in quantities)


def test_the_trace_of_the_article_s_estimate(tables: duckdb.DuckDBPyConnection) -> None:
    """25,000 / 8 servers x 6.5 kW x 2,160 to 2,400 h x PUE 1.18 x 240.6 g/kWh."""
    rows = trace(tables, "trace('gpt-4', 'emissions_tco2e', region := 'azure/westus', method := 'server_power')")
    by_role = {row["role"]: row for row in rows}
    assert rows[0] is by_role["emissions_tco2e"]
    ends = {role: (by_role[role]["low"], by_role[role]["high"]) for role in by_role}
    assert ends["it_energy_kwh"] == pytest.approx((43_875_000, 48_750_000), rel=1e-14)
    assert ends["energy_kwh"] == pytest.approx((51_772_500, 57_525_000), rel=1e-14)
    assert ends["emissions_tco2e"] == pytest.approx((12_456.4635, 13_840.515), rel=1e-14)
    leaves = {row["quantity"]: row["reported_text"] for row in rows if row["claim_id"] is not None}
    assert leaves == {
        "accelerator_count": "~25,000 A100s",
        "accelerators_per_server": "восемь ускорителей вычислений A100",
        "server_power": "6.5 kW max",
        "training_duration": "90-100 days",
        "pue": "1.18",
        "grid_intensity": "240.6",
    }
    for row in rows:
        if row["claim_id"] is not None:
            assert row["reference_title"]
            assert row["locator"]
            assert len(row["snapshot_id"]) == 64
            assert row["source_row"] > 1


def test_the_centre_is_the_geometric_mean_of_the_duration(tables: duckdb.DuckDBPyConnection) -> None:
    rows = trace(tables, "trace('gpt-4', 'energy_kwh', region := 'azure/westus', method := 'server_power')")
    hours = (2160 * 2400) ** 0.5
    assert rows[0]["value"] == pytest.approx(25_000 / 8 * 6.5 * hours * 1.18, rel=1e-14)


def test_both_ways_into_a_trace_give_the_same_tree(tables: duckdb.DuckDBPyConnection) -> None:
    ((row_id,),) = tables.execute(ESTIMATE).fetchall()
    by_row = trace(tables, f"trace_number('estimates', {row_id}, 'emissions_tco2e')")
    by_name = trace(tables, "trace('gpt-4', 'emissions_tco2e', method := 'server_power')")
    assert by_row == by_name
    assert len(by_row) == 10


def test_a_trace_is_executable(tables: duckdb.DuckDBPyConnection) -> None:
    """Each formula, evaluated over the children that the trace itself gives, is the number above them."""
    each = 2 if os.environ.get("FOOTNOTE_SLOW") else 1  # of every table
    roots = tables.execute(f"""
        SELECT number.table_name, number.row_id, number.column_name FROM number
        SEMI JOIN (FROM column_lineage WHERE NOT is_claim) AS computed USING (table_name, column_name)
        QUALIFY row_number() OVER (PARTITION BY table_name ORDER BY md5(column_name || CAST(row_id AS TEXT))) <= {each}
        ORDER BY ALL""").fetchall()
    evaluated = set()
    for table, row_id, column in roots:
        rows = trace(tables, f"trace_number('{table}', {row_id}, '{column}')")
        for row in rows:
            if row["formula"] is None:
                continue
            place = row["place"]
            children = [r for r in rows if r["place"][:-1] == place and len(r["place"]) == len(place) + 1]
            used = {child["role"]: child[child["bound"]] for child in children}
            inputs = ", ".join(f"CAST(? AS DOUBLE) AS {role}" for role in used)
            ((found,),) = tables.execute(
                f"SELECT {row['formula']} FROM (SELECT {inputs})", list(used.values())
            ).fetchall()
            assert found == pytest.approx(row["value"], rel=1e-12), (table, row_id, column, row["path"])
            evaluated.add((row["table_name"], row["row_id"], row["column_name"]))
        assert any(row["claim_id"] is not None for row in rows), (table, row_id, column)
    assert len(evaluated) >= 25 * each
    assert {table for table, _, _ in evaluated} >= {
        "accelerators",
        "accelerator_time",
        "claim_audit",
        "comparisons",
        "disagreement",
        "equivalences",
        "estimates",
        "estimates_by_region",
        "recomputed_claims",
    }


def test_references_and_traces_agree(tables: duckdb.DuckDBPyConnection) -> None:
    """The view of references and the recursive trace find the same claims for a number of every table."""
    roots = tables.execute("""
        SELECT table_name, max(row_id), column_name FROM number GROUP BY table_name, column_name
        QUALIFY row_number() OVER (PARTITION BY table_name ORDER BY column_name) = 1""").fetchall()
    assert len(roots) >= 14
    for table, row_id, column in roots:
        traced = {row["claim_id"] for row in trace(tables, f"trace_number('{table}', {row_id}, '{column}')")} - {None}
        cited = tables.execute(
            f"SELECT claim_id FROM references_of.{table} WHERE row_id = ? AND column_name = ?",  # its part of the view
            [row_id, column],
        ).fetchall()
        assert {row[0] for row in cited} == traced, (table, row_id, column)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("trace('gpt-5000', 'emissions_tco2e')", "no estimate of model gpt-5000; "),
        ("trace(NULL, 'emissions_tco2e')", "no estimate of model NULL; "),
        ("trace('gpt-4', 'pue', method := 'guess')", "no estimate of model gpt-4 by method guess; "),
        ("trace('gpt-4', 'pue', region := 'azure/moon')", "no estimate of model gpt-4 in region azure/moon; "),
        ("trace('gpt-4', 'carbon')", "no number estimates.carbon; known: .*emissions_tco2e, .*pue"),
        ("trace('gpt-4', NULL)", "no number estimates.NULL; known: "),
        ("trace('gpt-4', 'carbon', region := 'azure/westus')", "no number estimates_by_region.carbon; known: "),
        ("trace_number('estimates', 1, 'carbon')", "no number estimates.carbon; known: "),
        ("trace_number('nowhere', 1, 'pue')", "no number nowhere.pue"),
        ("variance_shares('gpt-5000')", "no estimate of model gpt-5000; "),
        ("variance_shares('gpt-4', method := 'guess')", "no estimate of model gpt-4 by method guess; "),
        ("choices('gpt-5000')", "no estimate of model gpt-5000; "),
        ("choices('gpt-4', method := 'guess')", "no estimate of model gpt-4 by method guess; "),
    ],
)
@pytest.mark.parametrize("asked", ["SELECT count(*) FROM", "FROM"])
def test_what_is_not_there_is_an_error_and_no_empty_table(
    tables: duckdb.DuckDBPyConnection, asked: str, call: str, said: str
) -> None:
    with pytest.raises(duckdb.InvalidInputException, match=said):
        tables.execute(f"{asked} {call}").fetchall()


def test_a_number_that_is_unknown_is_no_error(tables: duckdb.DuckDBPyConnection) -> None:
    ((row_id,),) = tables.execute("SELECT min(estimate_id) FROM estimates WHERE energy_p05_kwh IS NULL").fetchall()
    assert tables.execute(f"SELECT value FROM trace_number('estimates', {row_id}, 'energy_p05_kwh')").fetchall() == [
        (None,)
    ]


@pytest.mark.parametrize("call", ["trace('gpt-4', 'emissions_tco2e')", "variance_shares('gpt-4')", "choices('gpt-4')"])
def test_claims_are_looked_up_and_never_read_from_end_to_end(tables: duckdb.DuckDBPyConnection, call: str) -> None:
    plan = tables.execute(f"EXPLAIN ANALYZE FROM {call}").fetchall()[0][1].splitlines()
    (at,) = (place for place, line in enumerate(plan) if re.search(r"Table: \S*\.claim\b", line))
    assert "Index Scan" in plan[at + 1]
