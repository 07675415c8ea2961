"""The commands of history: what was released, what moved, answers as of a date, and a release put back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration import cli
from warehouse import history, proof, release
from warehouse.connect import Home, writer
from warehouse.stages.deriving import completed

ESTIMATES = ("estimates", "gpt-4", "--format", "csv")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return how to run a command that succeeds, for what it prints."""
    monkeypatch.setenv("COLUMNS", "140")

    def run(home: Home, *arguments: str) -> str:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--home", str(home.path)])
        told = capsys.readouterr()
        assert ended.value.code in (0, None), told.err
        return told.out

    return run


@pytest.fixture(scope="module")
def moved(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a copy of the home in which GPT-4's energy was doubled for a second release."""
    copy = Home(tmp_path_factory.mktemp("moved"))
    copy.work.parent.mkdir()
    shutil.copy(home.work, copy.work)
    shutil.copy(home.release, copy.release)
    with writer(copy) as connection:
        for end in ("", "_low", "_high"):
            connection.execute(f"UPDATE estimates SET energy_kwh{end} = 2 * energy_kwh{end} WHERE model_id = 'gpt-4'")
        connection.execute("DELETE FROM table_state WHERE table_name = ?", [proof.PROVED])  # as if by another formula
        release.release(connection, copy, completed(), "another code", "another", 1)
    return copy


def first_day(moved: Home) -> str:
    """Return a time at which the first release was current."""
    return history.events(moved.release)[0].at.isoformat()


def test_as_of_gives_the_same_bytes_as_then(home: Home, moved: Home, ask: Callable[..., str]) -> None:
    then = ("--as-of", first_day(moved))
    trace = ("trace", "gpt-4", "energy_kwh", "--format", "json")
    query = ("sql", "SELECT claim_id, value FROM claim ORDER BY ALL LIMIT 99", "--format", "csv")
    for command in (ESTIMATES, ("estimates", "gpt-4"), trace, query, ("claims",)):
        told = ask(moved, *command, *then).replace(f" --as-of '{then[1]}'", "")  # in what is proposed to ask next
        assert told == ask(home, *command)
    assert ask(moved, *ESTIMATES) != ask(home, *ESTIMATES)
    today = history.events(moved.release)[-1].at.date().isoformat()
    assert ask(moved, *ESTIMATES, "--as-of", today) == ask(moved, *ESTIMATES)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2020-01-31", "no release at 2020-01-31 23:59:59; the first is of "),
        ("2999-01-01", "2999-01-01 lies in the future; today is "),
        ("31.1.2026", "'31.1.2026' is no date; write 2026-01-31, or 2026-01-31T12:00 (UTC)"),
    ],
)
def test_a_time_of_which_nothing_is_known_is_one_line(
    moved: Home, when: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*ESTIMATES, "--as-of", when, "--home", str(moved.path)])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (1, "")
    assert f"error: {said}" in told.err.replace("\n", " ")


def test_revisions_show_before_after_and_cause(home: Home, moved: Home, ask: Callable[..., str]) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(moved, "revisions", "--model", "gpt-4", "--format", "csv"))))
    before = [row["energy_kwh"] for row in csv.DictReader(io.StringIO(ask(home, *ESTIMATES)))]
    assert sorted(row["before"] for row in rows) == sorted(before)
    assert {(row["table_name"], row["column_name"], row["model_id"]) for row in rows} == {
        ("estimates", "energy_kwh", "gpt-4")
    }
    assert {row["change_percent"] for row in rows} == {"100.0"}
    shown = ask(moved, "revisions")
    assert "+100 %" in shown
    assert "→ another" in shown
    assert f"estimates {len(before)} by code" in " ".join(shown.split())
    released = history.events(moved.release)[-1]
    assert ask(moved, "revisions", "--since", released.release_id).startswith("no number moved since then")
    assert ask(moved, "revisions", "--since", "2020-01-01") == shown


def test_releases_are_listed_and_one_is_put_back(
    home: Home, moved: Home, tmp_path: Path, ask: Callable[..., str]
) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(moved.path, copy.path, ignore=shutil.ignore_patterns("work"))
    first, second = history.events(copy.release)
    listed = json.loads(ask(copy, "releases", "--format", "json"))
    assert [(row["release_id"], row["parent_id"], row["is_current"]) for row in listed] == [
        (second.release_id, first.release_id, True),
        (first.release_id, None, False),
    ]
    told = " ".join(ask(copy, "restore", first.release_id).split())
    assert f"Back to the newest: footnote restore {second.release_id}" in told
    assert ask(copy, *ESTIMATES) == ask(home, *ESTIMATES)
    shown = ask(copy, "releases").splitlines()
    assert [line.split()[0] for line in shown if line.startswith((first.release_id, second.release_id))] == [
        second.release_id,
        first.release_id,
    ]
    assert "current, restored" in " ".join(shown)
    assert "Back to" not in ask(copy, "restore", second.release_id)
    assert ask(copy, *ESTIMATES) == ask(moved, *ESTIMATES)
