"""Build the derived tables: complete every SQL model, run it, and keep what lineage needs beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import duckdb

from warehouse import dimensions
from warehouse.complete import complete
from warehouse.errors import SqlModelError
from warehouse.layout import prepare
from warehouse.lineage import LOOKED_UP
from warehouse.relations import Completed, Relation, claim_relation, plain_relation
from warehouse.sqlmodel import SqlModel, read_models
from warehouse.sums import COUNT
from warehouse.units import meaning_of, unit_of

NUMERIC = ("DOUBLE", "FLOAT", "DECIMAL", "INTEGER", "BIGINT", "HUGEINT", "SMALLINT", "TINYINT", "UBIGINT")

#: What DuckDB holds at most while tables are derived, in GiB; with what else the process holds that is below 4 GB.
MEMORY_GIB = 2.5

#: Views that `warehouse.lineage` creates.
LINEAGE_VIEWS = ("lineage", "number", "number_references")


@cache
def base_relations() -> Mapping[str, Relation]:
    """Return the relations of the stored tables, read from the schema itself."""
    with duckdb.connect() as connection:
        prepare(connection)
        rows = connection.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE schema_name = 'main' AND NOT internal GROUP BY table_name"
        ).fetchall()
    return {name: claim_relation(columns) if name == "claim" else plain_relation(columns) for name, columns in rows}


def complete_all(models: Mapping[str, SqlModel] | None = None) -> dict[str, Completed]:
    """Complete every SQL model, in the order in which they are to be run.

    Raises: SqlModelError for SQL that lineage cannot follow, or a formula whose units do not go together.
    """
    relations = dict(base_relations())
    done = {}
    for name, model in (models or read_models()).items():
        done[name] = complete(model, relations)
        dimensions.check(done[name])
        relations[name] = done[name].relation
    return done


def build(connection: duckdb.DuckDBPyConnection, completed: Completed) -> int:
    """Run one completed model into a table, sorted by its identity; views of claims stay views.

    Returns: the number of rows.
    Raises: SqlModelError if a numeric column came out that lineage does not know, or the grain does not hold.
    """
    with bounded(connection):
        _create(connection, completed)
    rows = connection.execute(f"SELECT count(*) FROM {completed.model.name}").fetchall()[0][0]
    return int(rows)


@contextmanager
def bounded(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold what the database keeps in memory to MEMORY_GIB, unless it is held to less; the rest spills to disk.

    Joins and sorts can do with that; proofs, which look at all columns at once, cannot. Then it may again hold as much
    as DuckDB takes by itself.
    """
    ((allowed,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    amount, unit = str(allowed).split()
    if unit != "TiB" and not (unit == "GiB" and float(amount) > MEMORY_GIB):
        yield
        return
    connection.execute(f"SET memory_limit = '{MEMORY_GIB}GiB'")
    try:
        yield
    finally:
        connection.execute("RESET memory_limit")


def _create(connection: duckdb.DuckDBPyConnection, completed: Completed) -> None:
    model = completed.model
    name = model.name
    connection.execute(f"DROP VIEW IF EXISTS {name}") if model.is_claims else connection.execute(
        f"DROP TABLE IF EXISTS {name}"
    )
    if model.is_claims:
        connection.execute(f"CREATE VIEW {name} AS {completed.sql}")
    else:
        # In two steps: a sort alone spills to disk, beside the joins that feed it it cannot.
        connection.execute(f"CREATE OR REPLACE TEMP TABLE unsorted AS {completed.sql}")
        connection.execute(f"CREATE TABLE {name} AS FROM unsorted ORDER BY {model.id_column}")
        connection.execute("DROP TABLE unsorted")
        _check_columns(connection, completed)
    purpose = model.purpose.replace("'", "''")
    connection.execute(f"COMMENT ON {'VIEW' if model.is_claims else 'TABLE'} {name} IS '{purpose}'")
    _describe(connection, completed)
    if LOOKED_UP.get(name) in completed.columns:
        connection.execute(f"CREATE INDEX {name}_by_{LOOKED_UP[name]} ON {name} ({LOOKED_UP[name]})")
    connection.execute("DELETE FROM sql_model WHERE table_name = ?", [name])
    stated = "\n".join(branch.sql for branch in model.branches)
    connection.execute(
        "INSERT INTO sql_model VALUES (?, ?, ?, ?, ?, ?)",
        [name, model.purpose, ", ".join(model.grain), model.id_column, stated, completed.sql],
    )


def _check_columns(connection: duckdb.DuckDBPyConnection, completed: Completed) -> None:
    model = completed.model
    traced = {
        f"{o.name}{end}" for branch in completed.branches for o in branch.outputs for end in ("", "_low", "_high")
    }
    for column, kind in connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {model.name})").fetchall():
        if column.endswith("_id") or (model.sums and column == COUNT):
            continue
        if kind.startswith(NUMERIC) and column not in traced:
            raise SqlModelError(
                f"{model.name}.{column}: a number ({kind}) that lineage does not know; derive it from claims, or make "
                "it a text"
            )
    doubled = connection.execute(
        f"SELECT {model.id_column}, count(*) FROM {model.name} GROUP BY ALL HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    if doubled:
        grain = ", ".join(model.grain)
        raise SqlModelError(f"{model.name}: {doubled[0][1]} rows share one ({grain}); a join multiplies rows")


def _describe(connection: duckdb.DuckDBPyConnection, completed: Completed) -> None:
    """Comment every column, so that any client shows it."""
    for column, comment in comments(completed).items():
        quoted = comment.replace("'", "''")
        connection.execute(f"COMMENT ON COLUMN {completed.model.name}.{column} IS '{quoted}'")


def comments(completed: Completed) -> dict[str, str]:
    """Return what each column is: numbers with unit and formula, others with their meaning."""
    formulas: dict[str, list[str]] = {}
    for branch in completed.branches:
        for output in branch.outputs:
            formulas.setdefault(output.name, []).append("claimed" if output.is_claim else output.formula)
    said = {column: meaning for column in completed.columns if (meaning := meaning_of(column)) is not None}
    for column, found in formulas.items():
        unit = unit_of(column) or "unit in the row"
        ways = " | ".join(dict.fromkeys(found))
        for ending, end in (("", ""), ("_low", "low end; "), ("_high", "high end; ")):
            said[f"{column}{ending}"] = f"[{unit}] {end}{ways}"
    return said


def content_hash(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, int]:
    """Return a hash of a table's cells, the same in whatever order its rows lie, and the number of rows."""
    found: tuple[str, int] = connection.execute(f"""
        SELECT sha256(coalesce(string_agg(row_hash, '' ORDER BY row_hash), '')), count(*)
        FROM (SELECT sha256(CAST(row_of AS TEXT)) AS row_hash FROM {table} AS row_of)
    """).fetchall()[0]
    return found


def quick_hash(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[str, int]:
    """Return what tells whether a table has changed within one home, and the number of rows: columns, hash of cells."""
    rows = connection.execute(f"SELECT coalesce(sum(hash(row_of)), 0), count(*) FROM {table} AS row_of").fetchall()
    columns = connection.execute(f"DESCRIBE {table}").fetchall()
    return f"{rows[0][0]} {columns}", rows[0][1]


def drop_others(connection: duckdb.DuckDBPyConnection, models: Iterable[str]) -> None:
    """Drop derived tables and views whose SQL model is gone."""
    known = {*models, *base_relations(), "layout"}
    for kind, name in connection.execute("""
        SELECT 'TABLE', table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal AND NOT temporary
        UNION ALL SELECT 'VIEW', view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal
    """).fetchall():
        if name not in known and name not in LINEAGE_VIEWS:
            connection.execute(f"DROP {kind} {name}")
