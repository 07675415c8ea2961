"""Releases: a build that passed is frozen, hashed, verified, and put in place of the file that everybody reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from warehouse import causes, history, packing, revisions
from warehouse.connect import Home
from warehouse.current import holds, put, seal
from warehouse.errors import TraceError
from warehouse.plans import plans
from warehouse.proof import content_hashes, require_as_proved
from warehouse.relations import Completed

#: Stored tables whose cells belong to a release's identity, beside the derived ones.
CLAIMED = (
    "claim",
    "reference",
    "entity",
    "alias",
    "correction",
    "deprecation",
    "quarantine",
    "snapshot",
    "snapshot_return",
    "snapshot_count",
    "finding",
    "source",
    "quantity",
)
LINEAGE = ("column_lineage", "column_reach", "sql_model")


@dataclass(frozen=True)
class Released:
    """A release: its identity, where it lies, whether it is new, and how many numbers were proved for it."""

    release_id: str
    path: Path
    is_new: bool
    numbers: int


def release(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    completed: Mapping[str, Completed],
    code_version: str,
    fingerprint: str,
    numbers: int,
) -> Released:
    """Freeze the working database as a release, unless the current release has the same content and code.

    Raises: AlteredError if it does not hold the numbers that were proved.
    """
    tables = [*CLAIMED, *LINEAGE, *plans(completed)]
    with _copy(connection, home.releases / "next.draft") as copied:
        hashes = content_hashes(connection, tables)
        require_as_proved(connection, {name: hashes[name][0] for name in ("claim", *plans(completed))})
        draft = copied()
        return _released(connection, home, completed, (code_version, fingerprint, numbers), hashes, draft)


def _released(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    completed: Mapping[str, Completed],
    of_build: tuple[str, str, int],
    hashes: Mapping[str, tuple[str, int]],
    draft: Path,
) -> Released:
    """Release the copy of the working database, whose tables have these hashes.

    of_build: code version, fingerprint, how many numbers were proved.
    """
    code_version, fingerprint, numbers = of_build
    identity = hashlib.sha256("\n".join(f"{name} {value}" for name, (value, _) in sorted(hashes.items())).encode())
    release_id = identity.hexdigest()[:16]
    path = home.releases / f"{release_id}.duckdb"
    happened = history.events(home.release)
    current, newest = happened[-1] if happened else None, history.pinned(happened)
    is_there = current is not None and holds(home, current)  # a file that is lost or damaged is made again
    if current and is_there and (current.release_id, current.fingerprint) == (release_id, fingerprint):
        if newest:
            confirmed = replace(current, at=history.next_moment(happened), event=history.CONFIRMED)
            history.record(home.release, happened, confirmed)
        return Released(release_id, path, False, numbers)
    if newest and is_there and (newest.release_id, newest.fingerprint) == (release_id, fingerprint):
        return Released(release_id, path, False, numbers)  # an earlier one was restored on purpose, and stays
    parent_id = current.release_id if current else None
    if current and parent_id == release_id:
        parent_id = current.parent_id
    released_at = _drop_what_was_never_put(connection, happened)
    connection.execute(
        "INSERT OR REPLACE INTO release VALUES (?, ?, ?, ?, ?, ?)",
        [release_id, parent_id, released_at, code_version, fingerprint, numbers],
    )
    connection.execute("DELETE FROM release_table WHERE release_id = ?", [release_id])
    connection.executemany(
        "INSERT INTO release_table VALUES (?, ?, ?, ?)",
        [[release_id, name, value, count] for name, (value, count) in sorted(hashes.items())],
    )
    moved = revisions.Moved()
    if current and is_there:
        made = causes.Release(release_id, released_at, current.release_id, code_version)
        moved = revisions.record(connection, home.release, made, hashes, completed)
        packing.pack(home.release, home.releases)
    _freeze(connection, draft, path)
    put(path, home.release)
    counts = (numbers, moved.claims, moved.sql, moved.code)
    event = history.Event(
        released_at, history.RELEASED, release_id, released_at, parent_id, code_version, fingerprint, *counts
    )
    history.record(home.release, happened, event)
    packing.tidy(home.release, home.releases)
    seal(home, event)
    return Released(release_id, path, True, numbers)


def _drop_what_was_never_put(connection: duckdb.DuckDBPyConnection, happened: list[history.Event]) -> datetime:
    """Forget what an interrupted release wrote down, and return the time of the one that is made now."""
    if happened:
        latest = max(event.released_at for event in happened)
        for table in ("release", *revisions.TABLES):
            connection.execute(f"DELETE FROM {table} WHERE released_at > ?", [latest])
        known = {row[0] for row in connection.execute("SELECT release_id FROM release").fetchall()}
        for one in {event.release_id: event for event in happened if event.event == history.RELEASED}.values():
            if one.release_id not in known:  # its row had given way to the one that was never put
                row = [one.release_id, one.parent_id, one.released_at, one.code_version, one.fingerprint, one.numbers]
                connection.execute("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)", row)
    last = connection.execute("SELECT max(released_at) FROM release").fetchall()[0][0]
    moment = history.next_moment(happened)
    return moment if last is None or happened else max(moment, last + timedelta(microseconds=1))


@contextmanager
def _copy(connection: duckdb.DuckDBPyConnection, draft: Path) -> Iterator[Callable[[], Path]]:
    """Begin to copy the working database into a file of its own, beside other work that only reads.

    Yields: what waits for the copy, which is attached as `draft`, and goes with the file afterwards.
    """
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    work = connection.execute("SELECT current_database()").fetchall()[0][0]
    name = str(draft).replace("'", "''")
    connection.execute(f"ATTACH '{name}' AS draft")
    try:
        with connection.cursor() as beside, ThreadPoolExecutor(1) as pool:  # it is waited for first
            copying = pool.submit(beside.execute, f'COPY FROM DATABASE "{work}" TO draft')

            def copied() -> Path:
                copying.result()
                return draft

            yield copied
    finally:
        connection.execute("DETACH DATABASE IF EXISTS draft")
        for left in (draft, draft.with_name(f"{draft.name}.wal")):
            left.unlink(missing_ok=True)


def _freeze(connection: duckdb.DuckDBPyConnection, draft: Path, path: Path) -> None:
    """Complete the copy with what was written since, verify it, and give it its name, without a log beside it."""
    for table in ("release", "release_table", *revisions.TABLES):
        connection.execute(f"DELETE FROM draft.{table}")
        connection.execute(f"INSERT INTO draft.{table} FROM main.{table}")
    connection.execute("CHECKPOINT draft")
    connection.execute("DETACH draft")
    with duckdb.connect(str(draft), read_only=True) as frozen:
        expected = frozen.execute(
            "SELECT table_name, row_count FROM release_table JOIN release USING (release_id) "
            "QUALIFY released_at = max(released_at) OVER ()"
        ).fetchall()
        for name, count in expected:
            found = frozen.execute(f"SELECT count(*) FROM main.{name}").fetchall()[0][0]
            if found != count:
                raise TraceError(f"{draft}: table {name} has {found} rows, expected {count}; the copy failed")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)
