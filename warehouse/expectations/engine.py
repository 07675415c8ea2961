"""Run rules: frames are given to Great Expectations, very large tables to a query that returns the offenders.

Great Expectations takes seconds to import, so nothing here imports it before a rule is run.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from warehouse.errors import CheckError
from warehouse.expectations import Rule


@dataclass(frozen=True)
class Found:
    """How many rows a rule looked at, and those that offend it: subject, place, what was found."""

    checked: int
    offenders: tuple[tuple[str, str, str], ...]


def run(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, Found]:
    """Let Great Expectations check the rules of one frame; for those that fail, ask it again for the offenders."""
    frame = frame.reset_index(drop=True)
    verdicts = _validate(frame, rules, "BOOLEAN_ONLY")
    broken = [rule for rule in rules if not verdicts[rule.rule_id].success]
    details = _validate(frame, broken, "COMPLETE") if broken else {}
    found = {}
    for rule in rules:
        offends = sorted(details[rule.rule_id].result["unexpected_index_list"]) if rule.rule_id in details else []
        rows = frame.loc[offends, ["subject", "place", rule.shown]]
        checked = len(frame) if rule.is_about_missing else int(frame[rule.column].notna().sum())
        found[rule.rule_id] = Found(checked, _texts(rows.itertuples(index=False, name=None)))
    return found


def _validate(frame: pd.DataFrame, rules: Sequence[Rule], result_format: str) -> dict[str, Any]:
    """Return what Great Expectations says of each rule.

    Raises: CheckError for a rule that it cannot run.
    """
    gx, batches = _great_expectations()
    with _quiet():
        suite = gx.ExpectationSuite(name="rules")
        for rule in rules:
            expectation = getattr(gx.expectations, rule.expectation)
            suite.add_expectation(expectation(column=rule.column, meta={"rule": rule.rule_id}, **rule.arguments))
        batch = batches.get_batch(batch_parameters={"dataframe": frame[list({rule.column for rule in rules})]})
        report = batch.validate(suite, result_format=result_format)
    said = {one.expectation_config.meta["rule"]: one for one in report.results}
    for rule_id, one in said.items():
        if one.exception_info.get("raised_exception", True):
            raise CheckError(f"rule {rule_id} cannot be checked: {one.exception_info}; mend warehouse/expectations")
    return said


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


@contextmanager
def _quiet() -> Iterator[None]:
    """Pass over what Great Expectations is told about its own future, which is nothing for us to mend."""
    with warnings.catch_warnings():
        for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
            warnings.simplefilter("ignore", category)
        yield


@cache
def _great_expectations() -> tuple[Any, Any]:
    """Import Great Expectations, quiet and offline; return it and what makes batches of frames."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with _quiet():
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
        return gx, asset.add_batch_definition_whole_dataframe("whole")


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
