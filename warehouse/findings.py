"""What follows from the record of attempts: what is wrong with a source, and what a release does not hold yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import duckdb

from warehouse.attempts import Attempt, effective, failures, in_use, of_source, read, taken_back
from warehouse.connect import Home, reader
from warehouse.read import DatabaseError

Retrieved = tuple[str, str, datetime]


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


def _stated(last_modified: str) -> datetime | None:
    """Return the time of a Last-Modified, None if there is none that can be read."""
    try:
        stated = parsedate_to_datetime(last_modified)
    except (TypeError, ValueError):
        return None
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
