"""The graph, built from the source registry and the SQL folder: each asset is one verb on the warehouse."""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    asset,
    multi_asset,
)

from assets import reports
from assets.resources import Warehouse
from sources import registry
from sources.model import Adapter
from warehouse import checks
from warehouse.aside import aside
from warehouse.expectations import suites
from warehouse.relations import Completed
from warehouse.stages import checking, deriving, loading, releasing
from warehouse.version import code_version

#: The assets hand nothing to each other: what they make is in the database.
Materialized = MaterializeResult[None]

#: The check of a snapshot: that the last attempt to refresh it was good, and its publisher has not stopped.
CURRENT = "is_current"
#: The check of a table or of a source's claims. Only an expectation that is blocking makes it an error.
EXPECTATIONS = "expectations"


def check_spec(key: AssetKey, name: str = EXPECTATIONS) -> AssetCheckSpec:
    """Return the check of an asset: its expectations, of which some stop what follows and others only warn."""
    about = "Great Expectations: one that is blocking stops the run when it fails, others are shown"
    return AssetCheckSpec(name, asset=key, blocking=True, description=about)


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
    return MaterializeResult(metadata=reports.outcome(loading.names(warehouse.connection)))


def snapshot_spec(adapter: Adapter) -> AssetSpec:
    """Return the asset of the archived bytes of a source."""
    source = adapter.source
    return AssetSpec(
        AssetKey(["snapshots", source.source_id]),
        group_name="snapshots",
        kinds={"csv", "archive"},
        code_version=_version(),
        description=f"{source.title}. Publisher: {source.publisher}. Licence: {source.licence}.",
    )


@multi_asset(
    name="snapshots",
    specs=[snapshot_spec(adapter) for adapter in registry.ADAPTERS.values()],
    check_specs=[
        AssetCheckSpec(CURRENT, asset=AssetKey(["snapshots", source_id]), description="The last refresh was good")
        for source_id in registry.ADAPTERS
    ],
)
def snapshots(warehouse: Warehouse) -> Iterator[Materialized | AssetCheckResult]:
    """Archive the bytes of every source, and tell how it was last refreshed."""
    connection, home = warehouse.connection, warehouse.home
    for source_id, result in loading.snapshots(connection, home).items():
        adapter = registry.ADAPTERS[source_id]
        key, source = AssetKey(["snapshots", source_id]), adapter.source
        about = {"url": source.url, "attribution": source.attribution}
        yield MaterializeResult(asset_key=key, metadata={"bytes": result.rows, "new": result.changed, **about})
        yield reports.current(loading.refreshed(connection, home, adapter), key, CURRENT)


def claim_spec(adapter: Adapter) -> AssetSpec:
    """Return the asset of a source's claims."""
    source_id = adapter.source.source_id
    return AssetSpec(
        AssetKey(["claims", source_id]),
        deps=[AssetKey(["snapshots", source_id]), AssetKey("names")],
        group_name="claims",
        kinds={"pandas", "duckdb"},
        code_version=_version(),
        description=f"What {adapter.source.title} states, one claim for each figure.",
    )


def source_check(source_id: str) -> str:
    """Return the name of the check of a source's claims."""
    return f"{source_id}_{EXPECTATIONS}"


@multi_asset(
    name="claims",
    specs=[
        *(claim_spec(adapter) for adapter in registry.ADAPTERS.values()),
        AssetSpec(
            "claim",
            deps=[AssetKey(["claims", source_id]) for source_id in registry.ADAPTERS],
            group_name="claims",
            kinds={"duckdb", "greatexpectations"},
            code_version=_version(),
            description="The claims of all sources: corrected, flagged, found word by word in the bytes, checked.",
        ),
    ],
    check_specs=[check_spec(AssetKey("claim"), source_check(source_id)) for source_id in registry.ADAPTERS],
)
def claims(warehouse: Warehouse) -> Iterator[Materialized | AssetCheckResult]:
    """Read each source's snapshots into claims, settle them all, look up their words, and check them by source."""
    aside().prepare(releasing.PICTURES)  # it gets ready while claims are loaded, when a processor has time
    connection, home = warehouse.connection, warehouse.home
    for source_id, adapter in registry.ADAPTERS.items():
        result = loading.claims(connection, home, adapter)
        yield MaterializeResult(asset_key=AssetKey(["claims", source_id]), metadata=reports.outcome(result))
    yield MaterializeResult(asset_key="claim", metadata=reports.outcome(loading.settled(connection, home)))
    begun = checking.check_sources(connection)
    loading.quoted(connection, home)
    for source_id, found in checking.checked(connection, begun).items():
        yield reports.expectations(found, AssetKey("claim"), source_check(source_id))
        checks.require(found)


def table_spec(completed: Completed) -> AssetSpec:
    """Return the asset of one derived table; what it depends on is read from its SQL."""
    model, models = completed.model, deriving.completed()
    upstream = {other if other in models else "claim" for other in model.reads}
    return AssetSpec(
        model.name,
        deps=sorted(upstream),
        group_name="views_of_claims" if model.is_claims else "derived",
        kinds={"sql", "duckdb"},
        code_version=_version(),
        description=f"{model.purpose}\n\nOne row per {', '.join(model.grain)}.",
    )


def last_tables() -> list[str]:
    """Return the derived tables that no other one reads: when they are there, all are."""
    models = deriving.completed()
    return sorted(models.keys() - {other for completed in models.values() for other in completed.model.reads})


@multi_asset(
    name="tables",
    specs=[
        *(table_spec(completed) for completed in deriving.completed().values()),
        AssetSpec(
            "lineage",
            deps=last_tables(),
            group_name="release",
            kinds={"sql", "duckdb"},
            code_version=_version(),
            description="Which input feeds which number, from the SQL: `lineage`, `number_references`, `trace(...)`.",
        ),
        AssetSpec(
            "proof",
            deps=last_tables(),
            group_name="release",
            kinds={"duckdb"},
            code_version=_version(),
            description="Every number has all its inputs, and the claims at its leaves give it again.",
        ),
    ],
    check_specs=[check_spec(AssetKey(name)) for name in suites.TABLES],
)
def tables(warehouse: Warehouse) -> Iterator[Materialized | AssetCheckResult]:
    """Build each derived table from its SQL, then write their lineage and prove their numbers.

    Their expectations are checked aside meanwhile.
    """
    connection, models = warehouse.connection, deriving.completed()
    begun: dict[str, checks.Pending] = {}
    waiting = {name: {name} | (checks.reads(name) & models.keys()) for name in suites.TABLES}
    for name, result in deriving.all_derived(connection):
        metadata = {**reports.outcome(result), **reports.table(connection, models[name])}
        yield MaterializeResult(asset_key=name, metadata=metadata)
        for other, needs in waiting.items():
            needs.discard(name)
            if not needs and other not in begun:
                begun[other] = checking.check(connection, other)
    with deriving.proving(connection) as proving:
        for name, found in checking.checked(connection, begun).items():
            yield reports.expectations(found, AssetKey(name), EXPECTATIONS)
            checks.require(found)
        for name, outcome in proving.items():
            yield MaterializeResult(asset_key=name, metadata=reports.outcome(outcome()))


@multi_asset(
    name="release",
    specs=[
        AssetSpec(
            "release",
            deps=["lineage", "proof"],
            group_name="release",
            kinds={"duckdb"},
            code_version=_version(),
            description="The build, frozen, and put in place of the file that everybody reads.",
        ),
        AssetSpec(
            "pictures",
            deps=["release"],
            group_name="release",
            kinds={"altair"},
            code_version=_version(),
            description="The article's two figures, redrawn from the release.",
        ),
    ],
)
def released(context: AssetExecutionContext, warehouse: Warehouse) -> Iterator[Materialized]:
    """Release the build, and then its pictures, which are drawn meanwhile."""
    connection, home = warehouse.connection, warehouse.home
    drawn = releasing.drawing(connection, home)
    made = releasing.released(connection, home)
    context.log.info(f"release {made.release_id}, new: {made.is_new}")
    about: reports.Metadata = {
        "release_id": made.release_id,
        "new": made.is_new,
        "numbers": made.numbers,
        "path": str(made.path),
    }
    result = drawn()
    warehouse.write_back()
    yield MaterializeResult(asset_key="release", metadata=about)
    shown: reports.Metadata = {"pictures": result.rows, "folder": str(home.pictures), "written": result.changed}
    yield MaterializeResult(asset_key="pictures", metadata=shown)


def all_assets() -> list[AssetsDefinition]:
    """Return every asset of the graph."""
    return [names, snapshots, claims, tables, released]
