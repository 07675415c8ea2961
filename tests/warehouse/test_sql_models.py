"""The SQL models themselves: what each file says, that it runs as it stands, and the SQL that the build makes of it.

The completed SQL is kept below `tests/golden/completed`; renew it with FOOTNOTE_RENEW_GOLDEN=1 and review what moved.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from warehouse.macros import macros
from warehouse.sqlmodel import SQL_FOLDER, WINDOW_FILE
from warehouse.stages.deriving import completed

GOLDEN = Path(__file__).parents[1] / "golden" / "completed"
FILES = sorted(SQL_FOLDER.rglob("*.sql"))
BRANCHES = [path for path in FILES if path.stem != WINDOW_FILE]

#: Functions that DuckDB and Spark share under sqlglot's names; anything else belongs into `schema/macros.sql`.
PORTABLE = {
    "CAST",
    "AND",
    "OR",
    "MAX",
    "MIN",
    "COUNT",
    "LOGICAL_OR",
    "LOWER",
    "LN",
    "EXP",
    "COALESCE",
    "CONCAT_WS",
    "IF",
    "CASE",
    "ROW_NUMBER",
    "TIMESTAMP_TRUNC",
    "GROUP_CONCAT",
    "UPPER",
}

#: Branches that hold no row yet: no run states both what the sensors of its accelerators showed and their hours.
EMPTY = {
    "method_ratios/accelerators.sql",
    # No packaged table holds a series.
    "region_zones.sql",
    "zone_intensity.sql",
    "run_intensity/own_days.sql",
}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL_FOLDER)))
each_table = pytest.mark.parametrize("table", list(completed()))


@each_file
def test_a_file_states_its_purpose_and_grain(path: Path) -> None:
    first, *_ = path.read_text().splitlines()
    assert re.match(r"-- [A-Z].{10,}", first)
    if path.stem != WINDOW_FILE:
        assert re.search(r"^-- grain: +\w+(, \w+)*$", path.read_text(), re.MULTILINE)


@each_file
def test_no_bare_numbers(path: Path) -> None:
    """0 and 1 may order and compare; the build refuses them in formulas."""
    code = re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", path.read_text()))
    assert set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", code)) <= {"0", "1"}


@each_table
def test_completed_sql_is_the_golden_one(table: str) -> None:
    path = GOLDEN / f"{table}.sql"
    made = completed()[table].sql + "\n"
    if os.environ.get("FOOTNOTE_RENEW_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made)
    kept = path.read_text() if path.exists() else ""
    moved = "".join(difflib.unified_diff(kept.splitlines(True), made.splitlines(True), "golden", "made", n=2))
    assert not moved, f"{table}: the completed SQL changed; if it should, renew with FOOTNOTE_RENEW_GOLDEN=1\n{moved}"


def test_there_is_no_golden_sql_of_tables_that_are_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.sql")} == set(completed())


@pytest.mark.parametrize("path", BRANCHES, ids=lambda path: str(path.relative_to(SQL_FOLDER)))
def test_a_file_runs_as_it_stands_and_gives_the_table_s_central_columns(
    path: Path, tables: duckdb.DuckDBPyConnection
) -> None:
    stated = path.read_text()
    names = ", ".join(item.alias_or_name for item in sqlglot.parse_one(stated, dialect="duckdb").selects)
    is_branch = path.parent != SQL_FOLDER
    table = f"{path.parent.name} WHERE branch = '{path.stem}'" if is_branch else path.stem
    tables.execute(f"CREATE OR REPLACE TEMP TABLE stated AS SELECT {names} FROM (\n{stated}\n)")
    ours, theirs = "SELECT * FROM stated", f"SELECT {names} FROM {table}"
    for left, right in ((ours, theirs), (theirs, ours)):
        assert tables.execute(f"({left}) EXCEPT ALL ({right}) LIMIT 3").fetchall() == []
    (found,) = tables.execute("SELECT count(*) FROM stated").fetchall()
    assert (found[0] == 0) == (str(path.relative_to(SQL_FOLDER)) in EMPTY)


@each_table
def test_it_is_sql_that_spark_has_too(table: str) -> None:
    tree = sqlglot.parse_one(completed()[table].sql, dialect="duckdb")
    used = {call.sql_name() for call in tree.find_all(exp.Func) if not isinstance(call, exp.Anonymous)}
    assert used - PORTABLE == set()
    called = {call.name.lower() for call in tree.find_all(exp.Anonymous)}
    assert called - set(macros()) == set()
    (spark,) = sqlglot.transpile(
        completed()[table].sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert "QUALIFY" not in spark
    sqlglot.parse_one(spark, dialect="spark")


def test_every_column_of_a_claim_id_names_a_claim(tables: duckdb.DuckDBPyConnection) -> None:
    """Also the ids of words and things, which are in no formula."""
    for table, done in completed().items():
        for column in done.columns:
            if column.endswith("_claim_id"):
                lost = f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT claim_id FROM claim)"
                assert tables.execute(lost).fetchall() == [(0,)], f"{table}.{column}"
