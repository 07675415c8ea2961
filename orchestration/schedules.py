"""When sources are asked without anyone at the keyboard: the job that asks them, and a schedule for each cadence.

What a run does is what `footnote refresh` does, under the same lock. A build is a run of its own inside it, so one that
finds nothing new materialises nothing. Schedules stay off until `footnote schedule on`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetKey,
    Config,
    DagsterInvalidDefinitionError,
    DailyPartitionsDefinition,
    DefaultScheduleStatus,
    JobDefinition,
    OpDefinition,
    OpExecutionContext,
    PartitionedConfig,
    RetryRequested,
    ScheduleDefinition,
    in_process_executor,
    job,
    op,
)
from pydantic import Field

from assets import reports
from assets.graph import CURRENT
from orchestration import refresh, settings
from sources.model import Adapter
from warehouse.connect import Home, reader
from warehouse.errors import BusyError, WarehouseError
from warehouse.stages import loading

JOB = "refresh"
MANUAL = "@manual"

#: A worker that was killed is replaced once; a home that is busy is tried again, each time after twice the wait.
TAGS = {"dagster/max_retries": "1"}
BUSY_TRIES, BUSY_WAIT_S = 4, 30


class Asked(Config):
    """Which feeds to ask; all if none is named."""

    sources: list[str] = Field(default_factory=list)
    day: str = ""


def config_of(source_ids: Sequence[str], day: str = "") -> dict[str, Any]:
    """Return the configuration of a run that asks these sources, series for one day if it is named."""
    return {"ops": {"ask": {"config": {"sources": list(source_ids), **({"day": day} if day else {})}}}}


def backfill_jobs(path: Path) -> list[JobDefinition]:
    """Return a job for each series, partitioned by day, so that Dagster can fill in days that were never asked for."""
    return [
        refresh_job(
            path,
            f"backfill_{source_id}",
            PartitionedConfig(
                partitions_def=DailyPartitionsDefinition(start_date=f"{adapter.series.begins_on}"),
                run_config_for_partition_key_fn=partial(config_of, [source_id]),
            ),
        )
        for source_id, adapter in refresh.feeds().items()
        if adapter.series is not None
    ]


def refresh_job(path: Path, name: str = JOB, by_day: PartitionedConfig[Any] | None = None) -> JobDefinition:
    """Return the job that asks sources and builds a release if anything is new."""
    ask = _asking(path)

    @job(
        name=name,
        config=by_day or {},
        executor_def=in_process_executor,
        description="What footnote refresh does; a build, if one is needed, is a run of its own.",
    )
    def made() -> None:
        ask()

    return made


@cache
def _asking(path: Path) -> OpDefinition:
    """Return the step of all these jobs: one and the same, since Dagster knows steps by their name."""
    home = Home(path)

    @op(description="Ask publishers, take what is new into use, and build a release with it.")
    def ask(context: OpExecutionContext, config: Asked) -> None:
        day = date.fromisoformat(config.day) if config.day else None
        wanted = refresh.tasks(home, config.sources, days=(day, day))
        try:
            outcome = refresh.refresh(home, wanted, context.log.info)
        except BusyError as error:
            wait = BUSY_WAIT_S * 2**context.retry_number
            raise RetryRequested(max_retries=BUSY_TRIES, seconds_to_wait=wait) from error
        for one in outcome.done:
            context.log.info(f"{one.attempt.source_id}: {one.attempt.outcome}. {one.attempt.detail}")
        for check in _checks(home, list({task.adapter.source.source_id: task.adapter for task in wanted}.values())):
            context.log_event(check)  # type: ignore[arg-type]  # takes checks too, though its hint does not say so
        if outcome.error is not None:
            raise outcome.error
        context.add_output_metadata(
            {
                "release": outcome.built.release_id if outcome.built else "not needed",
                "failed": ", ".join(outcome.failed) or "none",
            }
        )

    return ask


def _checks(home: Home, adapters: Sequence[Adapter]) -> Iterator[AssetCheckEvaluation]:
    """Yield the check of each source that was asked: a build tells it too, but there may have been none."""
    with reader(home) as connection:
        for adapter in adapters:
            key = snapshot(adapter.source.source_id)
            found = reports.current(loading.refreshed(connection, home, adapter), key, CURRENT)
            yield AssetCheckEvaluation(
                asset_key=key,
                check_name=CURRENT,
                passed=found.passed,
                severity=found.severity,
                metadata=found.metadata,
            )


def snapshot(source_id: str) -> AssetKey:
    """Return the asset of a source's bytes."""
    return AssetKey(["snapshots", source_id])


def cadences() -> dict[str, list[str]]:
    """Return the feeds by when they are asked, as cron writes it."""
    groups: dict[str, list[str]] = {}
    for source_id, adapter in refresh.feeds().items():
        if adapter.source.schedule != MANUAL:
            groups.setdefault(settings.cadence(adapter.source.schedule), []).append(source_id)
    return groups


def schedules(ask: JobDefinition) -> list[ScheduleDefinition]:
    """Return one schedule for each cadence.

    Raises: WarehouseError if one is no cron expression.
    """
    made = []
    for cron, source_ids in cadences().items():
        try:
            made.append(
                ScheduleDefinition(
                    name="refresh_" + re.sub(r"\W+", "_", cron.replace("*", "any")),
                    job=ask,
                    cron_schedule=cron,
                    execution_timezone="UTC",
                    run_config=config_of(source_ids),
                    tags=TAGS,
                    default_status=DefaultScheduleStatus.STOPPED,
                    description=", ".join(source_ids),
                )
            )
        except DagsterInvalidDefinitionError as error:
            raise WarehouseError(
                f"FOOTNOTE_SCHEDULE or a source's schedule: found '{cron}', expected five fields as cron has them, "
                "such as '0 6 * * 1'; set it to that"
            ) from error
    return made
