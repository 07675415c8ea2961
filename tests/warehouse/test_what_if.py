"""What-if: a reader's figures in the place of cited ones, worked by hand, and never another answer than the tables'."""

from __future__ import annotations

import os
import time
from typing import Any

import duckdb
import pytest

from warehouse import lineage
from warehouse.connect import Home
from warehouse.errors import LoadError, NotFoundError
from warehouse.read import Release, release
from warehouse.stages.deriving import completed
from warehouse.trace import Node, tree
from warehouse.what_if import WhatIf
from warehouse.yours import WhatIfRead

#: 25,000 accelerators / 8 in a server x 6.5 kW x 95 d x 24 h = 46,312,500 kWh at nameplate, before PUE.
SERVERS_KWH = 25_000 / 8 * 6.5 * 95 * 24


@pytest.fixture(scope="module")
def lab(ledger: Any) -> Any:
    """Return a ledger of a few runs, its tables derived and its macros published."""
    ledger.world()
    ledger.entity("provider", "cloud")
    for region, intensity in (("cloud/here", 500), ("cloud/there", 20)):
        ledger.entity("region", region, "cloud")
        ledger.state("region", region, "grid_intensity", intensity, boundary="location", year=2023)
    ledger.state("region", "cloud/there", "pue", 1.3, qualifier="measured_operational", year=2023)
    ledger.accelerator("gpu-a", tdp=400, peak_flops=300e12)
    ledger.accelerator("gpu-z", tdp=700)
    ledger.accelerator("gpu-0")
    ledger.facts("server", "box", server_power=6_500, accelerators_per_server=8, accelerator="gpu-a")
    place = {"provider": "cloud", "region": "cloud/here", "pue": 1.2}
    ledger.run("gpt", accelerator="gpu-a", accelerator_count=25_000, training_duration=(2_160, 2_400), **place)
    ledger.run("timed", accelerator="gpu-a", accelerator_hours=1_000, average_power=330, server="box")
    ledger.run("counted", accelerator="gpu-a", accelerator_count=100, training_duration=10, accelerator_hours=5_000)
    ledger.run("computed", accelerator="gpu-a", training_compute=1.08e21, hardware_utilization=0.5, parameters=1e9)
    ledger.run("dark", accelerator="gpu-0", accelerator_hours=1_000)
    ledger.run("bare", accelerator_count=8)
    ledger.run("metered")
    ledger.state("training_run", "metered", "energy", 100, boundary="pue_included")
    ledger.derive(*completed())
    lineage.publish(ledger.connection, completed())
    return ledger


def ask(lab: Any, model: str, method: str, columns: str = "energy_kwh", **given: Any) -> tuple[Any, ...]:
    """Return columns of the answer of the macro for one method."""
    said = "".join(f", {name} := {value!r}" for name, value in given.items())
    (found,) = lab.rows(f"SELECT {columns} FROM what_if('{model}'{said}) WHERE method = '{method}'")
    return tuple(found)


def test_worked_by_hand(lab: Any) -> None:
    moved = {"region": "cloud/there", "pue": 1.1, "duration_h": 95 * 24}
    columns = "energy_kwh, energy_kwh_low, energy_kwh_high, emissions_tco2e, pue, place_id, place_basis"
    at_maximum = ask(lab, "gpt", "server_power", columns, **moved)
    assert at_maximum[:3] == pytest.approx([SERVERS_KWH * 1.1] * 3, rel=1e-12)
    assert at_maximum[3] == pytest.approx(SERVERS_KWH * 1.1 * 20 / 1e6, rel=1e-12)
    assert at_maximum[4:] == (1.1, "cloud/there", "yours")
    (on_average,) = ask(lab, "gpt", "server_average_power", **moved)
    assert on_average == pytest.approx(SERVERS_KWH * 1.1 * 0.75, rel=1e-12)
    (alone,) = ask(lab, "gpt", "accelerator_power", **moved)
    assert alone == pytest.approx(25_000 * 95 * 24 * 0.4 * 1.1, rel=1e-12)


def test_a_range_has_its_centre_where_a_claimed_one_has_it(lab: Any) -> None:
    ends = "energy_kwh_low, energy_kwh, energy_kwh_high"
    assert ask(lab, "gpt", "server_power", ends, duration_h=[2160, 2400]) == ask(lab, "gpt", "server_power", ends)
    assert ask(lab, "gpt", "server_power", ends, duration_h=[2160, 2300, 2400]) == pytest.approx(
        [25_000 / 8 * 6.5 * hours * 1.2 for hours in (2_160, 2_300, 2_400)], rel=1e-12
    )


def test_yours_are_named_and_no_claim_stands_for_them(lab: Any) -> None:
    columns = "yours, training_duration_h_claim_id, accelerator_count_claim_id > 0"
    assert ask(lab, "gpt", "server_power", columns, duration_h=1, pue=1.5) == (["duration_h", "pue"], None, True)
    assert ask(lab, "gpt", "server_power", "yours, set_aside") == ([], [])


@pytest.mark.parametrize(
    ("model", "given", "set_aside"),
    [
        ("gpt", {"region": "cloud/there"}, ["pue"]),
        ("gpt", {"region": "cloud/here"}, []),
        ("gpt", {"region": "cloud/there", "pue": 1.4}, []),
        ("timed", {"accelerator": "gpu-z"}, ["average_power_w", "server"]),
        ("timed", {"accelerator": "gpu-a"}, []),
        ("timed", {"accelerator_count": 4}, []),
        ("timed", {"accelerator_count": 4, "duration_h": 5}, ["stated_accelerator_hours_h"]),
        ("counted", {"stated_accelerator_hours_h": 9}, ["duration_h"]),
        ("counted", {"duration_h": 9}, ["stated_accelerator_hours_h"]),
        ("computed", {"tokens": 2e10}, ["compute_flop"]),
    ],
)
def test_what_yours_take_the_place_of_is_set_aside(
    lab: Any, model: str, given: dict[str, Any], set_aside: list[str]
) -> None:
    said = "".join(f", {name} := {value!r}" for name, value in given.items())
    found = lab.rows(f"SELECT DISTINCT set_aside FROM what_if('{model}'{said})")
    assert [sorted(names) for (names,) in found] == [set_aside]


def test_a_place_moves_whole(lab: Any) -> None:
    """The region's own PUE and intensity hold there, not those that the run states for its own."""
    columns = "pue, grid_intensity_g_per_kwh, region_id"
    assert ask(lab, "gpt", "server_power", columns, region="cloud/there") == (1.3, 20, "cloud/there")
    assert ask(lab, "gpt", "server_power", columns) == (1.2, 500, "cloud/here")


def test_hours_and_factors_do_not_shadow_yours(lab: Any) -> None:
    assert ask(lab, "counted", "accelerator_power", "it_energy_kwh") == pytest.approx((5_000 * 0.4,))
    assert ask(lab, "counted", "accelerator_power", "it_energy_kwh", duration_h=20) == pytest.approx((100 * 20 * 0.4,))
    mine = ask(lab, "counted", "accelerator_power", "it_energy_kwh", stated_accelerator_hours_h=9)
    assert mine == pytest.approx((9 * 0.4,))


def test_hardware_of_yours(lab: Any) -> None:
    assert ask(lab, "gpt", "server_power", server_power_w=5_200, duration_h=100, pue=1) == pytest.approx(
        (25_000 / 8 * 5.2 * 100,)
    )
    assert ask(lab, "timed", "accelerator_power", "it_energy_kwh", tdp_w=300) == pytest.approx((300,))
    assert lab.rows("FROM what_if('dark') WHERE method = 'accelerator_power'") == []
    assert ask(lab, "dark", "accelerator_power", "it_energy_kwh", tdp_w=300) == pytest.approx((300,))
    mine = ask(lab, "gpt", "server_average_power", server_power_fraction=0.5, duration_h=100, pue=1)
    assert mine == pytest.approx((25_000 / 8 * 6.5 * 100 * 0.5,))


def test_a_run_with_too_little_said_of_it_is_estimated_with_yours(lab: Any) -> None:
    assert lab.rows("FROM what_if('bare')") == []
    assert ask(lab, "bare", "accelerator_power", "it_energy_kwh", accelerator="gpu-a", duration_h=10) == pytest.approx(
        (8 * 10 * 0.4,)
    )


def leaves(node: Node) -> list[Node]:
    return [leaf for entry in node.inputs for leaf in leaves(entry)] or [node]


def test_the_trace_says_which_inputs_are_yours_and_gives_the_number_again(lab: Any) -> None:
    asking = WhatIfRead(Release(lab.connection), "gpt", {"pue": "1.1", "training_duration_h": "95d", "tdp_w": "350 W"})
    (answer,) = [answer for answer in asking.answers if answer.method == "server_power"]
    root = tree(asking.trace(answer, "emissions_tco2e").records())
    found = {leaf.role: (leaf.value, leaf.claim and leaf.claim["basis"], leaf.claim and leaf.claim["reported_text"])
             for leaf in leaves(root)}  # fmt: skip
    assert found == {
        "accelerator_count": (25_000, "disclosed", "as printed"),
        "accelerators_per_server": (8, "disclosed", "as printed"),
        "server_power_w": (6_500, "disclosed", "as printed"),
        "training_duration_h": (2_280, "yours", "95 d"),
        "pue": (1.1, "yours", "1.1"),
        "grid_intensity_g_per_kwh": (500, "disclosed", "as printed"),
    }
    assert root.value == pytest.approx(SERVERS_KWH * 1.1 * 500 / 1e6, rel=1e-12)
    (alone,) = [answer for answer in asking.answers if answer.method == "accelerator_power"]
    told = {leaf.role: leaf.claim["reported_text"] for leaf in leaves(tree(asking.trace(alone, "energy_kwh").records()))
            if leaf.claim and leaf.claim["basis"] == "yours"}  # fmt: skip
    assert told == {"pue": "1.1", "training_duration_h": "95 d", "tdp_w": "350 W"}


@pytest.mark.parametrize(
    ("name", "text", "ends", "said"),
    [
        ("duration_h", "95d", (2_280, 2_280, 2_280), "95 d"),
        ("training_duration_h", "90-100 days", (2_160, (2_160 * 2_400) ** 0.5, 2_400), "90-100 days"),
        ("server_power_w", "6.5kW", (6_500, 6_500, 6_500), "6.5 kW"),
        ("grid_intensity_g_per_kwh", "0.4 kg/kWh", (400, 400, 400), "0.4 kg/kWh"),
        ("hardware_utilization", "40%", (0.4, 0.4, 0.4), "40 %"),
        ("accelerator_count", "25,000", (25_000, 25_000, 25_000), "25000"),
        ("duration_h", "95h", (95, 95, 95), "95 h"),
        ("compute_flop", "2e25 FLOP", (2e25, 2e25, 2e25), "2E+25 FLOP"),
    ],
)
def test_inputs_are_read_with_unit_and_range(
    lab: Any, name: str, text: str, ends: tuple[float, float, float], said: str
) -> None:
    (one,) = WhatIfRead(Release(lab.connection), "gpt", {name: text}).given
    assert one.ends == pytest.approx(ends, rel=1e-15)
    assert one.text == said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("duration_h", "95 kg", "does not convert"),
        ("duration_h", "long", "expected a number"),
        ("duration_h", "95", "found '95': expected a unit with it, as '95 h' or another that converts to h"),
        ("server_power_w", "6500", "as '6500 W'"),
        ("duration_h", "0 h", "expected more than 0 h"),
        ("pue", "0.9", "expected at least 1"),
        ("hardware_utilization", "45", "expected from 0 to 1"),
        ("region", "cloud/theer", "nearest: cloud/there"),
        ("accelerator", "gpu-y", "nearest: gpu"),
        ("duratoin_h", "95", "nearest: duration_h"),
    ],
)
def test_what_cannot_be_read_says_what_is_expected(lab: Any, name: str, text: str, said: str) -> None:
    with pytest.raises((LoadError, NotFoundError), match=said):
        _ = WhatIfRead(Release(lab.connection), "gpt", {name: text})


def test_a_model_that_nothing_is_known_of_says_so(lab: Any) -> None:
    with pytest.raises(NotFoundError, match="that takes an energy"):
        _ = WhatIfRead(Release(lab.connection), "bare", {"pue": "1.1"}).answers


def test_an_input_that_a_method_does_not_use_leaves_it_alone(lab: Any) -> None:
    asking = WhatIfRead(Release(lab.connection), "metered", {"duration_h": "95 d"})
    assert [answer.is_moved for answer in asking.answers] == [False]


COLUMNS = "run_id, method, it_energy_kwh, pue, energy_kwh_low, energy_kwh, energy_kwh_high, emissions_tco2e"
#: Some of the models, and more of them with FOOTNOTE_SLOW=1.
SOME = f"USING SAMPLE {15 if os.environ.get('FOOTNOTE_SLOW') else 4} ROWS (reservoir, 11)"


def test_without_inputs_it_says_what_the_estimates_say(tables: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(completed()["estimates"].columns)
    models = tables.execute(f"SELECT DISTINCT model_id FROM estimates {SOME}").fetchall()
    for (model,) in [*models, ("gpt-4",), ("gpt-3",), ("bloom",)]:
        ours = tables.execute(f"SELECT {columns} FROM what_if(?) ORDER BY estimate_id", [model]).fetchall()
        theirs = f"SELECT {columns} FROM estimates WHERE model_id = ? ORDER BY estimate_id"
        assert ours == tables.execute(theirs, [model]).fetchall(), model


def test_moved_to_a_region_it_says_what_the_estimates_by_region_say(tables: duckdb.DuckDBPyConnection) -> None:
    asked = tables.execute(f"SELECT DISTINCT model_id, region_id FROM estimates_by_region WHERE is_preferred {SOME}")
    for model, region in [*asked.fetchall(), ("gpt-4", "azure/canadaeast")]:
        ours = tables.execute(f"SELECT {COLUMNS} FROM what_if(?, region := ?)", [model, region]).fetchall()
        theirs = f"SELECT {COLUMNS} FROM estimates_by_region WHERE model_id = ? AND region_id = ? AND is_preferred"
        assert set(tables.execute(theirs, [model, region]).fetchall()) <= set(ours), (model, region)


def test_every_table_of_runs_between_runs_and_estimates_is_computed_again() -> None:
    made = WhatIf(completed())
    assert {"accelerator_time", "run_servers", "run_energy", "run_pue", "run_intensity"} <= set(made.recomputed)
    assert not {"place_pue", "place_intensity", "method_errors"} & set(made.tables)
    names = [entry.name for entry in made.parameters]
    assert len(set(names)) == len(names)
    assert {"region", "pue", "duration_h", "accelerator_count", "server_power_w", "tdp_w"} <= set(names)


def test_the_macro_answers_within_seconds(home: Home) -> None:
    with release(home) as opened:
        started = time.monotonic()
        opened.rows("FROM what_if('gpt-4', region := 'azure/canadaeast', pue := 1.1, duration_h := 95 * 24)")
        assert time.monotonic() - started < 5
