"""Settling: corrections hold while their error is found, flags say what is wrong, twice is the same as once."""

from __future__ import annotations

from typing import Any

import pytest

WRONG = {
    "subject_kind": "accelerator",
    "subject": "a100",
    "quantity": "tdp",
    "value": "300",
    "unit": "W",
    "reported_text": "300",
}
REPLACE = {
    "source_id": "feed",
    "subject_kind": "accelerator",
    "subject": "a100",
    "quantity": "tdp",
    "expected_text": "300",
    "action": "replace",
    "value": "400",
    "unit": "W",
    "reported_text": "400 W",
    "basis": "datasheet",
    "reference_id": "sheet",
    "locator": "page 1",
    "reason": "misprint",
}
DEPRECATE = {**REPLACE, "action": "deprecate", "value": "", "unit": "", "reported_text": "", "basis": ""}
RANKS = "SELECT source_id, value, rank, flags, subject_id FROM claim ORDER BY source_id DESC"


def test_a_correction_deprecates_the_error_and_states_the_right_figure(bench: Any) -> None:
    bench.put(WRONG)
    bench.correct(REPLACE)
    assert bench.rows(RANKS) == [
        ("feed", 300.0, "deprecated", "corrected", "a100"),
        ("corrections", 400.0, "normal", None, "a100"),
    ]
    assert bench.rows("SELECT status, expected_text, found_text, action, reason FROM correction") == [
        ("applied", "300", "300", "replace", "misprint")
    ]


def test_a_deprecation_states_no_figure(bench: Any) -> None:
    bench.put(WRONG)
    bench.correct(DEPRECATE)
    assert bench.rows("SELECT source_id, value, rank FROM claim ORDER BY ALL") == [
        ("corrections", None, "normal"),
        ("feed", 300.0, "deprecated"),
    ]


def test_a_correction_is_retired_when_the_publisher_repairs_the_error(bench: Any) -> None:
    bench.put(WRONG)
    bench.correct(REPLACE)
    bench.put({**WRONG, "value": "400", "reported_text": "400"}, day="2026-01-02")
    bench.correct(REPLACE)
    assert bench.rows("SELECT status, found_text FROM correction") == [("retired", "400")]
    current = "SELECT source_id, value, rank FROM claim WHERE superseded_at IS NULL ORDER BY source_id DESC"
    assert bench.rows(current) == [("feed", 400.0, "normal"), ("corrections", 400.0, "deprecated")]


def test_a_correction_is_retired_when_the_row_is_gone(bench: Any) -> None:
    bench.put({**WRONG, "subject": "dgx"})
    bench.correct(REPLACE)
    assert bench.rows("SELECT status, found_text FROM correction") == [("retired", None)]
    assert bench.rows("SELECT rank FROM claim ORDER BY source_id DESC") == [("normal",), ("deprecated",)]


@pytest.mark.parametrize("rank", ["normal", "preferred"])
def test_withdrawing_a_correction_gives_the_stated_rank_back(bench: Any, rank: str) -> None:
    bench.put({**WRONG, "rank": rank})
    bench.correct(REPLACE)
    bench.correct()
    assert bench.rows("SELECT rank, flags FROM claim WHERE source_id = 'feed'") == [(rank, None)]
    assert bench.rows("SELECT count(*) FROM correction") == [(0,)]


@pytest.mark.parametrize(
    ("guard", "hit"),
    [
        ({}, {300.0, 301.0}),
        ({"qualifier": "x"}, {301.0}),
        ({"scope_note": "gpu"}, {300.0}),
        ({"period_start": "2020-01-01"}, {300.0}),
        ({"quantity": "average_power"}, set()),
        ({"expected_text": "30"}, set()),
    ],
)
def test_a_guard_hits_only_what_it_names(bench: Any, guard: dict[str, str], hit: set[float]) -> None:
    bench.put(
        {**WRONG, "scope_note": "gpu", "period_start": "2020-01-01", "period_end": "2020-12-31"},
        {**WRONG, "value": "301", "qualifier": "x"},
    )
    bench.correct({**REPLACE, **guard})
    found = bench.rows("SELECT value FROM claim WHERE source_id = 'feed' AND rank = 'deprecated'")
    assert {row[0] for row in found} == hit


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        (WRONG, None),
        ({**WRONG, "value": "3001"}, "implausible"),
        ({**WRONG, "value": "0.5"}, "implausible"),
        ({**WRONG, "reference_id": None, "citation": "eGRID"}, "broken_chain"),
        ({**WRONG, "reference_id": None, "citation": "eGRID 2019"}, None),
        ({**WRONG, "reference_id": None, "flags": "uncited"}, "uncited"),
        (
            {**WRONG, "value": "0.5", "reference_id": None, "flags": "short_row;uncited"},
            "implausible;short_row;uncited",
        ),
    ],
)
def test_flags(bench: Any, line: dict[str, Any], flags: str | None) -> None:
    bench.put(line)
    bench.correct()
    assert bench.rows("SELECT flags FROM claim") == [(flags,)]


def test_settling_twice_changes_nothing(bench: Any) -> None:
    bench.put(WRONG, {**WRONG, "value": "3001", "qualifier": "x", "reference_id": None, "citation": "eGRID"})
    bench.correct(REPLACE)
    before = [bench.rows(f"FROM {table} ORDER BY ALL") for table in ("claim", "correction", "entity", "reference")]
    bench.correct(REPLACE)
    assert [
        bench.rows(f"FROM {table} ORDER BY ALL") for table in ("claim", "correction", "entity", "reference")
    ] == before


def test_regions_that_a_source_defines_are_named_by_it_and_go_with_it(bench: Any) -> None:
    named = {"subject_kind": "region", "subject": "azure/West", "quantity": "place_name", "object": "West US"}
    plain = {
        "subject_kind": "region",
        "subject": "azure/East",
        "quantity": "grid_intensity",
        "value": "1",
        "unit": "g/kWh",
    }
    bench.put(named, plain)
    bench.correct()
    regions = "SELECT entity_id, name, part_of FROM entity WHERE kind = 'region' ORDER BY entity_id"
    assert bench.rows(regions) == [("azure/east", "east", "azure"), ("azure/west", "West US", "azure")]
    bench.put(plain, day="2026-01-02")
    bench.correct()
    assert bench.rows(regions) == [("azure/east", "east", "azure")]
