"""Faults of all kinds, injected into runs of a small installation: the last release survives, the next run recovers.

Each fault happens in a process of its own; what is wrapped and what is done to a home is in `faults/`. An upstream
that answers 429, 500, slowly or never is tested in `tests/sources/test_fetch.py`, one source that fails beside others
that do not in `tests/orchestration/test_refresh.py`. With FOOTNOTE_SLOW=1, as in CI, every write of a run is a point
at which it is killed, and refreshes are twenty; otherwise one or two of each kind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
#: What is gone through at the same time.
SHARED_OUT = ("kills,kills_by_the_clock,kills_of_a_recovery,torn_lines,full_disks", "readers,others,damage")

Scenarios = Mapping[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def scenarios() -> Iterator[Scenarios]:
    """Run all scenarios, in memory where there is a disk of that kind."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(prefix="footnote-faults-", dir=place) as folder:
        command = [sys.executable, "-m", "tests.warehouse.faults.driver", folder, *SHARED_OUT]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
    yield {one["name"]: one["faults"] for one in map(json.loads, made.stdout.splitlines())}


@pytest.mark.parametrize(
    ("name", "at_least"),
    [
        ("kills", 6),
        ("kills_by_the_clock", 1),
        ("kills_of_a_recovery", 1),
        ("full_disks", 3),
        ("damage", 7),
        ("torn_lines", 200),
        ("others", 7),
        ("readers", 1),
    ],
)
def test_the_last_release_survives_and_the_next_run_recovers(
    scenarios: Scenarios, name: str, at_least: int, record_property: Callable[[str, object], None]
) -> None:
    faults = scenarios[name]
    bad = [f"{fault['what']}: {fault['problem']}" for fault in faults if fault["problem"]]
    lost = sum(fault["lost"] for fault in faults)
    record_property("points injected", len(faults))
    record_property("faults survived", len(faults) - len(bad))
    record_property("numbers lost", lost)
    assert bad == []
    assert lost == 0
    assert len(faults) >= at_least
