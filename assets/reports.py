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
from warehouse.relations import Completed
from warehouse.stages import Outcome

Metadata = dict[str, Any]

#: Claims are told apart by their quantity, so a claimed column hangs on the claim table's value.
CLAIM = AssetKey("claim")


def outcome(result: Outcome) -> Metadata:
    """Return the metadata of a step: its rows, and whether anything was written."""
    return {"dagster/row_count": result.rows, "written": MetadataValue.bool(result.changed)}


def table(connection: Connection, completed: Completed) -> Metadata:
    """Return schema and column lineage of a derived table."""
    name = completed.model.name
    columns = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? AND schema_name = 'main' "
        "ORDER BY column_index",
        [name],
    ).fetchall()
    schema = TableSchema(columns=[TableColumn(column, kind, description=about) for column, kind, about in columns])
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


def current(state: Mapping[str, object], name: str) -> AssetCheckResult:
    """Return the check of a source's snapshot: that it was last refreshed without fault, or never by this home."""
    return AssetCheckResult(
        check_name=name,
        passed=state["failing_since"] is None and state["finding"] is None,
        severity=AssetCheckSeverity.WARN,
        metadata={key: MetadataValue.text("none" if value is None else str(value)) for key, value in state.items()},
    )


def checks(results: Iterable[Result], names: Mapping[str, str], key: AssetKey) -> list[AssetCheckResult]:
    """Return one check result for each severity: which expectations held, and samples of those that did not.

    names: check name by severity.
    """
    found = list(results)
    reports = []
    for severity, name in names.items():
        group = [result for result in found if result.severity == severity]
        failed = [result for result in group if not result.is_success]
        reports.append(
            AssetCheckResult(
                asset_key=key,
                check_name=name,
                passed=not failed,
                severity=AssetCheckSeverity.ERROR if severity == "blocking" else AssetCheckSeverity.WARN,
                metadata={
                    "expectations": len(group),
                    "failed": len(failed),
                    "excepted": sum(result.excepted for result in group),
                    "findings": MetadataValue.md(
                        "\n".join(
                            f"- **{r.expectation_id}** {r.meaning}: {r.failed} of {r.checked}. "
                            + "; ".join((r.sample or "").splitlines())
                            for r in failed
                        )
                        or "none"
                    ),
                },
            )
        )
    return reports
