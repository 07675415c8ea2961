"""Everything that Dagster knows of the project: assets, their resource, jobs, schedules, one executor for all runs."""

from collections.abc import Mapping
from pathlib import Path

from dagster import AssetSelection, Definitions, LoggerDefinition, define_asset_job, in_process_executor

from assets.graph import all_assets
from assets.resources import Warehouse
from orchestration import schedules, watch
from orchestration.settings import settings

BUILD = "build"


def definitions(home: Path, loggers: Mapping[str, LoggerDefinition] | None = None) -> Definitions:
    """Return the definitions for one home folder."""
    build = define_asset_job(
        BUILD,
        selection=AssetSelection.all(),
        description="Archive, read, settle, derive, validate, prove, release and draw everything that has changed.",
    )
    ask = schedules.refresh_job(home.absolute())
    return Definitions(
        assets=all_assets(),
        resources={"warehouse": Warehouse(home_path=str(home.absolute()))},
        jobs=[build, ask, *schedules.backfill_jobs(home.absolute())],
        schedules=schedules.schedules(ask),
        sensors=[watch.watch(ask, home.absolute())],
        executor=in_process_executor,
        loggers=loggers,
    )


defs = definitions(settings().home)
