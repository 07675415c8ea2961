"""Great Expectations itself, at work aside: frames and rules come in, verdicts go out; see `warehouse.aside`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from warehouse.errors import CheckError
from warehouse.expectations import Rule

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Verdict:
    """What Great Expectations says of one rule: whether it holds, and the positions of the rows that offend it."""

    holds: bool
    offends: tuple[int, ...]


def prepare() -> None:
    """Import Great Expectations."""
    _great_expectations()


def answer(request: tuple[pd.DataFrame, Sequence[Rule]]) -> dict[str, Verdict]:
    """Check the rules of one frame, whose index is 0, 1, 2, ...; return a verdict by rule id.

    Raises: CheckError for a rule that cannot be run.
    """
    return _verdicts(*request)


def _verdicts(frame: pd.DataFrame, rules: Sequence[Rule]) -> dict[str, Verdict]:
    """Check the rules; for those that fail, ask again for the offenders."""
    said = _report(frame, rules, "BOOLEAN_ONLY")
    broken = [rule for rule in rules if not said[rule.rule_id].success]
    details = _report(frame, broken, "COMPLETE") if broken else {}
    return {
        rule.rule_id: Verdict(
            bool(said[rule.rule_id].success),
            tuple(sorted(details[rule.rule_id].result["unexpected_index_list"])) if rule.rule_id in details else (),
        )
        for rule in rules
    }


def _report(frame: pd.DataFrame, rules: Sequence[Rule], result_format: str) -> dict[str, Any]:
    gx, batches = _great_expectations()
    with _quiet():
        suite = gx.ExpectationSuite(name="rules")
        for rule in rules:
            expectation = getattr(gx.expectations, rule.expectation)
            suite.add_expectation(expectation(column=rule.column, meta={"rule": rule.rule_id}, **rule.arguments))
        batch = batches.get_batch(batch_parameters={"dataframe": frame})
        report = batch.validate(suite, result_format=result_format)
    said = {one.expectation_config.meta["rule"]: one for one in report.results}
    for rule_id, one in said.items():
        if one.exception_info.get("raised_exception", True):
            raise CheckError(f"rule {rule_id} cannot be checked: {one.exception_info}; mend warehouse/expectations")
    return said


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
