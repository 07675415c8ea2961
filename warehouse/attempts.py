"""The record of every attempt to refresh a source: an append-only table in the home, which no release is made of.

What follows from it is: which fetched snapshots are in use, and what is found to be wrong with a source. Both are told
from the record alone, never from the clock, so a release changes only when one of them does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import duckdb

from warehouse import lines
from warehouse.connect import Home, reader
from warehouse.read import DatabaseError

#: Where the record lies in a home.
FILE = "refresh/attempts.csv"

GOOD = ("new", "unchanged")
SET_ASIDE = ("held_back", "deferred")


@dataclass(frozen=True)
class Attempt:
    """One attempt to refresh a source.

    outcome: `new` or `unchanged`; `held_back`, bytes that are kept and not used; `deferred`, bytes that are kept and
        tried again; `refused`, an answer that is no table; `unreachable`, none.
    etag, last_modified: of the version in use; of several files, each by its name.
    part: the day that was asked for, of a feed that is asked for one day at a time.
    """

    source_id: str
    attempted_at: datetime
    outcome: str
    detail: str
    address: str
    origin: str
    etag: str
    last_modified: str
    snapshot_id: str
    part: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether the source was read, changed or not."""
        return self.outcome in GOOD


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a source and makes its claims stale.

    kind: `held_back`, it says something that cannot be believed or read; `unreachable`, it could not be read for longer
        than it may be; `publisher_stopped`, it was read and has said nothing new for longer than it may.
    """

    source_id: str
    kind: str
    since: datetime
    detail: str


Retrieved = tuple[str, str, datetime]

COLUMNS = [field.name for field in fields(Attempt)]


def read(home: Home) -> list[Attempt]:
    """Return all attempts, in the order in which they were made."""
    attempts = []
    for cells in lines.read(home.path / FILE, COLUMNS):
        with suppress(ValueError):  # a line that is damaged is no attempt
            attempted_at = datetime.fromisoformat(cells.pop("attempted_at"))
            attempts.append(Attempt(attempted_at=attempted_at, **cells))
    return attempts


def append(home: Home, attempt: Attempt) -> None:
    """Add one attempt to the record, one line; a line once written stays."""
    cells = {**asdict(attempt), "attempted_at": attempt.attempted_at.isoformat()}
    lines.append(home.path / FILE, COLUMNS, [[cells[name] for name in COLUMNS]])


def of_source(attempts: Iterable[Attempt], source_id: str, part: str | None = None) -> list[Attempt]:
    """Return the attempts on one source, or on one part of it."""
    mine = [attempt for attempt in attempts if attempt.source_id == source_id]
    return mine if part is None else [attempt for attempt in mine if attempt.part == part]


def effective(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source without those that were taken back.

    A snapshot that was new and then failed where all sources meet is set aside later, by the same id.
    """
    kept: dict[int, Attempt] = {}
    taken: dict[str, list[int]] = defaultdict(list)  # part -> places of what was taken into use
    for place, attempt in enumerate(attempts):
        kept[place] = attempt
        used = taken[attempt.part]
        if attempt.outcome == "new":
            used.append(place)
        elif attempt.outcome in SET_ASIDE and used and kept[used[-1]].snapshot_id == attempt.snapshot_id:
            del kept[used.pop()]
    return list(kept.values())


def taken_back(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source that were new and then taken back."""
    mine = list(attempts)
    kept = {id(attempt) for attempt in effective(mine)}
    return [attempt for attempt in mine if id(attempt) not in kept]


def in_use(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source whose bytes are snapshots of it."""
    return [attempt for attempt in effective(attempts) if attempt.outcome == "new"]


def finding(
    attempts: Iterable[Attempt], source_id: str, retrieved_at: datetime, stale_after: timedelta
) -> Finding | None:
    """Return what is wrong with a source by the attempts on it, None if nothing is.

    retrieved_at: of its snapshot in use; older attempts say nothing of that one.
    """
    mine = effective(of_source(attempts, source_id))
    recent = [attempt for attempt in mine if attempt.attempted_at >= retrieved_at]
    failed = failures(recent)
    held = [attempt for attempt in failed if attempt.outcome == "held_back"]
    if held:  # a day of a series since it was first held back, whatever came of other days in between
        same = failures(of_source(mine, source_id, held[0].part)) if held[0].part else held
        first = next(attempt for attempt in same if attempt.outcome == "held_back")
        return Finding(source_id, "held_back", first.attempted_at, first.detail)
    good = [attempt for attempt in recent if attempt.is_good]
    if failed:
        last_read_at = good[-1].attempted_at if good else retrieved_at
        if failed[-1].attempted_at - last_read_at > stale_after:
            return Finding(source_id, "unreachable", failed[0].attempted_at, failed[0].detail)
    elif good:
        said_at = _stated(good[-1].last_modified) or retrieved_at
        if good[-1].attempted_at - said_at > stale_after:
            detail = f"the publisher has changed nothing since {said_at:%Y-%m-%d}"
            return Finding(source_id, "publisher_stopped", said_at + stale_after, detail)
    return None


def failures(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the failed attempts since the source was last read; empty if the last one was good."""
    failed: list[Attempt] = []
    for attempt in attempts:
        failed = [] if attempt.is_good else [*failed, attempt]
    return failed


def findings(connection: duckdb.DuckDBPyConnection, home: Home) -> list[Finding]:
    """Return what is wrong with the sources of a database, by the home's record."""
    attempts = read(home)
    if not attempts:
        return []
    rows = connection.execute(
        "SELECT source_id, stale_after_days, max(retrieved_at) FROM source JOIN retrieval USING (source_id) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    found = (
        finding(attempts, source_id, retrieved_at.replace(tzinfo=UTC), timedelta(days=days))
        for source_id, days, retrieved_at in rows
    )
    return [one for one in found if one is not None]


def row(found: Finding) -> tuple[str, str, datetime, str]:
    """Return a finding as the database keeps it."""
    return (found.source_id, found.kind, found.since.replace(tzinfo=None), found.detail)


def is_released(home: Home) -> bool:
    """Tell whether the current release holds every fetched snapshot that is in use, and every finding."""
    attempts = read(home)
    if not attempts:
        return True
    known = _released(home)
    with reader(home) as connection:
        told = connection.execute("SELECT source_id, kind, since, detail FROM finding ORDER BY ALL").fetchall()
        found = [row(one) for one in findings(connection, home)]
    back = {key(one) for mine in _by_source(attempts) for one in taken_back(mine)}
    used = {key(one) for mine in _by_source(attempts) for one in in_use(mine)}
    return used <= known and not back & known and sorted(found) == sorted(told)


def unreleased(home: Home) -> list[Attempt]:
    """Return the attempts whose snapshots are in use and in no release yet, source by source as they were taken."""
    known: set[Retrieved] = set()
    with suppress(DatabaseError):  # a release that cannot be read holds nothing
        known = _released(home) if home.release.exists() else known
    return [one for mine in _by_source(read(home)) for one in in_use(mine) if key(one) not in known]


def key(attempt: Attempt) -> Retrieved:
    """Return what makes a retrieval one: the source, its bytes and the time."""
    return attempt.source_id, attempt.snapshot_id, attempt.attempted_at


def _by_source(attempts: Iterable[Attempt]) -> Iterable[list[Attempt]]:
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        groups[attempt.source_id].append(attempt)
    return groups.values()


def _released(home: Home) -> set[Retrieved]:
    """Return what the current release holds of each source."""
    with reader(home) as connection:
        rows = connection.execute("SELECT source_id, snapshot_id, retrieved_at FROM retrieval").fetchall()
    return {(source_id, snapshot_id, at.replace(tzinfo=UTC)) for source_id, snapshot_id, at in rows}


def state(attempts: Iterable[Attempt], source_id: str) -> Mapping[str, object]:
    """Return when a source was last read, the last attempt, since when and why it fails, and the days held back."""
    mine = effective(of_source(attempts, source_id))
    failed = failures(mine)
    last = mine[-1] if mine else None
    good = [attempt for attempt in mine if attempt.is_good]
    return {
        "read_at": good[-1].attempted_at.replace(tzinfo=None) if good else None,
        "attempted_at": last.attempted_at.replace(tzinfo=None) if last else None,
        "outcome": last.outcome if last else None,
        "failing_since": failed[0].attempted_at.replace(tzinfo=None) if failed else None,
        "reason": last.detail if last and failed else None,
        "held_back_parts": ", ".join(sorted(_held_back(mine))) or None,
    }


def _held_back(attempts: Iterable[Attempt]) -> Iterable[str]:
    """Return the days of a series of which the last bytes are not used, whatever came of later days."""
    last = {attempt.part: attempt for attempt in attempts if attempt.part}
    return [part for part, attempt in last.items() if attempt.outcome in SET_ASIDE]


def _stated(last_modified: str) -> datetime | None:
    """Return the time of a Last-Modified, None if there is none that can be read."""
    try:
        stated = parsedate_to_datetime(last_modified)
    except (TypeError, ValueError):
        return None
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
