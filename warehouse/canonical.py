"""What a claim is in the warehouse: numbers in the quantity's unit, times in UTC, and ids that are hashes of its words.

Text in, one row out; no database, and no name is looked up here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from math import inf, isfinite
from typing import Any

from sources.model import CLAIM_COLUMNS, Reading
from warehouse.errors import LoadError
from warehouse.vocabulary import factor, quantities

SERIES = ["subject_kind", "subject", "quantity", "qualifier", "boundary", "scope_note", "period_start", "period_end"]
CONTENT = ["value", "low", "high", "unit", "object", "reported_text", "basis", "citation", "rank", "flags"]


def key_hash(text: str) -> int:
    """Return the 64-bit signed identity of a key, as the macro `row_key` does."""
    return int.from_bytes(hashlib.md5(text.encode()).digest()[:8], "big") >> 4


def stamped(source_id: str, reading: Reading) -> Iterable[dict[str, Any]]:
    """Yield the rows of a reading with canonical numbers, times, series id and content key."""
    cells = {name: reading.claims[name].tolist() for name in CLAIM_COLUMNS}
    words = {name: [cell or "" for cell in cells[name]] for name in (*SERIES, *CONTENT, "reference_id")}
    series = zip(*(words[name] for name in (*SERIES, "reference_id")), strict=True)
    contents = zip(*(words[name] for name in CONTENT), strict=True)
    times: dict[str, int] = {}
    for stated, said, content in zip(zip(*cells.values(), strict=True), series, contents, strict=True):
        row: dict[str, Any] = dict(zip(CLAIM_COLUMNS, stated, strict=True))
        key = "|".join((source_id, *said))
        count = times[key] = times.get(key, 0) + 1
        if count > 1:
            key = f"{key}|{count}"
        row |= canonical(source_id, row)
        row |= period(row["period_start"], row["period_end"])
        row["source_id"], row["series_id"], row["content"] = source_id, key_hash(key), "|".join((key, *content))
        row["superseded_at"] = None
        yield row


@cache
def period(start: str | None, end: str | None) -> dict[str, Any]:
    """Return a claim's period as days, and as times in UTC where the claim states times."""
    is_timed = start is not None and end is not None and len(start) > len("2024-03-01")
    if not is_timed:
        return {"period_start": start, "period_end": end, "from_at": None, "until_at": None}
    from_at, until_at = (datetime.fromisoformat(str(text)).replace(tzinfo=None) for text in (start, end))
    last = until_at - timedelta(microseconds=1)
    return {
        "period_start": from_at.date().isoformat(),
        "period_end": last.date().isoformat(),
        "from_at": from_at,
        "until_at": until_at,
    }


def canonical(source_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Convert the numbers of a row to the quantity's canonical unit.

    Raises: LoadError naming source and line for an unknown quantity, a foreign unit, or a range that is none.
    """
    ends = (row["low"], row["value"], row["high"])
    try:
        return _canonical(row["quantity"], row["unit"], row["object"], *ends)
    except LoadError as error:
        raise LoadError(f"{source_id}, line {row['source_row']}: {error}") from error


@lru_cache(maxsize=100_000)
def _canonical(
    name: str, unit: str, thing: str | None, low: str | None, value: str | None, high: str | None
) -> dict[str, Any]:
    """Return the numbers of a claim, which many share; it is not to be changed."""
    quantity = quantities().get(name)
    if quantity is None:
        raise LoadError(f"unknown quantity {name!r}; add it to warehouse/vocabulary.csv or mend it")
    is_stated = not (value is None and low is None and high is None)
    if (quantity.kind == "number") != is_stated:
        found = thing or [end for end in (low, value, high) if end is not None]
        raise LoadError(f"{name} is a {quantity.kind}, found {found}; mend the line")
    if not is_stated:
        return {"low": None, "value": None, "high": None, "unit": None}
    step = factor(unit, quantity.unit or "1")
    if low is None and high is None:
        exact = _exact(str(value), step)
        ends = {"low": exact, "value": exact, "high": exact}
    else:
        ends = _range(low, value, high, step)
    if not isfinite(ends["high"]) or not isfinite(ends["low"]):
        raise LoadError(f"{name} is too large a number; mend the line")
    return {**ends, "unit": quantity.unit}


def _exact(text: str, step: Fraction) -> float:
    """Return the number nearest to what a text says, in another unit; infinity if it is too large to be kept."""
    try:
        return float(text) if step == 1 else float(Fraction(text) * step)
    except OverflowError:
        return inf


def _range(lowest: str | None, center: str | None, highest: str | None, step: Fraction) -> dict[str, float]:
    if lowest is None or highest is None:
        raise LoadError("a range needs low and high")
    low, high = _exact(lowest, step), _exact(highest, step)
    value = (low * high) ** 0.5 if center is None else _exact(center, step)
    if not low <= value <= high:
        raise LoadError(f"found low {low:g}, value {value:g}, high {high:g}; expected them in this order")
    return {"low": low, "value": value, "high": high}
