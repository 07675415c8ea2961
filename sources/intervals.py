"""Figures of less than a day: the times that publishers state. What they are figures of belongs to adapters."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from sources.model import CLAIM_COLUMNS, Source
from sources.records import Record, is_number


@cache
def instant(text: str) -> str:
    """Return a time as claims give it, in UTC to the minute: 2024-03-01T00:30Z.

    Raises: ValueError if the text is no time, or has no zone.
    """
    if len(text) == 17 and text[16] == "Z":
        return text
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


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


def misfit(record: Record, lacking: str, times: tuple[str, ...], column: str) -> dict[str, object] | None:
    """Return what makes a record no claim, None if nothing does.

    lacking: the name of a cell that is known to be empty. times: cells that hold times, the earlier first.
    """
    cells = record.cells
    if lacking:
        field, expected = lacking, "a name"
    elif bad := next((name for name in times if not _is_time(cells.get(name, ""))), None):
        field, expected = bad, "a time with its zone, as 2024-03-01T00:30Z"
    elif len(times) > 1 and instant(cells[times[0]]) >= instant(cells[times[1]]):
        field, expected = times[1], "a time after the beginning"
    elif not is_number(cells.get(column, "")):
        field, expected = column, "a number"
    else:
        return None
    return {"source_row": record.line, "field": field, "found": cells.get(field, ""), "expected": expected}


@cache
def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(instant(text))
    except ValueError:
        return False
    return True


#: What is the same of every claim.
_CLAIM: dict[str, object] = dict.fromkeys(CLAIM_COLUMNS) | {
    "subject_kind": "zone",
    "quantity": "grid_intensity",
    "unit": "g/kWh",
    "basis": "calculated",
    "rank": "normal",
}
