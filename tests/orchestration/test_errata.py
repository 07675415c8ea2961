"""`footnote deprecate` and `footnote what-if` from the command line: what they print, move, and leave alone."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb
import pytest

from orchestration import cli, pipeline
from orchestration.commands.figures import known, known_interval
from warehouse import errata
from warehouse.connect import Home

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations

#: "90-100 days", the duration of GPT-4's run.
TARGET = "SELECT training_duration_h_claim_id FROM training_runs WHERE run_id = 'gpt-4'"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Return the output with all space made single."""
        return " ".join(self.out.split())


Command = Callable[..., Answer]


@pytest.fixture
def footnote(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command line on a home."""

    def run(home: Home, *arguments: str, width: int = 120) -> Answer:
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--home", str(home.path)])
        printed = capsys.readouterr()
        return Answer(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="module")
def spare(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Return a copy of the shared home that may be written to."""
    path = tmp_path_factory.mktemp("errata") / "home"
    shutil.copytree(home.path, path)
    yield Home(path)


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.release), read_only=True) as connection:
        return connection.execute(query).fetchall()


def hashes(home: Home) -> dict[object, object]:
    found = rows(home, """SELECT table_name, content_hash FROM release_table JOIN release USING (release_id)
        WHERE released_at = (SELECT max(released_at) FROM release)""")  # fmt: skip
    return {name: content for name, content in found if name != "deprecation"}


@pytest.mark.slow
def test_a_claim_is_marked_the_next_best_used_and_the_mark_undone(footnote: Command, spare: Home) -> None:
    before = hashes(spare)
    target = str(rows(spare, TARGET)[0][0])
    shown = footnote(spare, "deprecate", target, "--dry-run", "--limit", "3")
    assert (shown.code, errata.read(spare)) == (0, [])
    assert f"rest on claim {target}" in shown.words and "energy_kwh gpt-4" in shown.words
    waiting = footnote(spare, "deprecate", target, "--why", "no source of it is known", "--no-run")
    assert "In no table yet" in waiting.words
    assert hashes(spare) == before
    assert pipeline.run(spare.path).changed
    ((rank, flags),) = rows(spare, f"SELECT rank, flags FROM claim WHERE claim_id = {target}")
    assert rank == "deprecated" and "deprecated_here" in str(flags)
    assert rows(spare, f"SELECT count(*) FROM number_references WHERE claim_id = {target}") == [(0,)]
    assert rows(spare, "SELECT why, undone_at FROM deprecation") == [("no source of it is known", None)]
    assert not pipeline.run(spare.path).ran
    undone = footnote(spare, "deprecate", target, "--undo")
    assert undone.code == 0
    assert "best estimates have moved" in undone.words and "gpt-4" in undone.words
    assert hashes(spare) == before
    listed = list(csv.DictReader(io.StringIO(footnote(spare, "deprecate", "--list", "--format", "csv").out)))
    assert [(row["target_id"], bool(row["undone_at"])) for row in listed] == [(target, True)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["no-such-thing", "--why", "wrong"], 1, "no claim or reference 'no-such-thing'"),
        (["nvidia-dgxa100-datasheet"], 2, "say what is wrong"),
        ([], 2, "give a claim or a reference"),
        (["--undo", "nvidia-dgxa100-datasheet"], 1, "is not marked as wrong"),
    ],
)
def test_what_cannot_be_marked_says_why(
    footnote: Command, spare: Home, arguments: list[str], code: int, said: str
) -> None:
    answer = footnote(spare, "deprecate", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert said in " ".join(answer.err.replace("│", " ").split())


def test_all_numbers_as_data(footnote: Command, spare: Home) -> None:
    answer = footnote(spare, "deprecate", "nvidia-dgxa100-datasheet", "--dry-run", "--format", "json")
    found = json.loads(answer.out)
    assert len(found) > 1_000
    assert {"table_name", "row_id", "model_id", "method", "column_name", "value", "low", "high", "unit"} <= found[
        0
    ].keys()


def test_what_if_shows_both_and_whose_each_input_is(footnote: Command, home: Home) -> None:
    answer = footnote(home, "what-if", "gpt-4", "--region", "azure/canadaeast", "--pue", "1.1", "--duration", "95d")
    # 25,000 / 8 x 6.5 kW x 95 x 24 h x 1.1 = 50,943,750 kWh at nameplate; x 20 g = 1,018.875 t
    for text in ("50,943,750", "1,019", "yours: 95 d", "yours: 1.1", "region = azure/canadaeast", '"6.5 kW max"'):
        assert text in answer.words
    assert (answer.code, answer.err) == (0, "")
    assert not (home.path / "own").exists()
    (made,) = json.loads(
        footnote(home, "what-if", "gpt-4", "--pue", "1.1", "--method", "server_average_power", "--format", "json").out
    )["estimates"]
    shown = footnote(home, "what-if", "gpt-4", "--pue", "1.1", "--method", "server_average_power")
    for side in ("released", "what_if"):
        row = {name.removeprefix(f"{side}_"): value for name, value in made.items()}
        assert known(row, "energy_kwh") in shown.words
        assert known_interval(row, "emissions_tco2e") in shown.words
    narrow = footnote(home, "what-if", "gpt-4", "--pue", "1.1", width=80).out
    assert max(len(line) for line in narrow.splitlines()) <= 80
    assert "\N{HORIZONTAL ELLIPSIS}" not in narrow
    assert "50,895,000 - 56,550,000" in narrow
    assert "40,772,511" not in shown.words.partition("emissions_tco2e of")[0]  # digits that nobody knows


def test_what_if_as_data(footnote: Command, home: Home) -> None:
    arguments = ["what-if", "gpt-4", "--duration", "90-100 d", "--set", "pue=1.1", "--method", "server_power"]
    made = json.loads(footnote(home, *arguments, "--format", "json").out)
    assert [(one["input"], one["said"]) for one in made["yours"]] == [("duration_h", "90-100 d"), ("pue", "1.1")]
    (estimate,) = made["estimates"]
    assert estimate["what_if_energy_kwh_low"] == pytest.approx(25_000 / 8 * 6.5 * 2_160 * 1.1)
    assert estimate["what_if_energy_kwh_high"] == pytest.approx(25_000 / 8 * 6.5 * 2_400 * 1.1)
    assert "'yours': '90-100 d'" in str(made["traces"])
    (row,) = csv.DictReader(io.StringIO(footnote(home, *arguments, "--format", "csv").out))
    assert float(row["energy_kwh_factor"]) == pytest.approx(
        estimate["what_if_energy_kwh"] / estimate["released_energy_kwh"]
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gpt-4"], 2, "at least one input"),
        (["gpt-4", "--set", "pue"], 2, "expected INPUT=VALUE"),
        (["gpt-44", "--pue", "1.1"], 1, "unknown model 'gpt-44'"),
        (["gpt-44"], 1, "unknown model 'gpt-44'; nearest: gpt-4"),
        (["gpt-4", "--duration", "95"], 1, "expected a unit with it, as '95 h' or another that converts to h"),
        (["gpt-4", "--region", "azure/canadaest"], 1, "azure/canadaeast"),
        (["gpt-4", "--duration", "3 kg"], 1, "does not convert"),
        (["gpt-4", "--pue", "1.1", "--method", "guess"], 1, "unknown method 'guess'"),
    ],
)
def test_what_cannot_be_asked_says_why(
    footnote: Command, home: Home, arguments: list[str], code: int, said: str
) -> None:
    answer = footnote(home, "what-if", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert said in " ".join(answer.err.replace("│", " ").split())
