"""A run of the whole job: what Dagster keeps of it, what a second run does, what a failing one leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import pipeline, records
from tests.conftest import copied, made_by
from warehouse import proof, release
from warehouse.connect import Home, locked
from warehouse.derive import content_hash
from warehouse.errors import TraceError, WarehouseError
from warehouse.plans import plans
from warehouse.stages.deriving import completed

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations


#: Builds a home as the job does, with its sources in reverse and without Dagster or checks.
IN_REVERSE = """
import sys
from pathlib import Path
from pytest_socket import disable_socket
from sources import registry
from tests.warehouse.faults import small
from warehouse.connect import Home
from warehouse.version import code_version
disable_socket(allow_unix_socket=True)
registry.ADAPTERS = dict(reversed(registry.ADAPTERS.items()))
small.build(Home(Path(sys.argv[1])), code_version())
"""


@pytest.fixture(scope="module")
def ran(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a copy of the home that all tests share, which tests here may change."""
    return copied(home, tmp_path_factory.mktemp("pipeline"))


def first(ran: Home) -> dict[str, Any]:
    """Return what the run that made the home reported."""
    report: dict[str, Any] = json.loads((ran.path / "report.json").read_text())
    return report


def test_the_run_releases_and_tells_progress(ran: Home) -> None:
    report = first(ran)
    assert report["changed"] is True
    steps = report["steps"]
    assert steps[-1][1] == steps[-1][2] == len(steps)
    assert ran.release.exists()
    assert {path.name for path in ran.pictures.iterdir()} == {
        f"{name}.{kind}" for name in ("emissions_by_region", "energy_gpt3_gpt4") for kind in ("svg", "png")
    }


def test_dagster_keeps_rows_schema_column_lineage_and_checks(ran: Home) -> None:
    with records.dagster_instance(ran) as instance:
        from dagster import AssetKey, DagsterEventType, EventRecordsFilter

        event = instance.get_latest_materialization_event(AssetKey("estimates"))
        assert event is not None and event.asset_materialization is not None
        metadata = event.asset_materialization.metadata
        with duckdb.connect(str(ran.release), read_only=True) as connection:
            rows = connection.execute("SELECT count(*) FROM estimates").fetchall()[0][0]
        assert metadata["dagster/row_count"].value == rows
        columns = {column.name: column for column in metadata["dagster/column_schema"].value.columns}
        assert columns["energy_kwh"].description == "[kWh] it_energy_kwh * pue | facility_energy_kwh"
        lineage = metadata["dagster/column_lineage"].value.deps_by_column["emissions_tco2e"]
        assert {(dep.asset_key.to_user_string(), dep.column_name) for dep in lineage} == {
            ("estimates", "energy_kwh"),
            ("run_intensity", "grid_intensity_g_per_kwh"),
        }
        checks = instance.get_event_records(EventRecordsFilter(DagsterEventType.ASSET_CHECK_EVALUATION))
        assert len(checks) > 20


@pytest.mark.slow
def test_another_process_and_order_give_the_same_tables(ran: Home, tmp_path: Path) -> None:
    other = made_by(IN_REVERSE, tmp_path, PYTHONHASHSEED="4711")
    with (
        duckdb.connect(str(ran.release), read_only=True) as ours,
        duckdb.connect(str(other.release), read_only=True) as theirs,
    ):
        for name in (*release.CLAIMED, *release.LINEAGE, *plans(completed())):
            assert content_hash(ours, name) == content_hash(theirs, name), name


def test_a_second_run_writes_nothing(ran: Home) -> None:
    before = ran.release.stat()
    report = pipeline.run(ran.path)
    assert (report.changed, report.release_id, report.written) == (False, first(ran)["release_id"], ())
    after = ran.release.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("step", ["loading.names", pytest.param("deriving.proved", marks=pytest.mark.slow)])
def test_a_failing_run_names_the_cause_and_leaves_the_release(
    ran: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = ran.release.read_bytes()

    def fail(*_: object) -> int:
        raise TraceError("estimates.energy_kwh, row 1: planted")

    monkeypatch.setattr(pipeline, "code_version", lambda: "another")
    monkeypatch.setattr(f"warehouse.stages.{step}", fail)
    with pytest.raises(TraceError, match="planted"):
        pipeline.run(ran.path)
    assert ran.release.read_bytes() == before


@pytest.mark.parametrize("name", ["run", "writer"])
def test_two_runs_at_once_the_second_is_told(ran: Home, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(pipeline, "code_version", lambda: "another")
    with locked(ran, name), pytest.raises(WarehouseError, match="another run is writing"):
        pipeline.run(ran.path)


@pytest.mark.slow
def test_two_runs_at_once_into_a_fresh_home(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "orchestration.cli", "run", "--home", str(tmp_path / "fresh")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate()[1] for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 1], told
    assert any("another run is writing" in text and "Traceback" not in text for text in told)


@pytest.mark.slow
def test_a_damaged_archive_is_noticed_and_stored_again(ran: Home) -> None:
    damaged = next(path for path in sorted(ran.archive.rglob("*")) if path.is_file())
    whole = damaged.read_bytes()
    damaged.write_bytes(whole + b"x")
    report = pipeline.run(ran.path)
    assert report.ran
    assert report.release_id == first(ran)["release_id"]
    assert damaged.read_bytes() == whole


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="cannot be written"):
        pipeline.run(tmp_path / "file")


def test_an_altered_release_is_noticed(ran: Home, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(ran.release.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        assert proof.verify(connection, completed()) == first(ran)["numbers"]
        connection.execute("UPDATE estimates SET method = 'guess' WHERE run_id = 'gpt-4' AND method = 'server_power'")
        with pytest.raises(TraceError, match="not what was released: estimates"):
            proof.verify(connection, completed())
