"""The controlled vocabulary: each quantity once, and the conversion of reported units to canonical ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd
import pint

from warehouse.errors import LoadError

VOCABULARY_FILE = Path(__file__).parent / "vocabulary.csv"

#: Units of the field that pint does not know by these names.
_DEFINITIONS = ["FLOP = [arithmetic]", "gCO2e = gram", "kgCO2e = kilogram", "tCO2e = metric_ton"]


@dataclass(frozen=True)
class Quantity:
    """One entry of the vocabulary."""

    name: str
    kind: str
    unit: str | None
    plausible_low: float | None
    plausible_high: float | None
    meaning: str


def table() -> pd.DataFrame:
    """Return the vocabulary as a table."""
    return pd.read_csv(VOCABULARY_FILE, dtype={"plausible_low": float, "plausible_high": float, "unit": str})


@cache
def quantities() -> dict[str, Quantity]:
    """Return the quantities by name."""
    rows = table().astype(object).where(table().notna(), None).to_dict("records")
    return {str(row["name"]): Quantity(**{str(key): value for key, value in row.items()}) for row in rows}


@cache
def registry() -> pint.UnitRegistry:
    """Return pint's units and those of the field; conversions are exact."""
    known: pint.UnitRegistry = pint.UnitRegistry(non_int_type=Fraction)
    for definition in _DEFINITIONS:
        known.define(definition)
    return known


def pint_name(unit: str) -> str:
    """Return what pint calls a unit."""
    return "dimensionless" if unit == "1" else unit


@cache
def factor(reported: str, canonical: str) -> Fraction:
    """Return the exact factor from a reported unit to the canonical one.

    Raises: LoadError if the unit is unknown or of another dimension.
    """
    try:
        source = registry().Quantity(Fraction(1), pint_name(reported))
        return Fraction(source.to(pint_name(canonical)).magnitude)
    except pint.errors.DimensionalityError:  # its own message fails on fractions
        raise LoadError(
            f"unit {reported!r} does not convert to {canonical!r}: it measures something else; "
            "mend the unit or the quantity"
        ) from None
    except (pint.errors.PintError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise LoadError(f"unit {reported!r} does not convert to {canonical!r}: no such unit is known") from error
