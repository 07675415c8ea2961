"""A formula gives the unit that its column's name says, or is refused when the models are read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse import dimensions
from warehouse.derive import complete_all
from warehouse.errors import SqlModelError
from warehouse.layout import prepare
from warehouse.macros import macros
from warehouse.sqlmodel import read_models
from warehouse.stages.deriving import completed
from warehouse.units import in_claims
from warehouse.vocabulary import factor, pint_name, registry

NUMBERS = [
    "accelerator_count",
    "tdp_w",
    "load_w",
    "duration_h",
    "pue",
    "energy_kwh",
    "grid_intensity_g_per_kwh",
    "training_flop",
]
PICKS = ",\n".join(f"max(claim.value) FILTER (WHERE claim.quantity = '{name}') AS {name}" for name in NUMBERS)
FACTS = f"""-- Facts of runs.
-- grain: run_id
SELECT claim.subject_id AS run_id, {PICKS}
FROM claim AS claim
GROUP BY claim.subject_id
"""


def complete(folder: Path, formula: str, name: str) -> None:
    (folder / "facts.sql").write_text(FACTS)
    used = f"-- Test.\n-- grain: run_id\nSELECT run.run_id, {formula} AS {name} FROM facts AS run"
    (folder / "used.sql").write_text(used)
    complete_all(read_models(folder))


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("kwh(run.tdp_w * run.duration_h) * run.pue", "it_energy_kwh"),
        ("tonnes(run.energy_kwh * run.grid_intensity_g_per_kwh)", "emissions_tco2e"),
        ("watt_hours(run.energy_kwh) / run.duration_h", "power_w"),
        ("sqrt(run.tdp_w * run.load_w)", "power_w"),
        ("half_log(run.load_w, run.tdp_w)", "power_spread"),
        ("run.duration_h + run.duration_h / run.pue", "waiting_h"),
        ("training_operations(run.pue, run.accelerator_count) + run.training_flop", "compute_flop"),
    ],
)
def test_units_that_go_together_are_accepted(tmp_path: Path, formula: str, name: str) -> None:
    complete(tmp_path, formula, name)


@pytest.mark.parametrize(
    ("formula", "name", "said"),
    [
        ("run.energy_kwh + run.pue", "total_kwh", "energy_kwh + pue puts kWh and a plain number together"),
        ("run.energy_kwh - run.tdp_w", "total_kwh", "energy_kwh - tdp_w puts kWh and W together"),
        ("span(run.energy_kwh, run.tdp_w)", "total_kwh", "its formula gives kWh**0.5*W**0.5, its name says kWh"),
        ("within(run.energy_kwh, run.tdp_w, run.energy_kwh)", "total_kwh", "puts kWh and W together"),
        ("run.tdp_w * run.duration_h", "total_kwh", "its formula gives W*h, its name says kWh"),
        ("kwh(run.tdp_w)", "total_kwh", "kwh is given W; it takes W*h"),
        ("kwh(run.energy_kwh)", "total_kwh", "kwh is given kWh; it takes W*h"),
        ("run.energy_kwh * run.grid_intensity_g_per_kwh", "emitted_tco2e", "gives g, its name says t"),
        ("tonnes(run.tdp_w * run.grid_intensity_g_per_kwh)", "emitted_tco2e", "tonnes is given"),
        ("exp(run.duration_h)", "growth", "EXP(duration_h) puts h and a plain number together"),
        ("log_error(run.energy_kwh)", "growth", "puts kWh and a plain number together"),
        ("run.energy_kwh * run.pue", "total_w", "its formula gives kWh, its name says W"),
        ("run.energy_kwh * run.energy_kwh", "total_kwh", "its formula gives kWh**2, its name says kWh"),
        ("root_sum(run.tdp_w, run.duration_h)", "total_w", "puts W**2 and h**2 together"),
        ("run.energy_kwh * run.pue", "load_ratio", "its formula gives kWh, its name says a plain number"),
    ],
)
def test_units_that_do_not_go_together_are_refused(tmp_path: Path, formula: str, name: str, said: str) -> None:
    with pytest.raises(SqlModelError) as error:
        complete(tmp_path, formula, name)
    assert str(error.value).startswith(f"used.{name}: ")
    assert said in str(error.value)


def test_steps_between_units_have_the_numbers_of_pint() -> None:
    """A step gives what pint converts to; for each parameter and token of a training there are six operations."""
    with duckdb.connect() as connection:
        prepare(connection)
        for name in dimensions.UNIT_STEPS.keys() - {"training_operations", "mlco2_intensity"}:
            ((taken,), given) = dimensions.UNIT_STEPS[name]
            step = factor(str(in_claims(taken)), str(in_claims(given)))
            assert connection.execute(f"SELECT {name}(1000000)").fetchall() == [(float(1_000_000 * step),)], name
        assert connection.execute("SELECT mlco2_intensity(570), training_operations(2, 5)").fetchall() == [(570, 60)]


def test_every_step_between_units_is_a_macro_of_as_many_parameters() -> None:
    for name, (taken, _) in dimensions.UNIT_STEPS.items():
        assert len(macros()[name].parameters) == len(taken)


def test_audited_formulas_give_the_unit_of_the_figures_they_are_for(tables: duckdb.DuckDBPyConnection) -> None:
    """The unit of a published figure stands in its row; of one formula all have one, and the formula gives it."""
    told = dict(
        tables.execute("""
        SELECT DISTINCT one.branch, claim.unit
        FROM recomputed_claims AS one JOIN claim ON claim.claim_id = one.published_claim_id
    """).fetchall()
    )
    assert len(told) > 20
    for branch in completed()["recomputed_claims"].branches:
        outputs = {output.name: output for output in branch.outputs}
        given = dimensions.found(outputs["recomputed"]) if "recomputed" in outputs else None
        if given is not None and branch.name in told:
            assert given == registry().Unit(pint_name(told[branch.name])), branch.name
