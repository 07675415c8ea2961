"""A user's errata: the history in the home, what settling makes of it, and what rests on a claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from warehouse import errata, resting
from warehouse.connect import Home, locked
from warehouse.errors import LoadError, NotFoundError, WarehouseError
from warehouse.read import release

WRONG = {"subject_kind": "accelerator", "subject": "a100", "quantity": "tdp", "value": "300", "unit": "W",
         "reported_text": "300"}  # fmt: skip
REPLACE = {
    "source_id": "feed", "subject_kind": "accelerator", "subject": "a100", "quantity": "tdp", "expected_text": "300",
    "action": "replace", "value": "400", "unit": "W", "reported_text": "400 W", "basis": "datasheet",
    "reference_id": "sheet", "locator": "page 1", "reason": "misprint",
}  # fmt: skip
DEPRECATE = {**REPLACE, "action": "deprecate", "value": "", "unit": "", "reported_text": "", "basis": ""}
RANKS = "SELECT value, rank, flags FROM claim WHERE source_id = 'feed' ORDER BY value"
OTHER = {**WRONG, "value": "400", "reported_text": "400", "scope_note": "another sheet"}


def mark(bench: Any, kind: str, target: object, undone: str | None = None) -> None:
    bench.connection.execute(
        "INSERT INTO deprecation VALUES (?, ?, 'misread', '2026-01-01', ?)", [kind, str(target), undone]
    )


def claim_id(bench: Any, value: float) -> int:
    return int(bench.rows(f"SELECT claim_id FROM claim WHERE source_id = 'feed' AND value = {value}")[0][0])


def test_a_marked_claim_is_left_out_and_the_next_best_used(bench: Any) -> None:
    bench.put(WRONG, OTHER)
    mark(bench, "claim", claim_id(bench, 300))
    bench.correct()
    assert bench.rows(RANKS) == [(300.0, "deprecated", "deprecated_here"), (400.0, "normal", None)]


def test_a_marked_reference_takes_all_its_claims_with_it(bench: Any) -> None:
    bench.put(WRONG, {**OTHER, "reference_id": "feed-itself"})
    mark(bench, "reference", "sheet")
    bench.correct()
    assert bench.rows(RANKS) == [(300.0, "deprecated", "deprecated_here"), (400.0, "normal", None)]


@pytest.mark.parametrize("rank", ["normal", "preferred"])
def test_undoing_gives_the_stated_rank_back(bench: Any, rank: str) -> None:
    bench.put({**WRONG, "rank": rank})
    mark(bench, "claim", claim_id(bench, 300))
    bench.correct()
    bench.correct()  # settling twice is the same as once
    bench.connection.execute("UPDATE deprecation SET undone_at = '2026-01-02'")
    bench.correct()
    assert bench.rows(RANKS) == [(300.0, rank, None)]
    assert bench.rows("FROM stated_rank") == []


@pytest.mark.parametrize("correction", [REPLACE, DEPRECATE])
def test_a_mark_and_a_correction_of_one_claim_end_each_on_its_own(bench: Any, correction: dict[str, str]) -> None:
    bench.put({**WRONG, "rank": "preferred"})
    bench.correct(correction)
    mark(bench, "claim", claim_id(bench, 300))
    bench.correct(correction)
    assert bench.rows(RANKS) == [(300.0, "deprecated", "corrected;deprecated_here")]
    bench.connection.execute("DELETE FROM deprecation")
    bench.correct(correction)
    assert bench.rows(RANKS) == [(300.0, "deprecated", "corrected")]
    mark(bench, "claim", claim_id(bench, 300))
    bench.correct(correction)
    bench.correct()
    assert bench.rows(RANKS) == [(300.0, "deprecated", "deprecated_here")]
    bench.connection.execute("DELETE FROM deprecation")
    bench.correct()
    assert bench.rows(RANKS) == [(300.0, "preferred", None)]


def test_a_correction_may_be_marked_as_wrong_itself(bench: Any) -> None:
    bench.put(WRONG)
    bench.correct(REPLACE)
    ((correcting,),) = bench.rows("SELECT claim_id FROM claim WHERE source_id = 'corrections'")
    mark(bench, "claim", correcting)
    bench.correct(REPLACE)
    assert bench.rows("SELECT rank FROM claim") == [("deprecated",), ("deprecated",)]


def test_the_history_keeps_what_was_undone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert errata.read(home) == []
    errata.add(home, "reference", "sheet", " misread,  by\nthem ")
    with pytest.raises(LoadError, match="marked as wrong since"):
        errata.add(home, "reference", "sheet", "again")
    assert errata.undo(home, "sheet").why == "misread, by them"
    errata.add(home, "reference", "sheet", "after all")
    errata.add(home, "claim", "12", "typing error")
    assert [(one.target_id, one.why, one.is_in_force) for one in errata.read(home)] == [
        ("sheet", "misread, by them", False), ("sheet", "after all", True), ("12", "typing error", True),
    ]  # fmt: skip
    text = (home.path / errata.FILE).read_text()
    assert text.splitlines()[0] == "target_kind,target_id,why,deprecated_at,undone_at"
    assert [path.name for path in (home.path / "own").iterdir()] == ["deprecations.csv"]


def test_undoing_what_is_not_marked_names_the_nearest(tmp_path: Path) -> None:
    home = Home(tmp_path)
    errata.add(home, "reference", "sheet", "misread")
    with pytest.raises(NotFoundError, match=r"nearest: sheet\. Marked: sheet"):
        errata.undo(home, "sheat")
    with pytest.raises(LoadError, match="no reason"):
        errata.add(home, "claim", "12", " ")


def test_nothing_is_marked_while_a_run_reads(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with locked(home, "run"), pytest.raises(WarehouseError, match="another run"):
        errata.add(home, "claim", "12", "misread")
    assert errata.read(home) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("claim,twelve,w,2026-01-01T00:00:00Z,", "line 2: found claim 'twelve'"),
        ("book,sheet,w,2026-01-01T00:00:00Z,", "found book 'sheet'"),
        ("claim,12,,2026-01-01T00:00:00Z,", "found no reason"),
        ("claim,12,w,yesterday,", "deprecated_at: found 'yesterday'"),
        ("claim,12,w,,", "found no deprecated_at"),
    ],
)
def test_a_history_that_was_damaged_by_hand_says_where(tmp_path: Path, line: str, said: str) -> None:
    home = Home(tmp_path)
    (home.path / "own").mkdir()
    (home.path / errata.FILE).write_text(f"{','.join(errata.COLUMNS)}\n{line}\n")
    with pytest.raises(LoadError, match=said):
        errata.read(home)


def test_every_number_that_rests_on_a_claim_is_found(home: Home) -> None:
    with release(home) as opened:
        kind, target = errata.resolve(opened, "nvidia-dgxa100-datasheet")
        assert (kind, target) == ("reference", "nvidia-dgxa100-datasheet")
        rows = resting.numbers(opened, kind, target).records()
        expected = opened.rows(
            "SELECT DISTINCT table_name, row_id, column_name FROM number_references WHERE reference_id = ?", [target]
        ).values
        assert {(row["table_name"], row["row_id"], row["column_name"]) for row in rows} == set(expected)
        assert len(rows) == len(expected)
        assert rows[0]["table_name"] == "estimates" and rows[0]["column_name"] == "energy_kwh"
        gpt4 = next(row for row in rows if row["model_id"] == "gpt-4" and row["method"] == "server_power")
        assert gpt4["low"] <= gpt4["value"] <= gpt4["high"]


def test_what_a_claim_decides_without_being_a_number_is_told(home: Home) -> None:
    with release(home) as opened:
        ((claim,),) = opened.rows("SELECT accelerator_claim_id FROM training_runs WHERE run_id = 'gpt-4'").values
        assert "accelerator of gpt-4 (training_runs)" in resting.choices(opened, "claim", str(claim))


def test_a_target_that_is_none_names_the_nearest(home: Home) -> None:
    with release(home) as opened:
        with pytest.raises(NotFoundError, match="nearest: nvidia-dgxa100-datasheet"):
            errata.resolve(opened, "nvidia-dgxa10-datasheet")
        (row,) = opened.rows("""
            SELECT source_id || ':' || source_row, min(claim_id), count(*) FROM claim WHERE superseded_at IS NULL
            GROUP BY ALL HAVING count(*) = 1 ORDER BY ALL LIMIT 1""").values
        assert errata.resolve(opened, row[0]) == ("claim", str(row[1]))


def test_a_release_without_marks_is_of_a_home_without_a_history(home: Home, tmp_path: Path) -> None:
    assert errata.is_released(home)
    other = Home(tmp_path)
    other.release.symlink_to(home.release)
    errata.add(other, "claim", "12", "misread")
    assert not errata.is_released(other)
