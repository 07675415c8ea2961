"""The command line: figures as people read them, data that programs read, errors without tracebacks, a quick start."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import cli
from orchestration.commands.audit import is_in_these_words
from orchestration.commands.figures import digits_known, figure, known, known_interval, span
from orchestration.commands.show import clean, paged
from orchestration.settings import settings
from warehouse.connect import Home
from warehouse.read import Rows


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
def footnote(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command line on the shared home."""
    monkeypatch.setenv("FOOTNOTE_HOME", str(home.path))

    def run(*arguments: str, width: int = 100) -> Answer:
        monkeypatch.setenv("COLUMNS", str(width))
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        printed = capsys.readouterr()
        return Answer(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1150.5, "1,151"), (1151.5, "1,152"), (56549999.99999999, "56,550,000"), (999.995, "1,000"), (526.14, "526.14"),
        (1.18, "1.18"), (0.34, "0.34"), (3.12e14, "3.12e14"), (2.1e25, "2.1e25"), (3.75e-7, "3.75e-7"), (0.0, "0"),
        (25000.0, "25,000"), (None, "unknown"), (float("nan"), "unknown"), (-0.5, "-0.5"), (20.0, "20"),
    ],
)  # fmt: skip
def test_figures_are_written_as_people_write_them(number: float | None, text: str) -> None:
    assert figure(number) == text


def test_a_range_whose_ends_read_the_same_is_one_figure() -> None:
    assert span(1035.45, 1150.5) == "1,035 - 1,151"
    assert span(240.6, 240.6) == "240.6"


@pytest.mark.parametrize(
    ("low", "high", "digits"),
    [(50, 200, 2), (20, 400, 2), (91, 109, 3), (89, 111, 2), (99.5, 100.5, 4), (100, 100, None)],
)
def test_a_figure_keeps_one_digit_more_than_its_interval_leaves_open(low: float, high: float, digits: int) -> None:
    assert digits_known(100, low, high) == digits


def test_an_estimate_is_rounded_by_its_interval() -> None:
    record = {"energy_kwh": 40_772_511.0, "energy_p05_kwh": 21_548_770.0, "energy_p95_kwh": 77_145_300.0}
    assert known(record, "energy_kwh") == "41,000,000"
    assert known_interval(record, "energy_kwh") == "22,000,000 - 77,000,000"
    exact = {"energy_kwh": 519_835.2, "energy_p05_kwh": 519_835.2, "energy_p95_kwh": 519_835.2}
    assert (known(exact, "energy_kwh"), known_interval(exact, "energy_kwh")) == ("519,835", "")
    assert known({"energy_kwh": None}, "energy_kwh") == "unknown"
    assert figure(0.000012345, 2) == "1.2e-5"


def test_tables_have_pages_and_data_has_not() -> None:
    rows = Rows(("number",), [(number,) for number in range(100)])
    shown, said = paged(rows, "table", None, 3)
    assert [row[0] for row in shown.values] == list(range(80, 100))
    assert said is not None
    assert said.plain == "showing 81 - 100 of 100; last page"
    assert paged(rows, "csv", None, 1) == (rows, None)
    assert [row[0] for row in paged(rows, "csv", 10, 2)[0].values] == list(range(10, 20))


def test_json_has_no_nan() -> None:
    assert clean({"a": [float("nan"), float("inf"), 1.5]}) == {"a": [None, None, 1.5]}


# 3,125 servers x 6.5 kW x 2,160 to 2,400 h x 1.18 = 51,772,500 to 57,525,000 kWh
# x 240.6 g = 12,456.46 to 13,840.52 t; x 20 g = 1,035.45 to 1,150.5 t
@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize(
    ("region", "emissions"), [("azure/westus", "12,456 - 13,841"), ("azure/canadaeast", "1,035 - 1,151")]
)
def test_estimates_in_the_articles_regions(footnote: Command, region: str, emissions: str, width: int) -> None:
    answer = footnote("estimates", "gpt-4", "--method", "server_power", "--region", region, width=width)
    assert answer.code == 0
    assert answer.err == ""
    for text in ("51,772,500 - 57,525,000", emissions, "1.18", "provider average", "mlco2_impact", "location-based"):
        assert text in answer.words
    assert "server_power: whole server at nameplate power (an upper bound), final run" in answer.words
    assert "90 % interval" not in answer.words
    tables = [line for line in answer.out.splitlines() if not line.startswith("Where it comes from")]
    assert max(len(line) for line in tables) <= width


def test_estimates_of_a_model_show_every_method_where_it_ran(footnote: Command) -> None:
    records = json.loads(footnote("estimates", "gpt-4", "--format", "json").out)
    assert [record["method"] for record in records] == [
        "server_average_power", "accelerator_average_power", "training_compute", "server_power", "accelerator_power",
    ]  # fmt: skip
    assert [record["is_headline"] for record in records] == [True, False, False, False, False]
    assert {record["place_id"] for record in records} == {"azure/centralus"}
    assert {record["method_count"] for record in records} == {5}


# 3,125 servers x 6.5 kW x 2,160 to 2,400 h x 1.16 = 50,895,000 to 56,550,000 kWh at most
# x 0.76 on average = 38,680,200 to 42,978,000 kWh
@pytest.mark.parametrize("width", [80, 140])
def test_a_model_in_full_has_interval_range_bound_and_what_is_beside(footnote: Command, width: int) -> None:
    answer = footnote("estimates", "gpt-4", width=width)
    (headline,) = json.loads(footnote("estimates", "gpt-4", "--limit", "1", "--format", "json").out)
    for text in (
        "server_average_power * " + known(headline, "energy_kwh"),
        f"90 % interval {known_interval(headline, 'energy_kwh')} {known_interval(headline, 'emissions_tco2e')}",
        "inputs' range alone 38,680,200 - 42,978,000",
        "server_power 50,895,000 - 56,550,000",
        "Not included: embodied",
        "not said whether life-cycle or direct",
        "footnote trace gpt-4 --method server_average_power",
        "Green Software Foundation",
    ):
        assert text in answer.words
    assert max(len(line) for line in answer.out.splitlines() if "footnote trace" not in line) <= width


def test_a_bound_is_told_beside_the_average_where_its_own_method_is_not_shown(footnote: Command) -> None:
    assert "servers at maximum" not in footnote("estimates", "gpt-4").words
    alone = footnote("estimates", "gpt-4", "--method", "server_average_power").words
    assert "servers at maximum 50,895,000 - 56,550,000" in alone


def test_what_sources_state_beside_a_run_is_shown_and_not_added(footnote: Command) -> None:
    words = footnote("estimates", "bloom-176b").words
    assert "Not to be added, since the run is in it: all experiments 1,163,088 kWh" in words
    assert "Not included: idle 256,646 kWh, 14.6 t CO2e, as its source states" in words
    (first, *_) = json.loads(footnote("estimates", "bloom-176b", "--format", "json").out)
    idle = {"kind": "idle", "contains_run": False, "energy_kwh": 256_646.0, "emissions_tco2e": 14.6}
    assert idle in first["overheads"]


def test_methods_that_do_not_agree_are_pointed_out(footnote: Command) -> None:
    rows = json.loads(footnote("sql", "FROM method_disagreement ORDER BY run_id", "--format", "json").out)
    one = next(row for row in rows if row["model_id"] == "alphazero")
    words = footnote("estimates", "alphazero", width=80).words
    assert (
        f"the 90 % intervals of {one['method']} and {one['other_method']} do not meet; by the first the energy is "
        f"{figure(one['energy_ratio'], 2)} times that by the second"
    ) in words
    assert words.count("Do not agree") == 1
    assert "Do not agree" not in footnote("estimates", "gpt-4").words


@pytest.mark.parametrize(
    ("model", "said"),
    [("gpt-3", "calculated by others"), ("glam", "disclosed, second-hand"), ("t5-11b", "measured")],
)
def test_a_disclosed_energy_says_whose_it_is(footnote: Command, model: str, said: str) -> None:
    lines = [line.strip() for line in footnote("estimates", model, width=80).out.splitlines()]
    place = next(number for number, line in enumerate(lines) if line.startswith("disclosed * "))
    assert lines[place + 1] == said


def test_runs_of_one_model_stand_apart(footnote: Command) -> None:
    words = footnote("estimates", "transformer-big").words
    assert "run transformer-big place" in words
    assert (
        "run transformer-big-average-datacenter place us country of the developer: where it ran is not known" in words
    )
    assert "PUE in the energy (disclosed)" in words


def test_other_sources_of_intensity_are_shown_after_the_preferred_one(footnote: Command) -> None:
    arguments = ("estimates", "gpt-3", "--region", "azure/eastus", "--method", "server_average_power")
    records = json.loads(footnote(*arguments, "--format", "json").out)
    assert [record["is_preferred"] for record in records] == [True, False]
    words = footnote(*arguments).words
    assert "other source, to compare: mlco2_impact" in words
    for record in records:
        interval = f"90 % interval {known_interval(record, 'energy_kwh')} {known_interval(record, 'emissions_tco2e')}"
        assert interval in words


@pytest.mark.parametrize(
    ("model", "region"),
    [
        ("gpt-4", "azure/canadaeast"),
        ("t5-11b", "gcp/us-central1"),
        ("jurassic-2", "azure/westeurope"),
        ("sam", "azure/centralindia"),
    ],
)
def test_a_run_moved_to_a_region_has_the_interval_that_what_if_gives(
    footnote: Command, model: str, region: str
) -> None:
    moved = json.loads(footnote("estimates", model, "--region", region, "--format", "json").out)
    answered = json.loads(footnote("what-if", model, "--region", region, "--format", "json").out)["estimates"]
    ends = ["energy_p05_kwh", "energy_p95_kwh", "emissions_p05_tco2e", "emissions_p95_tco2e"]
    found = {row["method"]: [row[name] for name in ends] for row in moved if row["is_preferred"]}
    wanted = {row["method"]: [row[f"what_if_{name}"] for name in ends] for row in answered}
    assert found
    for method, interval in found.items():
        assert [end is None for end in interval] == [end is None for end in wanted[method]]
        known_ends = [end for end in wanted[method] if end is not None]
        assert [end for end in interval if end is not None] == pytest.approx(known_ends, rel=1e-9), method


def test_estimates_of_everything_are_each_runs_best(footnote: Command) -> None:
    records = json.loads(footnote("estimates", "--format", "json").out)
    assert all(record["is_headline"] for record in records)
    assert len({record["run_id"] for record in records}) == len(records) >= 300
    assert len({record["model_id"] for record in records}) >= 300
    every = json.loads(footnote("estimates", "--all-methods", "--format", "json").out)
    assert len(every) > len(records)
    assert json.loads(footnote("estimates", "--limit", "3", "--format", "json").out) == records[:3]
    by_pue = json.loads(footnote("estimates", "--sort", "pue", "--limit", "5", "--format", "json").out)
    found = [record["pue"] for record in by_pue]
    assert found == sorted(found, reverse=True)
    rising = json.loads(footnote("estimates", "--sort", "energy_kwh", "--ascending", "--format", "json").out)
    assert [record["energy_kwh"] for record in rising] == sorted(record["energy_kwh"] for record in records)


def test_filters_leave_what_they_name(footnote: Command) -> None:
    def asked(*arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(footnote("estimates", *arguments, "--format", "json").out)
        assert found
        return found

    everything = asked()
    for filters, holds in (
        (("--developer", "Meta"), lambda row: row["developer_id"] == "meta"),
        (("--year", "2023"), lambda row: row["run_year"] == 2023),
        (("--at-least-methods", "2"), lambda row: row["method_count"] >= 2),
        (
            ("--developer", "google", "--year", "2022"),
            lambda row: (row["developer_id"], row["run_year"]) == ("google", 2022),
        ),
    ):  # fmt: skip
        assert asked(*filters) == [row for row in everything if holds(row)]
    french = {row["place_id"] for row in asked("--country", "France")}
    assert all("fr" in place.split("+") for place in french)
    assert {"gcp/us-central1", "us"} <= {row["place_id"] for row in asked("--country", "us")}
    assert {row["method"] for row in asked("--method", "training_compute")} == {"training_compute"}


def test_a_long_list_comes_in_pages_and_says_how_to_go_on(footnote: Command) -> None:
    total = len(json.loads(footnote("estimates", "--format", "json").out))
    first, second = footnote("estimates"), footnote("estimates", "--page", "2")
    assert f"showing 1 - 40 of {total}; next: --page 2; all: --limit {total}" in first.words
    assert f"showing 41 - 80 of {total}" in second.words
    assert "showing" not in footnote("estimates", "--limit", str(total)).words
    beyond = footnote("estimates", "--page", "99")
    assert (beyond.code, beyond.out) == (2, "")
    assert "pages" in beyond.err


@pytest.mark.parametrize("width", [80, 100, 145, 200])
def test_a_list_has_the_columns_that_fit(footnote: Command, width: int) -> None:
    answer = footnote("estimates", width=width)
    heading = answer.out.splitlines()[2]
    assert heading.startswith("model")
    assert heading.count("90 % interval") == (1 if width == 80 else 2)
    assert ("method" in heading, "g/kWh" in heading) == (width >= 145, width == 200)
    above = ["energy", "energy", "emissions", *([] if width == 80 else ["emissions"])]
    assert answer.out.splitlines()[1].split() == above, "each interval says whose it is"
    told = {
        80: "place, method, PUE, g/kWh, emissions 90 % interval",
        100: "place, method, PUE, g/kWh",
        145: "PUE, g/kWh",
    }
    assert (f"No room for: {told.get(width)}. A wider terminal" in answer.words) == (width in told)
    assert max(len(line) for line in answer.out.splitlines() if "footnote trace" not in line) <= width


def test_a_list_of_every_method_keeps_the_methods_where_room_is_short(footnote: Command) -> None:
    heading = footnote("estimates", "--all-methods", width=80).out.splitlines()[2]
    assert heading.split()[:2] == ["model", "method"]
    assert "90 % interval" not in heading


def test_lists_name_whose_data_they_show(footnote: Command) -> None:
    for command in ("estimates", "models", "disagreements", "coverage", "calibration"):
        assert "Data: Epoch AI (CC BY 4.0)" in footnote(command).words
    assert "Our World in Data (CC BY 4.0)" in footnote("estimates").words
    assert (
        "Epoch AI" not in footnote("estimates", "gpt-4", "--method", "server_power", "--region", "azure/westus").words
    )
    assert (
        "Our World in Data, based on Ember and the Energy Institute, CC BY 4.0" in footnote("sources", width=140).words
    )


def test_providers_regions_of_a_model_go_from_the_cleanest(footnote: Command) -> None:
    records = json.loads(footnote("estimates", "gpt-4", "--provider", "azure", "--format", "json").out)
    assert records[0]["region_id"] == "azure/canadaeast"
    assert {record["method"] for record in records} == {"server_average_power"}
    assert {record["provider_id"] for record in records} == {"azure"}
    words = footnote("estimates", "gpt-4", "--provider", "azure", width=80).words
    assert "Training of gpt-4 by region" in words
    assert "90 % interval of each energy: within a factor" in words
    answer = footnote("estimates", "gpt-4", "--provider", "azure", width=160)
    assert answer.out.splitlines()[2].count("90 % interval") == 2
    assert "90 % interval of each energy" not in answer.words
    runs = json.loads(footnote("estimates", "--provider", "azure", "--format", "json").out)
    assert {"gpt-3", "gpt-4"} <= {record["model_id"] for record in runs}


def test_lists_mark_what_rests_on_undated_second_hand_or_leaked_figures(footnote: Command) -> None:
    def marks(*arguments: str) -> dict[str, str]:
        lines = [line.split() for line in footnote("estimates", *arguments, width=200).out.splitlines()]
        return {words[0]: words[1] for words in lines if len(words) > 3 and words[0].startswith("azure/")}

    rows = json.loads(footnote("estimates", "gpt-4", "--provider", "azure", "--format", "json").out)
    undated = {row["region_id"] for row in rows if row["intensity_match"] == "undated"}
    shown = marks("gpt-4", "--provider", "azure", "--limit", "100")
    assert {region for region, mark in shown.items() if mark == "*!"} == undated != set()
    assert {mark for region, mark in shown.items() if region not in undated} == {"!"}
    legend = "Rests in part on: * an intensity without a date; ! leaked figures"
    words = footnote("estimates", "gpt-4", "--provider", "azure").words
    assert legend in words
    assert "a database quotes" not in words
    listed = footnote("estimates", "--limit", "400", width=200).out.splitlines()
    found = {line.split()[0]: line.split()[1] for line in listed if len(line.split()) > 3}
    assert (found["gpt-3"], found["gpt-4"], found["bloom-7b"]) == ("\N{DOUBLE DAGGER}", "!", "fr+us")
    assert "Rests in part on" not in footnote("estimates", "--developer", "meta", "--method", "disclosed").words


def test_lists_mark_the_runs_whose_methods_do_not_agree(footnote: Command) -> None:
    query = "SELECT DISTINCT run_id FROM method_disagreement"
    runs = {row["run_id"] for row in json.loads(footnote("sql", query, "--format", "json").out)}
    answer = footnote("estimates", "--limit", "400", width=200)
    marked = {line.split()[0] for line in answer.out.splitlines() if "\N{NOT EQUAL TO}" in line}
    assert {"alphazero", "impala"} <= marked
    assert len(marked - {"\N{NOT EQUAL TO}"}) == len(runs) > 5
    legend = "\N{NOT EQUAL TO} methods do not agree: their 90 % intervals of energy do not meet"
    assert legend in answer.words
    assert legend not in footnote("estimates", "--limit", "3").words


@pytest.mark.parametrize("name", ["GPT-4", "gpt4", "Gpt 4"])
def test_models_go_by_their_other_names(footnote: Command, name: str) -> None:
    records = json.loads(footnote("estimates", name, "--format", "json").out)
    assert {record["model_id"] for record in records} == {"gpt-4"}


def test_csv_is_a_table_with_a_header_and_full_precision(footnote: Command) -> None:
    answer = footnote(
        "estimates", "gpt-4", "--region", "azure/canadaeast", "--method", "server_power", "--format", "csv"
    )
    (record,) = csv.DictReader(io.StringIO(answer.out))
    assert float(record["emissions_tco2e_high"]) == pytest.approx(1150.5, rel=1e-12)
    assert float(record["energy_kwh_low"]) == pytest.approx(51_772_500, rel=1e-12)


def test_trace_ends_in_documents_places_and_bytes(footnote: Command) -> None:
    answer = footnote("trace", "gpt-4", "--region", "azure/westus", "--method", "server_power", width=140)
    for text in (
        "emissions_tco2e = 13,130 [12,456 - 13,841] t CO2e",
        "= tonnes(energy_kwh * grid_intensity_g_per_kwh)",
        "= tonnes(54,573,007 * 240.6)",
        "= kwh(25,000 / 8 * 6,500 * 2,277)",
        '"90-100 days" leaked, training run gpt-4',
        "broken_chain: cites no document that can be opened",
        "NVIDIA DGX A100 Datasheet",
        "at System specifications table",
        "mlco2_impact line",
        "retrieved 20",
    ):
        assert text in answer.words
    assert "run_it_energy_kwh" not in answer.out


def test_trace_as_json_is_nested_and_as_csv_is_the_macros_rows(footnote: Command) -> None:
    made = json.loads(footnote("trace", "gpt-4", "energy_kwh", "--format", "json").out)
    assert {"table", "row_id", "column", "value", "low", "high", "unit", "formula", "inputs"} <= made.keys()
    assert (made["table"], made["column"], made["unit"]) == ("estimates", "energy_kwh", "kWh")
    claim = made["inputs"][1]["claim"]
    assert claim["quantity"] == "pue"
    assert claim["retrieved_at"].endswith("Z")
    rows = list(csv.DictReader(io.StringIO(footnote("trace", "gpt-4", "energy_kwh", "--format", "csv").out)))
    assert rows[0]["path"] == "energy_kwh"
    assert len(rows) == 9  # energy, IT energy, that at nameplate, its four claims, power fraction, PUE


def test_trace_of_another_tables_row(footnote: Command) -> None:
    audited = json.loads(footnote("claims", "--format", "json").out)[0]
    answer = footnote("trace", "recomputed", "--table", "claim_audit", "--row", str(audited["row_id"]))
    assert "recomputed = 3,125" in answer.words


def test_claims_show_all_of_the_article_with_their_verdicts(footnote: Command) -> None:
    answer = footnote("claims", "--work", "ludvigsen2023")
    assert "published figures audited: 15 (4 follow, 10 do not follow, 1 with a wrong unit)" in answer.words
    assert answer.out == footnote("claims", "--source", "ludvigsen2023").out
    printed = footnote("claims", "--work", "ludvigsen2023", "--format", "json").out
    records = {record["published_id"]: record for record in json.loads(printed)}
    assert len(records) == 15
    assert records["ludvigsen2023/headline_mass"]["verdict"] == "unit_error"
    assert records["ludvigsen2023/servers"]["verdict"] == "follows"
    assert "published 2,160 - 2,600 h, recomputed 2,160 - 2,400 h (low end 0.0 %, high end +8.3 %)" in answer.words
    only = json.loads(footnote("claims", "--verdict", "unit_error", "--format", "json").out)
    found = [record["published_id"] for record in only]
    assert found == ["ludvigsen2023/headline_mass", "fmti-2024/llama-2-70b-energy"]


def test_claims_of_all_publications_stand_under_their_titles(footnote: Command) -> None:
    answer = footnote("claims")
    records = json.loads(footnote("claims", "--format", "json").out)
    works = [record["published_id"].partition("/")[0] for record in records]
    assert len(records) == 76
    assert works[:15] == ["ludvigsen2023"] * 15
    assert sum(one != other for one, other in itertools.pairwise(works)) == len(set(works)) - 1
    for reference_id in set(works):
        assert answer.words.count(f"[{reference_id}]") == 1
    assert answer.out.index("The Carbon Footprint of GPT-4 [ludvigsen2023]") < answer.out.index("[patterson2021]")
    assert "SAM 2: Segment Anything in Images and Videos [ravi2024]" in answer.words
    assert "It would follow with a PUE of 1.10, which the publication does not state." in answer.words


def test_claims_are_shown_in_the_words_of_their_publication_where_these_differ(footnote: Command) -> None:
    words = footnote("claims").words
    for text in (
        'published "approximately 5 months" = 3,653 h, recomputed 2,927 h',
        'published "85.7 MWh" = 85,700 kWh',
        'published "more than 15 metric tons of CO2e" = 15 t, recomputed',
        "published 12,456 - 14,994 t, recomputed",
    ):
        assert text in words


@pytest.mark.parametrize(
    ("reported", "printed", "is_same"),
    [
        ("2,160 to 2,600 hours", "2,160 - 2,600", True), ("2290 tCO2eq", "2,290", True), ("36 MWh", "36,000", False),
        ("5,521,000 kg", "5,521", False), ("12165.12 kWh", "12,165", False), ("around 50 tCO2eq", "50", False),
        ("539.00", "539", False), (None, "unknown", True),
    ],
)  # fmt: skip
def test_words_that_begin_with_the_figure_are_not_told_twice(reported: str | None, printed: str, is_same: bool) -> None:
    assert is_in_these_words(reported, printed) == is_same


@pytest.mark.parametrize("arguments", [(), ("--verdict", "unit_error")])
def test_claims_end_with_a_line_that_traces_one_of_them(footnote: Command, arguments: tuple[str, ...]) -> None:
    last = footnote("claims", *arguments, width=80).out.splitlines()[-1]
    traced = footnote(*last.partition("footnote ")[2].split())
    assert traced.code == 0
    assert "recomputed = " in traced.words
    assert "row_id" in json.loads(footnote("claims", "--format", "json").out)[0]


def test_claims_of_one_publication_with_one_verdict(footnote: Command) -> None:
    printed = footnote("claims", "--work", "llama3-1-card", "--verdict", "not_checkable", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [row["verdict"] for row in rows] == ["not_checkable"] * 3
    none = footnote("claims", "--work", "llama3-1-card", "--verdict", "follows")
    assert none.out.strip() == "published figures audited: 0"


def test_sources_count_what_was_read(footnote: Command) -> None:
    records = {record["source_id"]: record for record in json.loads(footnote("sources", "--format", "json").out)}
    assert set(records) >= {"mlco2_impact", "mlco2_gpus", "gsf_regions", "hardware", "training_runs"}
    assert records["mlco2_impact"]["rows_flagged"] > 0
    impact = records["mlco2_impact"]
    shown = footnote("sources", width=140).out
    for text in ("ML CO2 Impact: carbon intensity of cloud regions", impact["upstream_version"]):
        assert text in shown
    assert f"{impact['rows_flagged']} rows flagged" in shown


def test_what_is_said_of_the_world_names_it_once(footnote: Command) -> None:
    words = footnote("trace", "gpt-4", "energy_kwh").words
    assert '"76% of the 10.2 kW TDP rating" measured, world ' in words
    assert "region azure/centralus" in words


def test_models_and_disagreements_are_listed(footnote: Command) -> None:
    records = {record["model_id"]: record for record in json.loads(footnote("models", "--format", "json").out)}
    assert records["gpt-3"]["methods"] == (
        "disclosed, server_average_power, accelerator_average_power, training_compute, server_power, accelerator_power"
    )
    assert json.loads(footnote("disagreements", "--format", "json").out)[0]["spread_ratio"] > 1.5
    assert footnote("models").code == footnote("disagreements").code == 0


def test_an_undated_intensity_is_listed_once_beside_the_year_from_which_it_differs_most(footnote: Command) -> None:
    """Azure Central US: 736.6 g/kWh undated, 526.14 in 2022 (ratio 1.400), 501.42 in 2023 (ratio 1.469)."""
    found = [
        row
        for row in json.loads(footnote("disagreements", "--format", "json").out)
        if row["subject_id"] == "azure/centralus"
    ]
    assert [(row["period"], row["periods"], row["lowest"], row["highest"], row["chosen"]) for row in found] == [
        ("2023-01-01 to 2023-12-31", 2, 501.42, 736.6, 501.42)
    ]
    shown = footnote("disagreements", width=160).out
    line = shown[shown.index("azure/centralus") :].splitlines()
    assert line[2].split() == ["location,", "2023", "undated"]
    assert line[3].split() == ["other", "periods:", "1"]


def test_figures_that_agree_as_reported_are_kept_but_not_listed(footnote: Command) -> None:
    """An NVIDIA L40S: "362 TFLOP/s", and 362.05."""
    kept = "SELECT is_within_reported FROM disagreement WHERE subject_id = 'nvidia-l40s'"
    assert json.loads(footnote("sql", kept, "--format", "json").out) == [{"is_within_reported": True}]
    listed = json.loads(footnote("disagreements", "--format", "json").out)
    assert not [row for row in listed if row["subject_id"] == "nvidia-l40s"]


def test_models_are_found_by_a_part_of_their_name(footnote: Command) -> None:
    words = footnote("models", "gemma-2").words
    assert "gemma-2-27b" in words
    assert "gpt-4 " not in words
    assert "gpt-4" in footnote("models", "gpt4").words
    assert "showing 1 - 40 of" in footnote("models").words


@pytest.mark.parametrize("width", [80, 100, 180])
def test_models_without_an_estimate_are_told_by_number_unless_asked_for(footnote: Command, width: int) -> None:
    records = json.loads(footnote("models", "--format", "json").out)
    estimated = [row["model_id"] for row in records if row["methods"]]
    answer = footnote("models", "--limit", "1000", width=width)
    assert " none " not in answer.words
    others = f"{len(records) - len(estimated)} others have no estimate: footnote models --all"
    assert others in answer.words
    assert answer.words.count("server_average_power") == sum(
        "server_average_power" in str(r["methods"]) for r in records
    )
    whole = footnote("models", "--all", "--limit", "2000", width=width)
    assert whole.words.count(" none ") >= len(records) - len(estimated)
    assert "others have" not in whole.words
    assert "gemma-7b" in footnote("models", "gemma-7b").words


def test_coverage_counts_what_became_of_each_sources_subjects(footnote: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(footnote("coverage", "--format", "csv").out)))
    runs = [row for row in rows if row["subject_kind"] == "training_run"]
    named = {row["subject_id"] or row["subject"] for row in runs}
    estimated = len({row["run_id"] for row in json.loads(footnote("estimates", "--format", "json").out)})
    words = footnote("coverage", width=140).words
    assert words.startswith(f"{estimated:,} of {len(named):,} training runs are estimated; below, each source")
    assert len(named) < len(runs), "one that two sources name is one run"
    bare = sum(row["source_id"] == "epoch_models" and row["reason"] == "no hardware is stated" for row in rows)
    assert f"{bare} training runs, not estimated: no hardware is stated" in words
    one = footnote("coverage", "--source", "mlco2_gpus", width=140).words
    assert "epoch_models" not in one
    assert "names of accelerators that stand for nothing known: AMD EPYC" in one
    assert (
        footnote("coverage", "--source", "own_runs").words
        == "nothing is read from own_runs yet, so there is nothing to cover"
    )


def test_coverage_lists_what_has_a_reason(footnote: Command) -> None:
    arguments = ("coverage", "--source", "epoch_models", "--reason", "No Hardware")
    records = json.loads(footnote(*arguments, "--format", "json").out)
    assert {record["reason"] for record in records} == {"no hardware is stated"}
    shown = footnote(*arguments, "--limit", "5").words
    assert f"{len(records)} found" in shown
    assert records[0]["subject"] in shown
    assert f"showing 1 - 5 of {len(records)}" in shown


def test_calibration_has_scores_runs_and_what_is_left_out(footnote: Command) -> None:
    records = json.loads(footnote("calibration", "--format", "json").out)
    summary = json.loads(footnote("calibration", "--summary", "--format", "json").out)
    scored = [record for record in records if record["is_scored"]]
    overall = summary[0]
    assert (overall["part"], overall["hardware_type"]) == ("overall", "all hardware")
    averages = [record for record in scored if record["method"] not in ("server_power", "accelerator_power")]
    inside = sum(record["is_inside"] for record in averages)
    assert overall["inside_their_interval"] == f"{inside} of {len(averages)}"
    words = footnote("calibration", width=140).words
    assert f"{len(scored)} scores, on energies that were measured or disclosed" in words
    assert f"{len(records) - len(scored)} left out of the scores, and why" in words
    for reason in {record["left_out_because"] for record in records if not record["is_scored"]}:
        assert reason in words
    developers = {record["developer_id"] for record in scored}
    assert f"Reading: {inside} of {len(averages)} known energies lie inside" in words
    assert f"All {len(scored)} scores are on runs of {len(developers)} developers" in words
    assert "left out" not in footnote("calibration", "--summary").words


def test_calibration_gives_no_factor_that_too_few_runs_cover(footnote: Command) -> None:
    summary = json.loads(footnote("calibration", "--summary", "--format", "json").out)
    assert {row["is_enough"] for row in summary if row["scored_runs"] >= 9} == {True}
    assert {row["is_enough"] for row in summary if row["scored_runs"] < 9} == {False}
    assert "too few" in footnote("calibration", "--summary").words


def test_check_reports_the_release(footnote: Command) -> None:
    answer = footnote("check", width=80)
    assert answer.code == 0
    told = answer.out[answer.out.index("estimates, methods_agree: ") :].split("\n\n")[0].splitlines()[1:]
    assert "  alphazero accelerator_average_power gb" in {line.split(",")[0] for line in told}
    failed = "SELECT failed FROM validation_result WHERE expectation_id = 'methods_agree'"
    assert [{"failed": len(told)}] == json.loads(footnote("sql", failed, "--format", "json").out)


def test_check_begins_with_the_id_and_names_only_what_does_not_hold(footnote: Command) -> None:
    records = json.loads(footnote("check", "--format", "json").out)
    broken = [row for row in records if not row["is_success"]]
    (identity,) = json.loads(footnote("sql", "SELECT release_id FROM release", "--format", "json").out)
    answer, whole = footnote("check", width=80), footnote("check", "--all", width=80)
    for one in (answer, whole):
        first, second, *_ = one.out.splitlines()
        assert first.startswith(f"release {identity['release_id']}: ")
        held = [row for row in records if row["is_success"]]
        known = f"{sum(row['excepted'] > 0 for row in held)} with known exceptions"
        assert second == f"{len(records)} expectations: {len(held)} hold ({known}), {len(broken)} warn, 0 fail"
    assert all(f"{row['table_name']}, {row['expectation_id']}: " in answer.out for row in broken)
    assert "passed" not in answer.words
    assert whole.words.count("passed ") == len(records) - len(broken) > 300
    assert len(answer.out.splitlines()) <= 4 + sum(row["failed"] + 2 for row in broken)


def test_sql_prints_table_json_and_csv(footnote: Command) -> None:
    query = "SELECT 1 AS one, 'nan'::DOUBLE AS none, [1, 2] AS list, '[b]x' AS text"
    assert json.loads(footnote("sql", query, "--format", "json").out) == [
        {"one": 1, "none": None, "list": [1, 2], "text": "[b]x"}
    ]
    assert footnote("sql", query, "--format", "csv").out == 'one,none,list,text\n1,,"[1, 2]",[b]x\n'
    assert "[b]x" in footnote("sql", query).out


def test_rows_too_wide_for_the_terminal_are_blocks_of_a_line_for_each_column(footnote: Command) -> None:
    query = (
        "SELECT i AS id, repeat('a', 30) AS first, CASE i WHEN 1 THEN repeat('b', 45) END AS next FROM range(1, 3) t(i)"
    )
    assert len(footnote("sql", query, width=82).out.splitlines()) == 4  # 2 + 1 + 30 + 1 + 45: a table, as it fits
    narrow = [line.rstrip() for line in footnote("sql", query, width=50).out.splitlines()]
    assert narrow == [
        "row 1", "id     1", f"first  {'a' * 30}", f"next   {'b' * 43}", f"       {'b' * 2}",
        "row 2", "id     2", f"first  {'a' * 30}", "next",
    ]  # fmt: skip
    assert footnote("sql", f"{query} LIMIT 0", width=50).out.split()[:3] == ["id", "first", "next"]


def test_sql_writes_files(footnote: Command, tmp_path: Path) -> None:
    query = "SELECT source_id, stale_after_days FROM source ORDER BY source_id -- all"
    parquet, text = tmp_path / "it's.parquet", tmp_path / "sources.csv"
    assert footnote("sql", query, "--format", "parquet", "--output", str(parquet)).out == ""
    assert footnote("sql", query, "--format", "csv", "--output", str(text)).code == 0
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT * FROM read_parquet(?)", [str(parquet)]).fetchall()
    assert [tuple(line) for line in list(csv.reader(io.StringIO(text.read_text())))[1:]] == [
        (name, str(days)) for name, days in rows
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM read_csv('/etc/hosts')", "file system operations are disabled"),
        ("FROM glob('*')", "file system operations are disabled"),
        ("CREATE TABLE mine (a INT)", "found CREATE; expected a query"),
        ("SET enable_external_access = true", "found SET; expected a query"),
        ("  ", "the query is empty"),
        ("SELECT 1; SELECT 2", "found 2 statements; expected one query"),
        ("DELETE FROM claim", "found DELETE; expected a query, such as SELECT: a release is only read"),
        ("COPY claim TO '/tmp/claims.csv'", "found COPY; expected a query"),
    ],
)
def test_sql_may_only_read_the_release(footnote: Command, query: str, said: str) -> None:
    answer = footnote("sql", query)
    assert answer.code == 1
    assert said in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["estimates", "gpt-9"], "unknown model 'gpt-9'; nearest: gpt-"),
        (["estimates", "gpt-4", "--region", "azure/westus9"], "nearest: azure/westus"),
        (["estimates", "--region", "nosuchprovider/x"], "as azure/westus; providers: aws, azure, coreweave, gcp, ovh"),
        (
            ["estimates", "--region", "seeweb/zzzzzzzz"],
            "unknown region 'seeweb/zzzzzzzz'. Regions of seeweb: seeweb/fro2",
        ),
        (
            ["estimates", "gpt-4", "--provider", "zzz"],
            "'zzz'. Of runs and regions there are: aws, azure, coreweave, gcp",
        ),
        (["estimates", "--provider", "azur"], "nearest: azure. "),
        (["what-if", "gpt-4", "--region", "zzz/q"], "providers: aws, azure,"),
        (["estimates", "gpt-4", "--region", "aws/us-east-1"], "gpt-4 is placed in regions of azure"),
        (["estimates", "gpt-4", "--method", "serverpower"], "nearest: server_power"),
        (["estimates", "gpt-4", "--method", "disclosed"], "there are: server_average_power, accelerator_av"),
        (["estimates", "gpt-4", "--developer", "meta"], "without the filters there is: footnote estimates gpt-4"),
        (["estimates", "gemma-7b"], "no estimate for gemma-7b: neither compute nor accelerator-hours are stated"),
        (["estimates", "--developer", "metaa"], "unknown developer 'metaa'; nearest: meta"),
        (["estimates", "--country", "frr"], "unknown country 'frr'; nearest: fr"),
        (["estimates", "--developer", "google", "--year", "1999"], "no estimate for developer google, year 1999"),
        (["estimates", "--sort", "overheads"], "which holds several figures"),
        (["models", "gpt-9"], "unknown model 'gpt-9'; nearest: gpt-"),
        (["coverage", "--source", "epoch"], "nearest: epoch_models"),
        (["coverage", "--reason", "moonlight"], "no hardware is stated"),
        (["estimates", "--sort", "energy"], "nearest: energy_kwh"),
        (["trace", "gpt-4", "emissions"], "nearest: emissions_tco2e"),
        (["trace", "gshard-600b", "pue"], "energy is as disclosed, PUE included. Known: energy_kwh"),
        (["claims", "--work", "ludvigsen2032"], "nearest: ludvigsen2023"),
        (["claims", "--verdict", "wrong"], "follows, rounding"),
        (["sources", "--home", "nowhere"], "make one with: footnote run --home nowhere"),
    ],
)
def test_what_does_not_exist_is_one_line_and_names_the_nearest(
    footnote: Command, arguments: list[str], said: str
) -> None:
    answer = footnote(*arguments)
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert said in answer.err


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["estimates", "--format", "xml"], ["trace"], ["trace", "gpt-4", "--row", "1"], ["sql"],
     ["sql", "FROM source", "--format", "parquet"], ["estimates", "--limit", "0"]],
)  # fmt: skip
def test_wrong_usage_ends_with_two(footnote: Command, arguments: list[str]) -> None:
    answer = footnote(*arguments)
    assert answer.code == 2
    assert answer.out == ""


@pytest.mark.parametrize(
    "command",
    ["run", "estimates", "trace", "claims", "sources", "models", "disagreements", "coverage", "calibration", "check",
     "sql", "dagster"],
)  # fmt: skip
def test_every_command_explains_itself(footnote: Command, command: str) -> None:
    assert command in footnote("--help").out
    assert "--home" in footnote(command, "--help").out


@pytest.mark.parametrize("command", ["estimates", "trace"])
def test_help_names_the_methods(footnote: Command, command: str) -> None:
    words = footnote(command, "--help", width=120).words
    for method in (
        "disclosed",
        "server_average_power",
        "accelerator_average_power",
        "training_compute",
        "server_power",
    ):
        assert method in words


def test_home_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_HOME", raising=False)
    assert settings().home == Path("data")
    monkeypatch.setenv("FOOTNOTE_HOME", "/srv/footnote")
    assert settings().home == Path("/srv/footnote")


def test_run_ends_with_gpt4s_figures_and_where_the_file_is(
    footnote: Command, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration import pipeline

    def run(path: Path, progress: Any = None) -> pipeline.RunReport:
        progress("estimates", 1, 2)
        return pipeline.RunReport(True, True, "abc123", home.release, 448_947, 12.3, ("estimates",), 2)

    monkeypatch.setattr(pipeline, "run", run)
    answer = footnote("run", width=80)
    assert answer.code == 0
    headline = json.loads(footnote("estimates", "gpt-4", "--limit", "1", "--format", "json").out)[0]
    for text in (
        "where it ran, azure/centralus (region, inferred), by server_average_power",
        f"{known(headline, 'energy_kwh')} kWh 90 % interval {known_interval(headline, 'energy_kwh')}",
        "azure/westus 51,772,500 - 57,525,000 kWh 12,456 - 13,841 t CO2e",
        "azure/canadaeast 51,772,500 - 57,525,000 kWh 1,035 - 1,151 t CO2e",
        "known energies lie inside the 90 % interval",
        "448,947 numbers",
        "audited: 76",
        str(home.release),
        "footnote trace gpt-4",
    ):
        assert text in answer.words
    models = len({row["model_id"] for row in json.loads(footnote("estimates", "--format", "json").out)})
    assert f"models estimated: {models}, by two or more methods: " in answer.words
    whole = [line for line in answer.out.splitlines() if not line.startswith(("File:", "Next:", "      footnote"))]
    assert max(len(line) for line in whole) <= 80


def process(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FOOTNOTE_HOME": str(home.path), "NO_COLOR": "1", "COLUMNS": "80"}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_a_trace_imports_nothing_heavy(home: Home) -> None:
    code = (
        "import sys\nfrom orchestration.cli import main\n"
        "try:\n    main(['trace', 'gpt-4'])\nfinally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    )
    ended = process(home, "-c", code)
    assert ended.returncode == 0
    heavy = {"dagster", "great_expectations", "pandas", "numpy", "altair", "sqlglot", "pint", "pydantic_settings"}
    assert heavy & set(ended.stderr.split()) == set()
    assert "emissions_tco2e = " in ended.stdout
    assert "power_fraction = 0.76" in ended.stdout


def test_a_process_ends_with_its_code_and_all_that_it_printed(home: Home) -> None:
    code = "import atexit; from orchestration.cli import program; atexit.register(print, 'at the end'); program()"
    for arguments, expected in ((("models",), 0), (("trace", "gpt-9"), 1), (("ignored",), 2)):
        ended = process(home, "-c", code, *arguments)
        assert ended.returncode == expected
        assert ended.stdout.endswith("at the end\n")
    models = process(home, "-c", "from orchestration.cli import main; main()", "models").stdout
    assert process(home, "-c", code, "models").stdout == f"{models}at the end\n"


def test_a_closed_output_is_no_error(home: Home) -> None:
    environment = {**os.environ, "FOOTNOTE_HOME": str(home.path)}
    command = f"{sys.executable} -m orchestration.cli models >&-"
    assert subprocess.run(command, shell=True, env=environment, capture_output=True, check=False).returncode == 0


def test_an_interrupt_is_told_in_one_line_however_it_arrives(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def behind(error: BaseException, cause: BaseException | None = None) -> BaseException:
        error.__cause__ = cause
        return error

    class DagsterExecutionInterruptedError(BaseException):
        """What Dagster makes of an interrupt."""

    for error in (
        DagsterExecutionInterruptedError(),
        behind(RuntimeError("in use"), behind(RuntimeError("any"), KeyboardInterrupt())),
        RuntimeError("Query interrupted"),
    ):

        def interrupted(_arguments: object, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(cli, "_command", lambda interrupted=interrupted: interrupted)
        with pytest.raises(SystemExit) as ended:
            cli.main([])
        assert ended.value.code == 130
        assert capsys.readouterr().err.split() == (
            ["interrupted:", "the", "last", "release", "stands", "as", "it", "was;", "run", "again", "to", "go", "on"]
        )
    monkeypatch.setattr(cli, "_command", lambda: lambda _: (_ for _ in ()).throw(RuntimeError("a fault of ours")))
    with pytest.raises(RuntimeError, match="a fault of ours"):
        cli.main([])


def test_nobody_reading_on_is_no_error(home: Home) -> None:
    command = f"{sys.executable} -m orchestration.cli estimates --all-methods --format csv | head -n 1"
    environment = {**os.environ, "FOOTNOTE_HOME": str(home.path)}
    ended = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert ended.stdout.startswith("estimate_id,")
    assert ended.stderr == ""


def test_errors_of_a_process_are_plain_text_without_traceback(home: Home) -> None:
    ended = process(home, "-c", "from orchestration.cli import main; main()", "ignored")
    assert ended.returncode == 2
    ended = process(home, "-c", "from orchestration.cli import main; main(['trace', 'gpt-9'])")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("error: unknown model 'gpt-9'; nearest: gpt-")
    assert ended.stderr.endswith("All models: footnote models\n")


def test_a_table_of_a_query_ends_at_a_thousand_rows_and_says_so(footnote: Command) -> None:
    told = footnote("sql", "SELECT * FROM range(1, 1002) AS numbers(n)")
    assert "1,000" in told.err
    assert "--format csv" in told.err
    assert told.words.split()[-1] == "1000"
    assert footnote("sql", "SELECT * FROM range(1000)").err == ""
    assert footnote("sql", "SELECT * FROM range(1, 1002) AS numbers(n)", "--format", "csv").out.split()[-1] == "1001"


def test_check_refuses_a_release_that_was_altered(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Home(tmp_path)
    shutil.copytree(home.path, copy.path, dirs_exist_ok=True)
    with duckdb.connect(str(copy.release)) as connection:
        connection.execute("UPDATE estimates SET energy_kwh = 1")
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", "--home", str(copy.path)])
    assert ended.value.code == 1
    assert "Put it back with: footnote run" in " ".join(capsys.readouterr().err.split())


def test_a_model_s_page_quotes_the_emissions_that_are_stated(footnote: Command) -> None:
    assert 'Stated: emissions of "552.1 tCO2e", in patterson2021' in footnote("estimates", "gpt-3").words
    assert "Stated:" not in footnote("estimates", "gpt-4").words
