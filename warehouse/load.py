"""The only door to the claim table: read archived snapshots, convert units, resolve names, give ids, keep history.

The claims of a source are a pure function of its archived snapshots in the order of their retrieval and of the names
known, so loading again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sources.errors import SourceError
from sources.model import Adapter, Payload, Reading
from warehouse import archive
from warehouse.errors import LoadError
from warehouse.resolve import Names
from warehouse.vocabulary import factor, quantities

SERIES = ["subject_kind", "subject", "quantity", "qualifier", "boundary", "scope_note", "period_start", "period_end"]
CONTENT = ["value", "low", "high", "unit", "object", "reported_text", "basis", "citation", "rank", "flags"]

#: Flags that say whose figure it is, and nothing against it.
ORIGINS = ("secondary", "third_party", "own")

ReaderFor = Callable[[str, bytes], Reading]


def key_hash(text: str) -> int:
    """Return the 64-bit signed identity of a key, as the macro `row_key` does."""
    return int(hashlib.md5(text.encode()).hexdigest()[:15], 16)


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
        "SELECT snapshot_id, retrieved_at FROM retrieval WHERE source_id = ? AND retrieved_at <= ? "
        "ORDER BY retrieved_at, snapshot_id",
        [source_id, retrieved_at],
    ).fetchall()
    if (snapshot_id, retrieved_at) in before or (before and before[-1][0] == snapshot_id):
        return snapshot_id, False
    if connection.execute(
        "SELECT 1 FROM snapshot WHERE source_id = ? AND snapshot_id = ?", [source_id, snapshot_id]
    ).fetchall():
        connection.execute("INSERT INTO snapshot_return VALUES (?, ?, ?)", [snapshot_id, source_id, retrieved_at])
        return snapshot_id, True
    connection.execute(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            snapshot_id,
            source_id,
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


def load_source(connection: duckdb.DuckDBPyConnection, folder: Path, source_id: str, read: ReaderFor) -> int:
    """Rebuild the claims of one source from its archived snapshots.

    read: gives the reading of a snapshot's bytes, by the snapshot's origin.
    Returns: the number of claims. The source's former rows are replaced in one transaction, or kept if this fails.
    Raises: SourceError, LoadError, ArchiveError.
    """
    snapshots = connection.execute(
        "SELECT snapshot_id, origin, retrieved_at FROM retrieval WHERE source_id = ? "
        "ORDER BY retrieved_at, snapshot_id",
        [source_id],
    ).fetchall()
    names = Names(connection, source_id)
    history: dict[int, dict[str, Any]] = {}  # claim_id -> row, in order of appearance
    current: dict[int, int] = {}  # series_id -> claim_id
    counts, quarantined = [], []
    readings: dict[str, Reading] = {}
    for snapshot_id, origin, retrieved_at in snapshots:
        is_back = snapshot_id in readings
        if not is_back:
            readings[snapshot_id] = read(origin, archive.load(folder, snapshot_id))
        reading = readings[snapshot_id]
        seen: dict[int, int] = {}
        for row in _stamped(source_id, reading):
            series_id, content = row["series_id"], row.pop("content")
            held = current.get(series_id)
            if held is not None and history[held]["content"] == content:
                seen[series_id] = held
                continue
            claim_id = key_hash(content)
            times = 1
            while claim_id in history:
                times += 1
                claim_id = key_hash(f"{content}|{times}")
            history[claim_id] = {
                **row,
                "claim_id": claim_id,
                "content": content,
                "snapshot_id": snapshot_id,
                "first_seen_at": retrieved_at,
                "superseded_at": None,
                **names.resolve(row),
            }
            seen[series_id] = claim_id
        for series_id, claim_id in current.items():
            if seen.get(series_id) != claim_id:
                history[claim_id]["superseded_at"] = retrieved_at
        current = seen
        if is_back:
            continue  # its rows are counted
        counts.append(_count(source_id, snapshot_id, reading))
        quarantined += [
            [source_id, snapshot_id, cell["source_row"], cell["field"], cell["found"], cell["expected"]]
            for cell in reading.quarantined.to_dict("records")
        ]
    _replace(connection, source_id, list(history.values()), names.cited, counts, quarantined)
    return len(history)


def _stamped(source_id: str, reading: Reading) -> list[dict[str, Any]]:
    """Return the rows of a reading with canonical numbers, series id and content key."""
    rows = reading.claims.astype(object).where(reading.claims.notna(), None).to_dict("records")
    times: dict[str, int] = {}
    stamped = []
    for row in rows:
        key = "|".join([source_id, *(row[name] or "" for name in SERIES), row["reference_id"] or ""])
        times[key] = times.get(key, 0) + 1
        if times[key] > 1:
            key = f"{key}|{times[key]}"
        content = "|".join([key, *(row[name] or "" for name in CONTENT)])
        numbers = canonical(source_id, {str(name): cell for name, cell in row.items()})
        more = {"source_id": source_id, "series_id": key_hash(key), "content": content}
        stamped.append({str(name): cell for name, cell in row.items()} | numbers | more)
    return stamped


def canonical(source_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Convert the numbers of a row to the quantity's canonical unit.

    Raises: LoadError naming source and line for an unknown quantity, a foreign unit, or a range that is none.
    """
    place = f"{source_id}, line {row['source_row']}"
    quantity = quantities().get(row["quantity"])
    if quantity is None:
        raise LoadError(f"{place}: unknown quantity {row['quantity']!r}; add it to warehouse/vocabulary.csv or mend it")
    ends = {name: row[name] for name in ("low", "value", "high") if row[name] is not None}
    if (quantity.kind == "number") != bool(ends):
        raise LoadError(f"{place}: {quantity.name} is a {quantity.kind}, found {row['object'] or ends}; mend the line")
    if not ends:
        return {"low": None, "value": None, "high": None, "unit": None}
    try:
        step = factor(row["unit"], quantity.unit or "1")
    except LoadError as error:
        raise LoadError(f"{place}: {error}") from error
    exact = {name: float(Fraction(text) * step) for name, text in ends.items()}
    value = exact.get("value")
    low, high = exact.get("low", value), exact.get("high", value)
    if low is None or high is None:
        raise LoadError(f"{place}: a range needs low and high")
    if value is None:
        value = (low * high) ** 0.5
    if not low <= value <= high:
        raise LoadError(f"{place}: found low {low:g}, value {value:g}, high {high:g}; expected them in this order")
    return {"low": low, "value": value, "high": high, "unit": quantity.unit}


def _count(source_id: str, snapshot_id: str, reading: Reading) -> list[Any]:
    claimed = set(reading.claims["source_row"])
    marks = reading.claims["flags"].fillna("").map(lambda flags: bool(set(flags.split(";")) - {"", *ORIGINS}))
    marked = set(reading.claims.loc[marks.astype(bool), "source_row"])
    bad = set(reading.quarantined["source_row"])
    flagged = (claimed & bad) | marked
    return [
        source_id,
        snapshot_id,
        len(reading.rows),
        len(claimed - flagged),
        len(flagged),
        len(bad - claimed),
        len(reading.claims),
        len(reading.quarantined),
        "; ".join(reading.notices) or None,
    ]


def _replace(
    connection: duckdb.DuckDBPyConnection,
    source_id: str,
    claims: list[dict[str, Any]],
    cited: Mapping[str, list[Any]],
    counts: list[list[Any]],
    quarantined: list[list[Any]],
) -> None:
    columns = [row[0] for row in connection.execute("SELECT column_name FROM (DESCRIBE claim)").fetchall()]
    frame = pd.DataFrame(claims, columns=columns).astype(object)
    frame = frame.where(frame.notna(), None)
    connection.execute("BEGIN")
    try:
        for table in ("claim", "snapshot_count", "quarantine"):
            connection.execute(f"DELETE FROM {table} WHERE source_id = ?", [source_id])
        if cited:
            connection.executemany(
                "INSERT OR REPLACE INTO reference VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(cited.values())
            )
        if len(frame):
            kinds = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE claim)").fetchall())
            typed = ", ".join(f"CAST({name} AS {kinds[name]})" for name in columns)
            connection.register("claim_frame", frame)
            connection.execute(f"INSERT INTO claim SELECT {typed} FROM claim_frame")
            connection.unregister("claim_frame")
        connection.executemany("INSERT INTO snapshot_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", counts)
        if quarantined:
            connection.executemany("INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)", quarantined)
        connection.execute("COMMIT")
    except (duckdb.Error, SourceError):
        connection.execute("ROLLBACK")
        raise
