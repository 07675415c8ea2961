"""A user's own runs from the command line: kept whole or not at all, in the tables with all others, and removable."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import cli, pipeline
from sources import registry
from warehouse import archive, own, own_checks
from warehouse.connect import Home, locked, writer
from warehouse.stages import loading

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations

HEADER = "run,accelerator,accelerator_count,training_duration,energy,energy_includes_pue,grid_intensity,trained_until"
RUNS = f"""{HEADER},model,citation,uncited
night,A100 SXM4 80GB,8,100 h,,,,2024-05,,https://lab.example/night,
metered,,,,420 kWh,yes,50,2024-05,,,yes
again,H100,8,100 h,,,,2024-05,GPT-4,"Lab report, 2025",
"""
CODECARBON = """timestamp,project_name,run_id,duration,emissions,energy_consumed,gpu_count,gpu_model,pue,country_name
2024-05-31T12:00:00,bert,r1,7200,0.3,1.5,1,Apple M1,1.0,France
"""


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def footnote(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command line on a home."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(home: Home, *arguments: object) -> Answer:
        with pytest.raises(SystemExit) as ended:
            cli.main([*map(str, arguments), "--home", str(home.path)])
        printed = capsys.readouterr()
        return Answer(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def claims_of(home: Home) -> list[dict[str, Any]]:
    """Load the user's table as a build does, and return its claims."""
    with writer(home) as connection:
        loading.names(connection)
        loading.snapshot(connection, home, own.ADAPTER)
        loading.claims(connection, home, own.ADAPTER)
        rows = connection.execute("SELECT * FROM claim WHERE source_id = 'own_runs' ORDER BY subject, quantity")
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def test_added_runs_are_claims_marked_as_the_user_s(footnote: Command, empty: Home, tmp_path: Path) -> None:
    path = put(tmp_path, "my runs.csv", RUNS)
    answer = footnote(empty, "add", path, "--no-run")
    assert answer.code == 0, answer.err
    assert "added: 3 runs (night, metered, again)" in answer.out
    assert "again: counts as a run of the model gpt-4" in answer.out
    claims = claims_of(empty)
    assert {claim["subject_id"] for claim in claims} == {"own-night", "own-metered", "own-again"}
    assert all("own" in claim["flags"].split(";") for claim in claims)
    found = {(claim["subject_id"], claim["quantity"]): claim for claim in claims}
    assert found["own-night", "accelerator"]["object_id"] == "nvidia-a100-sxm4-80gb"
    assert found["own-night", "training_duration"]["value"] == 100
    assert found["own-night", "training_duration"]["reported_text"] == "100 h"
    assert found["own-night", "accelerator"]["reference_id"].startswith("cited-")
    assert found["own-metered", "energy"]["reference_id"] == "own-runs"
    assert found["own-metered", "energy"]["locator"] == "my runs.csv line 3, column energy"
    assert found["own-night", "model"]["object_id"] == "night"
    assert archive.load(empty.archive, archive.digest(path.read_bytes())) == path.read_bytes()


def test_no_path_of_the_machine_is_kept(footnote: Command, empty: Home, tmp_path: Path) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    claims_of(empty)
    with duckdb.connect(str(empty.work)) as connection:
        assert connection.execute("SELECT url, origin FROM snapshot").fetchall() == [("own/runs.csv", "file")]
    assert str(tmp_path) not in (empty.path / own.TABLE).read_text()


def test_codecarbon_s_units_convert(footnote: Command, empty: Home, tmp_path: Path) -> None:
    answer = footnote(empty, "add", put(tmp_path, "emissions.csv", CODECARBON), "--no-run")
    assert answer.code == 0, answer.err
    assert "not known, kept as it is written: accelerator 'Apple M1' (1 runs)" in answer.out
    found = {claim["quantity"]: claim for claim in claims_of(empty)}
    # 7,200 s = 2 h; 0.3 kg = 0.0003 t
    assert [found[name]["value"] for name in ("energy", "training_duration")] == [1.5, 2.0]
    assert found["emissions"]["value"] == pytest.approx(0.0003, rel=1e-12)
    assert found["developer_country"]["object_id"] == "fr"
    assert (found["accelerator"]["object"], found["accelerator"]["object_id"]) == ("Apple M1", None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,Quantum Zorblax 9,8,100 h,,,,,,y,", "column accelerator: found 'Quantum Zorblax 9'"),
        ("x,A100 SXM4 80G,8,100 h,,,,,,y,", "Nearest: nvidia-a100-sxm4-80gb"),
        ("x,A100,8,100 kg,,,,,,y,", "column training_duration: found '100 kg'; expected a figure in h"),
        ("x,A100,0,100 h,,,,,,y,", "column accelerator_count: found '0'; expected 1 to 1e+06"),
        ("x,A100,8,100 h,,,9000,,,y,", "column grid_intensity: found '9000'; expected 0 to 1500 g/kWh"),
        ("x,A100,8,100 h,,,,,,,", "column citation: found ''"),
    ],
)
def test_a_bad_row_refuses_the_whole_file(footnote: Command, empty: Home, tmp_path: Path, row: str, said: str) -> None:
    good, bad = "ok,A100,8,100 h,,,,,,y,\n", f"{row}\n"
    answer = footnote(empty, "add", put(tmp_path, "my.csv", f"{RUNS.splitlines()[0]}\n{good}{bad}"))
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.startswith("error: my.csv: nothing was added; 1 to mend:\n  line 3, ")
    assert said in answer.err
    assert not (empty.path / own.TABLE).exists()


def test_every_problem_is_told_at_once_and_what_was_there_stays(footnote: Command, empty: Home, tmp_path: Path) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    before = (empty.path / own.TABLE).read_bytes()
    rows = "a,B9,8,1 h,,,,,,y,\nb,A100,8,1 g,,,,,,y,\nnight,A100,8,x,,,,,,y,\n"
    answer = footnote(empty, "add", put(tmp_path, "other.csv", f"{RUNS.splitlines()[0]}\n{rows}"), "--no-run")
    assert answer.code == 1
    for place in ("line 2, column accelerator", "line 3, column training_duration", "line 4, column training_duration"):
        assert place in answer.err
    assert "line 4, column run: found 'night'; expected another name than that of 'night' from my.csv" in answer.err
    assert (empty.path / own.TABLE).read_bytes() == before


def test_a_region_must_be_its_provider_s(footnote: Command, empty: Home, tmp_path: Path) -> None:
    header = "run,energy,provider,region,citation\n"
    for row, said in (
        ("x,5,azure,aws/us-east-1,y", "expected a region of azure"),
        ("x,5,aws,us-eats-1,y", "Nearest: aws/us-east-1"),
        ("x,5,Our cellar,,y", "found 'Our cellar'; expected a provider that is known"),
    ):
        assert said in footnote(empty, "add", put(tmp_path, "my.csv", header + row + "\n")).err
    assert footnote(empty, "add", put(tmp_path, "my.csv", header + "x,5,AWS,us-east-1,y\n"), "--no-run").code == 0
    (region,) = [claim for claim in claims_of(empty) if claim["quantity"] == "region"]
    assert (region["object_id"], region["reported_text"]) == ("aws/us-east-1", "us-east-1")


def test_a_run_has_one_name(footnote: Command, empty: Home, tmp_path: Path) -> None:
    text = "run,energy,citation\nMy run,5,y\nmy-run,6,y\n"
    answer = footnote(empty, "add", put(tmp_path, "my.csv", text))
    assert "line 3, column run: found 'my-run'; expected another name than that of line 2" in answer.err


def test_a_run_never_takes_the_place_of_a_published_one(footnote: Command, empty: Home, tmp_path: Path) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", "run,energy,citation\ngpt-4,5,y\n"), "--no-run")
    found = {claim["quantity"]: claim for claim in claims_of(empty)}
    assert found["energy"]["subject_id"] == "own-gpt-4"
    assert found["model"]["object_id"] == "own-gpt-4"


def test_the_same_file_twice_changes_nothing_and_a_changed_row_is_updated(
    footnote: Command, empty: Home, tmp_path: Path
) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    before = (empty.path / own.TABLE).read_bytes()
    answer = footnote(empty, "add", tmp_path / "my.csv", "--no-run")
    assert "unchanged: 3 runs" in answer.out
    assert (empty.path / own.TABLE).read_bytes() == before
    claims_of(empty)
    answer = footnote(empty, "add", put(tmp_path, "my.csv", RUNS.replace("420", "430")), "--no-run")
    assert "updated: 1 run (metered)" in answer.out
    energy = [claim for claim in claims_of(empty) if claim["quantity"] == "energy"]
    assert sorted((claim["value"], claim["superseded_at"] is None) for claim in energy) == [(420, False), (430, True)]


@pytest.mark.parametrize("asked", ["my.csv", "night", "own-night", "NIGHT"])
def test_removed_runs_are_superseded_and_adding_brings_them_back(
    footnote: Command, empty: Home, tmp_path: Path, asked: str
) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    claims_of(empty)
    assert footnote(empty, "remove", asked, "--no-run").code == 0
    night = [claim for claim in claims_of(empty) if claim["subject_id"] == "own-night"]
    assert night
    assert all(claim["superseded_at"] is not None for claim in night)
    footnote(empty, "add", tmp_path / "my.csv", "--no-run")
    current = [claim for claim in claims_of(empty) if claim["superseded_at"] is None]
    assert {claim["subject_id"] for claim in current} == {"own-night", "own-metered", "own-again"}


def test_what_is_not_there_cannot_be_removed(footnote: Command, empty: Home, tmp_path: Path) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    answer = footnote(empty, "remove", "nigth")
    assert (answer.code, answer.out) == (1, "")
    assert "no file or run of yours is called 'nigth'; nearest: night" in answer.err


def test_two_at_once_the_second_is_told(footnote: Command, empty: Home, tmp_path: Path) -> None:
    path = put(tmp_path, "my.csv", RUNS)
    with locked(empty, "own"):
        answer = footnote(empty, "add", path)
    assert answer.code == 1
    assert "another run is writing" in answer.err
    assert not (empty.path / own.TABLE).exists()


def test_a_clock_set_back_does_not_bring_back_what_was_replaced(footnote: Command, empty: Home, tmp_path: Path) -> None:
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    table = empty.path / own.TABLE
    dated = own.payload(empty).retrieved_at
    table.write_text(table.read_text().replace(f"{dated:%Y}-", "2099-", 1))
    footnote(empty, "remove", "night", "--no-run")
    assert own.payload(empty).retrieved_at.year == 2099


def test_own_lists_them(footnote: Command, empty: Home, tmp_path: Path) -> None:
    assert "no run of your own" in footnote(empty, "own").out
    footnote(empty, "add", put(tmp_path, "my.csv", RUNS), "--no-run")
    rows = list(csv.DictReader(footnote(empty, "own", "--format", "csv").out.splitlines()))
    assert [(row["run"], row["file"], row["line"], row["in_release"]) for row in rows] == [
        ("night", "my.csv", "2", "False"), ("metered", "my.csv", "3", "False"), ("again", "my.csv", "4", "False"),
    ]  # fmt: skip
    assert "not built yet" in footnote(empty, "own").out


def test_the_packaged_table_is_empty_and_loads() -> None:
    packaged = registry.packaged(own.ADAPTER)
    assert len(registry.read(own.ADAPTER, packaged.origin, packaged.content).claims) == 0


def test_every_known_name_means_something() -> None:
    for kind in own_checks.KNOWN:
        assert len(own_checks.known(kind)) > 10
    assert ("aws/us-east-1", "aws/us-east-1") in own_checks.known("region")


@pytest.mark.skipif("FOOTNOTE_UPSTREAM_DIR" not in os.environ, reason="needs the publisher's own file")
def test_codecarbon_s_own_example_is_added(footnote: Command, empty: Home) -> None:
    answer = footnote(empty, "add", Path(os.environ["FOOTNOTE_UPSTREAM_DIR"]) / "codecarbon/emissions.csv", "--no-run")
    assert answer.code == 0, answer.err
    assert "added: 18 runs" in answer.out
    assert len(claims_of(empty)) == 162


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Build a home with own runs in it; the tests below change it one after the other."""
    home = Home(tmp_path_factory.mktemp("own"))
    own.add(home, "my.csv", RUNS.encode())
    own.add(home, "emissions.csv", CODECARBON.encode())
    pipeline.run(home.path)
    yield home


def estimates(home: Home) -> dict[tuple[str, str], dict[str, Any]]:
    with duckdb.connect(str(home.release), read_only=True) as connection:
        rows = connection.execute("SELECT * FROM estimates WHERE starts_with(run_id, 'own-')")
        names = [column[0] for column in rows.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return {(row["run_id"], row["method"]): row for row in found}


@pytest.mark.slow
def test_own_runs_are_estimated_like_all_others(footnote: Command, built: Home) -> None:
    found = estimates(built)
    # 420 kWh with the overhead in it, x 50 g = 21 kg = 0.021 t
    metered = found["own-metered", "disclosed"]
    assert metered["energy_kwh"] == 420
    assert metered["emissions_tco2e"] == pytest.approx(0.021, rel=1e-12)
    # 8 x 100 h x 400 W = 320 kWh
    assert found["own-night", "accelerator_power"]["it_energy_kwh"] == pytest.approx(320, rel=1e-12)
    # 1.5 kWh at the tracker's PUE of 1
    tracked = found["own-bert-r1", "disclosed"]
    assert (tracked["it_energy_kwh"], tracked["energy_kwh"]) == (1.5, 1.5)
    rows = {row["run"]: row for row in json.loads(footnote(built, "own", "--format", "json").out)}
    assert {run: row["in_release"] for run, row in rows.items()} == dict.fromkeys(
        ["night", "metered", "again", "bert r1"], True
    )
    assert rows["metered"]["energy_kwh"] == 420


@pytest.mark.slow
def test_a_trace_of_an_own_run_ends_in_the_user_s_file(footnote: Command, built: Home) -> None:
    answer = footnote(built, "trace", "metered", "energy_kwh")
    assert answer.code == 0, answer.err
    for text in ('"420 kWh"', "my.csv line 3, column energy", "own_runs line", "own"):
        assert text in answer.out


@pytest.mark.slow
def test_a_change_alone_makes_a_new_release_and_a_second_run_none(footnote: Command, built: Home) -> None:
    first = pipeline.current_release(built)
    answer = footnote(built, "remove", "metered")
    assert answer.code == 0, answer.err
    assert "Release " in answer.out
    assert pipeline.current_release(built) != first
    assert ("own-metered", "disclosed") not in estimates(built)
    report = pipeline.run(built.path)
    assert (report.ran, report.changed) == (False, False)
    with duckdb.connect(str(built.release), read_only=True) as connection:
        rows = connection.execute(
            "SELECT superseded_at IS NOT NULL FROM claim WHERE subject_id = 'own-metered' AND quantity = 'energy'"
        ).fetchall()
    assert rows == [(True,)]
