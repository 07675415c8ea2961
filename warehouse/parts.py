"""A part of a source, and its history: what its snapshots said, one after the other.

A feed that is asked for one day at a time has a part for each day; every other source has one, ''.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from sources.model import Reading
from warehouse.canonical import key_hash, stamped
from warehouse.resolve import Names

#: Flags that say whose figure it is, and nothing against it.
ORIGINS = ("secondary", "third_party", "by_others", "own")

#: Columns of numbers, by type: pandas has them without NULL, or with NaN in its place.
NUMERIC = {"DOUBLE": "float64", "BIGINT": "int64"}

#: Rows that one statement puts into a table.
AT_ONCE = 500


class Retrieval(NamedTuple):
    """Bytes that were in force for a part of a source, and from when on."""

    snapshot_id: str
    origin: str
    retrieved_at: datetime


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


class Loaded:
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
            for row in stamped(self.source_id, reading):
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
            insert(connection, "reference", list(self.names.cited.values()), "INSERT OR REPLACE")
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
        insert(connection, "snapshot_count", self.counts)
        insert(connection, "quarantine", self.quarantined)
        self.claims, self.counts, self.quarantined = [], [], []


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


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[Any]], verb: str = "INSERT") -> None:
    """Put rows, which may be none, into a table, many in one statement."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        marks = ", ".join([f"({', '.join('?' * len(some[0]))})"] * len(some))
        connection.execute(f"{verb} INTO {table} VALUES {marks}", [cell for row in some for cell in row])
