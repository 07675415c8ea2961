"""Units and meanings of table columns, told by the end of their names."""

from __future__ import annotations

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
    """Return the unit of a number's column; None where it differs from row to row."""
    if column in BY_ROW:
        return None
    if "peak_flops" in column:
        return "FLOP/s"
    return next((unit for ending, unit in SUFFIXES.items() if column.endswith(ending)), "1")
