"""The tree of one number: built from the rows of a trace, shortened, and written as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from warehouse import traces
from warehouse.connect import Home
from warehouse.errors import NotFoundError
from warehouse.read import release
from warehouse.trace import Node, as_json, collapsed, flag_meanings, tree, with_values

CLAIM_KEYS = {
    "claim_id", "subject", "quantity", "reported_text", "basis", "reference", "locator", "source_id", "source_row",
    "snapshot_id", "retrieved_at",
}  # fmt: skip


def row(place: list[int], role: str, value: float, **more: Any) -> dict[str, Any]:
    """Return one row of a trace; a claim if it has a claim_id."""
    empty = dict.fromkeys(
        ["table_name", "row_id", "column_name", "unit", "formula", "claim_id", "subject_kind", "subject_id", "quantity",
         "reported_text", "basis", "boundary", "period_start", "period_end", "flags", "reference_id", "reference_title",
         "reference_authors", "reference_year", "reference_url", "reference_licence", "locator", "source_id",
         "source_row", "snapshot_id", "retrieved_at"]
    )  # fmt: skip
    return {
        **empty,
        "place": place,
        "role": role,
        "bound": "value",
        "value": value,
        "low": value,
        "high": value,
        **more,
    }


def computed(place: list[int], role: str, value: float, formula: str | None, **more: Any) -> dict[str, Any]:
    return row(place, role, value, table_name="runs", row_id=7, column_name=role, formula=formula, **more)


ROWS = [
    computed([], "energy_kwh", 30.0, "moved_kwh * pue", low=20.0, high=40.0),
    computed([1], "moved_kwh", 20.0, "run_kwh"),
    computed([1, 1], "run_kwh", 20.0, "kwh(hours / power_w)", low=10.0),
    row([1, 1, 1], "hours", 8.0, claim_id=11, reported_text="8 h", flags="broken_chain;odd"),
    row([1, 1, 2], "power_w", 2500.0, claim_id=12, bound="high", high=3000.0),
    row([2], "pue", 1.5, claim_id=13, retrieved_at=datetime(2026, 1, 2)),
]


def test_tree_has_every_row_at_its_place() -> None:
    root = tree(reversed(ROWS))
    assert [entry.role for entry in root.inputs] == ["moved_kwh", "pue"]
    assert [entry.role for entry in root.inputs[0].inputs[0].inputs] == ["hours", "power_w"]
    assert (root.table, root.row_id, root.column) == ("runs", 7, "energy_kwh")
    leaf = root.inputs[1]
    assert (leaf.table, leaf.row_id, leaf.inputs) == ("claim", 13, ())


def test_collapsing_leaves_out_copies_and_keeps_the_name_that_the_formula_uses() -> None:
    short = collapsed(tree(ROWS))
    moved = short.inputs[0]
    assert moved.role == "moved_kwh"
    assert moved.formula == "kwh(hours / power_w)"
    assert [entry.role for entry in moved.inputs] == ["hours", "power_w"]


def test_a_claimed_cell_collapses_into_its_claim() -> None:
    short = collapsed(tree([computed([], "pue", 1.2, None), row([1], "pue", 1.2, claim_id=5)]))
    assert short.claim is not None
    assert (short.row_id, short.inputs) == (5, ())


def test_formula_shows_the_end_of_the_range_that_it_takes() -> None:
    step = collapsed(tree(ROWS)).inputs[0]
    assert with_values(step, lambda number: f"{number:g}") == "kwh(8 / 3000)"


def test_flags_are_explained_and_unknown_ones_kept() -> None:
    assert flag_meanings("broken_chain;odd") == [("broken_chain", "cites no document that can be opened"), ("odd", "")]
    assert flag_meanings(None) == []


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for entry in node["inputs"] for leaf in leaves(entry)] or [node]


def gpt4_westus(home: Home) -> Node:
    with release(home) as opened:
        (found,) = traces.traces(opened, "gpt-4", "emissions_tco2e", "azure/westus", "server_power")
    return tree(found.rows.records())


def test_gpt4_in_west_us_is_recomputed_from_the_leaves_of_its_own_json(home: Home) -> None:
    made = as_json(gpt4_westus(home))
    found = {leaf["role"]: (leaf["low"], leaf["high"]) for leaf in leaves(made)}
    assert found == {
        "accelerator_count": (25_000, 25_000),
        "accelerators_per_server": (8, 8),
        "server_power_w": (6_500, 6_500),
        "training_duration_h": (2_160, 2_400),
        "pue": (1.18, 1.18),
        "grid_intensity_g_per_kwh": (240.6, 240.6),
    }
    # 25,000 GPUs / 8 = 3,125 servers; x 6.5 kW x 2,160 h = 43,875,000 kWh; x 1.18 = 51,772,500 kWh;
    # x 240.6 g = 12,456.4635 t; at 2,400 h 57,525,000 kWh and 13,840.515 t
    assert made["low"] == pytest.approx(12_456.4635, rel=1e-12)
    assert made["high"] == pytest.approx(13_840.515, rel=1e-12)


def test_json_leaves_carry_their_claim(home: Home) -> None:
    for leaf in leaves(as_json(gpt4_westus(home))):
        assert leaf["claim"].keys() >= CLAIM_KEYS
        assert leaf["claim"]["reference"]["reference_id"]
        assert leaf["formula"] is None


def test_what_a_run_rests_on_besides_numbers_is_told_with_its_claims(home: Home) -> None:
    with release(home) as opened:
        (best,) = traces.traces(opened, "gpt-4", "energy_kwh")
        (by_tdp,) = traces.traces(opened, "gpt-4", "energy_kwh", method="accelerator_power")
        (moved,) = traces.traces(opened, "gpt-4", "energy_kwh", region="azure/canadaeast")
        assert opened.words("SELECT place_basis FROM estimates WHERE model_id = 'gpt-4' LIMIT 1") == [
            "region, inferred"
        ]
    chosen = {one["choice"]: one for one in best.choices}
    assert {name: one["chosen"] for name, one in chosen.items()} == {
        "region": "azure/centralus", "server": "nvidia-dgx-a100-40gb"
    }  # fmt: skip
    place = chosen["region"]
    said = (place["reported_text"], place["basis"], place["flags"], place["reference_id"], place["source_id"])
    assert said == ("next to cornfields west of Des Moines", "disclosed", "inferred", "ap2023", "training_runs")
    assert place["retrieved_at"] is not None
    assert {one["choice"]: one["chosen"] for one in by_tdp.choices} == {
        "region": "azure/centralus", "accelerator": "nvidia-a100"
    }  # fmt: skip
    assert [one["choice"] for one in moved.choices] == ["server"]  # the region was asked for
    told = as_json(tree(best.rows.records()), best.choices)["choices"]
    assert [(one["choice"], one["flags"]) for one in told] == [("server", []), ("region", ["inferred"])]


@pytest.mark.parametrize(
    ("model", "column", "said"),
    [
        ("gpt-4", "emisions_tco2e", "nearest: emissions_tco2e"),
        ("gpt-3", "nameplate_energy_kwh", "by disclosed is unknown. Known: energy_kwh"),
        ("gpt-3", "it_energy_kwh", "energy is as disclosed, PUE included"),
    ],
)
def test_what_cannot_be_traced_says_why(home: Home, model: str, column: str, said: str) -> None:
    with release(home) as opened, pytest.raises(NotFoundError, match=said):
        traces.traces(opened, model, column)


def test_any_number_of_any_table_is_traced_by_its_row(home: Home) -> None:
    with release(home) as opened:
        audited = next(record for record in opened.audit().records() if record["published_id"].endswith("/servers"))
        root = tree(traces.trace_number(opened, "claim_audit", audited["row_id"], "recomputed").records())
        assert root.value == 3_125
        with pytest.raises(NotFoundError, match="no such row"):
            traces.trace_number(opened, "claim_audit", 1, "recomputed")
        with pytest.raises(NotFoundError, match="nearest: claim_audit"):
            traces.trace_number(opened, "claim_audits", 1, "recomputed")
