"""What moved between the current release and the build that follows it, and why; written just before the release.

Only tables whose hash changed are compared; a difference that another order of the same arithmetic makes is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import causes
from warehouse.causes import Release, Shape
from warehouse.relations import Completed
from warehouse.replay import TOLERANCE

#: How many moved numbers of a table are listed one by one, the furthest moved first; `revision_summary` counts all.
LISTED = 10_000
#: For how many of the latest comparisons they are listed, so that a release does not grow with its past.
COMPARED = 10
#: Tables whose moved numbers are all listed, and for ever.
WHOLE = ("estimates",)
#: How many causes of one number are named.
NAMED = 20
TABLES = ("revision", "revision_cause", "revision_summary")

_ENDS = ("", "_low", "_high")


@dataclass(frozen=True)
class Moved:
    """How many numbers moved, by kind of cause; None where two releases cannot be compared."""

    claims: int | None = None
    sql: int | None = None
    code: int | None = None


def record(
    connection: duckdb.DuckDBPyConnection,
    parent: Path,
    made: Release,
    hashes: Mapping[str, tuple[str, int]],
    completed: Mapping[str, Completed],
) -> Moved:
    """Compare the working database with the release in a file, and write down what moved and why."""
    work = connection.execute("SELECT current_database()").fetchall()[0][0]
    file = str(parent).replace("'", "''")
    connection.execute(f"ATTACH '{file}' AS former (READ_ONLY)")
    try:
        if not _is_comparable(connection):
            return Moved()
        before, after = _shapes(connection, "former"), _shapes(connection, f'"{work}"')
        changed = _changed(connection, made.parent_id, hashes) & (before.keys() | after.keys())
        if not changed:
            return Moved(0, 0, 0)
        _compare(connection, f'"{work}"', changed, before, after)
        causes.find(connection, f'"{work}"', made, changed, before, after, completed)
        return _write(connection, made)
    finally:
        for name in ("moved", "changed_claim", "tainted", "cause", "caused"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute("DETACH former")


def _is_comparable(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the former release is laid out in a way that can be compared with."""
    needed = {
        ("column_lineage", "number_slot"), ("column_reach", "reached_column"), ("sql_model", "completed_sql"),
        ("claim", "series_id"), ("release_table", "content_hash"),
    }  # fmt: skip
    found = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'former' AND schema_name = 'main'"
    ).fetchall()
    return needed <= set(found)


def _shapes(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, Shape]:
    rows = connection.execute(f"""
        SELECT l.table_name, any_value(m.id_column), list(DISTINCT {{'slot': l.id_slot, 'name': l.id_column}}),
            list(DISTINCT {{'slot': l.number_slot, 'name': l.column_name}}), bool_or(l.branch <> ''),
            list(DISTINCT l.input_table) FILTER (l.input_table IS NOT NULL AND l.input_table <> l.table_name)
        FROM {database}.main.column_lineage AS l
        JOIN {database}.main.sql_model AS m ON m.table_name = l.table_name
        GROUP BY l.table_name ORDER BY l.table_name""").fetchall()
    return {
        name: Shape(id_column, _slots(ids), _slots(numbers), has_branches, frozenset(inputs or ()))
        for name, id_column, ids, numbers, has_branches, inputs in rows
    }


def _slots(entries: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Return names in the order of their slots; a slot that no number uses holds a column that is always there."""
    names = {int(str(entry["slot"])): str(entry["name"]) for entry in entries}
    return tuple(names.get(slot, names[max(names)]) for slot in range(1, max(names) + 1))


def _changed(connection: duckdb.DuckDBPyConnection, parent_id: str, hashes: Mapping[str, tuple[str, int]]) -> set[str]:
    known = dict(
        connection.execute(
            "SELECT table_name, content_hash FROM former.main.release_table WHERE release_id = ?", [parent_id]
        ).fetchall()
    )
    now = {name: value for name, (value, _) in hashes.items()}
    return {name for name in known.keys() | now.keys() if known.get(name) != now.get(name)}


def _compare(
    connection: duckdb.DuckDBPyConnection,
    work: str,
    changed: Iterable[str],
    before: Mapping[str, Shape],
    after: Mapping[str, Shape],
) -> None:
    """List every number of the changed tables that moved, with the values of its row's key."""
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE moved (table_name TEXT, row_id BIGINT, column_name TEXT, keys TEXT[],
            model_id TEXT, before DOUBLE, before_low DOUBLE, before_high DOUBLE, after DOUBLE, after_low DOUBLE,
            after_high DOUBLE)""")
    for name in sorted(changed):
        old, new = before.get(name), after.get(name)
        sides = ((old, "former", "o"), (new, work, "n"))
        there = [f"{database}.main.{name}" if shape else "" for shape, database, _ in sides]
        columns = [_columns(connection, database, name) if shape else set() for shape, database, _ in sides]
        numbers = dict.fromkeys([*(new.numbers if new else ()), *(old.numbers if old else ())])
        ids = [shape.id_column if shape else "row_id" for shape, _, _ in sides]
        tables = [
            f"{place} AS {letter}" if place else f"(SELECT CAST(NULL AS BIGINT) AS row_id WHERE false) AS {letter}"
            for place, letter in zip(there, "on", strict=True)
        ]

        def cell(column: str, side: int, found: list[set[str]] = columns) -> str:
            return f"CAST({'on'[side]}.{column} AS DOUBLE)" if column in found[side] else "CAST(NULL AS DOUBLE)"

        structs = [
            f"{{'column_name': '{number}', "
            + ", ".join(
                f"'{word}{end}': {cell(number + end, side)}"
                for side, word in enumerate(("before", "after"))
                for end in _ENDS
            )
            + "}"
            for number in numbers
        ]
        stated = connection.execute(
            f"SELECT grain FROM {work if new else 'former'}.main.sql_model WHERE table_name = ?", [name]
        ).fetchall()
        grain = str(stated[0][0]).split(", ")
        keys = ", ".join(f"CAST({_either(column, columns)} AS TEXT)" for column in grain)
        model = _either("model_id", columns) if "model_id" in columns[0] | columns[1] else "NULL"
        same = f"o.{ids[0]} = n.{ids[1]}"
        connection.execute(f"""
            INSERT INTO moved
            SELECT '{name}', row_id, m.column_name, list_filter(keys, lambda key: key IS NOT NULL), model_id,
                m.before, m.before_low, m.before_high, m.after, m.after_low, m.after_high
            FROM (
                SELECT coalesce(n.{ids[1]}, o.{ids[0]}) AS row_id, [{keys}] AS keys, {model} AS model_id,
                    unnest([{", ".join(structs)}]) AS m
                FROM {tables[0]} FULL JOIN {tables[1]} ON {same})
            WHERE {" OR ".join(_differs(f"m.before{end}", f"m.after{end}") for end in _ENDS)}""")


def _columns(connection: duckdb.DuckDBPyConnection, database: str, name: str) -> set[str]:
    rows = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'main' AND table_name = ?",
        [database.strip('"'), name],
    ).fetchall()
    return {row[0] for row in rows}


def _either(column: str, columns: list[set[str]]) -> str:
    found = [f"{letter}.{column}" for letter, known in zip("no", reversed(columns), strict=True) if column in known]
    return f"coalesce({', '.join(found)})" if found else "NULL"


def _differs(old: str, new: str) -> str:
    """Return the SQL that tells whether a number moved by more than arithmetic in another order can explain."""
    apart = f"abs({old} - {new}) > {TOLERANCE} * greatest(abs({old}), abs({new}))"
    return f"({old} IS NULL) <> ({new} IS NULL) OR coalesce({apart}, false)"


def _write(connection: duckdb.DuckDBPyConnection, made: Release) -> Moved:
    """Keep what is to be listed, the causes that it names, and the counts of all."""
    whole = ", ".join(f"'{name}'" for name in WHOLE)
    row: list[object] = [made.release_id, made.released_at, made.parent_id]
    connection.execute(
        f"""
        INSERT INTO revision
        SELECT ?, ?, ?, m.table_name, m.row_id, m.column_name, array_to_string(m.keys, ' / '), m.model_id,
            (SELECT any_value(l.unit) FROM column_lineage AS l
            WHERE l.table_name = m.table_name AND l.column_name = m.column_name),
            m.before, m.before_low, m.before_high, m.after, m.after_low, m.after_high, m.cause_kind,
            len(m.cause_ids), m.cause_ids[1:{NAMED}]
        FROM moved AS m
        QUALIFY m.table_name IN ({whole}) OR row_number() OVER (
            PARTITION BY m.table_name
            ORDER BY coalesce(abs(m.after - m.before) / greatest(abs(m.after), abs(m.before)), 2) DESC, m.row_id,
                m.column_name) <= {LISTED}
        ORDER BY m.table_name, m.row_id, m.column_name""",
        row,
    )
    connection.execute(
        """
        INSERT INTO revision_cause
        SELECT ?, ?, cause.* FROM cause
        WHERE cause.cause_id IN (SELECT DISTINCT unnest(cause_ids) FROM revision WHERE released_at = ?)""",
        [made.release_id, made.released_at, made.released_at],
    )
    connection.execute(
        """
        INSERT INTO revision_summary
        SELECT ?, ?, ?, m.table_name, m.cause_kind, count(*) FILTER (m.before IS NOT NULL AND m.after IS NOT NULL),
            count(*) FILTER (m.before IS NULL), count(*) FILTER (m.after IS NULL),
            (SELECT count(*) FROM revision AS r WHERE r.released_at = ? AND r.table_name = m.table_name
                AND r.cause_kind = m.cause_kind)
        FROM moved AS m GROUP BY m.table_name, m.cause_kind ORDER BY m.table_name, m.cause_kind""",
        [*row, made.released_at],
    )
    _forget(connection, whole)
    counts = dict(connection.execute("SELECT cause_kind, count(*) FROM moved GROUP BY cause_kind").fetchall())
    return Moved(counts.get("claim", 0), counts.get("sql", 0), counts.get("code", 0))


def _forget(connection: duckdb.DuckDBPyConnection, whole: str) -> None:
    """Drop what older comparisons list of other tables; their counts stay."""
    compared = f"SELECT DISTINCT released_at FROM revision_summary ORDER BY released_at DESC LIMIT {COMPARED}"
    connection.execute(f"DELETE FROM revision WHERE table_name NOT IN ({whole}) AND released_at NOT IN ({compared})")
    connection.execute("""
        DELETE FROM revision_cause WHERE (released_at, cause_id) NOT IN (
            SELECT released_at, unnest(cause_ids) FROM revision)""")
