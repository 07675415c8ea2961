"""Lineage from the completed SQL: which input feeds which number, as plain tables and views that travel in the release.

Two small generated tables say it for columns; which rows are meant stands in the rows themselves, as ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pandas as pd

from warehouse.plans import Plan, plans, slots
from warehouse.relations import Completed, Output
from warehouse.sums import CLAIMS
from warehouse.trace_macros import trace_macros
from warehouse.units import unit_of
from warehouse.what_if import WhatIf

#: Columns by which `trace` finds the rows to begin with. They are indexed, so that no table is read from end to end.
LOOKED_UP = {"estimates": "model_id", "estimates_by_region": "model_id"}


def publish(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed]) -> None:
    """Write `column_lineage` and `column_reach`, and create the views and macros over them."""
    tables = plans(completed)
    _write_columns(connection, completed, tables)
    for sql in (*statements(tables), *WhatIf(completed).statements()):
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
                if branch.members:
                    edges.append(_of_claims(plan, label, output))
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


def _of_claims(plan: Plan, branch: str, output: Output) -> list[object]:
    """Return the edge of a number that sums up claims: one for all of them, which the view `claims_of` lists."""
    place = plan.ids.index(plan.id_column) + 1, plan.numbers.index(output.name) + 1
    named = [plan.name, branch, output.name, False, output.formula, unit_of(output.name), 1, CLAIMS, "value"]
    return [*named, plan.id_column, *place, CLAIMS, output.name]


def statements(tables: Mapping[str, Plan]) -> Iterable[str]:
    """Yield the statements that create the views and macros, and the index by which claims are found, in order."""
    yield "CREATE INDEX IF NOT EXISTS claim_by_claim_id ON claim (claim_id)"
    yield "CREATE SCHEMA IF NOT EXISTS lineage_of"
    yield "CREATE SCHEMA IF NOT EXISTS references_of"
    yield "CREATE SCHEMA IF NOT EXISTS claims_of"
    for plan in tables.values():
        if plan.members:
            yield f"""CREATE OR REPLACE VIEW claims_of.{plan.name} AS
                SELECT member.{plan.id_column} AS row_id, member.claim_id FROM ({plan.members}) AS member
                SEMI JOIN main.{plan.name} AS t ON t.{plan.id_column} = member.{plan.id_column}"""
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
        LEFT JOIN number ON number.row_id = edge.input_row_id AND number.column_name = edge.input_column
            AND number.table_name
                = CASE edge.input_table WHEN 'claims' THEN edge.table_name ELSE edge.input_table END"""
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
    yield from trace_macros(tables)


def _edges(plan: Plan) -> str:
    ids = f"{slots(plan.ids)}[l.id_slot]"
    return f"""
        SELECT l.table_name, t.{plan.id_column} AS row_id, l.column_name, l.position, l.role, l.formula, l.bound,
            l.branch,
            CASE WHEN l.input_table IS NULL THEN {ids} END AS claim_id,
            l.input_table,
            CASE WHEN l.input_table IS NOT NULL THEN {ids} END AS input_row_id,
            l.input_column
        FROM main.{plan.name} AS t
        JOIN column_lineage AS l ON l.table_name = '{plan.name}' AND l.branch = {plan.branch}
        WHERE {slots(plan.numbers)}[l.number_slot] IS NOT NULL"""


def _numbers(plan: Plan) -> str:
    value, low, high = (f"{slots(plan.numbers, end)}[l.number_slot]" for end in ("", "_low", "_high"))
    return f"""
        SELECT l.table_name, t.{plan.id_column} AS row_id, l.column_name,
            {value} AS value, {low} AS low, {high} AS high, l.unit
        FROM main.{plan.name} AS t
        JOIN column_lineage AS l ON l.table_name = '{plan.name}' AND l.branch = {plan.branch} AND l.position = 1
        WHERE {value} IS NOT NULL"""


def _references(plan: Plan) -> str:
    if plan.members:
        return f"""SELECT l.table_name, member.row_id, l.column_name, member.claim_id
        FROM claims_of.{plan.name} AS member
        JOIN column_lineage AS l ON l.table_name = '{plan.name}'"""
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
        JOIN references_of.{other} AS cited ON cited.row_id = edge.input_row_id
            AND cited.column_name = edge.input_column
        WHERE edge.input_table = '{other}'"""
        for other in plan.inputs
    ]
    return "SELECT DISTINCT * FROM (" + "\nUNION ALL\n".join(parts) + ")"
