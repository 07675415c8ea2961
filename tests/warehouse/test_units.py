"""Column names tell units, every column says what it is, and claims are in the unit that their column tells."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.stages.deriving import completed
from warehouse.units import BY_ROW, SUFFIXES, in_claims, meaning_of, meanings, unit_of

#: Plain numbers: counts, ratios and shares, by their whole name or the end of it.
PLAIN = {"accelerators_per_server", "parameters", "share_of_world"}
PLAIN_ENDINGS = ("_count", "_ratio", "_utilization", "_tokens", "_difference", "_within", "_years", "pue")
#: Factors, shares of power, and half widths of ranges in the logarithm.
PLAIN_ENDINGS += ("_fraction", "_factor", "_error", "_spread", "_per_server")


def numbers() -> set[tuple[str, str]]:
    return {(name, out.name) for name, done in completed().items() for b in done.branches for out in b.outputs}


def test_every_number_column_ends_in_its_unit_or_is_known_to_be_plain() -> None:
    endings = (*SUFFIXES, *PLAIN_ENDINGS)
    nameless = {
        f"{table}.{column}"
        for table, column in numbers()
        if not (column.endswith(endings) or column in PLAIN | BY_ROW or "peak_flops" in column)
    }
    assert nameless == set()


def test_columns_whose_unit_the_row_gives_are_used() -> None:
    assert {column for _, column in numbers()} >= BY_ROW


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("energy_kwh", "kWh"),
        ("server_power_w", "W"),
        ("training_duration_h", "h"),
        ("emissions_tco2e", "t CO2e"),
        ("grid_intensity_g_per_kwh", "g/kWh"),
        ("training_compute_flop", "FLOP"),
        ("peak_flops_fp16", "FLOP/s"),
        ("memory_gb", "GB"),
        ("pue", "1"),
        ("recomputed", None),
    ],
)
def test_units(column: str, unit: str | None) -> None:
    assert unit_of(column) == unit


def test_claims_are_in_the_unit_that_their_column_tells(tables: duckdb.DuckDBPyConnection) -> None:
    rows = tables.execute("""
        SELECT DISTINCT edge.table_name, edge.column_name, edge.unit
        FROM lineage AS edge WHERE edge.claim_id IS NOT NULL AND edge.formula = edge.column_name
    """).fetchall()
    told = {(table, column): unit_of(column) for table, column, _ in rows}
    assert len(told) > 40
    assert [row for row in rows if in_claims(told[row[:2]]) not in (None, row[2])] == []


def test_every_column_of_a_table_says_what_it_is(tables: duckdb.DuckDBPyConnection) -> None:
    rows = tables.execute("""
        SELECT column_name, comment FROM duckdb_columns() JOIN sql_model USING (table_name) WHERE schema_name = 'main'
    """).fetchall()
    assert {column for column, comment in rows if not comment} == set()
    assert meanings().keys() - {column for column, _ in rows} == set()
    told = dict(rows)
    assert told["place_id"] == "The place: a region, a provider, a country, several joined by +, or the world"
    assert told["emissions_tco2e_low"].startswith("[t CO2e] low end; ")


@pytest.mark.parametrize(
    ("column", "meaning"),
    [
        ("pue_claim_id", "The claim behind pue"),
        ("energy_row_id", "The row of another table that energy is taken from"),
        ("claim_id", "The claim"),
        ("unheard_of", None),
    ],
)
def test_meanings(column: str, meaning: str | None) -> None:
    assert meaning_of(column) == meaning
