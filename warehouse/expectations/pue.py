"""Rules for our table of power usage effectiveness: kinds, ranges and periods."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, one_of, present
from warehouse.expectations.records import stated

KINDS = [
    "measured_operational", "design", "carried_forward", "imputed", "assumed", "claimed", "upper_bound",
    "survey_average", "target", "unknown",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    one_of("kind_known", "The kind of a PUE is in the list", "blocking", "qualifier", KINDS),
    between("pue_range", "PUE is between 1 and 3", "blocking", "value", 1, 3, shows="reported_text"),
    between("measured_range", "A measured PUE is between 1 and 2", "blocking", "measured", 1, 2, shows="reported_text"),
    present(
        "measured_period",
        "A measured PUE says when it was measured",
        "warning",
        "measured_until",
        shows="reported_text",
    ),
    holds("period_order", "A period begins before it ends", "blocking", "is_in_order", shows="period"),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per claim."""
    claims = stated(connection, "pue")
    measured = claims["qualifier"] == "measured_operational"
    until = claims["period_end"].astype(object).where(claims["period_end"].notna(), None)
    return claims.assign(
        place="line " + claims["line"].astype(str),
        measured=claims["value"].where(measured),
        measured_until=until.where(measured, "not measured"),
        is_in_order=in_order(claims),
        period=periods(claims),
    )


def in_order(claims: pd.DataFrame) -> pd.Series:
    """Tell whether each period begins before it ends; None without both."""
    both = claims["period_start"].notna() & claims["period_end"].notna()
    return (claims["period_start"] <= claims["period_end"]).astype(object).where(both, None)


def periods(claims: pd.DataFrame) -> pd.Series:
    """Return each period as text."""
    return claims["period_start"].astype(str).str[:10] + " to " + claims["period_end"].astype(str).str[:10]


SUITE = Suite(frame, RULES)
