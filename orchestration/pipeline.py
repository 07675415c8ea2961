"""Run the whole pipeline as one in-process Dagster job, or not at all when nothing has changed."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.records import dagster_instance, records_held_open
from sources.errors import SourceError
from warehouse import archive, errata, findings, own
from warehouse.aside import aside
from warehouse.connect import Home, discard, is_damage, locked, reader
from warehouse.current import is_whole, recover
from warehouse.errors import AlteredError, ArchiveError, WarehouseError
from warehouse.expectations import engine
from warehouse.read import DatabaseError
from warehouse.stages import releasing
from warehouse.version import code_version

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class RunReport:
    """What a run did.

    changed: whether there is a new release. ran: whether the job was executed at all.
    written: the tables that were written. numbers: how many were proved.
    """

    changed: bool
    ran: bool
    release_id: str
    release_path: Path
    numbers: int
    seconds: float
    written: tuple[str, ...]
    warnings: int


@dataclass(frozen=True)
class Current:
    """The current release: what it was made by, how many numbers were proved for it, and what it rests on.

    snapshots: the names of their bytes in the archive. warnings: how many of its expectations fail.
    """

    release_id: str
    code_version: str
    numbers: int
    snapshots: Sequence[str]
    warnings: int


def current_release(home: Home) -> Current | None:
    """Return the current release; None without a readable one."""
    if not home.release.exists():
        return None
    try:
        with reader(home) as connection:
            rows = connection.execute("""
                SELECT release_id, code_version, numbers,
                    (SELECT coalesce(list(DISTINCT snapshot_id ORDER BY snapshot_id), []) FROM snapshot),
                    (SELECT count(*) FROM validation_result WHERE NOT is_success)
                FROM release ORDER BY released_at DESC LIMIT 1
            """).fetchall()
    except DatabaseError:
        return None
    return Current(*rows[0]) if rows else None


def run(path: Path, progress: Progress | None = None) -> RunReport:
    """Build and release what has changed in a home.

    progress: called after each asset with its name, how many are done, and how many there are.
    Raises: WarehouseError or SourceError of the step that failed; the current release stays as it is.
    """
    home = Home(path.absolute())
    started = time.monotonic()
    with locked(home, "run"):  # before Dagster's own files are touched, which two runs cannot make at once
        return _run(home, progress, started)


def _run(home: Home, progress: Progress | None, started: float) -> RunReport:
    recover(home)
    held = current_release(home) if is_whole(home) else None
    is_same = held is not None and held.code_version == code_version() and _is_same(home)
    if held and is_same and _archive_is_whole(home, held):
        return _report(home, held, started)
    try:
        written = _run_job(home, progress)
    except Exception as error:
        cause = _cause(error)
        if not (is_damage(cause) or isinstance(cause, AlteredError)):
            raise cause from error
        discard(home)
        written = _run_job(home, progress)
    made = current_release(home)
    if made is None:
        raise WarehouseError(f"{home.release}: the run ended without a release")
    _verify_archive(home, made)  # bundled bytes were stored again; what cannot be had again is an error
    is_new = held is None or made.release_id != held.release_id
    return replace(_report(home, made, started), changed=is_new, ran=True, written=written)


def _report(home: Home, current: Current, started: float) -> RunReport:
    """Return the report of a run after which this release is current; as it is, of one that had nothing to do."""
    seconds = time.monotonic() - started
    shown = (current.release_id, home.release, current.numbers, seconds)
    return RunReport(False, False, *shown, written=(), warnings=current.warnings)


def _is_same(home: Home) -> bool:
    """Tell whether the current release and its pictures hold all that a build would read; a damaged one does not."""
    parts = (own.is_released, findings.is_released, errata.is_released, releasing.is_drawn)
    try:
        return all(part(home) for part in parts)
    except DatabaseError:
        return False


def _archive_is_whole(home: Home, current: Current) -> bool:
    try:
        _verify_archive(home, current)
    except ArchiveError:
        return False
    return True


def _verify_archive(home: Home, current: Current) -> None:
    """Read the bytes of every released snapshot.

    Raises: ArchiveError naming the file that is missing or not what its name says.
    """
    for snapshot_id in current.snapshots:
        archive.load(home.archive, snapshot_id)


def _run_job(home: Home, progress: Progress | None) -> tuple[str, ...]:
    """Execute the job in this process and return the assets that wrote something."""
    aside().prepare(engine.WORKER)  # it imports what is slow while other work goes on
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dagster and its libraries warn of their own deprecations
        with dagster_instance(home) as instance:
            from dagster import logger
            from dagster._core.utils import make_new_run_id

            from orchestration.definitions import BUILD, definitions

            handler = _AssetHandler(progress)

            @logger
            def footnote(_context: object) -> logging.Logger:
                quiet = logging.Logger("footnote")
                quiet.addHandler(handler)
                return quiet

            job = definitions(home.path, loggers={"footnote": footnote}).resolve_job_def(BUILD)
            handler.assets = len(set(job.asset_layer.executable_asset_keys))
            run_id = make_new_run_id()
            try:
                with records_held_open():
                    result = job.execute_in_process(
                        instance=instance, run_id=run_id, run_config={"loggers": {"footnote": {}}}
                    )
            except Exception as error:
                raise _cause(error) from error
    return tuple(
        event.step_materialization_data.materialization.asset_key.to_user_string()
        for event in result.get_asset_materialization_events()
        if getattr(event.step_materialization_data.materialization.metadata.get("written"), "value", False)
    )


def _cause(error: BaseException) -> BaseException:
    """Return the error that stands behind what Dagster raised: our own, the database's or the system's, else it."""
    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or found.__context__
    for kinds in ((WarehouseError, SourceError), (DatabaseError,), (OSError,)):
        for one in chain:
            if isinstance(one, kinds):
                return one
    if full := next((one for one in chain if "disk is full" in str(one) or "disk I/O error" in str(one)), None):
        return OSError(errno.ENOSPC, f"{os.strerror(errno.ENOSPC)} (Dagster's records: {full})".splitlines()[0])
    return error


class _AssetHandler(logging.Handler):
    """Tell progress of each asset that Dagster says has been materialized."""

    def __init__(self, progress: Progress | None) -> None:
        super().__init__()
        self.progress, self.assets, self.done = progress, 0, 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record if it is the materialization of an asset."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is not None and event.event_type_value == "ASSET_MATERIALIZATION":
            self.done += 1
            if self.progress is not None:
                self.progress(event.asset_key.to_user_string(), self.done, self.assets)


def open_dagster(path: Path, port: int) -> int:
    """Serve Dagster's own web interface and run its daemon until either ends or is stopped; return the exit code."""
    home = Home(path.absolute())
    with dagster_instance(home) as instance:
        from orchestration import switch

        switch.fail_dead_runs(instance, home)
        is_renewed = switch.is_on(instance)
    if is_renewed:  # sources that came since, or a cadence that was changed
        switch.switch_on(home)
    command = [sys.executable, "-m", "dagster", "dev", "--module-name", switch.MODULE, "--port", str(port)]
    # Where interrupts are ignored, as in what a script starts in the background, Dagster ignores requests to end too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, env=os.environ) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())  # it stops what it started; alone it would stay
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it was interrupted too, and is let end in order
                continue
