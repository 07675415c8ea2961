"""Building tables: what a build may hold in memory."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.derive import MEMORY_GIB, bounded


def limit(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])


@pytest.mark.parametrize("large", ["9GiB", "3TiB"])
def test_a_build_is_held_to_its_share_of_memory(large: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{large}'")
        with bounded(connection):
            assert limit(connection) == f"{MEMORY_GIB} GiB"
        assert limit(connection) != f"{MEMORY_GIB} GiB"


@pytest.mark.parametrize("small", ["1.0 GiB", "512.0 MiB"])
def test_a_smaller_share_is_left_alone(small: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{small.replace(' ', '')}'")
        with bounded(connection):
            assert limit(connection) == small
        assert limit(connection) == small


def test_the_share_ends_with_a_build_that_fails() -> None:
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '9GiB'")
        with pytest.raises(duckdb.CatalogException), bounded(connection):
            connection.execute("FROM nothing")
        assert limit(connection) != f"{MEMORY_GIB} GiB"
