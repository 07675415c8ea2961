"""A number that sums up many claims: one node of a trace, with its claims in reach, proved like every other number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.conftest import Ledger
from tests.warehouse.test_series import half_days, london
from warehouse import lineage, release, replay
from warehouse.complete import complete
from warehouse.connect import Home
from warehouse.derive import base_relations, build
from warehouse.errors import SqlModelError
from warehouse.relations import Completed
from warehouse.sqlmodel import Branch, SqlModel, parse_select
from warehouse.stages import deriving
from warehouse.trace import as_json, tree

COLUMN = "zone_grid_intensity_g_per_kwh"
GRAMS = "grid_intensity_g_per_kwh"


def needed(models: Mapping[str, Completed]) -> dict[str, Completed]:
    """Return the table of the runs' intensities with all that it is derived from."""
    wanted = {"run_intensity"}
    for name in reversed(models):
        wanted |= models[name].model.reads if name in wanted else set()
    return {name: done for name, done in models.items() if name in wanted}


@pytest.fixture
def grid() -> Iterator[Ledger]:
    """Return a ledger with a run of two days in London, their figures, and the tables of intensities."""
    with duckdb.connect() as connection:
        ledger = london(Ledger(connection))
        half_days(ledger, "2023-05-01", 100, 200)
        half_days(ledger, "2023-05-02", 30, 60, 90)
        make(ledger)
        yield ledger


def make(ledger: Ledger) -> dict[str, Completed]:
    models = needed(deriving.completed())
    for done in models.values():
        build(ledger.connection, done)
    lineage.publish(ledger.connection, models)
    return models


def traced(ledger: Ledger) -> list[dict[str, Any]]:
    ((row_id,),) = ledger.rows("SELECT row_id FROM run_intensity")
    found = ledger.connection.execute(f"FROM trace_number('run_intensity', {row_id}, '{GRAMS}')")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_it_is_one_node_with_the_query_that_lists_its_claims(grid: Ledger) -> None:
    root, node = traced(grid)
    assert (root["value"], root["claim_count"], root["claims_query"]) == (105.0, None, None)
    assert (node["table_name"], node["value"], node["unit"]) == ("zone_intensity", 105.0, "g/kWh")
    assert (node["claim_count"], node["claim_id"]) == (5, None)
    listed = grid.connection.execute(f"SELECT value FROM ({node['claims_query']}) ORDER BY value").fetchall()
    assert listed == [(30.0,), (60.0,), (90.0,), (100.0,), (200.0,)]
    made = as_json(tree([root, node]))["inputs"][0]
    assert (made["claim_count"], made["claims_query"], made["inputs"]) == (5, node["claims_query"], [])


def test_lineage_and_references_reach_every_claim(grid: Ledger) -> None:
    edge = "SELECT role, claim_id, input_table, value FROM lineage WHERE table_name = 'zone_intensity'"
    assert grid.rows(edge) == [("claims", None, "claims", 105.0)]
    for table, column in (("zone_intensity", COLUMN), ("run_intensity", GRAMS)):
        cited = grid.rows(f"""SELECT claim.value FROM number_references AS cited JOIN claim USING (claim_id)
            WHERE cited.table_name = '{table}' AND cited.column_name = '{column}' ORDER BY ALL""")
        assert cited == [(30.0,), (60.0,), (90.0,), (100.0,), (200.0,)], table


def test_it_is_replayed_from_its_claims(grid: Ledger) -> None:
    models = needed(deriving.completed())
    assert replay.replay(grid.connection, models).offenders == ()
    grid.connection.execute("UPDATE zone_intensity SET zone_grid_intensity_g_per_kwh_high = 106")
    wrong = replay.replay(grid.connection, models).offenders
    assert [str(one).partition(", row")[0] for one in wrong] == [f"zone_intensity.{COLUMN}_high"]
    assert wrong[0].problem == "the table says 106.0, its claims give 105.0"


def test_a_figure_that_changed_behind_the_table_is_noticed(grid: Ledger) -> None:
    grid.connection.execute("UPDATE claim SET value = 80, low = 80 WHERE value = 90")
    wrong = replay.replay(grid.connection, needed(deriving.completed())).offenders
    # A third of the second day is 10 less, so its mean is 10/3 less, and that of both days 5/3.
    assert any(one.table_name == "zone_intensity" and "103.33" in one.problem for one in wrong)


def test_claims_of_another_unit_are_not_summed_up(grid: Ledger) -> None:
    grid.connection.execute("UPDATE claim SET unit = 'kWh' WHERE value = 90")
    wrong = replay.replay(grid.connection, needed(deriving.completed())).offenders
    assert [(one.table_name, one.problem) for one in wrong] == [
        ("zone_intensity", "it sums up claims in kWh, not in g/kWh")
    ]


def test_its_range_is_the_mean_of_the_ends(grid: Ledger) -> None:
    grid.connection.execute("UPDATE claim SET low = value - 6, high = value + 12 WHERE from_at IS NOT NULL")
    make(grid)
    assert grid.number("run_intensity", GRAMS, branch="own_days") == (99.0, 105.0, 117.0)


def test_a_revised_figure_is_the_cause_of_what_it_moves(grid: Ledger, tmp_path: Path) -> None:
    home = Home(tmp_path)
    models = make(grid)
    release.release(grid.connection, home, models, "code", "first", 1)
    ((old,),) = grid.rows("SELECT claim_id FROM claim WHERE value = 200")
    when = datetime(2026, 2, 1)
    grid.connection.execute("UPDATE claim SET superseded_at = ? WHERE claim_id = ?", [when, old])
    grid.connection.execute(
        f"""INSERT INTO claim SELECT * REPLACE (1000000 AS claim_id, 220 AS value, 220 AS low, 220 AS high,
            '220' AS reported_text, TIMESTAMP '{when}' AS first_seen_at, NULL AS superseded_at)
        FROM claim WHERE claim_id = ?""",
        [old],
    )
    make(grid)
    release.release(grid.connection, home, models, "code", "second", 1)
    moved = grid.rows("""
        SELECT revision.table_name, before, after, revision.cause_kind, cause_count, cause.detail
        FROM revision JOIN revision_cause AS cause ON cause.cause_id = revision.cause_ids[1]
        WHERE revision.table_name IN ('zone_intensity', 'run_intensity') ORDER BY ALL""")
    assert moved == [
        (table, 105.0, 110.0, "claim", 1, "feed line 23: 'as printed' → '220'")
        for table in ("run_intensity", "zone_intensity")
    ]


@pytest.mark.parametrize(
    ("select", "message"),
    [
        (
            "mean_over_time(run.run_year, claim.from_at, claim.until_at, claim.claim_id) AS mean_g",
            "sum up the value of claims",
        ),
        ("claim.value AS last_g", "give it a table of its own"),
        ("claim.subject_id AS other", "sum up one set in each table"),
    ],
)
def test_what_is_no_sum_of_claims_is_refused(select: str, message: str) -> None:
    sql = f"SELECT claim.source_id, {select} FROM claim AS claim JOIN run_years AS run ON true GROUP BY claim.source_id"
    tree_of = parse_select("sums", sql)
    model = SqlModel("sums", "Sums.", ("source_id",), "row_id", (Branch("sums", sql, tree_of),), None, sums=True)
    relations = dict(base_relations()) | {"run_years": deriving.completed()["run_years"].relation}
    with pytest.raises(SqlModelError, match=message):
        complete(model, relations)
