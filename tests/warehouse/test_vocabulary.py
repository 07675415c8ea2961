"""Units convert by exact factors, and never into another kind of quantity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from warehouse.errors import LoadError
from warehouse.vocabulary import factor, quantities


@pytest.mark.parametrize(
    ("reported", "unit", "canonical", "exact"),
    [
        ("6.5", "kW", "W", 6500),
        ("90", "day", "h", 2160),
        ("42.4", "GWh", "kWh", 42_400_000),
        ("1287", "MWh", "kWh", 1_287_000),
        ("0.429", "kg/kWh", "g/kWh", 429),
        ("312", "TFLOP/s", "FLOP/s", 312 * 10**12),
        ("2000", "lb", "t", Fraction(90718474, 10**8)),
        ("26", "Gt", "t", 26 * 10**9),
        ("15", "kg", "t", Fraction(15, 1000)),
        ("36", "minute", "h", Fraction(6, 10)),
        ("55", "percent", "1", Fraction(55, 100)),
        ("3.14e23", "FLOP", "FLOP", 314 * 10**21),
        ("240.6", "gCO2e/kWh", "g/kWh", Fraction(2406, 10)),
        ("552", "tCO2e", "t", 552),
        ("25000", "1", "1", 25000),
    ],
)
def test_factors_are_exact(reported: str, unit: str, canonical: str, exact: Fraction | int) -> None:
    assert Fraction(reported) * factor(unit, canonical) == exact


@pytest.mark.parametrize(
    ("reported", "canonical"),
    [
        ("kW", "kWh"),
        ("kWh", "W"),
        ("g/kWh", "g"),
        ("W", "1"),
        ("1", "W"),
        ("t", "kWh"),
        ("FLOP", "FLOP/s"),
        ("GB", "h"),
    ],
)
def test_a_unit_of_another_dimension_is_refused(reported: str, canonical: str) -> None:
    with pytest.raises(LoadError, match=f"unit '{reported}' does not convert to '{canonical}'"):
        factor(reported, canonical)


@pytest.mark.parametrize("unit", ["furlongs per", "wibble", "kW kW2h-", ""])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    with pytest.raises(LoadError, match="does not convert to 'W'"):
        factor(unit, "W")


def test_every_number_has_a_unit_that_is_known_and_a_plausible_range() -> None:
    for quantity in quantities().values():
        assert quantity.meaning
        if quantity.kind != "number":
            assert quantity.unit is None
            continue
        assert quantity.unit is not None
        assert factor(quantity.unit, quantity.unit) == 1
        assert quantity.plausible_low is not None
        assert quantity.plausible_high is not None
        assert quantity.plausible_low < quantity.plausible_high


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("server_power", "W"),
        ("training_duration", "h"),
        ("energy", "kWh"),
        ("emissions", "t"),
        ("grid_intensity", "g/kWh"),
        ("peak_flops", "FLOP/s"),
        ("pue", "1"),
    ],
)
def test_canonical_units(name: str, unit: str) -> None:
    assert quantities()[name].unit == unit
