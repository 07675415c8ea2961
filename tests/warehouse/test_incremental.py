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
from warehouse import stages
from warehouse.connect import Home
from warehouse.derive import content_hash
from warehouse.plans import plans

Build = Callable[..., dict[str, stages.Outcome]]

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
        return {name: content_hash(connection, name) for name in plans(stages.completed())}


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
