"""What became of everything that a source names: every answer that the table can give is given to something here."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from warehouse.sqlmodel import SQL_FOLDER

#: Run -> outcome and reason.
RUNS = {
    "estimated": ("estimated", "by accelerator_average_power, accelerator_power"),
    "disclosed": ("estimated", "by disclosed"),
    "a name": ("not estimated", "the name means no known run"),
    "deprecated": ("not estimated", "no first-hand claim of it is usable"),
    "silent": ("not estimated", "neither energy, hardware nor compute is stated"),
    "compute-only": ("not estimated", "no hardware is stated"),
    "hours-only": ("not estimated", "no hardware is stated"),
    "tuned": ("not estimated", "hardware is stated for fine-tuning or a part of the run only"),
    "strange": ("not estimated", "hardware that no source describes: Abacus 9000"),
    "unused": ("not estimated", "neither compute nor accelerator-hours are stated"),
    "powerless": ("not estimated", "no power figure: gpu-unknown"),
    "no-average": ("not estimated", "no average power for this kind of hardware: cpu-a"),
    "no-peak": ("not estimated", "no peak rate: gpu-slow"),
}
ACCELERATORS = {
    "gpu-a": ("describes a run's hardware", "named by a run"),
    "gpu-f1": ("describes a run's hardware", "one of several that a run may have used"),
    "a chip": ("not used", "the name means no known accelerator"),
    "gpu-idle": ("not used", "no run in the table names it"),
}
OTHERS = {
    ("server", "a box"): ("not used", "the name means no known server"),
    ("server", "box"): ("describes a server", "looked up by its accelerator"),
    ("region", "place"): ("describes a place", "its PUE or grid intensity is looked up"),
    ("region", "named-only"): ("not used", "names and places only"),
    ("area", "eu"): ("not used", "a group of countries, which no run is placed in"),
    ("published_claim", "figure"): ("audited", "recomputed from its own inputs"),
}
UNKNOWN = {"subject_id": None}


@pytest.fixture(scope="module")
def ledger_of_all(ledger: Any) -> Any:
    """Return a ledger with one subject for each answer."""
    ledger.world()
    ledger.accelerator("gpu-a", tdp=400)
    ledger.accelerator("gpu-slow", tdp=400)
    ledger.accelerator("gpu-unknown", memory=16)
    ledger.accelerator("gpu-idle", tdp=300)
    ledger.accelerator("gpu-f1", "gpu-f", tdp=300, peak_flops=1e14)
    ledger.entity("accelerator", "gpu-f")
    ledger.accelerator("cpu-a", hardware_type="cpu", tdp=200, peak_flops=1e12)
    ledger.state("accelerator", "a chip", "tdp", 100, **UNKNOWN)
    ledger.run("estimated", accelerator="gpu-a", accelerator_hours=1_000)
    ledger.run("disclosed", energy=100)
    ledger.state("training_run", "a name", "training_compute", 1e20, **UNKNOWN)
    ledger.entity("training_run", "deprecated")
    ledger.state("training_run", "deprecated", "training_compute", 1e20, rank="deprecated")
    ledger.run("silent", parameters=1e9)
    ledger.run("compute-only", training_compute=1e20)
    ledger.run("hours-only", accelerator_hours=1_000)
    ledger.run("tuned", training_compute=1e20)
    ledger.state("training_run", "tuned", "accelerator", "gpu-a", boundary="fine_tuning")
    ledger.run("strange", training_compute=1e20)
    ledger.state("training_run", "strange", "accelerator", "Abacus 9000", object_id=None)
    ledger.run("unused", accelerator="gpu-f")
    ledger.run("powerless", accelerator="gpu-unknown", training_compute=1e20)
    ledger.run("no-average", accelerator="cpu-a", training_compute=1e20)
    ledger.run("no-peak", accelerator="gpu-slow", training_compute=1e20)
    ledger.state("server", "a box", "server_power", 1_000, **UNKNOWN)
    ledger.facts("server", "box", server_power=1_000)
    ledger.facts("region", "place", pue=1.1)
    ledger.facts("region", "named-only", city="Dublin")
    ledger.facts("area", "eu", grid_intensity=200)
    ledger.facts("published_claim", "figure", energy=1)
    ledger.state("world", "world", "hardware_utilization", 0.3, source_id="other")
    ledger.derive("coverage")
    return ledger


def said(ledger: Any, kind: str) -> dict[str, tuple[str, str]]:
    rows = ledger.rows(f"SELECT subject, outcome, reason FROM coverage WHERE subject_kind = '{kind}'")
    return {subject: (outcome, reason) for subject, outcome, reason in rows}


def test_every_run_is_estimated_or_says_why_not(ledger_of_all: Any) -> None:
    assert said(ledger_of_all, "training_run") == RUNS


def test_every_accelerator_says_whether_a_run_used_it(ledger_of_all: Any) -> None:
    assert {**said(ledger_of_all, "accelerator"), **ACCELERATORS} == said(ledger_of_all, "accelerator")


def test_everything_else_says_what_it_is_for(ledger_of_all: Any) -> None:
    for (kind, subject), expected in OTHERS.items():
        assert said(ledger_of_all, kind)[subject] == expected
    world = ledger_of_all.rows(
        "SELECT source_id, outcome, reason FROM coverage WHERE subject_kind = 'world' ORDER BY ALL"
    )
    assert world == [
        ("feed", "describes a place", "its PUE or grid intensity is looked up"),
        ("other", "an assumption", "used where a run is silent"),
    ]


def test_everything_named_is_in_the_table_once_for_each_source(ledger_of_all: Any) -> None:
    named = ledger_of_all.rows("SELECT DISTINCT source_id, subject_kind, subject FROM claim ORDER BY ALL")
    assert ledger_of_all.rows("SELECT source_id, subject_kind, subject FROM coverage ORDER BY ALL") == named


@pytest.mark.parametrize("file", ["runs", "hardware", "others"])
def test_every_answer_that_the_table_can_give_is_given_here(ledger_of_all: Any, file: str) -> None:
    """An answer that no case reaches would be untested, and one that none can reach would be dead."""
    tree = sqlglot.parse_one((SQL_FOLDER / "coverage" / f"{file}.sql").read_text(), dialect="duckdb")
    results = [branch.args["true"] for case in tree.find_all(exp.Case) for branch in case.args["ifs"]] + [
        case.args["default"] for case in tree.find_all(exp.Case) if case.args.get("default")
    ]
    texts = {text.this for one in results if not isinstance(one, exp.Case) for text in one.find_all(exp.Literal)}
    given = {text for row in ledger_of_all.rows("SELECT outcome, reason FROM coverage") for text in row}
    assert [text for text in sorted(texts) if not any(answer.startswith(text) for answer in given)] == []
    assert len(texts) >= 6
