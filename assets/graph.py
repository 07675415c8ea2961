"""The graph, built from the source registry and the SQL folder: each asset is one verb on the warehouse."""

from collections.abc import Iterator, Sequence

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    MaterializeResult,
    asset,
)

from assets import reports
from assets.resources import Warehouse
from sources import registry
from sources.model import Adapter
from warehouse import checks, stages
from warehouse.relations import Completed
from warehouse.version import code_version

#: The assets hand nothing to each other: what they make is in the database.
Materialized = MaterializeResult[None]

CHECKS = {"blocking": "blocking_expectations", "warning": "warning_expectations"}


def check_specs(key: AssetKey) -> list[AssetCheckSpec]:
    """Return the two checks of an asset: expectations that stop what follows, and those that only warn."""
    return [
        AssetCheckSpec(
            CHECKS["blocking"], asset=key, blocking=True, description="Great Expectations; a failure stops the run"
        ),
        AssetCheckSpec(CHECKS["warning"], asset=key, description="Great Expectations; a failure is shown"),
    ]


def _version() -> str:
    return code_version()[:12]


@asset(
    group_name="names",
    kinds={"duckdb"},
    code_version=_version(),
    description="Sources, quantities, references, entities, aliases",
)
def names(warehouse: Warehouse) -> Materialized:
    """Load the tables of names."""
    return MaterializeResult(metadata=reports.outcome(stages.names(warehouse.connection)))


def snapshot_asset(adapter: Adapter) -> AssetsDefinition:
    """Return the asset that archives the bytes of a source."""
    source = adapter.source

    @asset(
        key=AssetKey(["snapshots", source.source_id]),
        group_name="snapshots",
        kinds={"csv", "archive"},
        code_version=_version(),
        description=f"{source.title}. Publisher: {source.publisher}. Licence: {source.licence}.",
    )
    def archived(warehouse: Warehouse) -> Materialized:
        result = stages.snapshot(warehouse.connection, warehouse.home, adapter)
        return MaterializeResult(
            metadata={"bytes": result.rows, "new": result.changed, "url": source.url, "attribution": source.attribution}
        )

    return archived


def claims_asset(adapter: Adapter) -> AssetsDefinition:
    """Return the asset that reads a source's snapshots into claims and validates them."""
    source_id = adapter.source.source_id
    key = AssetKey(["claims", source_id])

    @asset(
        key=key,
        deps=[AssetKey(["snapshots", source_id]), AssetKey("names")],
        group_name="claims",
        kinds={"pandas", "duckdb"},
        code_version=_version(),
        description=f"What {adapter.source.title} states, one claim for each figure.",
    )
    def stated(warehouse: Warehouse) -> Materialized:
        return MaterializeResult(metadata=reports.outcome(stages.claims(warehouse.connection, warehouse.home, adapter)))

    return stated


@asset(
    key="claim",
    deps=[AssetKey(["claims", source_id]) for source_id in registry.ADAPTERS],
    check_specs=[
        spec
        for source_id in registry.ADAPTERS
        for spec in (
            AssetCheckSpec(f"{source_id}_{CHECKS['blocking']}", asset="claim", blocking=True),
            AssetCheckSpec(f"{source_id}_{CHECKS['warning']}", asset="claim"),
        )
    ],
    group_name="claims",
    kinds={"duckdb", "greatexpectations"},
    code_version=_version(),
    description="The claims of all sources, with corrections applied, flags set and expectations checked.",
)
def claim(warehouse: Warehouse) -> Iterator[Materialized | AssetCheckResult]:
    """Settle the claims and check them source by source."""
    result = stages.settled(warehouse.connection, warehouse.home)
    yield MaterializeResult(metadata=reports.outcome(result))
    for source_id in registry.ADAPTERS:
        found = stages.checked(warehouse.connection, source_id, is_source=True)
        yield from reports.checks(
            found, {severity: f"{source_id}_{name}" for severity, name in CHECKS.items()}, AssetKey("claim")
        )


def derived_asset(completed: Completed, reads: Sequence[str]) -> AssetsDefinition:
    """Return the asset that builds one derived table from its SQL and validates it."""
    model = completed.model
    key = AssetKey(model.name)
    is_checked = model.name in checks.TABLES

    @asset(
        key=key,
        deps=[AssetKey(name) for name in reads],
        check_specs=check_specs(key) if is_checked else [],
        group_name="views_of_claims" if model.is_claims else "derived",
        kinds={"sql", "duckdb"},
        code_version=_version(),
        description=f"{model.purpose}\n\nOne row per {', '.join(model.grain)}.",
    )
    def built(warehouse: Warehouse) -> Iterator[Materialized | AssetCheckResult]:
        connection = warehouse.connection
        result = stages.derived(connection, model.name)
        yield MaterializeResult(metadata={**reports.outcome(result), **reports.table(connection, completed)})
        if is_checked:
            yield from reports.checks(stages.checked(connection, model.name), CHECKS, key)

    return built


@asset(
    deps=[AssetKey(name) for name in stages.completed()],
    group_name="release",
    kinds={"sql", "duckdb"},
    code_version=_version(),
    description="Which input feeds which number, read from the SQL: `lineage`, `number_references`, `trace(...)`.",
)
def lineage(warehouse: Warehouse) -> Materialized:
    """Write the lineage tables, views and macros."""
    return MaterializeResult(metadata=reports.outcome(stages.published_lineage(warehouse.connection)))


@asset(
    deps=[AssetKey("lineage")],
    group_name="release",
    kinds={"duckdb"},
    code_version=_version(),
    description="Every number has all its inputs, every quote stands in its bytes, and claims give each number again.",
)
def proof(warehouse: Warehouse) -> Materialized:
    """Prove every number and every quote."""
    result = stages.proved(warehouse.connection, warehouse.home)
    return MaterializeResult(metadata={"numbers": result.rows, "written": result.changed})


@asset(
    key="release",
    deps=[AssetKey("proof")],
    group_name="release",
    kinds={"duckdb"},
    code_version=_version(),
    description="The build, frozen, and put in place of the file that everybody reads.",
)
def released(context: AssetExecutionContext, warehouse: Warehouse) -> Materialized:
    """Release the build."""
    result = stages.released(warehouse.connection, warehouse.home)
    context.log.info(f"release {result.release_id}, new: {result.is_new}")
    return MaterializeResult(
        metadata={
            "release_id": result.release_id,
            "new": result.is_new,
            "numbers": result.numbers,
            "path": str(result.path),
        }
    )


@asset(
    key="pictures",
    deps=[AssetKey("release")],
    group_name="release",
    kinds={"altair"},
    code_version=_version(),
    description="The article's two figures, redrawn from the release.",
)
def drawn(warehouse: Warehouse) -> Materialized:
    """Draw the pictures of the current release."""
    result = stages.drawn(warehouse.connection, warehouse.home)
    return MaterializeResult(
        metadata={"pictures": result.rows, "folder": str(warehouse.home.pictures), "written": result.changed}
    )


def _upstream(completed: Completed) -> list[str]:
    """Return what a table needs first: what its SQL reads, and what its expectations look at."""
    name, models = completed.model.name, stages.completed()
    beside = checks.reads(name) & models.keys() if name in checks.TABLES else set()
    return sorted({other if other in models else "claim" for other in completed.model.reads} | beside)


def all_assets() -> list[AssetsDefinition]:
    """Return every asset of the graph."""
    adapters = list(registry.ADAPTERS.values())
    models = stages.completed()
    tables = [derived_asset(done, _upstream(done)) for done in models.values()]
    return [
        names,
        *(snapshot_asset(adapter) for adapter in adapters),
        *(claims_asset(adapter) for adapter in adapters),
        claim,
        *tables,
        lineage,
        proof,
        released,
        drawn,
    ]
