"""Lineage from the completed SQL: which input feeds which number, as plain tables and views that travel in the release.

Two small generated tables say it for columns; which rows are meant stands in the rows themselves, as ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from warehouse.complete import Completed
from warehouse.units import unit_of


#: Columns by which `trace` finds the rows to begin with. They are indexed, so that no table is read from end to end.
LOOKED_UP = {"estimates": "model_id", "estimates_by_region": "model_id"}


@dataclass(frozen=True)
class Plan:
    """What one table's views need: its identity, its branches, its id and number columns in slot order."""

    name: str
    id_column: str
    has_branches: bool
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    inputs: tuple[str, ...]

    @property
    def branch(self) -> str:
        """Return the SQL that tells a row's branch."""
        return "t.branch" if self.has_branches else "''"


def plans(completed: Mapping[str, Completed]) -> dict[str, Plan]:
    """Return the plan of every table that holds numbers, in the order in which they are built."""
    found = {}
    for name, done in completed.items():
        outputs = [output for branch in done.branches for output in branch.outputs]
        if not outputs:
            continue
        ids = dict.fromkeys([done.model.id_column, *(entry.id_column for o in outputs for entry in o.inputs)])
        feeding = {entry.table for o in outputs for entry in o.inputs if entry.table not in (None, name)}
        found[name] = Plan(
            name,
            done.model.id_column,
            done.model.is_folder,
            tuple(ids),
            tuple(dict.fromkeys(output.name for output in outputs)),
            tuple(other for other in found if other in feeding),
        )
    return found


def publish(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed]) -> None:
    """Write `column_lineage` and `column_reach`, and create the views and macros over them."""
    tables = plans(completed)
    _write_columns(connection, completed, tables)
    for sql in statements(tables):
        connection.execute(sql)


def _write_columns(
    connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed], tables: Mapping[str, Plan]
) -> None:
    edges: list[list[object]] = []
    reach: list[list[object]] = []
    for name, plan in tables.items():
        for branch in completed[name].branches:
            label = branch.name if plan.has_branches else ""
            own: dict[str, set[str]] = {}
            for output in branch.outputs:
                own[output.name] = {output.name}
                for position, entry in enumerate(output.inputs, start=1):
                    if entry.table == name:
                        own[output.name] |= own[str(entry.column)]
                    edges.append(
                        [
                            name,
                            label,
                            output.name,
                            output.is_claim,
                            output.formula,
                            unit_of(output.name),
                            position,
                            entry.role,
                            entry.bound,
                            entry.id_column,
                            plan.ids.index(entry.id_column) + 1,
                            plan.numbers.index(output.name) + 1,
                            entry.table,
                            entry.column,
                        ]
                    )
            reach += [[name, label, column, other] for column, others in own.items() for other in sorted(others)]
    connection.execute("DELETE FROM column_lineage")
    connection.execute("DELETE FROM column_reach")
    for table, rows in (("column_lineage", edges), ("column_reach", reach)):
        connection.register("lineage_frame", pd.DataFrame(rows).astype(object))
        connection.execute(f"INSERT INTO {table} SELECT * FROM lineage_frame")
        connection.unregister("lineage_frame")


def statements(tables: Mapping[str, Plan]) -> Iterable[str]:
    """Yield the statements that create the views and macros, and the index by which claims are found, in order."""
    yield "CREATE INDEX IF NOT EXISTS claim_by_claim_id ON claim (claim_id)"
    yield "CREATE SCHEMA IF NOT EXISTS lineage_of"
    yield "CREATE SCHEMA IF NOT EXISTS references_of"
    for plan in tables.values():
        yield f"CREATE OR REPLACE VIEW lineage_of.{plan.name} AS {_edges(plan)}"
    for plan in tables.values():
        yield f"CREATE OR REPLACE VIEW references_of.{plan.name} AS {_references(plan)}"
    yield "CREATE OR REPLACE VIEW number AS " + "\nUNION ALL\n".join(_numbers(plan) for plan in tables.values())
    yield (
        """CREATE OR REPLACE VIEW lineage AS
        SELECT edge.table_name, edge.row_id, edge.column_name, edge.position, edge.role, edge.formula, edge.claim_id,
            edge.input_table, edge.input_row_id, edge.input_column,
            CASE edge.bound
                WHEN 'low' THEN coalesce(claim.low, number.low) WHEN 'high' THEN coalesce(claim.high, number.high)
                ELSE coalesce(claim.value, number.value) END AS value,
            coalesce(claim.unit, number.unit) AS unit
        FROM ("""
        + "\nUNION ALL\n".join(f"SELECT * FROM lineage_of.{name}" for name in tables)
        + """) AS edge
        LEFT JOIN claim ON claim.claim_id = edge.claim_id
        LEFT JOIN number ON number.table_name = edge.input_table AND number.row_id = edge.input_row_id
            AND number.column_name = edge.input_column"""
    )
    yield (
        """CREATE OR REPLACE VIEW number_references AS
        SELECT cited.table_name, cited.row_id, cited.column_name, cited.claim_id, claim.reference_id, claim.locator,
            claim.reported_text, claim.source_id, claim.snapshot_id, claim.source_row
        FROM ("""
        + "\nUNION ALL\n".join(f"SELECT * FROM references_of.{name}" for name in tables)
        + """) AS cited
        JOIN claim ON claim.claim_id = cited.claim_id"""
    )
    yield f"CREATE OR REPLACE MACRO trace_number(from_table, from_row, from_column) AS TABLE {_trace(tables, _ROOT_ROW)}"
    roots = _upstream(tables, ("estimates", "estimates_by_region"))
    if "estimates_by_region" in roots:
        yield (
            "CREATE OR REPLACE MACRO trace(for_model, from_column, method := NULL, region := NULL) AS TABLE "
            + _trace({name: tables[name] for name in tables if name in roots}, _ROOT_ESTIMATE)
        )


def _upstream(tables: Mapping[str, Plan], names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name in tables:
            found |= {name} | _upstream(tables, tables[name].inputs)
    return found


def _list(columns: Iterable[str], ending: str = "") -> str:
    return "[" + ", ".join(f"t.{column}{ending}" for column in columns) + "]"


def _edges(plan: Plan) -> str:
    ids = f"{_list(plan.ids)}[l.id_slot]"
    return f"""
        SELECT l.table_name, t.{plan.id_column} AS row_id, l.column_name, l.position, l.role, l.formula, l.bound, l.branch,
            CASE WHEN l.input_table IS NULL THEN {ids} END AS claim_id,
            l.input_table,
            CASE WHEN l.input_table IS NOT NULL THEN {ids} END AS input_row_id,
            l.input_column
        FROM main.{plan.name} AS t
        JOIN column_lineage AS l ON l.table_name = '{plan.name}' AND l.branch = {plan.branch}
        WHERE {_list(plan.numbers)}[l.number_slot] IS NOT NULL"""


def _numbers(plan: Plan) -> str:
    value, low, high = (f"{_list(plan.numbers, end)}[l.number_slot]" for end in ("", "_low", "_high"))
    return f"""
        SELECT l.table_name, t.{plan.id_column} AS row_id, l.column_name, {value} AS value, {low} AS low, {high} AS high, l.unit
        FROM main.{plan.name} AS t
        JOIN column_lineage AS l ON l.table_name = '{plan.name}' AND l.branch = {plan.branch} AND l.position = 1
        WHERE {value} IS NOT NULL"""


def _references(plan: Plan) -> str:
    parts = [
        f"""SELECT edge.table_name, edge.row_id, reach.column_name, edge.claim_id
        FROM lineage_of.{plan.name} AS edge
        JOIN column_reach AS reach ON reach.table_name = edge.table_name AND reach.branch = edge.branch
            AND reach.reached_column = edge.column_name
        WHERE edge.claim_id IS NOT NULL"""
    ]
    parts += [
        f"""SELECT edge.table_name, edge.row_id, reach.column_name, cited.claim_id
        FROM lineage_of.{plan.name} AS edge
        JOIN column_reach AS reach ON reach.table_name = edge.table_name AND reach.branch = edge.branch
            AND reach.reached_column = edge.column_name
        JOIN references_of.{other} AS cited ON cited.row_id = edge.input_row_id AND cited.column_name = edge.input_column
        WHERE edge.input_table = '{other}'"""
        for other in plan.inputs
    ]
    return "SELECT DISTINCT * FROM (" + "\nUNION ALL\n".join(parts) + ")"


_ROOT_ROW = (
    "root AS MATERIALIZED "
    "(SELECT from_table AS table_name, CAST(from_row AS BIGINT) AS row_id, from_column AS column_name)"
)

# The model alone filters each table, since an index answers one condition, not two.
_ROOT_ESTIMATE = """of_model AS MATERIALIZED (
            SELECT e.estimate_id, e.method, e.is_headline
            FROM estimates AS e
            WHERE e.model_id = for_model),
        of_model_by_region AS MATERIALIZED (
            SELECT r.estimate_by_region_id, r.method, r.is_headline, r.is_preferred, r.region_id
            FROM estimates_by_region AS r
            WHERE r.model_id = for_model),
        root AS MATERIALIZED (
            SELECT 'estimates' AS table_name, e.estimate_id AS row_id, from_column AS column_name
            FROM of_model AS e
            WHERE region IS NULL AND ((method IS NULL AND e.is_headline) OR e.method = method)
            UNION ALL
            SELECT 'estimates_by_region', r.estimate_by_region_id, from_column
            FROM of_model_by_region AS r
            WHERE region IS NOT NULL AND r.region_id = region AND r.is_preferred
                AND ((method IS NULL AND r.is_headline) OR r.method = method))"""


def _trace(tables: Mapping[str, Plan], root: str) -> str:
    """Return the body of a trace macro: fetch the reached rows table by table, then recurse over those few."""
    parts = [root]
    order = list(reversed(tables))
    for name in order:
        plan = tables[name]
        downstream = [other for other in order if name in tables[other].inputs]
        wanted = [f"SELECT root.row_id, root.column_name FROM root WHERE root.table_name = '{name}'"]
        wanted += [
            f"SELECT e.input_row_id, e.input_column FROM edges_{other} AS e WHERE e.input_table = '{name}'"
            for other in downstream
        ]
        parts.append(f"wanted_{name} AS MATERIALIZED ({' UNION '.join(wanted)})")
        ids = f"{_list(plan.ids)}[l.id_slot]"
        value, low, high = (f"{_list(plan.numbers, end)}[l.number_slot]" for end in ("", "_low", "_high"))
        parts.append(f"""edges_{name} AS MATERIALIZED (
            SELECT DISTINCT l.table_name, t.{plan.id_column} AS row_id, l.column_name, l.position, l.role, l.bound, l.is_claim,
                l.formula, l.unit, {value} AS value, {low} AS low, {high} AS high, l.input_table, l.input_column,
                CASE WHEN l.input_table IS NULL THEN {ids} END AS claim_id,
                CASE WHEN l.input_table IS NOT NULL THEN {ids} END AS input_row_id
            FROM wanted_{name} AS w
            JOIN {name} AS t ON t.{plan.id_column} = w.row_id
            JOIN column_reach AS c ON c.table_name = '{name}' AND c.branch = {plan.branch} AND c.column_name = w.column_name
            JOIN column_lineage AS l ON l.table_name = '{name}' AND l.branch = c.branch AND l.column_name = c.reached_column
            WHERE {value} IS NOT NULL)""")
    union = " UNION ALL ".join(f"SELECT * FROM edges_{name}" for name in order)
    parts.append(f"edges AS MATERIALIZED ({union})")
    parts.append("""tree AS (
        SELECT 0 AS depth, [root.column_name] AS path, CAST([] AS BIGINT[]) AS place, root.column_name AS role, 'value' AS bound,
            root.table_name, root.row_id, root.column_name, CAST(NULL AS BIGINT) AS claim_id
        FROM root
        UNION ALL
        SELECT tree.depth + 1, list_append(tree.path, e.role), list_append(tree.place, e.position), e.role, e.bound,
            e.input_table, e.input_row_id, e.input_column, e.claim_id
        FROM tree
        JOIN edges AS e ON e.table_name = tree.table_name AND e.row_id = tree.row_id AND e.column_name = tree.column_name)""")
    parts.append("""numbers AS MATERIALIZED (
        SELECT DISTINCT e.table_name, e.row_id, e.column_name, e.value, e.low, e.high, e.unit, e.is_claim, e.formula FROM edges AS e)""")
    parts.append("""cited AS MATERIALIZED (
        SELECT claim.claim_id, claim.value, claim.low, claim.high, claim.unit, claim.subject_kind, claim.subject_id, claim.quantity,
            claim.reported_text, claim.basis, claim.boundary, claim.period_start, claim.period_end, claim.flags,
            claim.reference_id, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id
        FROM (SELECT DISTINCT e.claim_id FROM edges AS e WHERE e.claim_id IS NOT NULL) AS wanted
        JOIN claim ON claim.claim_id = wanted.claim_id)""")
    return f"""WITH RECURSIVE {", ".join(parts)}
        SELECT tree.depth, array_to_string(tree.path, ' < ') AS path, tree.place, tree.role, tree.bound,
            tree.table_name, tree.row_id, tree.column_name,
            coalesce(numbers.value, claim.value) AS value, coalesce(numbers.low, claim.low) AS low,
            coalesce(numbers.high, claim.high) AS high, coalesce(numbers.unit, claim.unit) AS unit,
            CASE WHEN NOT numbers.is_claim THEN numbers.formula END AS formula,
            tree.claim_id, claim.subject_kind, claim.subject_id, claim.quantity, claim.reported_text, claim.basis,
            claim.boundary, claim.period_start, claim.period_end, claim.flags, claim.reference_id, reference.title AS reference_title,
            reference.authors AS reference_authors, reference.year AS reference_year, reference.url AS reference_url,
            reference.licence AS reference_licence, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id,
            snapshot.retrieved_at, snapshot.url AS snapshot_url, snapshot.upstream_version
        FROM tree
        LEFT JOIN numbers ON numbers.table_name = tree.table_name AND numbers.row_id = tree.row_id
            AND numbers.column_name = tree.column_name
        LEFT JOIN cited AS claim ON claim.claim_id = tree.claim_id
        LEFT JOIN reference ON reference.reference_id = claim.reference_id
        LEFT JOIN snapshot ON snapshot.snapshot_id = claim.snapshot_id AND snapshot.source_id = claim.source_id
        ORDER BY tree.place"""
