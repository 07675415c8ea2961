"""The only door to the claim table: read archived snapshots, convert units, resolve names, give ids, keep history.

The claims of a source are a pure function of its archived snapshots in the order of their retrieval and of the names
known, so loading again changes nothing. A feed that is asked for one day at a time has a history for each day, its
*part*; every other source has one part, ''.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from math import inf, isfinite
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from sources.errors import SourceError
from sources.model import CLAIM_COLUMNS, Adapter, Payload, Reading
from warehouse import archive
from warehouse.errors import LoadError, WarehouseError
from warehouse.garbage import unsearched
from warehouse.resolve import Names
from warehouse.vocabulary import factor, quantities

SERIES = ["subject_kind", "subject", "quantity", "qualifier", "boundary", "scope_note", "period_start", "period_end"]
CONTENT = ["value", "low", "high", "unit", "object", "reported_text", "basis", "citation", "rank", "flags"]

#: Flags that say whose figure it is, and nothing against it.
ORIGINS = ("secondary", "third_party", "by_others", "own")

#: Claims that are held at once before they are put into their table.
BATCH = 20_000

#: Columns of numbers, by type: pandas has them without NULL, or with NaN in its place.
NUMERIC = {"DOUBLE": "float64", "BIGINT": "int64"}

ReaderFor = Callable[[str, bytes], Reading]


class Retrieval(NamedTuple):
    """Bytes that were in force for a part of a source, and from when on."""

    snapshot_id: str
    origin: str
    retrieved_at: datetime


def key_hash(text: str) -> int:
    """Return the 64-bit signed identity of a key, as the macro `row_key` does."""
    return int.from_bytes(hashlib.md5(text.encode()).digest()[:8], "big") >> 4


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

    read: gives the reading of a snapshot's bytes, by the snapshot's origin. state: what else the claims depend on; a
        part is as it was if neither this nor its retrievals changed.
    Returns: the number of claims. Former rows are replaced in one transaction, or kept if this fails.
    Raises: SourceError, LoadError, ArchiveError.
    """
    parts = retrievals(connection, source_id)
    wanted = {part: _state(state, kept) for part, kept in parts.items()}
    known = dict(
        connection.execute("SELECT part, fingerprint FROM part_state WHERE source_id = ?", [source_id]).fetchall()
    )
    fresh = [part for part in parts if not state or known.get(part) != wanted[part]]
    gone = [*fresh, *(part for part in known if part not in parts)]
    loaded = _Loaded(source_id, Names(connection, source_id))
    connection.execute("BEGIN")
    try:
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
            _insert(connection, "part_state", [[source_id, part, wanted[part]] for part in fresh])
        connection.execute("COMMIT")
    except (duckdb.Error, SourceError, WarehouseError):
        connection.execute("ROLLBACK")
        raise
    rows = connection.execute("SELECT count(*) FROM claim WHERE source_id = ?", [source_id]).fetchall()
    return int(rows[0][0])


def _state(state: str, kept: Iterable[Retrieval]) -> str:
    return hashlib.sha256(repr([state, *kept]).encode()).hexdigest()


def of_part(reading: Reading, part: str) -> Reading:
    """Return a reading of one day's bytes with what belongs to other days set aside, so that days do not overlap."""
    if not part or not len(reading.claims):
        return reading
    stray = [not str(start).startswith(part) for start in reading.claims["period_start"].tolist()]
    if not any(stray):
        return reading
    found = reading.claims[stray]
    expected = f"a time of {part}, the day that was asked for"
    aside = pd.DataFrame(
        {"source_row": found["source_row"], "field": "period_start", "found": found["period_start"]}
    ).assign(expected=expected)
    return Reading(
        reading.claims[[not is_stray for is_stray in stray]].reset_index(drop=True),
        pd.concat([reading.quarantined, aside.astype(object)], ignore_index=True),
        reading.rows,
        reading.notices,
    )


class _Loaded:
    """The rows that loading makes: claims in order of appearance, counts and quarantined cells of their snapshots."""

    def __init__(self, source_id: str, names: Names) -> None:
        self.source_id, self.names = source_id, names
        self.claims: list[dict[str, Any]] = []
        self.counts: list[list[Any]] = []
        self.quarantined: list[list[Any]] = []

    def add(self, retrievals: Sequence[Retrieval], readings: Mapping[str, Reading]) -> None:
        """Add the history of one part."""
        history: dict[int, dict[str, Any]] = {}  # claim_id -> row, in order of appearance
        current: dict[int, int] = {}  # series_id -> claim_id
        counted: set[str] = set()
        for snapshot_id, _, retrieved_at in retrievals:
            reading = readings[snapshot_id]
            seen: dict[int, int] = {}
            for row in _stamped(self.source_id, reading):
                series_id, content = row["series_id"], row["content"]
                held = current.get(series_id)
                if held is not None and history[held]["content"] == content:
                    seen[series_id] = held
                    continue
                claim_id = key_hash(content)
                times = 1
                while claim_id in history:
                    times += 1
                    claim_id = key_hash(f"{content}|{times}")
                row |= self.names.resolve(row)
                row["claim_id"], row["snapshot_id"], row["first_seen_at"] = claim_id, snapshot_id, retrieved_at
                history[claim_id] = row
                seen[series_id] = claim_id
            for series_id, claim_id in current.items():
                if seen.get(series_id) != claim_id:
                    history[claim_id]["superseded_at"] = retrieved_at
            current = seen
            if snapshot_id in counted:
                continue
            counted.add(snapshot_id)
            self.counts.append(_count(self.source_id, snapshot_id, reading))
            self.quarantined += [
                [self.source_id, snapshot_id, cell["source_row"], cell["field"], cell["found"], cell["expected"]]
                for cell in reading.quarantined.to_dict("records")
            ]
        self.claims += history.values()

    def store(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Put the rows into their tables, and begin anew."""
        if self.names.cited:
            unknown = list(self.names.cited.values())
            connection.executemany(f"INSERT OR REPLACE INTO reference VALUES ({_marks(unknown[0])})", unknown)
        if self.claims:
            kinds = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE claim)").fetchall())
            columns = zip(*map(itemgetter(*kinds), self.claims), strict=True)
            frame = {
                name: pd.Series(cells, dtype=NUMERIC.get(kinds[name], "object"))
                for name, cells in zip(kinds, columns, strict=True)
            }
            typed = ", ".join(f"CAST({name} AS {kind})" for name, kind in kinds.items())
            connection.register("claim_frame", pd.DataFrame(frame))
            connection.execute(f"INSERT INTO claim SELECT {typed} FROM claim_frame")
            connection.unregister("claim_frame")
        _insert(connection, "snapshot_count", self.counts)
        _insert(connection, "quarantine", self.quarantined)
        self.claims, self.counts, self.quarantined = [], [], []


def _stamped(source_id: str, reading: Reading) -> Iterable[dict[str, Any]]:
    """Yield the rows of a reading with canonical numbers, times, series id and content key."""
    cells = {name: reading.claims[name].tolist() for name in CLAIM_COLUMNS}
    words = {name: [cell or "" for cell in cells[name]] for name in (*SERIES, *CONTENT, "reference_id")}
    series = zip(*(words[name] for name in (*SERIES, "reference_id")), strict=True)
    contents = zip(*(words[name] for name in CONTENT), strict=True)
    times: dict[str, int] = {}
    for stated, said, content in zip(zip(*cells.values(), strict=True), series, contents, strict=True):
        row: dict[str, Any] = dict(zip(CLAIM_COLUMNS, stated, strict=True))
        key = "|".join((source_id, *said))
        count = times[key] = times.get(key, 0) + 1
        if count > 1:
            key = f"{key}|{count}"
        row |= canonical(source_id, row)
        row |= period(row["period_start"], row["period_end"])
        row["source_id"], row["series_id"], row["content"] = source_id, key_hash(key), "|".join((key, *content))
        row["superseded_at"] = None
        yield row


@cache
def period(start: str | None, end: str | None) -> dict[str, Any]:
    """Return a claim's period as days, and as times in UTC where the claim states times."""
    is_timed = start is not None and end is not None and len(start) > len("2024-03-01")
    if not is_timed:
        return {"period_start": start, "period_end": end, "from_at": None, "until_at": None}
    from_at, until_at = (datetime.fromisoformat(str(text)).replace(tzinfo=None) for text in (start, end))
    last = until_at - timedelta(microseconds=1)
    return {
        "period_start": from_at.date().isoformat(),
        "period_end": last.date().isoformat(),
        "from_at": from_at,
        "until_at": until_at,
    }


def canonical(source_id: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Convert the numbers of a row to the quantity's canonical unit.

    Raises: LoadError naming source and line for an unknown quantity, a foreign unit, or a range that is none.
    """
    ends = (row["low"], row["value"], row["high"])
    try:
        return _canonical(row["quantity"], row["unit"], row["object"], *ends)
    except LoadError as error:
        raise LoadError(f"{source_id}, line {row['source_row']}: {error}") from error


@lru_cache(maxsize=100_000)
def _canonical(
    name: str, unit: str, thing: str | None, low: str | None, value: str | None, high: str | None
) -> dict[str, Any]:
    """Return the numbers of a claim, which many share; it is not to be changed."""
    quantity = quantities().get(name)
    if quantity is None:
        raise LoadError(f"unknown quantity {name!r}; add it to warehouse/vocabulary.csv or mend it")
    is_stated = not (value is None and low is None and high is None)
    if (quantity.kind == "number") != is_stated:
        found = thing or [end for end in (low, value, high) if end is not None]
        raise LoadError(f"{name} is a {quantity.kind}, found {found}; mend the line")
    if not is_stated:
        return {"low": None, "value": None, "high": None, "unit": None}
    step = factor(unit, quantity.unit or "1")
    if low is None and high is None:
        exact = _exact(str(value), step)
        ends = {"low": exact, "value": exact, "high": exact}
    else:
        ends = _range(low, value, high, step)
    if not isfinite(ends["high"]) or not isfinite(ends["low"]):
        raise LoadError(f"{name} is too large a number; mend the line")
    return {**ends, "unit": quantity.unit}


def _exact(text: str, step: Fraction) -> float:
    """Return the number nearest to what a text says, in another unit; infinity if it is too large to be kept."""
    try:
        return float(text) if step == 1 else float(Fraction(text) * step)
    except OverflowError:
        return inf


def _range(lowest: str | None, center: str | None, highest: str | None, step: Fraction) -> dict[str, float]:
    if lowest is None or highest is None:
        raise LoadError("a range needs low and high")
    low, high = _exact(lowest, step), _exact(highest, step)
    value = (low * high) ** 0.5 if center is None else _exact(center, step)
    if not low <= value <= high:
        raise LoadError(f"found low {low:g}, value {value:g}, high {high:g}; expected them in this order")
    return {"low": low, "value": value, "high": high}


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


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[Any]]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({_marks(rows[0])})", rows)


def _marks(row: list[Any]) -> str:
    return ", ".join("?" * len(row))
