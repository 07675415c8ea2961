"""How a database is laid out, and what is carried over into one that is made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

SCHEMA = Path(__file__).parent / "schema"

#: What a working database holds that the archive alone does not tell again.
KEPT = ("snapshot", "snapshot_return", "release", "release_table")

#: What it holds that may be large, and is carried over from file to file.
CARRIED = ("revision", "revision_cause", "revision_summary")

#: Rows of tables by name, with the names of their columns.
Rows = dict[str, tuple[list[str], list[tuple[object, ...]]]]


def carry_over(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    """Copy the tables in CARRIED out of the first of these files that can be read."""
    for file in (path for path in files if path.exists()):
        name = str(file).replace("'", "''")
        try:
            connection.execute(f"ATTACH '{name}' AS former (READ_ONLY)")
        except duckdb.Error:
            continue
        found = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'former' AND schema_name = 'main'"
        for table in {row[0] for row in connection.execute(found).fetchall()}.intersection(CARRIED):
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM former.main.{table}")
        connection.execute("DETACH former")
        return


def kept_of(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> Rows:
    """Return the rows of those of the tables in KEPT that a database has."""
    kept: Rows = {}
    for table in (name for name in KEPT if name in tables):
        columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
        kept[table] = (columns, connection.execute(f"SELECT * FROM {table}").fetchall())
    return kept


def layout_version() -> str:
    """Return the identity of the schema's tables."""
    return hashlib.sha256((SCHEMA / "tables.sql").read_bytes()).hexdigest()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep all that is written meanwhile, or nothing of it if it fails; one commit, since each waits for the disk."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # what failed may have ended it already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what does not exist yet: macros and tables."""
    with transaction(connection):
        for name in ("macros.sql", "tables.sql"):
            connection.execute((SCHEMA / name).read_text())
        connection.execute("CREATE TABLE IF NOT EXISTS layout (version TEXT NOT NULL)")
        if not connection.execute("SELECT 1 FROM layout").fetchall():
            connection.execute("INSERT INTO layout VALUES (?)", [layout_version()])
