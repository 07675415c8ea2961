"""Turn schedules and sensor on and off in a home, and clear away runs whose process is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from orchestration import records
from warehouse.connect import Home, locked
from warehouse.errors import BusyError, WarehouseError

#: Where Dagster finds the definitions, and the name of the one sensor.
MODULE, SENSOR = "orchestration.definitions", "watch"

#: A run that started so long ago holds a lock, or its process is gone.
LOCKED_BY_S = 120


def fail_dead_runs(instance: DagsterInstance, home: Home) -> list[str]:
    """Mark runs as failed whose process was killed, so that none waits for them; return their ids.

    A run that works holds a lock, which the system frees with its process; Dagster would wait for its time limit.
    """
    begun = RunsFilter(statuses=[DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING])
    limit = time.time() - LOCKED_BY_S
    dead = [record for record in instance.get_run_records(begun) if (record.start_time or time.time()) < limit]
    if not dead:
        return []
    try:
        with locked(home, "refresh"), locked(home, "run"), locked(home, "writer"):
            for record in dead:
                instance.report_run_failed(record.dagster_run, "The process of this run is gone.")
    except BusyError:
        return []
    return [record.dagster_run.run_id for record in dead]


def is_on(instance: DagsterInstance) -> bool:
    """Tell whether the home's schedules and sensor are turned on."""
    return SENSOR in running(instance)


def running(instance: DagsterInstance) -> set[str]:
    """Return the names of the schedules and sensors that are turned on."""
    return {state.name for state in instance.all_instigator_state() if state.is_running}


def switch_on(home: Home) -> None:
    """Turn on every schedule and the sensor, by Dagster's own commands: only they know how it tells places of code.

    Raises: WarehouseError with what they say, if they fail.
    """
    switch_off(home)  # a cadence that is no more leaves nothing behind
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "dagster", kind, "start", "--start-all", "--module-name", MODULE],
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for kind in ("schedule", "sensor")
    ]
    said = [process.communicate()[0] for process in begun]
    for process, text in zip(begun, said, strict=True):
        if process.returncode:
            raise WarehouseError(f"the schedules of {home.path} could not be turned on: {text.strip()[-500:]}")


def switch_off(home: Home) -> None:
    """Turn off every schedule and the sensor."""
    with records.dagster_instance(home) as instance:
        for state in instance.all_instigator_state():
            if state.is_running and state.name == SENSOR:
                instance.stop_sensor(state.instigator_origin_id, state.selector_id, None)
            elif state.is_running:
                instance.stop_schedule(state.instigator_origin_id, state.selector_id)


def last_beat(instance: DagsterInstance) -> datetime | None:
    """Return when Dagster's daemon last said that it is alive, None if it never did.

    It is several loops in one process; that of the schedules alone is heard of only once a minute.
    """
    beats = [beat.timestamp for beat in instance.get_daemon_heartbeats().values()]
    return datetime.fromtimestamp(max(beats), UTC) if beats else None
