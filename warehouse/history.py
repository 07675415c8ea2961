"""The releases of a home: what was current when, which of them are kept, and how an earlier one is opened.

The current release lies as a plain file under both of its names. Every earlier one is kept compressed, byte for byte,
in the same folder. Policy, applied after each release: the last LAST releases, then the newest of each calendar month
for ever, and always the current one. What is dropped can be built again from the archive with the code of its time; its
id would be the same. The log, one line for each change of the current release, is never cut.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse import lines
from warehouse.errors import NotFoundError, WarehouseError

#: How many of the latest releases are kept, before one a month is.
LAST = 10
#: What the log can say: a new release became current, an earlier one was put back, or the build is the current one.
RELEASED, RESTORED, CONFIRMED = "released", "restored", "confirmed"
LOG_COLUMNS = (
    "at", "event", "release_id", "released_at", "parent_id", "code_version", "fingerprint", "numbers",
    "moved_by_claims", "moved_by_sql", "moved_by_code",
)  # fmt: skip
_STAMP = "%Y%m%dT%H%M%S%fZ"
_TICK = timedelta(microseconds=1)
#: How many spans of time the message for a dropped release names.
_NAMED = 6


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


def packed(folder: Path) -> dict[tuple[str, datetime], Path]:
    """Return the compressed releases in the folder, oldest first, by id and the time of their release."""
    found = {}
    for path in sorted(folder.glob("*-*.duckdb.gz")):
        stamp, _, release_id = path.name.removesuffix(".duckdb.gz").partition("-")
        found[release_id, datetime.strptime(stamp, _STAMP).replace(tzinfo=None)] = path
    return found


def pack(path: Path, folder: Path) -> Path:
    """Keep a release compressed in the folder, unless it is; its bytes come back as they were."""
    latest = told(path)[-1]
    target = folder / f"{latest.released_at.strftime(_STAMP)}-{latest.release_id}.duckdb.gz"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        with path.open("rb") as source, draft.open("wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as made:
                shutil.copyfileobj(source, made, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    return target


def unpack(path: Path, target: Path) -> None:
    """Write the bytes of a compressed release to a file.

    Raises: WarehouseError if they are damaged.
    """
    try:
        with gzip.open(path) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)
    except (EOFError, OSError) as error:
        raise WarehouseError(f"{path}: cannot be unpacked ({error}); the file is damaged, use another") from error


def to_drop(keys: Iterable[tuple[str, datetime]]) -> list[tuple[str, datetime]]:
    """Return which of the earlier releases the policy drops; the current one, which is not among them, stays."""
    newest_first = sorted(keys, key=lambda key: (key[1], key[0]), reverse=True)
    months = set()
    dropped = []
    for place, key in enumerate(newest_first):
        month = (key[1].year, key[1].month)
        if place >= LAST - 1 and month in months:
            dropped.append(key)
        months.add(month)
    return dropped


def tidy(release: Path, folder: Path) -> None:
    """Leave one plain file in the folder, the current release's; compress the others, and apply the policy.

    One that was never current goes: a crash came between.
    """
    for path in folder.glob("*.duckdb"):
        if not path.samefile(release):
            if (said := told(path)) and said[-1].key in {event.key for event in events(release)}:
                pack(path, folder)
            path.unlink()
    earlier = packed(folder)
    current = told(release)[-1].key
    for key in to_drop(key for key in earlier if key != current):
        earlier[key].unlink()


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


def listing(release: Path, folder: Path) -> list[dict[str, Any]]:
    """Return all releases ever made, newest first: what they are, whether they are kept, and what moved in them."""
    known = events(release)
    files = packed(folder)
    current = known[-1] if known else None
    rows = []
    for event in reversed([event for event in known if event.event == RELEASED]):
        is_current = current is not None and event.key == current.key
        file = release if is_current else files.get(event.key)
        rows.append(
            {
                "release_id": event.release_id,
                "released_at": event.released_at,
                "is_current": is_current,
                "restored_at": current.at if current and is_current and current.event == RESTORED else None,
                "parent_id": event.parent_id,
                "numbers": event.numbers,
                "bytes": file.stat().st_size if file else None,
                "moved_by_claims": event.moved_by_claims,
                "moved_by_sql": event.moved_by_sql,
                "moved_by_code": event.moved_by_code,
                "code_version": event.code_version,
                "file": str(file) if file else None,
            }
        )
    return rows
