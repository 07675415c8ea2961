"""A sensor for what no schedule foresees: a mirror with other bytes, a source that did not answer or is read late."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dagster import (
    AssetCheckEvaluation,
    AssetCheckSeverity,
    DefaultSensorStatus,
    JobDefinition,
    MetadataValue,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    sensor,
)

from assets.graph import CURRENT
from orchestration import refresh, settings
from orchestration.schedules import TAGS, config_of, snapshot
from orchestration.switch import SENSOR, fail_dead_runs
from sources import registry
from sources.addresses import local_path
from warehouse import attempts
from warehouse.connect import Home

#: A source that did not answer is asked again so often before its next turn, each time after twice the wait.
ASKED_AGAIN, FIRST_WAIT = 3, timedelta(hours=1)

#: A file that was written a moment ago may not be whole yet.
SETTLED_S = 5


def watch(ask: JobDefinition, path: Path) -> SensorDefinition:
    """Return the sensor: files of mirrors that changed, sources that did not answer, sources read too long ago."""
    home = Home(path)

    @sensor(
        name=SENSOR,
        job=ask,
        minimum_interval_seconds=30,
        default_status=DefaultSensorStatus.STOPPED,
        description="Asks sources whose local mirror has other bytes, and again those that did not answer.",
    )
    def watched(context: SensorEvaluationContext) -> SensorResult:
        fail_dead_runs(context.instance, home)
        held = json.loads(context.cursor) if context.cursor else {}
        now = datetime.now(UTC)
        mirrors = {**held.get("mirrors", {}), **mirrored(now.timestamp())}
        changed = [name for name, state in mirrors.items() if held.get("mirrors", {}).get(name) != state]
        requests = [RunRequest(run_config=config_of(changed), tags=TAGS)] if changed else []
        requests += [
            RunRequest(run_key=f"{source_id} after {since}", run_config=config_of([source_id]), tags=TAGS)
            for source_id, since in unanswered(home, now).items()
            if source_id not in changed
        ]
        late = overdue(home, now)
        told = [_late(source_id, at) for source_id, at in late.items() if source_id not in held.get("late", [])]
        return SensorResult(
            run_requests=requests,
            skip_reason=None if requests else "no mirror has other bytes, and no source is to be asked again",
            cursor=json.dumps({"mirrors": mirrors, "late": sorted(late)}),
            asset_events=told,
        )

    return watched


def mirrored(now: float) -> dict[str, str]:
    """Return size and time of the files of each feed that has a local mirror, as far as they are there and whole."""
    found = {}
    for source_id, adapter in refresh.feeds().items():
        address = settings.feed_address(source_id, adapter.source.url)
        names = [address.replace("{file}", name) for name in adapter.files] or [address]
        files = [path for path in map(local_path, names) if path is not None and path.is_file()]
        states = [file.stat() for file in files]
        if files and not any(0 <= now - state.st_mtime < SETTLED_S for state in states):
            found[source_id] = " ".join(f"{state.st_mtime_ns}:{state.st_size}" for state in states)
    return found


def unanswered(home: Home, now: datetime) -> dict[str, str]:
    """Return the sources that did not answer and are to be asked again now, each with when they were asked last."""
    made, again = attempts.read(home), {}
    for source_id in refresh.feeds():
        failed = attempts.failures(attempts.effective(attempts.of_source(made, source_id)))
        if not failed or failed[-1].outcome != "unreachable" or len(failed) > ASKED_AGAIN:
            continue
        if now - failed[-1].attempted_at >= FIRST_WAIT * 2 ** (len(failed) - 1):
            again[source_id] = failed[-1].attempted_at.isoformat()
    return again


def overdue(home: Home, now: datetime) -> dict[str, datetime]:
    """Return the sources that were last read longer ago than they may be, by the clock, and when that was."""
    made, late = attempts.read(home), {}
    for source_id, adapter in refresh.feeds().items():
        good = [one for one in attempts.effective(attempts.of_source(made, source_id)) if one.is_good]
        packaged = registry.packaged(adapter)
        if not good and packaged is None:
            continue  # a source that begins empty and was never asked
        read_at = good[-1].attempted_at if good or packaged is None else packaged.retrieved_at
        if now - read_at > adapter.source.stale_after:
            late[source_id] = read_at
    return late


def _late(source_id: str, read_at: datetime) -> AssetCheckEvaluation:
    limit = registry.ADAPTERS[source_id].source.stale_after.days
    return AssetCheckEvaluation(
        asset_key=snapshot(source_id),
        check_name=CURRENT,
        passed=False,
        severity=AssetCheckSeverity.WARN,
        metadata={"read_at": MetadataValue.text(f"{read_at:%Y-%m-%d}"), "limit_days": MetadataValue.int(limit)},
        description=f"not read for longer than {limit} days",
    )
