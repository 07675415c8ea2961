"""Building again writes nothing; one changed fact rewrites what depends on it and nothing else."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from sources import registry
from sources.model import Adapter, Payload
from warehouse.connect import Home, writer
from warehouse.derive import content_hash
from warehouse.errors import SqlModelError
from warehouse.plans import plans
from warehouse.stages import deriving
from warehouse.steps import Outcome

Build = Callable[..., dict[str, Outcome]]

#: What states a power of the accelerator that is changed here, or picks among claims, or reads accelerators.
REWRITTEN = {
    "snapshot/hardware",
    "claims/hardware",
    "claim",
    "usable_claims",
    "chosen_claims",
    "chosen_facts",
    "accelerators",
    "run_energy",
}
#: Reads no claims, and nothing that came out different.
KEPT = {
    "names",
    "run_years",
    "accelerator_time",
    "equivalences",
    "estimates_by_region",
    "comparisons",
    "lineage",
    *(
        f"{step}/{source_id}"
        for step in ("snapshot", "claims")
        for source_id in registry.ADAPTERS
        if source_id != "hardware"
    ),
}


@pytest.fixture
def copy(home: Home, tmp_path: Path) -> Home:
    copied = Home(tmp_path)
    shutil.copytree(home.archive, copied.archive)
    copied.work.parent.mkdir()
    shutil.copy(home.work, copied.work)
    return copied


def hashes(home: Home) -> dict[str, tuple[str, int]]:
    with duckdb.connect(str(home.work), read_only=True) as connection:
        return {name: content_hash(connection, name) for name in plans(deriving.completed())}


def test_a_second_build_writes_nothing(copy: Home, again: Build) -> None:
    assert {step for step, outcome in again(copy).items() if outcome.changed} == set()


def test_one_changed_figure_rewrites_what_depends_on_it(
    copy: Home, again: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(copy)
    packaged = registry.packaged

    def changed(adapter: Adapter) -> Payload:
        payload = packaged(adapter)
        if adapter.source.source_id != "hardware":
            return payload
        line = b"accelerator,nvidia-c2050,tdp,238,W,,238 W"
        assert payload.content.count(line) == 1
        content = payload.content.replace(line, line.replace(b"238", b"239"))
        return dataclasses.replace(payload, content=content, retrieved_at=payload.retrieved_at + timedelta(days=1))

    monkeypatch.setattr(registry, "packaged", changed)
    written = {step for step, outcome in again(copy).items() if outcome.changed}
    assert written >= REWRITTEN
    assert written & KEPT == set()
    after = hashes(copy)
    assert {name for name in after if after[name] != before[name]} == {"accelerators", "disagreement"}
    with duckdb.connect(str(copy.work), read_only=True) as connection:
        assert connection.execute("""
            SELECT value, superseded_at IS NULL FROM claim WHERE subject = 'nvidia-c2050' AND quantity = 'tdp'
            ORDER BY value""").fetchall() == [(238.0, False), (239.0, True)]
        assert connection.execute(
            "SELECT tdp_w FROM accelerators WHERE accelerator_id = 'nvidia-c2050'"
        ).fetchall() == [(239.0,)]


def test_a_bundled_table_is_what_it_is_on_disk_however_often_it_changed_on_one_day(
    copy: Home, again: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = registry.packaged
    watts = [b"238 W"]

    def edited(adapter: Adapter) -> Payload:
        payload = packaged(adapter)
        if adapter.source.source_id != "hardware":
            return payload
        line = b"accelerator,nvidia-c2050,tdp,238,W,,238 W"
        now = line.replace(b"238 W", watts[0]).replace(b"238", watts[0].split()[0])
        return dataclasses.replace(payload, content=payload.content.replace(line, now))

    monkeypatch.setattr(registry, "packaged", edited)
    for figure in (120, 130, 140, 150, 130, 238):
        watts[0] = f"{figure} W".encode()
        again(copy)
        with duckdb.connect(str(copy.work), read_only=True) as connection:
            assert connection.execute(
                "SELECT value FROM claim WHERE subject = 'nvidia-c2050' AND quantity = 'tdp' AND superseded_at IS NULL"
            ).fetchall() == [(figure,)]
            assert connection.execute(
                "SELECT tdp_w FROM accelerators WHERE accelerator_id = 'nvidia-c2050'"
            ).fetchall() == [(figure,)]


def test_all_tables_are_built_each_after_what_it_reads(copy: Home) -> None:
    before = hashes(copy)
    with writer(copy) as connection:
        connection.execute("DELETE FROM table_state WHERE table_name IN (FROM sql_model SELECT table_name)")
        built = list(deriving.all_derived(connection))
    names = [name for name, _ in built]
    assert sorted(names) == sorted(deriving.completed())
    assert all(outcome.changed for _, outcome in built)
    for name, one in deriving.completed().items():
        assert all(names.index(other) < names.index(name) for other in one.model.reads if other in names)
    assert hashes(copy) == before


def test_a_table_that_fails_stops_those_that_read_it(copy: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    derived, begun = deriving.derived, []

    def failing(connection: duckdb.DuckDBPyConnection, name: str) -> Outcome:
        begun.append(name)
        if name == "training_runs":
            raise SqlModelError("training_runs: planted")
        return derived(connection, name)

    monkeypatch.setattr(deriving, "derived", failing)
    with writer(copy) as connection, pytest.raises(SqlModelError, match="planted"):
        list(deriving.all_derived(connection))
    readers = {name for name, one in deriving.completed().items() if "training_runs" in one.model.reads}
    assert "run_compute" in readers
    assert readers.isdisjoint(begun)
