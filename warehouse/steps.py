"""A step of a build: work that is done only if what it depends on has changed, in one transaction with its record.

A step's fingerprint is made of the content of its inputs and of its own code, so nothing downstream of an unchanged
table is written again. Which steps there are is told by `warehouse.stages`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.derive import quick_hash
from warehouse.layout import transaction


@dataclass(frozen=True)
class Outcome:
    """What a step did: whether it wrote anything, and how many rows its table has."""

    changed: bool
    rows: int


def digest(parts: Iterable[str | bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part if isinstance(part, bytes) else part.encode())
        total.update(b"\0")
    return total.hexdigest()


def files(*names: str) -> list[bytes]:
    root = Path(__file__).parent.parent
    return [(root / name).read_bytes() for name in names]


def contents(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> list[str]:
    known = dict(connection.execute("SELECT table_name, content_hash FROM table_state").fetchall())
    return [f"{name} {known[name]}" for name in sorted(names) if name in known]


def is_done(connection: duckdb.DuckDBPyConnection, name: str, state: str) -> Outcome | None:
    known = connection.execute("SELECT fingerprint, row_count FROM table_state WHERE table_name = ?", [name]).fetchall()
    return Outcome(False, known[0][1]) if known and known[0][0] == state else None


def forget(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Forget a step before it is done again, and those whose work in the same tables it undoes.

    A step that is cut short must not pass for done when its inputs come to be again what they were before.
    """
    undone = {"names": "(claims/.*|claim)", "claims": "claim"}.get(name.partition("/")[0], "")
    connection.execute(
        "DELETE FROM table_state WHERE table_name = ? OR regexp_full_match(table_name, ?)", [name, undone]
    )


def step(
    connection: duckdb.DuckDBPyConnection, name: str, state: str, make: Callable[[], object], tables: Iterable[str] = ()
) -> Outcome:
    """Do the work of a step unless its fingerprint is the one it had; record what came out."""
    if done := is_done(connection, name, state):
        return done
    with transaction(connection):
        return done_anew(connection, name, state, make, tables)


def done_anew(
    connection: duckdb.DuckDBPyConnection, name: str, state: str, make: Callable[[], object], tables: Iterable[str] = ()
) -> Outcome:
    """Do the work of a step and record what came out, within a transaction."""
    forget(connection, name)
    made = make()
    hashes = [quick_hash(connection, table) for table in tables]
    content = digest([part for part, _ in hashes]) if hashes else state
    rows = sum(count for _, count in hashes) if hashes else made if isinstance(made, int) else 0
    connection.execute("INSERT INTO table_state VALUES (?, ?, ?, ?)", [name, state, content, rows])
    return Outcome(True, rows)
