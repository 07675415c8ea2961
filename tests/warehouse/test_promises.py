"""The promises of the data model: each kept by the release, and each broken on purpose to see it noticed.

That quotes stand where they say is tested in `test_quotes.py`, history in `test_history.py`, that the same
snapshots and code give the same tables in `tests/orchestration/test_pipeline.py`.
"""

from __future__ import annotations

import csv

import duckdb
import pytest

from sources import registry
from warehouse import archive, proof, replay
from warehouse.connect import Home
from warehouse.errors import TraceError
from warehouse.plans import plans
from warehouse.stages.deriving import completed

ROW = "estimate_id = (SELECT estimate_id FROM estimates WHERE model_id = 'gpt-4' AND method = 'server_power')"
ENERGY = f"run_energy_id = (SELECT energy_row_id FROM estimates WHERE {ROW})"


# 1. Every number in every derived table ends in at least one reference.


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (
            """UPDATE claim SET unit = 'h'
            WHERE claim_id = (SELECT server_power_w_claim_id FROM servers WHERE server_id = 'nvidia-dgx-a100-40gb')""",
            "its input server_power_w is a claim in h, not in W",
        ),
        (
            f"UPDATE estimates SET energy_kwh_high = 'inf' WHERE {ROW}",
            "estimates.energy_kwh, row {row}: it is not finite",
        ),
        (
            f"UPDATE run_energy SET server_power_w_claim_id = NULL WHERE {ENERGY}",
            "the row does not say which claim its input server_power_w was",
        ),
        (
            f"UPDATE estimates SET intensity_row_id = 42 WHERE {ROW}",
            "estimates.emissions_tco2e, row {row}: the row does not say which run_intensity its input grid_intensity_g",
        ),
        (
            f"DELETE FROM claim WHERE claim_id = (SELECT pue_claim_id FROM estimates WHERE {ROW})",
            "the row does not say which claim its input place_pue was",
        ),
        (
            "UPDATE equivalences SET estimate_row_id = 42 WHERE row_id = (SELECT min(row_id) FROM equivalences)",
            "the row does not say which estimates its input emissions_tco2e was",
        ),
        (
            f"UPDATE estimates SET energy_kwh = 'inf', energy_kwh_high = 'inf' WHERE {ROW}",
            "estimates.energy_kwh, row {row}: it is not finite",
        ),
        (
            f"UPDATE estimates SET energy_kwh = energy_kwh_high * 1.001 WHERE {ROW}",
            "estimates.energy_kwh, row {row}: it lies outside its own range",
        ),
        (
            f"UPDATE estimates SET emissions_tco2e_low = NULL WHERE {ROW}",
            "estimates.emissions_tco2e, row {row}: it lies outside its own range",
        ),
    ],
)
def test_a_number_without_its_inputs_cannot_be_released(
    damaged: duckdb.DuckDBPyConnection, damage: str, named: str
) -> None:
    ((row,),) = damaged.execute(f"SELECT estimate_id FROM estimates WHERE {ROW}").fetchall()
    damaged.execute(damage)
    with pytest.raises(TraceError) as raised:
        proof.prove(damaged, completed())
    assert "numbers cannot be released" in str(raised.value)
    assert named.format(row=row) in str(raised.value)


def test_every_released_number_cites_a_document_with_a_place_in_it(tables: duckdb.DuckDBPyConnection) -> None:
    for name, plan in plans(completed()).items():
        uncited = f"""SELECT n.row_id, n.column_name FROM number AS n
            ANTI JOIN references_of.{name} AS r ON r.row_id = n.row_id AND r.column_name = n.column_name
            WHERE n.table_name = '{name}' LIMIT 3"""
        assert tables.execute(uncited).fetchall() == [], name
        doubled = f"SELECT {plan.id_column} FROM {name} GROUP BY ALL HAVING count(*) > 1"
        assert tables.execute(doubled).fetchall() == [], name
    assert tables.execute("SELECT claim_id FROM claim GROUP BY ALL HAVING count(*) > 1").fetchall() == []
    assert tables.execute("FROM claim ANTI JOIN reference USING (reference_id)").fetchall() == []


# 2. Recomputing a number from the claims at its leaves gives the released value.


def test_a_number_that_moved_in_the_ninth_digit_is_named(damaged: duckdb.DuckDBPyConnection) -> None:
    """Each of four rows has one number moved; that number alone is named, not what is computed from it."""
    rows = damaged.execute("""
        SELECT estimate_id FROM estimates
        WHERE emissions_tco2e > 0 AND pue > 1
            AND energy_kwh_low < energy_kwh * (1 - 1e-6) AND energy_kwh < energy_kwh_high * (1 - 1e-6)
        ORDER BY 1 LIMIT 4
    """).fetchall()
    moved = {"energy_kwh", "energy_kwh_low", "emissions_tco2e_high", "pue_high"}
    expected = [(column, row) for column, (row,) in zip(sorted(moved), rows, strict=True)]
    for column, row in expected:
        damaged.execute(f"UPDATE estimates SET {column} = {column} * (1 + 1e-9) WHERE estimate_id = ?", [row])
    result = replay.replay(damaged, completed())
    named = sorted((o.table_name, o.column_name, o.row_id) for o in result.offenders)
    assert named == [("estimates", *one) for one in expected]
    assert result.worst == pytest.approx(1e-9, rel=1e-3)


def test_two_claims_in_each_other_s_place_are_named(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(f"""UPDATE run_energy SET server_power_w_claim_id = accelerators_per_server_claim_id,
        accelerators_per_server_claim_id = server_power_w_claim_id WHERE {ENERGY}""")
    said = r"run_energy\.it_energy_kwh, row \d+: its input server_power_w is a claim in 1, not in W"
    with pytest.raises(TraceError, match=said):
        proof.prove(damaged, completed())


def test_two_claims_of_one_unit_in_each_other_s_place_are_named(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(f"""UPDATE run_energy SET accelerator_count_claim_id = accelerators_per_server_claim_id,
        accelerators_per_server_claim_id = accelerator_count_claim_id WHERE {ENERGY}""")
    with pytest.raises(TraceError, match=r"run_energy\.it_energy_kwh, row \d+: .* 46248310\.7.*claims give"):
        proof.prove(damaged, completed())


def test_every_number_with_both_its_ends_is_replayed(spare: duckdb.DuckDBPyConnection) -> None:
    stated = sum(
        spare.execute(f"SELECT count({number}) FROM {name}").fetchall()[0][0]
        for name, plan in plans(completed()).items()
        for number in plan.numbers
    )
    result = replay.replay(spare, completed())
    assert (result.numbers, result.worst, result.offenders) == (3 * stated, 0.0, ())
    assert stated > 100_000


# 7. Nothing read disappears.


def test_every_record_of_every_snapshot_is_accounted_for(home: Home, tables: duckdb.DuckDBPyConnection) -> None:
    rows = tables.execute("""
        SELECT counted.source_id, snapshot_id, rows_read, rows_claimed + rows_flagged + rows_quarantined, claims,
            (SELECT count(*) FROM claim WHERE claim.source_id = counted.source_id),
            quarantined_cells,
            (SELECT count(*) FROM quarantine WHERE quarantine.source_id = counted.source_id)
        FROM snapshot_count AS counted""").fetchall()
    assert len(rows) == sum(one.packaged is not None for one in registry.ADAPTERS.values())
    for source_id, snapshot_id, read, covered, claims, stored, cells, kept in rows:
        lines = archive.load(home.archive, snapshot_id).decode().splitlines(keepends=True)
        records = list(csv.reader(line for line in lines if not line.startswith("# ")))
        assert read == covered == len([cells for cells in records if cells]) - 1, source_id
        assert (claims, cells) == (stored, kept), source_id
