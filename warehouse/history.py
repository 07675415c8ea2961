"""What was current when: the log of a home's releases, one line for each change, which is never cut.

Which releases are kept is `warehouse.packing`'s; how an earlier one is opened, `warehouse.in_time`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import duckdb

from warehouse import lines

#: What the log can say: a new release became current, an earlier one was put back, or the build is the current one.
RELEASED, RESTORED, CONFIRMED = "released", "restored", "confirmed"
LOG_COLUMNS = (
    "at", "event", "release_id", "released_at", "parent_id", "code_version", "fingerprint", "numbers",
    "moved_by_claims", "moved_by_sql", "moved_by_code",
)  # fmt: skip
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Event:
    """One change of the current release. `released_at` tells apart releases that have the same content.

    moved: how many numbers did, by cause; None where there was nothing to compare with.
    """

    at: datetime
    event: str
    release_id: str
    released_at: datetime
    parent_id: str | None
    code_version: str
    fingerprint: str
    numbers: int
    moved_by_claims: int | None = None
    moved_by_sql: int | None = None
    moved_by_code: int | None = None

    @property
    def key(self) -> tuple[str, datetime]:
        """Return what names the release's file."""
        return self.release_id, self.released_at


def log_of(release: Path) -> Path:
    """Return the log of the home whose current release is that file."""
    return release.parent / "releases.csv"


def events(release: Path) -> list[Event]:
    """Return what happened to the current release, oldest first.

    What a lost or damaged log does not say is told from the current file itself.
    """
    found = logged(release)
    known = {event.key for event in found}
    return sorted([*found, *(event for event in told(release) if event.key not in known)], key=lambda event: event.at)


def logged(release: Path) -> list[Event]:
    """Return what the log of a release's home says."""
    found = []
    for cells in lines.read(log_of(release), LOG_COLUMNS):
        with suppress(ValueError):  # a line that is damaged says nothing
            found.append(_event(cells))
    return found


def _event(row: Mapping[str, str]) -> Event:
    return Event(
        datetime.fromisoformat(row["at"]),
        row["event"],
        row["release_id"],
        datetime.fromisoformat(row["released_at"]),
        row["parent_id"] or None,
        row["code_version"],
        row["fingerprint"],
        int(row["numbers"]),
        *(int(row[name]) if row[name] else None for name in LOG_COLUMNS[8:]),
    )


def told(release: Path) -> list[Event]:
    """Return what a release says of itself and of those before it; nothing if it cannot be read."""
    try:
        stat = release.stat()
        return list(_told(release, (stat.st_ino, stat.st_size, stat.st_mtime_ns)))
    except (FileNotFoundError, duckdb.Error):
        return []


@lru_cache(maxsize=8)
def _told(release: Path, _version: tuple[int, int, int]) -> tuple[Event, ...]:
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute("""
            SELECT release_id, released_at, previous_release_id, code_version, fingerprint, numbers
            FROM release ORDER BY released_at""").fetchall()
    return tuple(Event(row[1], RELEASED, *row) for row in rows)


def record(release: Path, happened: Iterable[Event], event: Event) -> None:
    """Add a line to the log, and before it what happened earlier and does not stand there."""
    there = set(logged(release))
    lines.append(log_of(release), LOG_COLUMNS, [_line(one) for one in (*happened, event) if one not in there])


def _line(event: Event) -> list[object]:
    values = [getattr(event, name) for name in LOG_COLUMNS]
    return [value.isoformat() if isinstance(value, datetime) else value for value in values]


def next_moment(happened: Iterable[Event], now: datetime | None = None) -> datetime:
    """Return the time of what happens now: later than all before, even if the clock was put back."""
    latest = max((max(event.at, event.released_at) for event in happened), default=datetime.min)
    return max(now or datetime.now(UTC).replace(tzinfo=None), latest + _TICK)


def pinned(happened: Iterable[Event]) -> Event | None:
    """Return the newest build, if an earlier release was restored since and is current instead of it."""
    known = list(happened)
    if not known or known[-1].event != RESTORED:
        return None
    built = next((event for event in reversed(known) if event.event != RESTORED), None)
    return None if built is None or built.key == known[-1].key else built
