"""Anyone's SQL on a release: it may read the release, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connect import Home, reader
from warehouse.errors import WarehouseError
from warehouse.read import Rows

#: The kinds of statement that only read.
QUERIES = ("SELECT", "EXPLAIN", "PRAGMA", "CALL")


@contextmanager
def _confined(home: Home, allowed: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the release for anyone's SQL: no files but the one allowed, no network, no way to loosen that."""
    with reader(home) as connection:
        if allowed is not None:
            name = str(allowed.absolute()).replace("'", "''")
            connection.execute(f"SET allowed_paths = ['{name}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def _one_query(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Return the SQL if it is one query, and nothing that would write."""
    found = [statement.type.name for statement in connection.extract_statements(sql)]
    if not found:
        raise WarehouseError("the query is empty")
    if len(found) > 1:
        raise WarehouseError(f"found {len(found)} statements; expected one query: ask them one by one")
    if found[0] not in QUERIES:
        raise WarehouseError(f"found {found[0]}; expected a query, such as SELECT: a release is only read")
    return sql


def query(home: Home, sql: str, most: int | None = None) -> Rows:
    """Return the rows of anyone's SQL on the release, or the first of them.

    Raises: WarehouseError if it is not one query, or with the database's own message.
    """
    try:
        with _confined(home) as connection:
            asked = connection.execute(_one_query(connection, sql))
            columns = tuple(column for column, *_ in asked.description or ())
            return Rows(columns, asked.fetchall() if most is None else asked.fetchmany(most))
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


def write_parquet(home: Home, sql: str, target: Path) -> int:
    """Write the rows of anyone's SQL to a Parquet file; the database may touch no other file.

    Returns: the number of rows.
    """
    try:
        with _confined(home, target) as connection:
            relation = connection.sql(_one_query(connection, sql))
            relation.write_parquet(str(target.absolute()))
            return len(relation)
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error
