"""What in a release rests on a claim or a reference: numbers, choices, and what stands instead of one marked wrong."""

from __future__ import annotations

from typing import Any

from warehouse.read import Release, Rows


def _of(kind: str, target: str) -> tuple[str, object]:
    """Return the condition by which rows with a claim's and a reference's id rest on a target, and its parameter."""
    return ("claim_id = ?", int(target)) if kind == "claim" else ("reference_id = ?", target)


def numbers(opened: Release, kind: str, target: str) -> Rows:
    """Return every number of every table that rests on a claim or a reference, the largest estimates first."""
    condition, parameter = _of(kind, target)
    found = opened.rows(
        f"""SELECT cited.table_name, cited.row_id, cited.column_name, number.value, number.low, number.high, number.unit
        FROM (SELECT DISTINCT table_name, row_id, column_name FROM number_references WHERE {condition}) AS cited
        JOIN number ON number.table_name = cited.table_name AND number.row_id = cited.row_id
            AND number.column_name = cited.column_name
        ORDER BY cited.table_name <> 'estimates', cited.table_name,
            cited.column_name NOT IN ('energy_kwh', 'emissions_tco2e'), cited.column_name DESC, number.value DESC,
            cited.row_id""",
        [parameter],
    )
    about: dict[tuple[str, int], tuple[Any, ...]] = {}
    for table in dict.fromkeys(row[0] for row in found.values):
        ids = list({row[1] for row in found.values if row[0] == table})
        about |= {(table, row[0]): row[1:] for row in _about(opened, table, ids)}
    return Rows(
        ("table_name", "row_id", "about", "model_id", "method", *found.columns[2:]),
        [(row[0], row[1], *about[row[0], row[1]], *row[2:]) for row in found.values],
    )


def _about(opened: Release, table: str, ids: list[int]) -> list[tuple[Any, ...]]:
    """Return, for rows of a table, what they are about in words, their model and their method."""
    key, grain = opened.rows("SELECT id_column, grain FROM sql_model WHERE table_name = ?", [table]).values[0]
    names = opened.words("SELECT column_name FROM (DESCRIBE " + table + ")")
    words = ", ".join(f"CAST({name.strip()} AS TEXT)" for name in grain.split(","))
    more = ", ".join(name if name in names else "NULL" for name in ("model_id", "method"))
    return opened.rows(
        f"SELECT {key}, concat_ws(' ', {words}), {more} FROM {table} WHERE {key} IN (SELECT unnest(?))", [ids]
    ).values


def choices(opened: Release, kind: str, target: str) -> list[str]:
    """Return what a claim or reference decides without being a number: the hardware of a run, its place."""
    condition, parameter = _of(kind, target)
    columns = opened.rows("""
        SELECT known.table_name, known.column_name, sql_model.id_column
        FROM duckdb_columns() AS known
        JOIN sql_model ON sql_model.table_name = known.table_name
        WHERE known.schema_name = 'main' AND known.column_name LIKE '%\\_claim\\_id' ESCAPE '\\'
            AND EXISTS (SELECT 1 FROM duckdb_columns() AS thing WHERE thing.table_name = known.table_name
                AND thing.schema_name = 'main' AND thing.column_name IN (
                    replace(known.column_name, '_claim_id', '_id'), replace(known.column_name, '_claim_id', '')))
            AND NOT EXISTS (SELECT 1 FROM column_lineage WHERE column_lineage.table_name = known.table_name
                AND column_lineage.column_name = replace(known.column_name, '_claim_id', ''))
        ORDER BY known.table_name, known.column_index""").values
    decided = []
    for table, column, key in columns:
        ids = opened.rows(
            f"SELECT {key} FROM {table} WHERE {column} IN (SELECT claim_id FROM claim WHERE {condition})", [parameter]
        ).values
        if ids:
            names = sorted(str(row[1]) for row in _about(opened, table, [row[0] for row in ids]))
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            thing = column.removesuffix("_claim_id").replace("_", " ")
            decided.append(f"{thing} of {', '.join(names[:3])}{more} ({table})")
    return decided


def now(opened: Release, before: Rows) -> Rows:
    """Return the same numbers, in the same order, as the release has them now; gone ones have no value."""
    keys = {name: [row[place] for row in before.values] for place, name in enumerate(before.columns)}
    return opened.rows(
        """SELECT number.value, number.low, number.high
        FROM (SELECT unnest(range(len($ids))) AS place, unnest($names) AS table_name, unnest($ids) AS row_id,
            unnest($columns) AS column_name) AS wanted
        LEFT JOIN number ON number.table_name = wanted.table_name AND number.row_id = wanted.row_id
            AND number.column_name = wanted.column_name
        ORDER BY wanted.place""",
        {"names": keys["table_name"], "ids": keys["row_id"], "columns": keys["column_name"]},
    )


def headlines(opened: Release) -> dict[str, dict[str, object]]:
    """Return the best estimate of every run."""
    figures = ", ".join(f"{name}{end}" for name in ("energy_kwh", "emissions_tco2e") for end in ("", "_low", "_high"))
    found = opened.rows(
        f"SELECT run_id, model_id, method, {figures} FROM estimates WHERE is_headline ORDER BY energy_kwh DESC, run_id"
    )
    return {row["run_id"]: row for row in found.records()}


def instead(opened: Release, target: str) -> Rows:
    """Return the claim that the tables use in the place of a claim that is marked as wrong."""
    return opened.rows(
        """SELECT other.claim_id, other.value, other.unit, other.reported_text, other.reference_id, other.source_id,
            other.source_row
        FROM claim AS wrong
        JOIN chosen_claims AS chosen ON chosen.subject_kind = wrong.subject_kind
            AND chosen.subject_id = wrong.subject_id AND chosen.quantity = wrong.quantity
            AND chosen.qualifier IS NOT DISTINCT FROM wrong.qualifier
            AND scope_class(chosen.quantity, chosen.boundary) = scope_class(wrong.quantity, wrong.boundary)
        JOIN claim AS other ON other.claim_id = chosen.claim_id
        WHERE wrong.claim_id = ?""",
        [int(target)],
    )
