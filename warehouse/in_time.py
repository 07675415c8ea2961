"""The release that was current at a time, and how it is opened."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from warehouse.errors import NotFoundError, WarehouseError
from warehouse.history import Event, events, told
from warehouse.packing import packed, unpack

#: How many spans of time the message for a dropped release names.
_NAMED = 6


def moment(asked: str) -> datetime:
    """Return the time that was asked for, in UTC: a date means its end.

    Raises: WarehouseError if it is no ISO date or time, or lies in the future.
    """
    today = datetime.now(UTC).date()
    try:
        if len(asked) == len("2026-01-31"):
            day = date.fromisoformat(asked)
            found = datetime.combine(day, time.max)
            is_future = day > today
        else:
            stated = datetime.fromisoformat(asked)
            found = stated.astimezone(UTC).replace(tzinfo=None) if stated.tzinfo else stated
            is_future = found.date() > today
    except ValueError as error:
        raise WarehouseError(f"'{asked}' is no date; write 2026-01-31, or 2026-01-31T12:00 (UTC)") from error
    if is_future:
        raise WarehouseError(f"{asked} lies in the future; today is {today} (UTC)")
    return found


def current_at(release: Path, when: datetime) -> Event:
    """Return what had made the release current that was so at a time.

    Raises: NotFoundError if there was none yet.
    """
    known = events(release)
    before = [event for event in known if event.at <= when]
    if not before:
        first = f"the first is of {_shown(known[0].at)}" if known else "make one with: footnote run"
        raise NotFoundError(f"no release at {_shown(when)}; {first}")
    return before[-1]


@contextmanager
def as_of(release: Path, folder: Path, when: datetime) -> Iterator[Path]:
    """Give the file of the release that was current at a time; one that was compressed lies there only meanwhile.

    Raises: NotFoundError if there was none, or the policy has dropped it; the message says which dates can be had.
    """
    event = current_at(release, when)
    said = told(release)
    if said and said[-1].key == event.key:
        yield release
        return
    path = packed(folder).get(event.key)
    if path is None:
        raise NotFoundError(
            f"the release of {_shown(when)}, {event.release_id}, is no longer kept; {_what_can_be_had(release, folder)}"
        )
    with tempfile.TemporaryDirectory(prefix="footnote-") as temporary:
        target = Path(temporary) / f"{event.release_id}.duckdb"
        unpack(path, target)
        yield target


def _what_can_be_had(release: Path, folder: Path) -> str:
    known = events(release)
    kept = {*packed(folder), known[-1].key}
    ends = [*(event.at for event in known[1:]), None]
    spans = [(event.at, end) for event, end in zip(known, ends, strict=True) if event.key in kept]
    merged: list[tuple[datetime, datetime | None]] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    named = [f"{_shown(start)} to {_shown(end) if end else 'now'}" for start, end in merged[-_NAMED:]]
    more = "" if len(merged) <= _NAMED else " and earlier ones"
    return f"times that can be had: {', '.join(named)}{more}. All: footnote releases"


def _shown(when: datetime) -> str:
    return when.isoformat(sep=" ", timespec="seconds")
