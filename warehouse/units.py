"""Units and meanings of table columns: units are told by the end of their names, meanings stand in `columns.csv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

COLUMNS_FILE = Path(__file__).parent / "columns.csv"

#: Endings of the names of columns that say where a number of the row comes from.
IDS = {"_claim_id": "The claim behind {}", "_row_id": "The row of another table that {} is taken from"}

#: Endings of column names, longest first, with their unit. A column without one of them is a plain number.
SUFFIXES = {
    "_g_per_kwh": "g/kWh",
    "_tco2e": "t CO2e",
    "_kwh": "kWh",
    "_flop": "FLOP",
    "_gb": "GB",
    "_w": "W",
    "_h": "h",
}

#: Columns whose unit another column of the row gives.
BY_ROW = {
    "published",
    "recomputed",
    "unrounded",
    "implied_factor",
    "carried_high_end",
    "lowest",
    "highest",
    "chosen",
}


def unit_of(column: str) -> str | None:
    """Return the unit of a number's column, or of an end of it; None where it differs from row to row."""
    column = column.removesuffix("_low").removesuffix("_high")
    if column in BY_ROW:
        return None
    if "peak_flops" in column:
        return "FLOP/s"
    return next((unit for ending, unit in SUFFIXES.items() if column.endswith(ending)), "1")


def in_claims(unit: str | None) -> str | None:
    """Return what a column's unit is called where claims state it."""
    return {"t CO2e": "t"}.get(unit or "", unit)


@cache
def meanings() -> dict[str, str]:
    """Return what columns that hold no number mean, by their names; the same in every table."""
    with COLUMNS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["meaning"] for row in csv.DictReader(file)}


def meaning_of(column: str) -> str | None:
    """Return what a column that holds no number means."""
    if column in meanings():
        return meanings()[column]
    return next((says.format(column.removesuffix(end)) for end, says in IDS.items() if column.endswith(end)), None)
