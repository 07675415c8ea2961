"""Rules for equivalences: known methods, and shares that stay below the world's total."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between
from warehouse.expectations.estimates import METHOD_KNOWN

TABLE = TableSuite(
    rules=(
        METHOD_KNOWN,
        between(
            "share_range",
            "A share of the world's emissions is between 0 and a thousandth",
            "blocking",
            "share_of_world_high",
            0,
            0.001,
        ),
        between(
            "american_years_range",
            "A run emits what 0 to a million Americans do in a year",
            "warning",
            "american_years_high",
            0,
            1e6,
        ),
    ),
)
