"""Sources are asked at their own times: the job in this process, the sensor, killed runs, and the real daemon."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dagster import (
    AssetCheckKey,
    AssetKey,
    DagsterEventType,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    EventRecordsFilter,
    RunsFilter,
    SensorResult,
    build_sensor_context,
    job,
    op,
)
from dagster._daemon.types import DaemonHeartbeat

from orchestration import pipeline, records, refresh, schedules, switch, watch
from orchestration.commands.schedule import daemon_state
from orchestration.definitions import definitions
from sources import registry
from warehouse import attempts, findings
from warehouse.attempts import Attempt
from warehouse.connect import Home, locked
from warehouse.errors import BusyError, WarehouseError

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations

ROOT = Path(__file__).parents[2]
OWID, GSF = "owid_intensity", "gsf_regions"
WEEKLY = "refresh_0_6_any_any_1"
NOW = datetime(2027, 1, 31, 12, tzinfo=UTC)

#: A processor that other tests keep busy builds a release in two minutes; a daemon that hangs never does.
PATIENCE_S = 400


def intensities(moved: float = 0) -> bytes:
    """Return the table of countries in the publisher's own layout, its last figure moved."""
    adapter = registry.ADAPTERS[OWID]
    claims = registry.read(adapter, "baseline", registry.packaged(adapter).content).claims
    codes = {"world": "OWID_WRL", "country": "ABC", "area": ""}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Entity", "Code", "Year", "Carbon intensity of electricity - gCO2e/kWh"])
    rows = [
        [row["subject"], codes[str(row["subject_kind"])], str(row["period_start"])[:4], row["value"]]
        for row in claims.to_dict("records")
    ]
    rows[-1][-1] = float(str(rows[-1][-1])) + moved
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing of this machine in, and nothing out that opening an instance sets."""
    for name in ("DAGSTER_HOME", "FOOTNOTE_HOME"):
        monkeypatch.setenv(name, "")
    monkeypatch.delenv("FOOTNOTE_SCHEDULE", raising=False)
    for source_id in refresh.feeds():
        monkeypatch.delenv(f"FOOTNOTE_{source_id.upper()}_URL", raising=False)


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[DagsterInstance]:
    with records.dagster_instance(Home(tmp_path / "home")) as opened:
        yield opened


def latest(instance: DagsterInstance, source_id: str) -> Any:
    key = AssetCheckKey(schedules.snapshot(source_id), "is_current")
    record = instance.event_log_storage.get_latest_asset_check_execution_by_key([key])[key]
    assert record.event is not None and record.event.dagster_event is not None
    return record.event.dagster_event.asset_check_evaluation_data


def test_there_is_one_schedule_for_each_cadence_and_all_are_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(made: Definitions) -> dict[str, Any]:
        return {one.name: one for one in made.get_repository_def().schedule_defs}

    weekly = found(definitions(tmp_path))
    assert set(weekly) == {WEEKLY, "refresh_30_5_any_any_any"}
    assert weekly[WEEKLY].default_status.value == "STOPPED"
    asked = [source_id for source_ids in schedules.cadences().values() for source_id in source_ids]
    timed = [one.source for one in registry.ADAPTERS.values() if one.source.schedule != "@manual"]
    assert asked == [one.source_id for one in timed if one.source_id != "electricity_maps"]  # which needs a token

    other = registry.ADAPTERS[GSF]
    monkeypatch.setitem(registry.ADAPTERS, GSF, replace(other, source=replace(other.source, schedule="0 5 1 * *")))
    assert schedules.cadences()["0 5 1 * *"] == [GSF]
    assert len(found(definitions(tmp_path))) == 3
    monkeypatch.setenv("FOOTNOTE_SCHEDULE", "* * * * *")
    assert list(found(definitions(tmp_path))) == ["refresh_any_any_any_any_any"]
    monkeypatch.setenv("FOOTNOTE_SCHEDULE", "weekly")
    with pytest.raises(WarehouseError, match="found 'weekly', expected five fields"):
        definitions(tmp_path)


@pytest.mark.slow
def test_a_run_builds_only_what_is_new_and_one_failing_source_fails_only_its_check(
    home: Home, tmp_path: Path, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    shutil.copytree(home.path, mine.path)
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", publisher.tell("/owid.csv", publisher.answer(intensities(1))))
    monkeypatch.setenv("FOOTNOTE_GSF_REGIONS_URL", publisher.address + "/{file}")
    made = schedules.refresh_job(mine.path)
    with records.dagster_instance(mine) as instance:
        everything, builds = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION), RunsFilter(job_name="build")

        before, built = mine.release.stat().st_ino, instance.get_runs_count(builds)
        assert made.execute_in_process(instance=instance, run_config=schedules.config_of([OWID])).success
        assert mine.release.stat().st_ino != before
        assert findings.is_released(mine)
        released = instance.get_latest_materialization_event(AssetKey("release"))
        assert released is not None and released.asset_materialization is not None
        assert released.asset_materialization.metadata["new"].value is True
        assert instance.get_runs_count(builds) == built + 1
        assert instance.get_runs_count(RunsFilter(job_name="refresh")) == 1

        before, events = mine.release.stat().st_ino, len(instance.get_event_records(everything))
        result = made.execute_in_process(instance=instance, run_config=schedules.config_of([OWID, GSF]))
        assert result.success
        assert mine.release.stat().st_ino == before
        assert len(instance.get_event_records(everything)) == events
        assert instance.get_runs_count(builds) == built + 1
        assert latest(instance, OWID).passed
        failed = latest(instance, GSF)
        assert (failed.passed, failed.metadata["outcome"].value) == (False, "unreachable")
        assert "404" in failed.metadata["reason"].value


def test_a_busy_home_is_tried_again(
    home: Home, tmp_path: Path, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    shutil.copytree(home.path, mine.path)
    monkeypatch.setattr(schedules, "BUSY_WAIT_S", 0)
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", publisher.tell("/owid.csv", publisher.answer(intensities())))
    tries = []

    def run(path: Path) -> None:
        tries.append(path)
        raise BusyError("another run is writing")

    monkeypatch.setattr(pipeline, "run", run)
    made = schedules.refresh_job(mine.path)
    with records.dagster_instance(mine) as instance:
        result = made.execute_in_process(
            instance=instance, run_config=schedules.config_of([OWID]), raise_on_error=False
        )
    assert not result.success
    assert len(tries) == schedules.BUSY_TRIES + 1
    # nothing is held against the snapshot: the next build takes it
    assert [one.outcome for one in attempts.read(mine)] == ["new"] + ["unchanged"] * schedules.BUSY_TRIES


def test_the_sensor_notices_other_bytes_of_a_mirror(
    tmp_path: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "home"
    sensor = watch.watch(schedules.refresh_job(path), path)
    cursor: list[str | None] = [None]

    def tick() -> list[list[str]]:
        result = sensor(build_sensor_context(instance=instance, cursor=cursor[0]))
        assert isinstance(result, SensorResult)
        cursor[0] = result.cursor
        return [one.run_config["ops"]["ask"]["config"]["sources"] for one in result.run_requests or []]

    assert tick() == []
    mirror = tmp_path / "mirror.csv"
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", mirror.as_uri())
    assert tick() == []  # not there yet
    mirror.write_text("half")
    assert tick() == []  # written a moment ago
    os.utime(mirror, (time.time() - 60, time.time() - 60))
    assert (tick(), tick()) == ([[OWID]], [])
    mirror.write_text("whole")
    os.utime(mirror, (time.time() - 30, time.time() - 30))
    assert (tick(), tick()) == ([[OWID]], [])
    mirror.unlink()
    assert tick() == []

    years = tmp_path / "years"
    years.mkdir()
    monkeypatch.setenv("FOOTNOTE_GCP_REGION_CARBON_URL", f"{years}/{{file}}")
    first = years / registry.ADAPTERS["gcp_region_carbon"].files[0]
    first.write_text("year")
    os.utime(first, (time.time() - 60, time.time() - 60))
    assert (tick(), tick()) == ([["gcp_region_carbon"]], [])


def attempt(at: datetime, outcome: str = "unreachable") -> Attempt:
    return Attempt(OWID, at, outcome, "", "", "", "", "", "")


def test_who_did_not_answer_is_asked_again_a_few_times(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert watch.unanswered(home, NOW) == {}
    attempts.append(home, attempt(NOW))
    assert watch.unanswered(home, NOW + timedelta(minutes=59)) == {}
    assert watch.unanswered(home, NOW + timedelta(hours=1)) == {OWID: NOW.isoformat()}
    attempts.append(home, attempt(NOW + timedelta(hours=1)))
    assert watch.unanswered(home, NOW + timedelta(hours=2)) == {}
    assert set(watch.unanswered(home, NOW + timedelta(hours=3))) == {OWID}
    for hours in (3, 7):
        attempts.append(home, attempt(NOW + timedelta(hours=hours)))
    assert watch.unanswered(home, NOW + timedelta(days=3)) == {}
    attempts.append(home, attempt(NOW + timedelta(days=7), "unchanged"))
    assert watch.unanswered(home, NOW + timedelta(days=8)) == {}


def test_a_source_that_is_read_no_more_fails_its_check_once(
    tmp_path: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "home"
    limit = registry.ADAPTERS[OWID].source.stale_after
    read_at = datetime.now(UTC) - limit - timedelta(hours=1)
    monkeypatch.setattr(watch.refresh, "feeds", lambda: {OWID: registry.ADAPTERS[OWID]})
    attempts.append(Home(path), attempt(read_at, "unchanged"))
    sensor = watch.watch(schedules.refresh_job(path), path)
    first = sensor(build_sensor_context(instance=instance))
    assert isinstance(first, SensorResult)
    assert [(one.asset_key, one.passed) for one in first.asset_events] == [(schedules.snapshot(OWID), False)]
    second = sensor(build_sensor_context(instance=instance, cursor=first.cursor))
    assert isinstance(second, SensorResult)
    assert list(second.asset_events) == []


def test_a_killed_run_stands_in_nobodys_way(
    tmp_path: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")

    @op
    def nothing() -> None:
        pass

    @job
    def killed() -> None:
        nothing()

    run = instance.create_run_for_job(killed, status=DagsterRunStatus.STARTING)
    instance.report_engine_event("begun", run)
    instance.handle_new_event(_started(run.run_id))
    assert instance.get_run_by_id(run.run_id).status == DagsterRunStatus.STARTED  # type: ignore[union-attr]
    assert switch.fail_dead_runs(instance, home) == []  # it may be about to take its lock
    monkeypatch.setattr(switch, "LOCKED_BY_S", -1)
    with locked(home, "run"):
        assert switch.fail_dead_runs(instance, home) == []
    assert switch.fail_dead_runs(instance, home) == [run.run_id]
    assert instance.get_run_by_id(run.run_id).status == DagsterRunStatus.FAILURE  # type: ignore[union-attr]


def _started(run_id: str) -> Any:
    from dagster import DagsterEvent, EventLogEntry

    event = DagsterEvent(event_type_value=DagsterEventType.RUN_START.value, job_name="killed", message="")
    return EventLogEntry(
        error_info=None, level=20, user_message="", run_id=run_id, timestamp=time.time(), dagster_event=event
    )


def test_settings_of_ours_are_renewed_and_those_of_others_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    file = home.dagster / "dagster.yaml"
    home.dagster.mkdir()
    file.write_text("# Written by footnote. Of an older version.\ntelemetry:\n  enabled: false\n")
    with records.dagster_instance(home) as instance:
        assert instance.run_monitoring_enabled
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1  # type: ignore[union-attr]
        assert not instance.telemetry_enabled
    assert file.read_text() == records.DAGSTER_SETTINGS
    file.write_text("telemetry:\n  enabled: false\n")
    with records.dagster_instance(home) as instance:
        assert not instance.run_monitoring_enabled


def test_a_daemon_that_was_stopped_is_not_called_running(instance: DagsterInstance) -> None:
    """Heard of at 12:00:00; the loop of the schedules says nothing between full minutes."""
    assert switch.last_beat(instance) is None
    for kind, seconds in (("SCHEDULER", -40), ("SENSOR", 0)):
        instance.add_daemon_heartbeat(DaemonHeartbeat(NOW.timestamp() + seconds, kind, "one", []))
    beat = switch.last_beat(instance)
    assert beat == NOW
    asked = "sources are asked only while footnote dagster runs."
    assert daemon_state(beat, NOW + timedelta(seconds=59)) == "The daemon is running, last heard of 59 s ago."
    assert daemon_state(beat, NOW + timedelta(seconds=60)) == (
        f"No daemon is running; it was last heard of on 2027-01-31 at 12:00:00 UTC: {asked}"
    )
    assert daemon_state(None, NOW) == f"No daemon is running: {asked}"


@pytest.mark.slow
def test_the_daemon_releases_what_a_publisher_changed(
    home: Home, tmp_path: Path, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    shutil.copytree(home.path, mine.path)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("FOOTNOTE_SCHEDULE", "* * * * *")
    for source_id in refresh.feeds():
        monkeypatch.setenv(f"FOOTNOTE_{source_id.upper()}_URL", publisher.address + "/none/{file}")
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", publisher.tell("/owid.csv", publisher.answer(intensities(1))))
    with records.dagster_instance(mine):
        pass
    switch.switch_on(mine)
    before = mine.release.stat().st_ino
    command = [sys.executable, "-W", "ignore", "-m", "dagster._daemon", "run", "--module-name", switch.MODULE]
    log = tmp_path / "daemon.log"
    started = time.monotonic()
    with log.open("w") as file:
        daemon = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            while mine.release.stat().st_ino == before and time.monotonic() - started < PATIENCE_S:
                time.sleep(0.5)
            took = time.monotonic() - started
            assert mine.release.stat().st_ino != before, log.read_text()[-3000:]
            with records.dagster_instance(mine) as instance:
                while instance.get_runs_count(RunsFilter(statuses=[DagsterRunStatus.STARTED])):
                    assert time.monotonic() - started < PATIENCE_S, log.read_text()[-3000:]
                    time.sleep(0.5)
        finally:
            daemon.send_signal(signal.SIGINT)
            try:
                daemon.wait(30)
            finally:
                if daemon.poll() is None:
                    os.killpg(daemon.pid, signal.SIGKILL)
    print(f"the daemon released {took:.0f} s after it was started")
    assert findings.is_released(mine)
    with records.dagster_instance(mine) as instance:
        assert switch.is_on(instance)
        assert latest(instance, OWID).passed
        assert not latest(instance, GSF).passed
        switch.switch_off(mine)
        assert switch.running(instance) == set()
