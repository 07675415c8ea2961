"""Figures of less than a day: the times that publishers state. What they are figures of belongs to adapters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from sources.model import CLAIM_COLUMNS, Source
from sources.records import Record, is_number


@cache
def instant(text: str) -> str:
    """Return a time as claims give it, in UTC to the minute: 2024-03-01T00:30Z.

    Raises: ValueError if the text is no time, or has no zone.
    """
    return _written(_time(text))


@cache
def after(start: str, lasts: timedelta) -> str:
    """Return the end of an interval that begins then, as claims give it."""
    return _written(_time(start) + lasts)


def _written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%MZ}"


@cache
def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text} lies outside the calendar") from error


def intensity_claim(
    source: Source, record: Record, zone: str, column: str, boundary: str, start: str, end: str
) -> dict[str, object]:
    """Return the claim of a zone's grid_intensity [g/kWh] from one time to another, as a column of a record has it."""
    figure = record.cells[column]
    return {
        **_CLAIM,
        "subject": zone,
        "value": figure,
        "reported_text": figure,
        "boundary": boundary,
        "period_start": start,
        "period_end": end,
        "reference_id": source.reference_id,
        "locator": f"{record.cells['file']}: {record.cells['place']}.{column}",
        "source_row": record.line,
    }


def misfit(
    record: Record, lacking: str, times: tuple[str, ...], column: str, lasts: timedelta
) -> dict[str, object] | None:
    """Return what makes a record no claim, None if nothing does.

    lacking: the name of a cell that is known to be empty. times: cells that hold times, the earlier first. lasts: how
    long every interval is; each begins a multiple of it after midnight, so that no two of one zone overlap.
    """
    cells = record.cells
    wrong = _wrong(tuple([cells.get(name, "") for name in times]), lasts)
    if lacking:
        field, expected = lacking, "a name"
    elif wrong:
        field, expected = times[wrong[0]], wrong[1]
    elif not is_number(cells.get(column, "")):
        field, expected = column, "a number"
    else:
        return None
    return {"source_row": record.line, "field": field, "found": cells.get(field, ""), "expected": expected}


@cache
def _wrong(told: tuple[str, ...], lasts: timedelta) -> tuple[int, str] | None:
    """Return which of the times of an interval is wrong, and what was expected."""
    if bad := [place for place, text in enumerate(told) if not _is_time(text)]:
        return bad[0], "a time with its zone, as 2024-03-01T00:30Z"
    if not _begins(told[0], lasts):
        return 0, f"the beginning of {lasts.seconds // 60} minutes, counted from midnight"
    if len(told) > 1 and instant(told[1]) != after(told[0], lasts):
        return 1, f"a time {lasts.seconds // 60} minutes after the beginning"
    return None


@cache
def _is_time(text: str) -> bool:
    try:
        _time(text)
    except ValueError:
        return False
    return True


@cache
def _begins(text: str, lasts: timedelta) -> bool:
    """Tell whether an interval of this length may begin then, and ends within the calendar."""
    at = _time(text)
    into = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
    return not into % lasts and at < datetime.max.replace(tzinfo=UTC) - lasts


#: What is the same of every claim.
_CLAIM: dict[str, object] = dict.fromkeys(CLAIM_COLUMNS) | {
    "subject_kind": "zone",
    "quantity": "grid_intensity",
    "unit": "g/kWh",
    "basis": "calculated",
    "rank": "normal",
}
