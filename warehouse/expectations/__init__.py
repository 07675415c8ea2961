"""Rules about the implausible, as plain data: what a frame should hold, and how bad it is if it does not.

Here belong a rule's shape and its ways of being stated. Running rules belongs to `warehouse.checks`; the shape of a
file is the reader's business, and the impossible is refused by the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb
import pandas as pd

Severity = Literal["blocking", "warning"]


@dataclass(frozen=True)
class Rule:
    """One expectation about one column of a frame.

    expectation, arguments: name and arguments of a Great Expectations class, so that it is imported only to run.
    shows: the column to report for an offender; the column looked at unless another one says more.
    """

    rule_id: str
    meaning: str
    severity: Severity
    column: str
    expectation: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    shows: str = ""

    @property
    def shown(self) -> str:
        """Return the column that shows what was found."""
        return self.shows or self.column

    @property
    def is_about_missing(self) -> bool:
        """Tell whether a missing cell is looked at; all other rules pass over it."""
        return self.expectation in ("ExpectColumnValuesToBeNull", "ExpectColumnValuesToNotBeNull")


@dataclass(frozen=True)
class Suite:
    """Rules about the claims of a source, and the frame that they look at.

    frame: gives one row per record, with `subject` and `place` (line of the file) beside what the rules look at.
    """

    frame: Callable[[duckdb.DuckDBPyConnection], pd.DataFrame]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class TableSuite:
    """Rules about a derived table beyond those that every table has.

    columns: SQL expressions over the table (as `t`) that the rules look at, by name; windows are allowed.
    steps, joins: common table expressions, and joins to them, that the expressions need.
    """

    rules: tuple[Rule, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    steps: str = ""
    joins: str = ""


def between(
    rule_id: str,
    meaning: str,
    severity: Severity,
    column: str,
    low: float | None,
    high: float | None,
    *,
    shows: str = "",
) -> Rule:
    """State that numbers lie between two bounds, both included; None is no bound."""
    arguments = {name: bound for name, bound in (("min_value", low), ("max_value", high)) if bound is not None}
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToBeBetween", arguments, shows)


def above(
    rule_id: str,
    meaning: str,
    severity: Severity,
    column: str,
    low: float,
    high: float | None = None,
    *,
    shows: str = "",
) -> Rule:
    """State that numbers lie above a bound, which is not included, and at most at another."""
    rule = between(rule_id, meaning, severity, column, low, high, shows=shows)
    return Rule(rule_id, meaning, severity, column, rule.expectation, {**rule.arguments, "strict_min": True}, shows)


def one_of(
    rule_id: str, meaning: str, severity: Severity, column: str, values: Sequence[object], *, shows: str = ""
) -> Rule:
    """State that a column holds only these values."""
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToBeInSet", {"value_set": list(values)}, shows)


def holds(rule_id: str, meaning: str, severity: Severity, column: str, *, shows: str = "") -> Rule:
    """State that a condition, worked out in the frame, is true."""
    return one_of(rule_id, meaning, severity, column, [True], shows=shows)


def matches(rule_id: str, meaning: str, severity: Severity, column: str, regex: str, *, shows: str = "") -> Rule:
    """State that text matches a regular expression somewhere."""
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToMatchRegex", {"regex": regex}, shows)


def unique(rule_id: str, meaning: str, severity: Severity, column: str, *, shows: str = "") -> Rule:
    """State that no value occurs twice."""
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToBeUnique", {}, shows)


def present(rule_id: str, meaning: str, severity: Severity, column: str, *, shows: str = "") -> Rule:
    """State that a column is filled in every row."""
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToNotBeNull", {}, shows)


def absent(rule_id: str, meaning: str, severity: Severity, column: str, *, shows: str = "") -> Rule:
    """State that a column, in which the frame puts what offends, is empty."""
    return Rule(rule_id, meaning, severity, column, "ExpectColumnValuesToBeNull", {}, shows)
