"""Run rules: frames are given to Great Expectations, very large tables to a query that returns the offenders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from warehouse.aside import aside
from warehouse.expectations import Rule

WORKER = "warehouse.expectations.worker"
Pending = Callable[[], "dict[str, Found]"]
#: The same for rows of several groups that were checked together, by group.
PendingByGroup = Callable[[], "dict[str, dict[str, Found]]"]


@dataclass(frozen=True)
class Found:
    """How many rows a rule looked at, and those that offend it: subject, place, what was found."""

    checked: int
    offenders: tuple[tuple[str, str, str], ...]


def ask(frame: pd.DataFrame, rules: Sequence[Rule]) -> Pending:
    """Let Great Expectations check the rules of one frame, aside; return what waits for the outcome."""
    pending = ask_by_group(frame.assign(group=""), rules, "group")
    return lambda: pending().get("", {rule.rule_id: Found(0, ()) for rule in rules})


def ask_by_group(frame: pd.DataFrame, rules: Sequence[Rule], by: str) -> PendingByGroup:
    """Check the rules of rows of several groups together, each rule once; those that must be unique, over all of them.

    by: the column that tells the groups apart. A group without rows has no outcome.
    """
    if frame.empty:  # no rule has anything to say of no rows
        return dict
    frame = frame.reset_index(drop=True)
    looked_at = list(dict.fromkeys(rule.column for rule in rules))
    pending = aside().ask(WORKER, (frame[looked_at], tuple(rules)))

    @cache
    def answer() -> dict[str, dict[str, Found]]:
        verdicts = pending()
        found: dict[str, dict[str, Found]] = {str(group): {} for group in frame[by].unique()}
        for rule in rules:
            counted = frame[by] if rule.is_about_missing else frame.loc[frame[rule.column].notna(), by]
            counts = counted.value_counts()
            rows = frame.loc[list(verdicts[rule.rule_id].offends), [by, "subject", "place", rule.shown]]
            for group, of_group in found.items():
                offending = rows[rows[by] == group].drop(columns=by)
                of_group[rule.rule_id] = Found(
                    int(counts.get(group, 0)), _texts(offending.itertuples(index=False, name=None))
                )
        return found

    return answer


def query(connection: duckdb.DuckDBPyConnection, select: str, rules: Sequence[Rule]) -> dict[str, Found]:
    """Check the rules of a table by queries that return the offenders only."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE frame AS {select}")
    found = {}
    for rule in rules:
        checked = "*" if rule.is_about_missing else rule.column
        count = connection.execute(f"SELECT count({checked}) FROM frame").fetchall()[0][0]
        rows = connection.execute(
            f"SELECT subject, place, {rule.shown} FROM frame WHERE {offenders(rule)} ORDER BY rowid"
        ).fetchall()
        found[rule.rule_id] = Found(count, _texts(rows))
    connection.execute("DROP TABLE frame")
    return found


def offenders(rule: Rule) -> str:
    """Return the SQL condition on a frame for the rows that offend a rule, as Great Expectations sees it.

    A missing cell offends only the rule that forbids it.
    """
    column, arguments = rule.column, rule.arguments
    if rule.expectation == "ExpectColumnValuesToBeBetween":
        below = "<=" if arguments.get("strict_min") else "<"
        bounds = [(below, arguments.get("min_value")), (">", arguments.get("max_value"))]
        return " OR ".join(f"{column} {sign} {bound}" for sign, bound in bounds if bound is not None)
    if rule.expectation == "ExpectColumnValuesToBeInSet":
        values = arguments["value_set"]
        assert isinstance(values, list)
        return f"{column} NOT IN ({', '.join(_literal(value) for value in values)})"
    if rule.expectation == "ExpectColumnValuesToMatchRegex":
        return f"NOT regexp_matches({column}, {_literal(arguments['regex'])})"
    conditions: Mapping[str, str] = {
        "ExpectColumnValuesToBeUnique": f"{column} IN (FROM frame SELECT {column} GROUP BY ALL HAVING count(*) > 1)",
        "ExpectColumnValuesToNotBeNull": f"{column} IS NULL",
        "ExpectColumnValuesToBeNull": f"{column} IS NOT NULL",
    }
    return conditions[rule.expectation]


def _literal(value: object) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _texts(rows: Iterable[tuple[Any, ...]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((_text(subject), _text(place), _text(cell)) for subject, place, cell in rows)


def _text(cell: object) -> str:
    """Return a cell as people write it; what is missing is nothing."""
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)
