"""A user's files: what each cell becomes, what is refused and where, and what CodeCarbon's lines mean."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sources import own_cells, own_files
from sources.errors import FormatError
from sources.own_claims import place_of
from warehouse.vocabulary import quantities

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def read(name: str, text: str) -> own_files.OwnFile:
    return own_files.read_file(name, text.encode())


def facts(file: own_files.OwnFile, run: str) -> dict[str, dict[str, Any]]:
    claims = file.claims[file.claims["subject"] == f"own/{run}"]
    assert claims["quantity"].is_unique
    return {str(row["quantity"]): row for row in claims.to_dict("records")}  # type: ignore[misc]


def told(file: own_files.OwnFile) -> list[str]:
    return [str(problem) for problem in file.problems]


@pytest.mark.parametrize(
    ("column", "cell", "found"),
    [
        ("training_duration", "95 d", {"value": "95", "unit": "d"}),
        ("training_duration", "90-100 days", {"low": "90", "high": "100", "unit": "days"}),
        ("training_duration", "90 to 100", {"low": "90", "high": "100", "unit": "h"}),
        ("energy", "6.5 MWh", {"value": "6.5", "unit": "MWh"}),
        ("energy", "1,287", {"value": "1287", "unit": "kWh"}),
        ("energy", "1e-5", {"value": "0.00001", "unit": "kWh"}),
        ("emissions", "552.1 tCO2e", {"value": "552.1", "unit": "t"}),
        ("grid_intensity", "56 g CO2eq/kWh", {"value": "56", "unit": "g/kWh"}),
        ("accelerator_hours", "3,311,616 GPU hours", {"value": "3311616", "unit": "hours"}),
        ("hardware_utilization", "40 %", {"value": "40", "unit": "percent"}),
        ("parameters", "7B", {"value": "7E+9", "unit": "1"}),
        ("training_tokens", "1.5-2 trillion", {"low": "1.5E+12", "high": "2E+12", "unit": "1"}),
        ("training_compute", "3.14e23 FLOP", {"value": "3.14E+23", "unit": "FLOP"}),
    ],
)
def test_numbers_with_and_without_units(column: str, cell: str, found: dict[str, str]) -> None:
    read_as = own_cells.figure(column, cell)
    assert read_as.pop("unit") == found.pop("unit")
    assert {name: float(str(end)) for name, end in read_as.items()} == {name: float(end) for name, end in found.items()}


@pytest.mark.parametrize(
    "cell", ["-5", "about 5", "1,5", "12.5.1", "5 (see notes)", "9-7 d", "5 W; 6 W", "1e999", "", "5 kWh**99"]
)
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"number|range|unit"):
        own_cells.figure("energy", cell)


def test_bare_numbers_are_in_the_units_of_the_vocabulary() -> None:
    assert {column: quantities()[column].unit for column in own_cells.NUMBERS} == own_cells.NUMBERS
    assert all(quantities()[quantity].kind == "entity" for quantity in own_cells.THINGS.values())


def test_the_columns_are_documented() -> None:
    page = (EXAMPLES.parent / "own-runs.md").read_text()
    listed = {word for line in page.splitlines() if line.startswith("| `") for word in line.split("|")[1].split("`")}
    assert set(own_cells.COLUMNS) == {word for word in listed if word.strip(" ,")}


def test_the_examples_read_and_say_the_same_of_the_run_in_both() -> None:
    files = [own_files.read_file(path.name, path.read_bytes()) for path in sorted(EXAMPLES.iterdir())]
    assert [file.name for file in files] == ["my_runs.csv", "my_runs.yaml"]
    assert [told(file) for file in files] == [[], []]
    table, listed = facts(files[0], "bert-nightly"), facts(files[1], "bert-nightly-yaml")
    same = ("value", "low", "high", "unit", "object", "reported_text", "period_start", "period_end", "citation")
    for quantity in ("accelerator", "accelerator_count", "training_duration", "developer_country"):
        assert [table[quantity][name] for name in same] == [listed[quantity][name] for name in same]


def test_a_claim_keeps_the_cell_its_place_and_the_row_s_citation() -> None:
    file = read("a b.csv", "run,energy,pue,citation,locator,basis\nx,90-100 kWh,1.1,https://a.example,p. 3,measured\n")
    energy = facts(file, "x")["energy"]
    assert [energy[name] for name in ("low", "high", "unit", "reported_text")] == ["90", "100", "kWh", "90-100 kWh"]
    assert (energy["citation"], energy["reference_id"], energy["flags"]) == ("https://a.example", None, "own")
    assert (energy["basis"], energy["source_row"]) == ("measured", 2)
    assert energy["locator"] == "a b.csv line 2, column energy; p. 3"
    assert place_of(energy["locator"]) == ("a b.csv", 2, "energy")
    assert facts(file, "x")["model"]["object"] == "x"


def test_uncited_must_be_said_and_is_flagged() -> None:
    for text in ("run,energy,citation\nx,5,uncited\n", "run,energy,uncited\nx,5,yes\n"):
        energy = facts(read("a.csv", text), "x")["energy"]
        assert (energy["citation"], energy["reference_id"], energy["flags"]) == (None, "own-runs", "own;uncited")
    assert "line 2, column citation: found ''" in told(read("a.csv", "run,energy\nx,5\n"))[0]


@pytest.mark.parametrize(("answer", "boundary"), [("yes", "pue_included"), ("no", "pue_excluded"), ("", None)])
def test_whether_pue_is_in_the_energy(answer: str, boundary: str | None) -> None:
    file = read("a.csv", f"run,energy,energy_includes_pue,citation\nx,5,{answer},y 2025\n")
    assert facts(file, "x")["energy"]["boundary"] == boundary


def test_months_and_years_are_periods() -> None:
    file = read("a.csv", "run,trained_from,trained_until,citation\nx,2024,2025-02,y 2025\n")
    period = facts(file, "x")["trained_in"]
    assert (period["period_start"], period["period_end"]) == ("2024-01-01", "2025-02-28")
    assert period["reported_text"] == "2024 to 2025-02"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,five,,y", "line 2, column energy: found 'five'; expected a number from 0 up"),
        ("x,5,2025-13,y", "line 2, column trained_until: found '2025-13'; expected a date"),
        (",5,,y", "line 2, column run: found ''; expected a name"),
        ("x,,,y", "line 2: found nothing about the run; expected at least one fact"),
        ("x,5,", "line 2: found 3 cells; expected 4"),
        ('x,5,,"y\nz"', "line 2, column citation: found 'y\\nz'; expected one line of text"),
    ],
)
def test_a_bad_row_is_told_with_line_and_column(row: str, said: str) -> None:
    file = read("a.csv", f"run,energy,trained_until,citation\n{row}\n")
    assert any(problem.startswith(said) for problem in told(file)), told(file)


def test_all_problems_are_told_at_once() -> None:
    file = read("a.csv", "run,energy,pue,citation\nx,five,1.1,y\nz,5,one,\n")
    assert [(problem.line, problem.column) for problem in file.problems] == [(2, "energy"), (3, "citation"), (3, "pue")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("run,acelerator,citation\nx,A100,y\n", "found a column 'acelerator'"),
        ("energy,citation\n5,y\n", "found no column run"),
        ("run;energy;citation\nx;5;y\n", "expected cells parted by commas"),
        ("run,energy,citation\n", "found no run; expected at least one"),
    ],
)
def test_a_wrong_header_is_refused_before_the_rows(text: str, said: str) -> None:
    (problem,) = told(read("a.csv", text))
    assert said in problem


@pytest.mark.parametrize("content", [b"", b"\xff\xfer\x00u\x00n\x00", b"<html></html>", b'run,energy\n"x,5\n'])
@pytest.mark.parametrize("name", ["a.csv"])
def test_what_is_no_table_is_refused_by_name(name: str, content: bytes) -> None:
    with pytest.raises(FormatError, match=r"a\.csv"):
        own_files.read_file(name, content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("runs: 5\n", "line 1: found no list"),
        ("- run: x\n  energy: [1, 2]\n  citation: y\n", "line 2, column energy: found a list or mapping"),
        ("- run: x\n  energy: 5\n  energy: 6\n  citation: y\n", "line 3, column energy: found the key twice"),
        ("- run: x\n  enrgy: 5\n  citation: y\n", "line 2: found a key 'enrgy'"),
        ("- just words\n", "line 1: found 'just words'"),
        ("- run: 'x\n", "expected well-formed YAML"),
        ("[" * 5000, "expected well-formed YAML"),
    ],
)
def test_wrong_yaml_is_told_with_its_line(text: str, said: str) -> None:
    assert any(said in problem for problem in told(read("a.yaml", text)))


def test_yaml_values_are_kept_as_they_are_written() -> None:
    file = read("a.yml", "- run: 007\n  energy: 1e3\n  trained_until: 2025-01-31\n  server: ~\n  uncited: yes\n")
    stated = facts(file, "007")
    assert stated["energy"]["reported_text"] == "1e3"
    assert stated["trained_in"]["reported_text"] == "2025-01-31"
    assert "server" not in stated


HEADER = (
    "timestamp,project_name,run_id,duration,emissions,energy_consumed,gpu_count,gpu_model,pue,on_cloud,"
    "cloud_provider,cloud_region,country_name,tracking_mode"
)
CODECARBON = f"""{HEADER}
2025-03-01T12:00:00,bert,r1,3600.2,0.15,0.75,8,8 x NVIDIA A100-SXM4-80GB,1.2,Y,gcp,us-central1,,machine
2025-03-01T13:00:01,bert,r1,7200.9,0.3,1.5,8,8 x NVIDIA A100-SXM4-80GB,1.2,Y,gcp,us-central1,,machine
2025-03-02T00:10:00,bert,,1200,0.01,0.2,,,1.0,N,,,France,process
2025-03-02T00:20:00,bert,,1800,,,,,1.0,N,,,France,process
"""


def test_codecarbon_totals_of_one_start_are_one_run() -> None:
    file = read("emissions.csv", CODECARBON)
    assert file.is_tracked
    assert told(file) == []
    assert set(file.claims["subject"]) == {"own/bert r1", "own/bert 2025-03-01T23:50:00"}
    assert file.notices == (
        "earlier totals of the run on line 3, not counted again: line 2",
        "no energy, so not taken: line 5 (run bert 2025-03-01T23:50:00)",
    )
    run = facts(file, "bert r1")
    assert [run["energy"][name] for name in ("value", "unit", "basis", "boundary")] == [
        "1.5", "kWh", "calculated", "pue_included",
    ]  # fmt: skip
    assert [run["emissions"][name] for name in ("value", "unit")] == ["0.3", "kg"]
    assert [run["training_duration"][name] for name in ("value", "unit")] == ["7200.9", "s"]
    assert (run["accelerator"]["object"], run["accelerator_count"]["value"]) == ("NVIDIA A100-SXM4-80GB", "8")
    assert (run["region"]["object"], run["provider"]["object"]) == ("gcp/us-central1", "gcp")
    assert (run["pue"]["value"], run["pue"]["basis"]) == ("1.2", "disclosed")
    assert run["energy"]["locator"] == "emissions.csv line 3, column energy_consumed"
    local = facts(file, "bert 2025-03-01T23:50:00")
    assert (local["energy"]["boundary"], local["pue"]["basis"]) == ("pue_excluded", "assumed")
    assert (local["trained_in"]["period_start"], local["trained_in"]["period_end"]) == ("2025-03-01", "2025-03-02")
    assert local["developer_country"]["object"] == "France"
    assert "accelerator" not in local


def test_codecarbon_runs_keep_their_names_when_the_file_grows() -> None:
    before = set(read("emissions.csv", CODECARBON).claims["subject"])
    more = "2025-03-02T00:30:01,bert,,2400,0.02,0.4,,,1.0,N,,,France,process\n"
    again = "2025-03-05T00:00:00,bert,r1,600,0.02,0.4,,,1.0,N,,,France,process\n"
    grown = read("emissions.csv", CODECARBON + more + again)
    assert set(grown.claims["subject"]) == before | {"own/bert r1 2025-03-04T23:50:00"}
    assert facts(grown, "bert 2025-03-01T23:50:00")["energy"]["value"] == "0.4"


def test_codecarbon_of_an_early_version_has_fewer_columns() -> None:
    file = read("old.csv", "timestamp,duration,emissions,energy_consumed\n2021-01-01T00:00:10,10,0.1,0.5\n")
    assert facts(file, "codecarbon 2021-01-01T00:00:00")["energy"]["boundary"] == "pue_excluded"


@pytest.mark.parametrize("cell", ["4 x NVIDIA A401 x NVIDIA A100 80GB PCIe"])
def test_codecarbon_devices_of_several_kinds_name_no_accelerator(cell: str) -> None:
    text = (
        f"timestamp,duration,emissions,energy_consumed,gpu_count,gpu_model\n2021-01-01T00:00:10,10,0.1,0.5,5,{cell}\n"
    )
    file = read("emissions.csv", text)
    assert {"accelerator", "accelerator_count"} & set(file.claims["quantity"]) == set()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2021-01-01T00:00:10,10,0.1,-1", "line 2, column energy_consumed: found '-1'"),
        ("2021-01-01T00:00:10,10,much,1", "line 2, column emissions: found 'much'"),
        ("yesterday,10,0.1,1", "line 2, column timestamp: found 'yesterday'"),
        ("2021-01-01T00:00:10,,0.1,1", "line 2, column duration: found ''"),
        ("2021-01-01T00:00:10,1e30,0.1,1", "line 2, column duration: found '1e30'"),
        ("2021-01-01T00:00:10,10,0.1", "line 2: found 3 cells"),
        ("2021-01-01T00:00:10,10,0.1,nan", "found no line with an energy"),
    ],
)
def test_a_bad_line_of_codecarbon_is_told(row: str, said: str) -> None:
    assert any(said in one for one in told(read("e.csv", f"timestamp,duration,emissions,energy_consumed\n{row}\n")))


@pytest.mark.skipif("FOOTNOTE_UPSTREAM_DIR" not in os.environ, reason="needs the publisher's own file")
def test_codecarbon_s_own_example() -> None:
    path = Path(os.environ["FOOTNOTE_UPSTREAM_DIR"]) / "codecarbon" / "emissions.csv"
    file = own_files.read_file(path.name, path.read_bytes())
    assert told(file) == []
    # 28 lines: 18 starts; line 4 is told by 5, 8 to 12 by 13, 16 by 17, 18 by 19; 6 and 7 hold no energy
    assert file.claims["subject"].nunique() == 18
    assert sorted(set(file.claims["source_row"])) == [2, 3, 5, 13, 14, 15, 17, *range(19, 30)]
    assert [line.rpartition(": line ")[2] for line in file.notices if "earlier" in line] == [
        "4", "8, 9, 10, 11, 12", "16", "18",
    ]  # fmt: skip
