"""Rules that every derived table has, worked out from its key and the names of its columns."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from warehouse.expectations import Rule, TableSuite, above, absent, between, unique


def rules(columns: list[str]) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """Return the rules that a table's columns call for, and the expressions that they look at."""
    numbers = [name for name in columns if {f"{name}_low", f"{name}_high"} <= set(columns)]
    stated = [unique("key_unique", "No two rows have one key", "blocking", "subject")]
    if not numbers:
        return tuple(stated), {}
    stated += [
        absent("range_order", "Every number lies in its own range", "blocking", "disordered"),
        absent("number_finite", "Every number is finite", "blocking", "infinite"),
    ]
    expressions = {"disordered": _first(numbers, _is_disordered), "infinite": _first(numbers, _is_infinite)}
    for name in numbers:
        if name == "pue" or name.endswith("_pue"):
            stated.append(between(f"{name}_range", "PUE is between 1 and 3", "blocking", f"{name}_end", 1, 3))
            expressions[f"{name}_end"] = _end(name, low=1)
        elif name.endswith("grid_intensity_g_per_kwh"):
            meaning = "Grid intensity is between 0 and 1500 g/kWh"
            stated.append(between(f"{name}_range", meaning, "blocking", f"{name}_end", 0, 1500))
            expressions[f"{name}_end"] = _end(name, low=0)
        elif name.endswith("energy_kwh"):
            stated.append(above(f"{name}_positive", "Energy is above 0 kWh", "blocking", f"{name}_low", 0))
    return tuple(stated), expressions


def select(connection: duckdb.DuckDBPyConnection, table: str, suite: TableSuite) -> tuple[str, tuple[Rule, ...]]:
    """Return the SELECT that gives the frame of a table, and all its rules.

    Grain: a row of the table, in the order of its row id; `subject` is its key as text, `place` its row id.
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
    listed = [f"{key} AS subject", f"'row ' || t.{row_id} AS place"]
    listed += [f"{expression} AS {name}" for name, expression in needed.items()]
    steps = f"WITH {suite.steps} " if suite.steps else ""
    return f"{steps}SELECT {', '.join(listed)} FROM {table} AS t {suite.joins} ORDER BY t.{row_id}", stated


def _end(name: str, low: float) -> str:
    """Return the end of a number's range that lies below a bound, else its high end."""
    return f"CASE WHEN t.{name}_low < {low} THEN t.{name}_low ELSE t.{name}_high END"


def _is_disordered(name: str) -> str:
    is_alone = f"coalesce(t.{name}_low, t.{name}_high) IS NOT NULL"
    is_between = f"coalesce(t.{name}_low <= t.{name} AND t.{name} <= t.{name}_high, false)"
    return f"CASE WHEN t.{name} IS NULL THEN {is_alone} ELSE NOT {is_between} END"


def _is_infinite(name: str) -> str:
    return f"NOT (isfinite(t.{name}) AND isfinite(t.{name}_low) AND isfinite(t.{name}_high))"


def _first(numbers: list[str], condition: Callable[[str], str]) -> str:
    """Return an expression for the first number that a condition holds for: its name, centre and range, else NULL."""
    cases = " ".join(
        f"WHEN {condition(name)} THEN concat('{name} ', t.{name}, ' (', t.{name}_low, ' to ', t.{name}_high, ')')"
        for name in numbers
    )
    return f"CASE {cases} END"
