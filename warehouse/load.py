"""The only door to the claim table: read archived snapshots, convert units, resolve names, give ids, keep history.

The claims of a source are a pure function of its archived snapshots in the order of their retrieval and of the names
known, so loading again changes nothing. A feed that is asked for one day at a time has a history for each day, its
*part*; every other source has one part, ''.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import duckdb

from sources.model import Adapter, Payload, Reading
from warehouse import archive
from warehouse.garbage import unsearched
from warehouse.parts import Loaded, Retrieval, insert, of_part
from warehouse.resolve import Names

#: Claims that are held at once before they are put into their table.
BATCH = 20_000

ReaderFor = Callable[[str, bytes], Reading]


def keep_snapshot(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    adapter: Adapter,
    payload: Payload,
    adapter_version: str,
    preamble: Mapping[str, str],
) -> tuple[str, bool]:
    """Archive the bytes of one retrieval and register them.

    Returns: the snapshot's id, and whether these bytes are news: those in force at the time of a retrieval are none,
        those that come back after others are.
    """
    snapshot_id = archive.store(folder, payload.content)
    source_id, retrieved_at = adapter.source.source_id, payload.retrieved_at.replace(tzinfo=None)
    before = connection.execute(
        "SELECT snapshot_id, retrieved_at FROM retrieval WHERE source_id = ? AND part = ? AND retrieved_at <= ? "
        "ORDER BY retrieved_at, snapshot_id",
        [source_id, payload.part, retrieved_at],
    ).fetchall()
    if (snapshot_id, retrieved_at) in before or (before and before[-1][0] == snapshot_id):
        return snapshot_id, False
    if connection.execute(
        "SELECT 1 FROM snapshot WHERE source_id = ? AND snapshot_id = ?", [source_id, snapshot_id]
    ).fetchall():
        returned = [snapshot_id, source_id, payload.part, retrieved_at]
        connection.execute("INSERT INTO snapshot_return VALUES (?, ?, ?, ?)", returned)
        return snapshot_id, True
    connection.execute(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            snapshot_id,
            source_id,
            payload.part,
            payload.origin,
            payload.url,
            retrieved_at,
            len(payload.content),
            payload.etag,
            payload.last_modified,
            adapter_version,
            preamble.get("upstream_version"),
            preamble.get("upstream_sha256"),
        ],
    )
    return snapshot_id, True


def after_former(connection: duckdb.DuckDBPyConnection, source_id: str, payload: Payload) -> Payload:
    """Return a bundled table as retrieved after all earlier ones of its source, whatever day it states.

    A table on disk is what it is now: one that was edited again, or put back as it was, on the day that it states comes
    after the ones before it.
    """
    former = connection.execute(
        "SELECT snapshot_id, retrieved_at FROM retrieval WHERE source_id = ? AND part = ? AND origin = ? "
        "ORDER BY retrieved_at DESC, snapshot_id DESC LIMIT 1",
        [source_id, payload.part, payload.origin],
    ).fetchall()
    if not former or former[0][0] == archive.digest(payload.content):
        return replace(payload, retrieved_at=former[0][1].replace(tzinfo=UTC)) if former else payload
    latest = former[0][1].replace(tzinfo=UTC) + timedelta(microseconds=1)
    return replace(payload, retrieved_at=max(payload.retrieved_at, latest))


def retrievals(connection: duckdb.DuckDBPyConnection, source_id: str) -> dict[str, tuple[Retrieval, ...]]:
    """Return what was in force of a source, part by part, in the order of retrieval."""
    found: dict[str, list[Retrieval]] = {}
    for part, *retrieval in connection.execute(
        "SELECT part, snapshot_id, origin, retrieved_at FROM retrieval WHERE source_id = ? "
        "ORDER BY part, retrieved_at, snapshot_id",
        [source_id],
    ).fetchall():
        found.setdefault(part, []).append(Retrieval(*retrieval))
    return {part: tuple(kept) for part, kept in found.items()}


def load_source(
    connection: duckdb.DuckDBPyConnection, folder: Path, source_id: str, read: ReaderFor, state: str = ""
) -> int:
    """Rebuild the claims of a source from its archived snapshots, and of a series those of the days that changed.

    To be called within a transaction: when this fails, former rows are to be kept.

    read: gives the reading of a snapshot's bytes, by the snapshot's origin. state: what else the claims depend on; a
        part is as it was if neither this nor its retrievals changed.
    Returns: the number of claims.
    Raises: SourceError, LoadError, ArchiveError.
    """
    parts = retrievals(connection, source_id)
    wanted = {part: _state(state, kept) for part, kept in parts.items()}
    known = dict(
        connection.execute("SELECT part, fingerprint FROM part_state WHERE source_id = ?", [source_id]).fetchall()
    )
    fresh = [part for part in parts if not state or known.get(part) != wanted[part]]
    gone = [*fresh, *(part for part in known if part not in parts)]
    loaded = Loaded(source_id, Names(connection, source_id))
    with unsearched():
        _forget(connection, source_id, None if len(fresh) == len(parts) else gone)
        for part in fresh:
            readings: dict[str, Reading] = {}
            for retrieval in parts[part]:
                if retrieval.snapshot_id not in readings:
                    content = archive.load(folder, retrieval.snapshot_id)
                    readings[retrieval.snapshot_id] = of_part(read(retrieval.origin, content), part)
            loaded.add(parts[part], readings)
            if len(loaded.claims) > BATCH:
                loaded.store(connection)
        loaded.store(connection)
        insert(connection, "part_state", [[source_id, part, wanted[part]] for part in fresh])
    rows = connection.execute("SELECT count(*) FROM claim WHERE source_id = ?", [source_id]).fetchall()
    return int(rows[0][0])


def _state(state: str, kept: Iterable[Retrieval]) -> str:
    return hashlib.sha256(repr([state, *kept]).encode()).hexdigest()


def _forget(connection: duckdb.DuckDBPyConnection, source_id: str, parts: list[str] | None) -> None:
    """Delete the rows of some parts of a source, and of bytes that are no longer in force; of all parts if None."""
    of_rows, of_states, values = "", "", [source_id, *(parts or ())]
    if parts is not None:
        of_states = f" AND part IN ({', '.join(f'${place}' for place in range(2, len(values) + 1))})"
        kept = "SELECT snapshot_id FROM retrieval WHERE source_id = $1"
        of_rows = f" AND (snapshot_id IN ({kept}{of_states}) OR snapshot_id NOT IN ({kept}))"
    for table in ("claim", "snapshot_count", "quarantine"):
        connection.execute(f"DELETE FROM {table} WHERE source_id = $1{of_rows}", values)
    connection.execute(f"DELETE FROM part_state WHERE source_id = $1{of_states}", values)
