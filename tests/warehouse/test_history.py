"""History: a later snapshot closes what it replaces, and every past state can be asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
import pytest

FIRST, SECOND, THIRD = (datetime(2026, 1, day) for day in (1, 2, 3))
STORY = "SELECT value, first_seen_at, superseded_at FROM claim ORDER BY first_seen_at, value"


def watts(text: str, **change: Any) -> dict[str, Any]:
    return {"value": text, "unit": "W", "reported_text": f"{text} W", **change}


def as_of(bench: Any, day: datetime) -> set[float]:
    rows = bench.connection.execute(
        "SELECT value FROM claim WHERE first_seen_at <= ? AND coalesce(superseded_at > ?, true)", [day, day]
    ).fetchall()
    return {row[0] for row in rows}


def test_a_changed_value_supersedes_the_former_one(bench: Any) -> None:
    bench.put(watts("400"))
    bench.put(watts("500"), day="2026-01-02")
    assert bench.rows(STORY) == [(400.0, FIRST, SECOND), (500.0, SECOND, None)]
    assert len(bench.rows("SELECT DISTINCT series_id FROM claim")) == 1
    assert len(bench.rows("SELECT DISTINCT snapshot_id FROM claim")) == 2
    assert as_of(bench, FIRST) == {400.0}
    assert as_of(bench, SECOND) == {500.0}


def test_a_removed_row_is_closed_and_kept(bench: Any) -> None:
    bench.put(watts("400"), watts("500", qualifier="x"))
    bench.put(watts("400"), day="2026-01-02")
    assert bench.rows(STORY) == [(400.0, FIRST, None), (500.0, FIRST, SECOND)]


def test_what_comes_back_is_a_claim_of_its_own(bench: Any) -> None:
    bench.put(watts("400"))
    bench.put(watts("500"), day="2026-01-02")
    bench.put(watts("400", locator="page 2"), day="2026-01-03")
    assert bench.rows(STORY) == [(400.0, FIRST, SECOND), (500.0, SECOND, THIRD), (400.0, THIRD, None)]
    assert len(bench.rows("SELECT DISTINCT claim_id FROM claim")) == 3
    assert [as_of(bench, day) for day in (FIRST, SECOND, THIRD)] == [{400.0}, {500.0}, {400.0}]


def test_a_claim_that_stays_keeps_the_day_on_which_it_was_first_seen(bench: Any) -> None:
    bench.put(watts("400"))
    bench.put(watts("400"), watts("500", qualifier="x"), day="2026-01-02")
    assert bench.rows(STORY) == [(400.0, FIRST, None), (500.0, SECOND, None)]


@pytest.mark.parametrize("change", [{"basis": "measured"}, {"reported_text": "0.4 kW"}, {"rank": "deprecated"}])
def test_other_words_for_the_same_number_supersede_too(bench: Any, change: dict[str, str]) -> None:
    bench.put(watts("400"))
    bench.put(watts("400", **change), day="2026-01-02")
    assert [row[1:] for row in bench.rows(STORY)] == [(FIRST, SECOND), (SECOND, None)]


def test_snapshots_kept_in_another_order_tell_the_same_story(bench: Any) -> None:
    bench.put(watts("500"), day="2026-01-02")
    bench.put(watts("400"), day="2026-01-01")
    assert bench.rows(STORY) == [(400.0, FIRST, SECOND), (500.0, SECOND, None)]


@pytest.mark.parametrize(
    "impossible",
    [
        "low = 500",
        "high = 300",
        "value = 'inf', high = 'inf'",
        "unit = NULL",
        "object = 'x'",
        "value = NULL",
        "basis = 'guessed'",
        "rank = 'best'",
        "source_row = 0",
        "reference_id = NULL",
        "locator = NULL",
        "snapshot_id = NULL",
        "reported_text = NULL",
    ],
)
def test_the_claim_table_itself_refuses_the_impossible(bench: Any, impossible: str) -> None:
    bench.put(watts("400"))
    with pytest.raises(duckdb.ConstraintException):
        bench.connection.execute(f"UPDATE claim SET {impossible}")
