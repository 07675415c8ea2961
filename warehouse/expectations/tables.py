"""Rules that every derived table has, worked out from its key and the names of its columns."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from warehouse.expectations import Rule, TableSuite, above, absent, between, unique

PUE = (1, 3)
INTENSITY = (0, 1500)


def rules(columns: list[str]) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """Return the rules that a table's columns call for, and the expressions that they look at."""
    numbers = [name for name in columns if {f"{name}_low", f"{name}_high"} <= set(columns)]
    stated: list[Rule] = [
        unique("key_unique", "No two rows have one key", "blocking", "subject"),
        absent("range_order", "Every number lies in its own range", "blocking", "disordered"),
        absent("number_finite", "Every number is finite", "blocking", "infinite"),
    ]
    expressions = {"disordered": _first(numbers, _is_disordered), "infinite": _first(numbers, _is_infinite)}
    for name in numbers:
        if name == "pue" or name.endswith("_pue"):
            low, high = PUE
            stated.append(
                between(
                    f"{name}_range", "PUE, with its range, is between 1 and 3", "blocking", f"{name}_end", low, high
                )
            )
        elif name.endswith("grid_intensity_g_per_kwh"):
            low, high = INTENSITY
            stated.append(
                between(
                    f"{name}_range", "Grid intensity is between 0 and 1500 g/kWh", "blocking", f"{name}_end", low, high
                )
            )
        elif name.endswith("energy_kwh"):
            stated.append(
                above(f"{name}_positive", "Energy, with its range, is above 0 kWh", "blocking", f"{name}_low", 0)
            )
            continue
        else:
            continue
        expressions[f"{name}_end"] = f"CASE WHEN t.{name}_low < {low} THEN t.{name}_low ELSE t.{name}_high END"
    return tuple(stated), expressions


def select(connection: duckdb.DuckDBPyConnection, table: str, suite: TableSuite) -> tuple[str, tuple[Rule, ...]]:
    """Return the SELECT that gives the frame of a table, and all its rules.

    Grain: a row of the table; `subject` is its key as text, `place` its row id.
    """
    columns = [row[0] for row in connection.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()]
    grain, row_id = connection.execute(
        "SELECT grain, id_column FROM sql_model WHERE table_name = ?", [table]
    ).fetchall()[0]
    key = " || ' ' || ".join(f"coalesce(CAST(t.{name} AS TEXT), '')" for name in grain.split(", "))
    generic, expressions = rules(columns)
    stated = (*generic, *suite.rules)
    needed = {**expressions, **suite.columns}
    needed |= {
        name: f"t.{name}"
        for rule in stated
        for name in (rule.column, rule.shown)
        if name in columns and name not in needed
    }
    needed.pop("subject", None)
    listed = ",\n    ".join(f"{expression} AS {name}" for name, expression in needed.items())
    steps = f"WITH {suite.steps}\n" if suite.steps else ""
    return (
        f"{steps}SELECT\n    {key} AS subject,\n    'row ' || t.{row_id} AS place,\n    {listed}\nFROM {table} AS t\n{suite.joins}",
        stated,
    )


def _is_disordered(name: str) -> str:
    ends = f"t.{name}_low <= t.{name} AND t.{name} <= t.{name}_high"
    return f"CASE WHEN t.{name} IS NULL THEN coalesce(t.{name}_low, t.{name}_high) IS NOT NULL ELSE NOT coalesce({ends}, false) END"


def _is_infinite(name: str) -> str:
    return f"NOT (isfinite(t.{name}) AND isfinite(t.{name}_low) AND isfinite(t.{name}_high))"


def _first(numbers: list[str], condition: Callable[[str], str]) -> str:
    """Return an expression for the first number that a condition holds for: its name, centre and range, else NULL."""
    cases = " ".join(
        f"WHEN {condition(name)} THEN format('{name} {{}} ({{}} to {{}})', t.{name}, t.{name}_low, t.{name}_high)"
        for name in numbers
    )
    return f"CASE {cases} END" if cases else "CAST(NULL AS TEXT)"
