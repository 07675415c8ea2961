"""Figures as people read them: separated, rounded to what is known, with their ranges and intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

#: Digits that figures below a thousand keep, and that all figures have before they are rounded for people.
_SHOWN, _EXACT = 5, 12


def figure(number: float | None, digits: int | None = None) -> str:
    """Write a number as people do: thousands separated and whole, halves rounded up, five digits below a thousand.

    digits: significant digits to keep, where fewer are known.
    """
    if number is None or not math.isfinite(number):
        return "unknown"
    exact = Decimal(f"{number:.{_EXACT}g}")
    if exact == 0:
        return "0"
    if digits is not None:
        exact = _significant(exact, digits)
    if abs(exact) >= Decimal("1e12") or abs(exact) < Decimal("0.001"):
        return f"{_significant(exact):e}".replace("E", "e").replace("e+", "e")
    if abs(exact) >= 1000:
        return f"{exact.quantize(Decimal(1), ROUND_HALF_UP):,}"
    return f"{_significant(exact):,f}"


def _significant(number: Decimal, digits: int = _SHOWN) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1), ROUND_HALF_UP)
    return rounded.normalize()


def digits_known(center: float, low: float, high: float) -> int | None:
    """Return how many digits of a figure its interval lets be known: one beyond the first that it leaves open.

    At least two; None where the interval has no width, so that all are.
    """
    half_width = (high - low) / 2 / abs(center) if center else 0.0
    return max(2, 1 - math.floor(math.log10(half_width))) if half_width > 0 else None


def span(low: float | None, high: float | None, digits: int | None = None) -> str:
    """Write a range, or one figure where both ends read the same."""
    ends = figure(low, digits), figure(high, digits)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} - {ends[1]}"


def interval_names(column: str) -> tuple[str, str]:
    """Return the columns that hold the ends of the 90 % interval of a column."""
    stem, _, unit = column.rpartition("_")
    return f"{stem}_p05_{unit}", f"{stem}_p95_{unit}"


def interval_of(record: Mapping[str, Any], column: str) -> tuple[float, float] | None:
    """Return the ends of the 90 % interval of a column of a record, if it has one of any width."""
    low, high = (record.get(name) for name in interval_names(column))
    return None if low is None or high is None or low == high else (low, high)


def known(record: Mapping[str, Any], column: str) -> str:
    """Write a figure of a record to the digits that its 90 % interval lets be known."""
    ends = interval_of(record, column)
    return figure(record[column], digits_known(record[column], *ends) if ends else None)


def known_interval(record: Mapping[str, Any], column: str) -> str:
    """Write the 90 % interval of a figure of a record, to the same digits; empty if it has none."""
    ends = interval_of(record, column)
    return span(*ends, digits_known(record[column], *ends)) if ends else ""


def range_of(record: Mapping[str, Any], column: str) -> str:
    """Write the range of a column of a record, which has `_low` and `_high` beside it."""
    return "unknown" if record[column] is None else span(record[f"{column}_low"], record[f"{column}_high"])
