"""Energy by each method, worked by hand on a small ledger: what goes in, what stays out, and which claim wins."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from warehouse.expectations.estimates import METHODS
from warehouse.macros import macros


@pytest.fixture(scope="module")
def lab(ledger: Any) -> Any:
    """Return a ledger of one run for each way in which energy is worked out."""
    ledger.world()
    ledger.accelerator("gpu-a", tdp=400, peak_flops=300e12)
    ledger.accelerator("gpu-b1", "gpu-b", tdp=250, peak_flops=100e12)
    ledger.accelerator("gpu-b2", "gpu-b", tdp=360, peak_flops=400e12)
    ledger.accelerator("gpu-c", tdp=900)
    ledger.accelerator("chip-t", hardware_type="tpu", tdp=500)
    ledger.accelerator("chip-m", hardware_type="tpu", average_power=200, peak_flops=100e12)
    for family in ("gpu-b", "a-then-c", "b-then-c"):
        ledger.entity("accelerator", family)
    for combined, member in (
        ("a-then-c", "gpu-a"),
        ("a-then-c", "gpu-c"),
        ("b-then-c", "gpu-b"),
        ("b-then-c", "gpu-c"),
    ):
        ledger.connection.execute("INSERT INTO combination VALUES (?, ?)", [combined, member])
    ledger.facts("server", "box", server_power=6_400, accelerators_per_server=8, accelerator="gpu-a")
    ledger.run("counted", accelerator="gpu-a", accelerator_count=800, training_duration=240, pue=1.1)
    ledger.run("timed", accelerator="gpu-a", accelerator_hours=1_000)
    ledger.run("computed", accelerator="gpu-a", training_compute=1.08e21, hardware_utilization=0.5)
    ledger.run("tokens", accelerator="gpu-b1", parameters=1e9, training_tokens=2e10)
    for name in ("gpu-b", "a-then-c", "b-then-c", "chip-t", "chip-m"):
        ledger.run(f"on-{name}", accelerator=name, accelerator_hours=1_000)
    ledger.run("wide-compute", accelerator="gpu-b", training_compute=1.44e20, hardware_utilization=0.5)
    ledger.run("measured-compute", accelerator="chip-m", training_compute=7.2e19, hardware_utilization=0.5)
    ledger.run("metered", accelerator="gpu-a", accelerator_hours=1_000, average_power=330)
    ledger.run("bloom", accelerator="gpu-a", accelerator_hours=1_082_990)
    for run_id, boundaries in (
        ("facility", ["pue_included", "pue_excluded", ""]),
        ("it", ["pue_excluded", ""]),
        ("unstated", [""]),
    ):
        ledger.run(run_id, pue=1.1)
        for number, boundary in enumerate(boundaries):
            ledger.state("training_run", run_id, "energy", 100 + number, boundary=boundary)
    ledger.run("quoted", accelerator="gpu-a")
    for hours, more in (
        (1_000, {"basis": "calculated"}),
        (2_000, {"basis": "measured", "flags": "secondary"}),
        (3_000, {"basis": "measured", "flags": "third_party", "rank": "preferred"}),
        (4_000, {"basis": "measured", "rank": "deprecated"}),
        (5_000, {"basis": "measured", "superseded_at": "2026-01-02"}),
        (6_000, {"basis": "measured", "boundary": "fine_tuning"}),
    ):
        ledger.state("training_run", "quoted", "accelerator_hours", hours, **more)
    ledger.run("second-hand", accelerator="gpu-a")
    ledger.state("training_run", "second-hand", "accelerator_hours", 2_000, flags="secondary")
    ledger.run("beside", accelerator="gpu-a", accelerator_hours=1_000)
    for number, boundary in enumerate(OVERHEADS):
        ledger.state("training_run", "beside", "energy", 1_000 + number, boundary=f"pue_excluded;{boundary}")
    ledger.state("training_run", "beside", "emissions", 7, boundary="embodied_included")
    for run_id, more in (
        ("by-others", {"basis": "calculated", "flags": "by_others"}),
        ("sensed", {"basis": "measured"}),
        ("second-hand-energy", {"flags": "odd;secondary"}),
    ):  # fmt: skip
        ledger.run(run_id)
        ledger.state("training_run", run_id, "energy", 70, boundary="pue_included", **more)
    ledger.derive("estimates", "overheads")
    return ledger


OVERHEADS = {
    "idle_only": "idle",
    "all_experiments": "all experiments",
    "family_total": "several runs",
    "fine_tuning": "fine-tuning",
    "lower_bound": "part of the run",
}


def energy(lab: Any, run_id: str, method: str) -> tuple[float, float, float]:
    found: tuple[float, float, float] = lab.number("run_energy", "it_energy_kwh", run_id=run_id, method=method)
    return found


def exact(value: float) -> Any:
    return pytest.approx((value, value, value), rel=1e-12)


def test_servers_times_maximum_power_times_hours_times_fraction(lab: Any) -> None:
    # 800 accelerators / 8 = 100 servers; x 6.4 kW x 240 h = 153,600 kWh; x 0.75 = 115,200 kWh; x PUE 1.1 = 126,720 kWh
    assert energy(lab, "counted", "server_power") == exact(153_600)
    assert energy(lab, "counted", "server_average_power") == exact(115_200)
    keys = {"run_id": "counted", "method": "server_average_power"}
    assert lab.number("estimates", "energy_kwh", **keys) == exact(126_720)
    # nameplate beside it: 153,600 x 1.1; emissions at the world's 480 g/kWh: 126,720 x 0.48 kg = 60.8256 t
    assert lab.number("estimates", "nameplate_energy_kwh", **keys) == exact(168_960)
    assert lab.number("estimates", "emissions_tco2e", **keys) == exact(60.8256)


def test_server_hours_from_accelerator_hours(lab: Any) -> None:
    # 1,000 h / 8 = 125 server-hours; x 6.4 kW = 800 kWh; x 0.75 = 600 kWh
    assert energy(lab, "timed", "server_power") == exact(800)
    assert energy(lab, "timed", "server_average_power") == exact(600)


def test_accelerator_hours_times_tdp_and_what_a_share_of_the_server_draws(lab: Any) -> None:
    # 1,000 h x 400 W = 400 kWh at TDP; x sqrt(1.0 x 1.44) = 1.2: 480 kWh, between 400 and 576
    assert energy(lab, "timed", "accelerator_power") == exact(400)
    assert energy(lab, "timed", "accelerator_average_power") == pytest.approx((400, 480, 576), rel=1e-12)
    # a TPU: 500 kWh x sqrt(0.64 x 0.81) = 0.72: 360 kWh, between 320 and 405
    assert energy(lab, "on-chip-t", "accelerator_average_power") == pytest.approx((320, 360, 405), rel=1e-12)


def test_training_compute_over_the_achieved_rate(lab: Any) -> None:
    # 1.08e21 / (300e12 x 0.5) = 7.2e6 s = 2,000 h; x 400 W = 800 kWh; x 1.2 = 960 kWh, between 800 and 1,152
    assert energy(lab, "computed", "training_compute") == pytest.approx((800, 960, 1_152), rel=1e-12)
    hours = lab.row("run_energy", "accelerator_hours_h", run_id="computed", method="training_compute")
    assert hours == (pytest.approx(2_000),)


def test_six_operations_for_each_parameter_and_token(lab: Any) -> None:
    # 6 x 1e9 x 2e10 = 1.2e20; / (100e12 x 0.4 assumed) = 3e6 s = 833.3 h; x 250 W = 208.3 kWh; x 1.2 = 250 kWh
    assert lab.number("run_compute", "compute_flop", run_id="tokens") == exact(1.2e20)
    assert lab.row("run_compute", "compute_basis, utilization_basis", run_id="tokens") == (
        "parameters x tokens",
        "assumed",
    )
    assert energy(lab, "tokens", "training_compute")[1] == pytest.approx(250, rel=1e-12)


def test_a_family_is_the_range_over_its_products(lab: Any) -> None:
    # 250 and 360 W: sqrt(250 x 360) = 300 W; 1,000 h: 300 kWh, between 250 and 360
    assert energy(lab, "on-gpu-b", "accelerator_power") == pytest.approx((250, 300, 360), rel=1e-12)
    # 100 and 400 TFLOP/s: 200; 1.44e20 / (2e14 x 0.5) = 1.44e6 s = 400 h; x 300 W x 1.2 = 144 kWh.
    # Ends: 200 h x 250 W x 1.0 = 50 kWh and 800 h x 360 W x 1.44 = 414.72 kWh
    assert energy(lab, "wide-compute", "training_compute") == pytest.approx((50, 144, 414.72), rel=1e-12)


def test_one_kind_then_another_is_the_range_over_both(lab: Any) -> None:
    # 400 W, then 900 W: sqrt(400 x 900) = 600 W
    assert energy(lab, "on-a-then-c", "accelerator_power") == pytest.approx((400, 600, 900), rel=1e-12)
    # a family of 250 and 360 W, then 900 W: sqrt(250 x 900) = 474.3 W
    assert energy(lab, "on-b-then-c", "accelerator_power") == pytest.approx((250, 474.34164902, 900), rel=1e-9)


def test_an_average_that_was_measured_or_stated_needs_no_fraction(lab: Any) -> None:
    # no TDP, 200 W measured by the maker: 200 kWh; by compute 7.2e19 / (1e14 x 0.5) = 400 h x 200 W = 80 kWh
    assert energy(lab, "on-chip-m", "accelerator_average_power") == exact(200)
    assert energy(lab, "measured-compute", "training_compute") == exact(80)
    # 330 W stated for the run replaces 400 W x 1.2
    assert energy(lab, "metered", "accelerator_average_power") == exact(330)
    assert energy(lab, "metered", "accelerator_power") == exact(400)


def test_what_is_disclosed_is_kept_and_overhead_added_only_where_it_is_known_to_be_missing(lab: Any) -> None:
    disclosed = "FROM estimates WHERE method = 'disclosed' AND energy_kwh <> 70"
    found = lab.rows(f"SELECT run_id, energy_kwh, pue_basis {disclosed} ORDER BY ALL")
    assert found == [
        ("facility", 100, "in the energy"),
        ("it", pytest.approx(110), "stated for the run"),
        ("unstated", 100, "in the energy"),
    ]


def test_a_disclosed_energy_says_how_it_is_known_and_whether_by_others(lab: Any) -> None:
    found = lab.rows("SELECT run_id, energy_basis FROM estimates WHERE energy_basis IS NOT NULL ORDER BY ALL")
    assert found == [
        ("by-others", "calculated by others"),
        ("facility", "disclosed"),
        ("it", "disclosed"),
        ("second-hand-energy", "disclosed, second-hand"),
        ("sensed", "measured"),
        ("unstated", "disclosed"),
    ]


def test_the_headline_is_disclosed_before_averages_before_compute_before_nameplates(lab: Any) -> None:
    ranks = [lab.rows(f"SELECT method_order('{method}')")[0][0] for method in METHODS]
    assert ranks == list(range(1, 7))
    heads = dict(lab.rows("SELECT run_id, method FROM run_energy WHERE is_headline"))
    assert heads["counted"] == "server_average_power"
    assert heads["on-chip-t"] == "accelerator_average_power"
    assert heads["computed"] == "training_compute"
    assert lab.rows("SELECT count(*) FROM run_energy WHERE is_headline") == [(len(heads),)]


def test_first_hand_before_second_hand_and_never_a_third_party_s(lab: Any) -> None:
    # of six statements only the calculated 1,000 h of the run itself counts: 1,000 x 400 W
    assert energy(lab, "quoted", "accelerator_power") == exact(400)
    # where nothing else is stated, the second-hand figure serves
    assert energy(lab, "second-hand", "accelerator_power") == exact(800)


def test_overheads_stand_beside_and_in_no_estimate(lab: Any) -> None:
    beside = dict(lab.rows("SELECT kind, energy_kwh FROM overheads WHERE energy_kwh IS NOT NULL"))
    assert beside == {kind: 1_000 + number for number, kind in enumerate(OVERHEADS.values())}
    assert lab.rows("SELECT kind, emissions_tco2e FROM overheads WHERE emissions_tco2e IS NOT NULL") == [
        ("with making of hardware", 7)
    ]
    methods = lab.rows("SELECT method, it_energy_kwh FROM estimates WHERE run_id = 'beside' ORDER BY ALL")
    assert methods == lab.rows("SELECT method, it_energy_kwh FROM estimates WHERE run_id = 'timed' ORDER BY ALL")


def test_embodied_emissions_of_bloom(lab: Any) -> None:
    # 1,082,990 h x (150 + 2,500 / 8) kg / (6 years of 8,766 h x 0.85) = 11.2 t, as BLOOM's authors print
    low, center, high = lab.number("run_embodied", "embodied_emissions_tco2e", run_id="bloom")
    assert (low, high) == (center, center)
    assert center == pytest.approx(1_082_990 * 0.4625 / (6 * 8_766 * 0.85), rel=1e-12)
    assert round(center, 1) == 11.2
    # hours from compute where none are stated: 2,000 h x 0.4625 t / 44,706.6 h
    assert lab.row("run_embodied", "embodied_emissions_tco2e", run_id="computed") == (
        pytest.approx(0.0206904, rel=1e-5),
    )
    # beside the emissions of the electricity, not in them: 1,082,990 / 8 x 6.4 kW x 0.75 x 1.5 x 480 g = 467.9 t
    assert lab.row("estimates", "emissions_tco2e", run_id="bloom", method="server_average_power") == (
        pytest.approx(467.85168),
    )


def test_method_order_and_the_methods_of_energy_are_the_same_list(lab: Any) -> None:
    methods = {method for (method,) in lab.rows("SELECT DISTINCT method FROM run_energy")}
    assert methods == set(METHODS)
    assert macros()["training_operations"].directions == (1, 1)


def test_the_power_fraction_of_accelerators_is_what_its_parts_give(tables: duckdb.DuckDBPyConnection) -> None:
    """It is stated as worked out from four other figures; each of these is a claim of its own."""
    stated, worked_out = tables.execute("""
        SELECT world.highest_gpu_power_fraction,
            world.server_power_fraction * server.server_power_w / (server.accelerators_per_server * accelerator.tdp_w)
        FROM world_facts AS world
        JOIN servers AS server ON server.server_id = 'nvidia-dgx-h100'
        JOIN accelerators AS accelerator ON accelerator.accelerator_id = 'nvidia-h100-sxm5-80gb'
    """).fetchall()[0]
    assert stated == pytest.approx(worked_out, abs=5e-4)
