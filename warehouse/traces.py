"""The traces of figures, as readers ask for them, and what to say where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.errors import NotFoundError
from warehouse.footprints import QUANTITIES, estimates
from warehouse.naming import choose
from warehouse.read import Release, Rows


@dataclass(frozen=True)
class Traced:
    """The trace of one number, in words what it is of, and the claims that it rests on besides numbers."""

    about: str
    rows: Rows
    choices: tuple[dict[str, Any], ...] = ()


def traces(
    opened: Release, model: str, column: str, region: str | None = None, method: str | None = None
) -> list[Traced]:
    """Return the trace of a model's figure, one for each of its runs, as the rows of the trace macros.

    Raises: NotFoundError if there is no such estimate or column, or if the figure is unknown.
    """
    found = estimates(opened, model, region, method, all_methods=True).records()
    if region is not None:
        found = [row for row in found if row["is_preferred"]]
    if method is None:
        found = [row for row in found if row["is_headline"]]
    table = "estimates" if region is None else "estimates_by_region"
    _check_column(opened, table, column)
    known = [row for row in found if _value(opened, table, row, column) is not None]
    if not known:
        raise NotFoundError(_why_unknown(opened, table, found[0], column))
    return [
        Traced(
            f"{row['model_id']} by {row['method']}, {row['place_id']} ({row['place_basis']})",
            _trace(opened, row, column, region is not None, len(known) == 1),
            _choices(opened, row, region is not None),
        )
        for row in known
    ]


def _choices(opened: Release, row: dict[str, Any], in_region: bool) -> tuple[dict[str, Any], ...]:
    """Return the claims by which an estimate's place and hardware were chosen; a region that was asked for is none."""
    found = opened.rows("FROM choices(?, method := ?)", [row["model_id"], row["method"]]).records()
    left_out = ("region", "provider") if in_region else ()
    return tuple(one for one in found if one["run_id"] == row["run_id"] and one["choice"] not in left_out)


def _trace(opened: Release, row: dict[str, Any], column: str, in_region: bool, is_only: bool) -> Rows:
    """Return one estimate's trace; the macro for models is quicker, the one for rows tells a model's runs apart."""
    if not is_only:
        table = "estimates_by_region" if in_region else "estimates"
        return trace_number(opened, table, next(iter(row.values())), column)
    asked = [row["model_id"], column, row["method"], *([row["region_id"]] if in_region else [])]
    return opened.rows(f"FROM trace(?, ?, method := ?{', region := ?' if in_region else ''})", asked)


def trace_number(opened: Release, table: str, row_id: int, column: str) -> Rows:
    """Return the trace of any number of the release, as the rows of the trace macro.

    Raises: NotFoundError if there is no such table, column or row, or if its value is unknown.
    """
    _check_column(opened, table, column)
    found = opened.rows(
        "FROM trace_number($table_name, $row_id, $column_name)",
        {"table_name": table, "row_id": row_id, "column_name": column},
    )
    if not found.values or found.records()[0]["value"] is None:
        raise NotFoundError(f"{table}.{column} of row {row_id} is unknown, or there is no such row")
    return found


def _check_column(opened: Release, table: str, column: str) -> None:
    tables = opened.words("SELECT DISTINCT table_name FROM column_lineage ORDER BY table_name")
    choose("table", table, tables)
    columns = opened.words(
        "SELECT DISTINCT column_name FROM column_lineage WHERE table_name = ? ORDER BY column_name", [table]
    )
    choose("column", column, columns, f" (numbers of {table})")


def _value(opened: Release, table: str, row: dict[str, Any], column: str) -> float | None:
    if column in row:
        found: float | None = row[column]
        return found
    identity = next(iter(row))
    value: float | None = opened.rows(f"SELECT {column} FROM {table} WHERE {identity} = ?", [row[identity]]).values[0][
        0
    ]
    return value


def _why_unknown(opened: Release, table: str, row: dict[str, Any], column: str) -> str:
    """Return the message for a figure that is NULL: why, what is known, and what to ask instead."""
    known = [name for name in QUANTITIES if row.get(name) is not None]
    reason = ""
    if column in ("emissions_tco2e", "grid_intensity_g_per_kwh") and row["grid_intensity_g_per_kwh"] is None:
        reason = (
            f": no region of the run is known ({row['place_basis']}), so no grid intensity applies"
            if row["region_id"] is None else f": no cited grid intensity for {row['region_id']}"
        )  # fmt: skip
    elif column in ("it_energy_kwh", "pue"):
        reason = f": energy is {row['energy_boundary']}"
    message = f"{column} of {row['model_id']} by {row['method']} is unknown{reason}. Known: {', '.join(known)}"
    if table == "estimates" and column == "emissions_tco2e":
        place = opened.words("SELECT min(region_id) FROM estimates_by_region WHERE run_id = ?", [row["run_id"]])
        return f"{message}. Give a region, as --region {(place or ['azure/westus'])[0]}, or ask for energy_kwh"
    return message
