"""The working database of another version: made anew, and what the archive does not tell again is kept."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.connect import Home, writer
from warehouse.errors import WarehouseError
from warehouse.layout import layout_version
from warehouse.read import release

RELEASE = "INSERT INTO release VALUES ('abc', NULL, TIMESTAMP '2026-01-02', 'code', 'print', 7)"


def test_a_database_of_our_layout_is_left_as_it_is(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with writer(home) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS one")
    with writer(home) as connection:
        assert connection.execute("SELECT one FROM mine").fetchall() == [(1,)]


def test_another_layout_is_made_anew_and_releases_are_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with writer(home) as connection:
        connection.execute(RELEASE)
        connection.execute("DROP TABLE correction")
        connection.execute("CREATE TABLE correction (older TEXT)")
        connection.execute("UPDATE layout SET version = 'older'")
    with writer(home) as connection:
        assert connection.execute("SELECT version FROM layout").fetchall() == [(layout_version(),)]
        assert connection.execute("SELECT release_id, numbers FROM release").fetchall() == [("abc", 7)]
        columns = [row[0] for row in connection.execute("DESCRIBE correction").fetchall()]
        assert "expected_text" in columns


def test_a_database_from_before_layouts_were_recorded_is_made_anew(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.work.parent.mkdir(parents=True)
    with duckdb.connect(str(home.work)) as connection:
        connection.execute("CREATE TABLE claim (claim_id BIGINT)")
    with writer(home) as connection:
        assert len(connection.execute("DESCRIBE claim").fetchall()) > 20


def test_a_damaged_database_is_made_anew_from_what_the_release_keeps(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with writer(home) as connection:
        connection.execute(RELEASE)
    home.release.write_bytes(home.work.read_bytes())
    home.work.write_bytes(b"no database at all" * 1000)
    with writer(home) as connection:
        assert connection.execute("SELECT release_id, numbers FROM release").fetchall() == [("abc", 7)]


def test_what_a_killed_build_spilled_is_removed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    spilled = home.work.with_name("footnote.duckdb.tmp")
    spilled.mkdir(parents=True)
    (spilled / "duckdb_temp_13821_0_storage_DEFAULT-0.tmp").write_bytes(b"x" * 1000)
    with writer(home) as connection:
        assert not spilled.exists()
        connection.execute("SET memory_limit = '40MB'")
        connection.execute("SET threads = 1")
        connection.execute("CREATE TEMP TABLE large AS SELECT range AS a, hash(range) AS b FROM range(5_000_000)")
        assert list(spilled.iterdir())  # where DuckDB spills to is what is looked after
    assert not spilled.exists()


def test_a_release_of_another_version_says_so_and_what_to_do(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with duckdb.connect(str(home.release)) as older:
        older.execute("CREATE TABLE release (release_id TEXT)")
    with (
        pytest.raises(WarehouseError, match=r"another version .* make it anew with: footnote run .*claim_audit"),
        release(home) as opened,
    ):
        opened.audit()
