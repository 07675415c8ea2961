"""What assets tell Dagster about a table: rows, columns, and which columns feed which."""

from collections.abc import Iterable, Mapping
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetKey,
    MetadataValue,
    TableColumn,
    TableColumnDep,
    TableColumnLineage,
    TableSchema,
)

from warehouse.checks import Result
from warehouse.connect import Connection
from warehouse.derive import comments
from warehouse.relations import Completed
from warehouse.steps import Outcome

Metadata = dict[str, Any]

#: Claims are told apart by their quantity, so a claimed column hangs on the claim table's value.
CLAIM = AssetKey("claim")


def outcome(result: Outcome) -> Metadata:
    """Return the metadata of a step: its rows, and whether anything was written."""
    return {"dagster/row_count": result.rows, "written": MetadataValue.bool(result.changed)}


def table(connection: Connection, completed: Completed) -> Metadata:
    """Return schema and column lineage of a derived table."""
    name = completed.model.name
    columns = connection.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", [name]).fetchall()
    said = comments(completed)
    schema = TableSchema(columns=[TableColumn(column, kind, description=said.get(column)) for column, kind in columns])
    feeds: dict[str, set[tuple[str, str]]] = {}
    for branch in completed.branches:
        for output in branch.outputs:
            for entry in output.inputs:
                source = ("claim", "value") if entry.table is None else (entry.table, str(entry.column))
                feeds.setdefault(output.name, set()).add(source)
    lineage = TableColumnLineage(
        {
            column: [TableColumnDep(asset_key=AssetKey(source), column_name=name) for source, name in sorted(inputs)]
            for column, inputs in feeds.items()
        }
    )
    return {
        "dagster/column_schema": schema,
        "dagster/column_lineage": lineage,
        "formulas": MetadataValue.md(_formulas(completed)),
    }


def _formulas(completed: Completed) -> str:
    lines = [
        f"- `{output.name}` = `{output.formula}`" + (f" ({branch.name})" if completed.model.is_folder else "")
        for branch in completed.branches
        for output in branch.outputs
        if not output.is_claim
    ]
    return "\n".join(lines) or "every number is claimed"


def current(state: Mapping[str, object], key: AssetKey, name: str) -> AssetCheckResult:
    """Return the check of a source's snapshot: that it was last refreshed without fault, or never by this home."""
    return AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=state["failing_since"] is None and state["finding"] is None,
        severity=AssetCheckSeverity.WARN,
        metadata={key: MetadataValue.text("none" if value is None else str(value)) for key, value in state.items()},
    )


def expectations(results: Iterable[Result], key: AssetKey, name: str) -> AssetCheckResult:
    """Return the check of a table or a source: how many expectations held, and samples of those that did not."""
    found = list(results)
    failed = [result for result in found if not result.is_success]
    is_blocked = any(result.severity == "blocking" for result in failed)
    findings = [
        f"- **{one.expectation_id}** ({one.severity}) {one.meaning}: {one.failed} of {one.checked}. "
        + "; ".join((one.sample or "").splitlines())
        for one in failed
    ]
    return AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=not failed,
        severity=AssetCheckSeverity.ERROR if is_blocked else AssetCheckSeverity.WARN,
        metadata={
            "expectations": len(found),
            "blocking": sum(result.severity == "blocking" for result in found),
            "failed": len(failed),
            "excepted": sum(result.excepted for result in found),
            "findings": MetadataValue.md("\n".join(findings) or "none"),
        },
    )
