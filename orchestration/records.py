"""Dagster's records in a home: its settings, its instance, and the files into which it writes the events of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

from warehouse.connect import Home

if TYPE_CHECKING:
    from dagster import DagsterInstance

#: How the settings begin; those that do are written anew when we would set something else.
OURS = "# Written by footnote"

DAGSTER_SETTINGS = f"""\
{OURS}, and written anew with it; to set something of your own, take this line out.
# Runs are kept here, so that the web interface shows those made on the command line.
telemetry:
  enabled: false
nux:
  enabled: false
# What steps print is left where it is printed, not kept by processes beside each run: they print nothing, and what
# happened, errors with it, stands among the events of the run.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
# One run at a time, and none that was killed or cancelled stays in the way of the next.
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  poll_interval_seconds: 30
  start_timeout_seconds: 180
  cancel_timeout_seconds: 60
  max_runtime_seconds: 3600
  free_slots_after_run_end_seconds: 60
# Runs whose process died are started again if they say so; what fails in a run is not.
run_retries:
  enabled: true
  max_retries: 0
  retry_on_asset_or_op_failure: false
"""


@contextmanager
def dagster_instance(home: Home) -> Iterator[DagsterInstance]:
    """Open the home's Dagster instance, with telemetry off."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    settings = home.dagster / "dagster.yaml"
    held = settings.read_text() if settings.exists() else OURS
    if held.startswith(OURS) and held != DAGSTER_SETTINGS:
        settings.write_text(DAGSTER_SETTINGS)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ["FOOTNOTE_HOME"] = str(home.path)
    from dagster import DagsterInstance

    with DagsterInstance.from_config(str(home.dagster)) as instance:
        yield instance


@contextmanager
def records_held_open() -> Iterator[None]:
    """Keep the connections to the SQLite files into which Dagster writes the events of a run.

    Dagster makes an engine and a connection for every event: statements are compiled anew each time, and whenever the
    last connection is closed, SQLite writes its log back, syncs it and deletes it. Together that is more than half of
    what an event costs. Nor is each event synced to the disk: one that a power cut takes is not missed, since whether a
    run is done is told by the home. Records that the user keeps elsewhere are left alone.
    """
    from dagster._core.storage.event_log.sqlite import sqlite_event_log
    from sqlalchemy import Engine, QueuePool, create_engine, event

    engines: dict[str, Engine] = {}

    def kept(url: str, **settings: Any) -> Engine:
        if url not in engines:
            engines[url] = create_engine(url, **settings | {"poolclass": QueuePool})
            event.listen(engines[url], "connect", lambda file, _: file.execute("PRAGMA synchronous = NORMAL"))
        return engines[url]

    try:
        with mock.patch.object(sqlite_event_log, "create_engine", kept), mock.patch.object(Engine, "dispose"):
            yield
    finally:
        for engine in engines.values():
            engine.dispose()
