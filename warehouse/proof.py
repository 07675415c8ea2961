"""What is released is what was proved: every number by its claims, and every table by the hash of its cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import duckdb

from warehouse.derive import content_hash
from warehouse.errors import AlteredError, TraceError
from warehouse.relations import Completed
from warehouse.replay import replay

#: Under what name it is remembered which content was proved.
PROVED = "proof/content"


def prove(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed]) -> int:
    """Check that every number ends in claims and that its claims give it again.

    Returns: how many numbers were recomputed.
    Raises: TraceError listing the first ones that fail.
    """
    replayed = replay(connection, completed)
    if not replayed.offenders:
        return replayed.numbers
    listed = "\n".join(f"  {offender}" for offender in replayed.offenders[:10])
    raise TraceError(f"{len(replayed.offenders)} numbers cannot be released, among them:\n{listed}")


def verify(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed]) -> int:
    """Check a release against itself: every table's content against its recorded hash, every number against its claims.

    Returns: how many numbers were recomputed.
    Raises: TraceError naming the tables that are not what was released, or the numbers that do not follow.
    """
    recorded = connection.execute("""
        SELECT table_name, content_hash FROM release_table JOIN release USING (release_id)
        WHERE released_at = (SELECT max(released_at) FROM release) ORDER BY table_name
    """).fetchall()
    found = content_hashes(connection, [name for name, _ in recorded])
    changed = [name for name, value in recorded if found[name][0] != value]
    if changed:
        raise TraceError(
            f"not what was released: {', '.join(changed)}; the file was altered, make it anew with: footnote run"
        )
    return prove(connection, completed)


def content_hashes(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return content hash and rows of each table; several at a time, since one small table keeps one processor busy."""

    def hash_of(name: str) -> tuple[str, tuple[str, int]]:
        with connection.cursor() as cursor:
            return name, content_hash(cursor, f"main.{name}")

    with ThreadPoolExecutor() as several:
        return dict(several.map(hash_of, tables))


def require_as_proved(connection: duckdb.DuckDBPyConnection, hashes: Mapping[str, str]) -> None:
    """Hold claims and numbers against those of the last release, if nothing was proved since; else remember them.

    Steps are skipped by what they recorded of their tables, not by the tables, which others may have changed.
    """
    marks = dict(connection.execute("SELECT table_name, fingerprint FROM table_state").fetchall())
    known = connection.execute("SELECT content_hash FROM table_state WHERE table_name = ?", [PROVED]).fetchall()
    found = hashlib.sha256("\n".join(f"{name} {value}" for name, value in sorted(hashes.items())).encode()).hexdigest()
    if known and marks[PROVED] == marks.get("proof"):
        if known != [(found,)]:
            raise AlteredError("the working database does not hold the numbers that were proved; it was altered")
    elif "proof" in marks:
        connection.execute("DELETE FROM table_state WHERE table_name = ?", [PROVED])
        row = [PROVED, marks["proof"], found, len(hashes)]
        connection.execute("INSERT INTO table_state VALUES (?, ?, ?, ?)", row)
