"""Rules for the region metadata of Real Time Cloud, one row per provider, region, location and calendar year."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, unique
from warehouse.expectations.records import stated, wide

RULES: tuple[Rule, ...] = (
    unique("record_unique", "Region, location and year name one row only", "blocking", "record"),
    between(
        "consumption_range",
        "Average intensity by consumption is between 0 and 1500 g/kWh",
        "blocking",
        "consumption",
        0,
        1500,
        shows="consumption_text",
    ),
    between(
        "production_range",
        "Average intensity by production is between 0 and 1500 g/kWh",
        "blocking",
        "production",
        0,
        1500,
        shows="production_text",
    ),
    between(
        "consumption_per_production",
        "Intensity by consumption is within a factor of 3 of that by production",
        "warning",
        "ratio",
        1 / 3,
        3,
        shows="intensities",
    ),
    between("pue_range", "PUE is between 1 and 2", "blocking", "pue", 1, 2, shows="pue_text"),
    between(
        "water_range",
        "Water usage is between 0 and 10 L/kWh",
        "warning",
        "water_usage_effectiveness",
        0,
        10,
        shows="water_usage_effectiveness_text",
    ),
    between(
        "carbon_free_range", "The carbon-free share is between 0 and 1", "warning", "annual", 0, 1, shows="annual_text"
    ),
)

NUMBERS = ["consumption", "production", "pue", "water_usage_effectiveness", "annual"]
NAMES = {"location;average_consumption": "consumption", "location;average_production": "production", "annual": "annual"}


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per record, with its key and how its two average intensities compare."""
    claims = stated(connection, "gsf_regions")
    key = claims["boundary"].where(claims["boundary"] != "", claims["qualifier"])
    named = claims.assign(name=key.map(NAMES).fillna(claims["quantity"]))
    table = wide(named, "line", NUMBERS, ["place_name"])
    year = table["period_end"].astype(str).str[:4]
    return table.assign(
        record=table["subject"] + " " + table["scope_note"] + " " + year,
        intensities=year + ": " + table["consumption_text"] + " / " + table["production_text"],
        ratio=(table["consumption"] / table["production"]).where(table["production"] > 0),
    )


SUITE = Suite(frame, RULES)
