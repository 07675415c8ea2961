"""Why numbers moved: the claims at their leaves, the SQL of their table or of one upstream, or the code.

It works on the temporary table `moved` of `warehouse.revisions`, with the release before attached as `former`. A cause
climbs from table to table through numbers that moved themselves, so a claim that changed without moving anything is
nobody's cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter

import duckdb

from warehouse.plans import slots
from warehouse.relations import Completed
from warehouse.sums import CLAIMS

#: What must differ for a claim to be another one to those who use it; where it stands in the document does not count.
_SAID = "low, value, high, object, unit, basis, boundary, rank, subject_id, object_id, period_start, period_end"
_OLD_SAID, _NEW_SAID = (
    ", ".join(f"{side}_claim.{column.strip()}" for column in _SAID.split(",")) for side in ("old", "new")
)


@dataclass(frozen=True)
class Release:
    """The release that is being made: its identity and time, and what it is compared with."""

    release_id: str
    released_at: datetime
    parent_id: str
    code_version: str


@dataclass(frozen=True)
class Shape:
    """A table as one release has it: its id, its slots, whether it has branches, and the tables its numbers feed on."""

    id_column: str
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    has_branches: bool
    inputs: frozenset[str]


def find(
    connection: duckdb.DuckDBPyConnection,
    work: str,
    made: Release,
    changed: set[str],
    before: Mapping[str, Shape],
    after: Mapping[str, Shape],
    completed: Mapping[str, Completed],
) -> None:
    """Add to every moved number its causes, the kind of the first, and list them all in the temporary table `cause`."""
    _list_claims(connection, work)
    _climb(connection, work, changed, before, after)
    _list_others(connection, work, made, completed, before.keys() | after.keys())


def _list_claims(connection: duckdb.DuckDBPyConnection, work: str) -> None:
    """List the claims that are no longer current or newly so, in pairs of one series, each pair a possible cause."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE cause AS
        WITH old_claim AS (
            SELECT * FROM former.main.claim AS c
            WHERE c.superseded_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM {work}.main.claim AS n
                WHERE n.claim_id = c.claim_id AND n.superseded_at IS NULL AND n.rank = c.rank
                    AND n.subject_id IS NOT DISTINCT FROM c.subject_id
                    AND n.object_id IS NOT DISTINCT FROM c.object_id)),
        new_claim AS (
            SELECT * FROM {work}.main.claim AS c
            WHERE c.superseded_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM former.main.claim AS o
                WHERE o.claim_id = c.claim_id AND o.superseded_at IS NULL AND o.rank = c.rank
                    AND o.subject_id IS NOT DISTINCT FROM c.subject_id
                    AND o.object_id IS NOT DISTINCT FROM c.object_id))
        SELECT row_number() OVER (ORDER BY source_id, coalesce(new_row, old_row), series_id, old_claim_id, new_claim_id)
            AS cause_id, 'claim' AS cause_kind,
            source_id || ' line ' || coalesce(new_row, old_row) || ': ' || said AS detail, pair.* EXCLUDE (said)
        FROM (
            SELECT coalesce(new_claim.series_id, old_claim.series_id) AS series_id,
                coalesce(new_claim.source_id, old_claim.source_id) AS source_id,
                coalesce(new_claim.subject_kind, old_claim.subject_kind) AS subject_kind,
                coalesce(new_claim.subject_id, new_claim.subject, old_claim.subject_id, old_claim.subject)
                    AS subject_id,
                coalesce(new_claim.quantity, old_claim.quantity) AS quantity,
                old_claim.claim_id AS old_claim_id, old_claim.reported_text AS old_text,
                old_claim.source_row AS old_row, old_claim.snapshot_id AS old_snapshot_id,
                new_claim.claim_id AS new_claim_id, new_claim.reported_text AS new_text,
                new_claim.source_row AS new_row, new_claim.snapshot_id AS new_snapshot_id,
                CASE WHEN old_claim.claim_id IS NULL THEN 'new, ''' || new_claim.reported_text || ''''
                    WHEN new_claim.claim_id IS NULL THEN '''' || old_claim.reported_text || ''' is gone'
                    WHEN old_claim.reported_text <> new_claim.reported_text
                        THEN '''' || old_claim.reported_text || ''' → ''' || new_claim.reported_text || ''''
                    WHEN old_claim.value <> new_claim.value THEN '''' || new_claim.reported_text || ''', read as '
                        || shown(old_claim.value) || ' → ' || shown(new_claim.value)
                    ELSE '''' || new_claim.reported_text || ''', now ' || concat_ws(', ', new_claim.basis,
                        new_claim.boundary, new_claim.rank, new_claim.subject_id, new_claim.object_id) END AS said
            FROM old_claim FULL JOIN new_claim ON new_claim.series_id = old_claim.series_id
            WHERE ({_OLD_SAID}) IS DISTINCT FROM ({_NEW_SAID})) AS pair""")
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE changed_claim AS
        SELECT DISTINCT claim_id, cause_id FROM (
            SELECT old_claim_id AS claim_id, cause_id FROM cause UNION ALL SELECT new_claim_id, cause_id FROM cause)
        WHERE claim_id IS NOT NULL""")


def _climb(
    connection: duckdb.DuckDBPyConnection,
    work: str,
    changed: set[str],
    before: Mapping[str, Shape],
    after: Mapping[str, Shape],
) -> None:
    """Carry each changed claim up to every moved number that it was, or is, at a leaf of."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE tainted (table_name TEXT, row_id BIGINT, column_name TEXT, cause_id BIGINT)"
    )
    inputs = {
        name: {other for side in (before, after) if name in side for other in side[name].inputs} & changed
        for name in changed
    }
    for name in TopologicalSorter(inputs).static_order():
        sides = [
            _tainted(name, shapes[name], database)
            for shapes, database in ((before, "former"), (after, work))
            if name in shapes
        ]
        connection.execute(f"""
            INSERT INTO tainted
            SELECT DISTINCT '{name}', t.row_id, t.column_name, t.cause_id FROM ({" UNION ALL ".join(sides)}) AS t
            SEMI JOIN moved AS m
                ON m.table_name = '{name}' AND m.row_id = t.row_id AND m.column_name = t.column_name""")


def _tainted(name: str, shape: Shape, database: str) -> str:
    if CLAIMS in shape.inputs:
        return f"""
        SELECT member.row_id, l.column_name, c.cause_id
        FROM {database}.claims_of.{name} AS member
        JOIN changed_claim AS c ON c.claim_id = member.claim_id
        JOIN {database}.main.column_lineage AS l ON l.table_name = '{name}'"""
    ids, numbers = f"{slots(shape.ids)}[l.id_slot]", f"{slots(shape.numbers)}[l.number_slot]"
    branch = "t.branch" if shape.has_branches else "''"
    return f"""
        SELECT edge.row_id, reach.column_name, edge.cause_id
        FROM (
            SELECT e.row_id, e.branch, e.column_name, coalesce(c.cause_id, d.cause_id) AS cause_id
            FROM (
                SELECT t.{shape.id_column} AS row_id, l.branch, l.column_name, {ids} AS input_id, l.input_table,
                    l.input_column
                FROM {database}.main.{name} AS t
                JOIN {database}.main.column_lineage AS l ON l.table_name = '{name}' AND l.branch = {branch}
                WHERE {numbers} IS NOT NULL) AS e
            LEFT JOIN changed_claim AS c ON e.input_table IS NULL AND c.claim_id = e.input_id
            LEFT JOIN tainted AS d
                ON d.table_name = e.input_table AND d.row_id = e.input_id AND d.column_name = e.input_column
            WHERE c.cause_id IS NOT NULL OR d.cause_id IS NOT NULL) AS edge
        JOIN {database}.main.column_reach AS reach
            ON reach.table_name = '{name}' AND reach.branch = edge.branch AND reach.reached_column = edge.column_name"""


def _list_others(
    connection: duckdb.DuckDBPyConnection,
    work: str,
    made: Release,
    completed: Mapping[str, Completed],
    tables: Iterable[str],
) -> None:
    """Add the causes that are no claims at a leaf, and give every moved number its kind of cause."""
    _subjects(connection)
    last = connection.execute("SELECT coalesce(max(cause_id), 0) FROM cause").fetchall()[0][0]
    rewritten = [
        row[0]
        for row in connection.execute(f"""
            SELECT coalesce(n.table_name, o.table_name) AS name
            FROM former.main.sql_model AS o FULL JOIN {work}.main.sql_model AS n ON n.table_name = o.table_name
            WHERE n.completed_sql IS DISTINCT FROM o.completed_sql ORDER BY name""").fetchall()
    ]
    numbered = {name: last + place for place, name in enumerate(rewritten, start=1)}
    other = last + len(rewritten) + 1
    former_code = connection.execute(
        "SELECT code_version FROM former.main.release WHERE release_id = ?", [made.parent_id]
    ).fetchall()[0][0]
    is_code = former_code != made.code_version
    said = f"code {former_code[:8]} → {made.code_version[:8]}" if is_code else "another choice among claims or names"
    causes = [[number, "sql", f"SQL of {name}"] for name, number in numbered.items()]
    causes.append([other, "code" if is_code else "claim", said])
    connection.executemany("INSERT INTO cause (cause_id, cause_kind, detail) VALUES (?, ?, ?)", causes)
    connection.execute("CREATE OR REPLACE TEMP TABLE caused (table_name TEXT, cause_ids BIGINT[])")
    upstream = {name: _upstream(name, completed) & numbered.keys() for name in sorted(tables)}
    rows: list[list[object]] = [
        [name, [numbered[entry] for entry in sorted(up)]] for name, up in upstream.items() if up
    ]
    if rows:
        connection.executemany("INSERT INTO caused VALUES (?, ?)", rows)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE moved AS
        SELECT moved.*, coalesce(t.cause_ids, caused.cause_ids, [{other}]) AS cause_ids,
            CASE WHEN t.cause_ids IS NOT NULL THEN 'claim' WHEN caused.cause_ids IS NOT NULL THEN 'sql'
                ELSE '{causes[-1][1]}' END AS cause_kind
        FROM moved
        LEFT JOIN (
            SELECT table_name, row_id, column_name, list(cause_id ORDER BY cause_id) AS cause_ids
            FROM tainted GROUP BY ALL
        ) AS t ON t.table_name = moved.table_name AND t.row_id = moved.row_id AND t.column_name = moved.column_name
        LEFT JOIN caused ON caused.table_name = moved.table_name""")


def _subjects(connection: duckdb.DuckDBPyConnection) -> None:
    """Blame words that changed, as a run's place, for the numbers of the rows that are about the same subject."""
    connection.execute("""
        INSERT INTO tainted
        SELECT DISTINCT m.table_name, m.row_id, m.column_name, m.cause_id
        FROM (
            SELECT moved.table_name, moved.row_id, moved.column_name, cause.cause_id
            FROM (SELECT table_name, row_id, column_name, unnest(keys) AS key FROM moved) AS moved
            JOIN cause ON cause.subject_id = moved.key AND cause.series_id IS NOT NULL
        ) AS m
        ANTI JOIN tainted AS t
            ON t.table_name = m.table_name AND t.row_id = m.row_id AND t.column_name = m.column_name""")


def _upstream(name: str, completed: Mapping[str, Completed]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += completed[table].model.reads if table in completed else ()
    return found
