"""Rules for Google Cloud's region carbon, one row per region and calendar year.

What the intensity counts is fixed by year: what changed in 2021 is data here, so that another change stands out.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, matches, unique
from warehouse.expectations.records import stated, wide

FIRST_YEAR = 2019
#: Last year in which the publisher counted the life cycle of power plants.
LAST_LIFECYCLE_YEAR = 2020
#: By which factor an intensity may change from one year to the next on the same basis.
LARGEST_CHANGE = 2

RULES: tuple[Rule, ...] = (
    unique("record_unique", "Region and year name one row only", "blocking", "record"),
    matches(
        "region_written", "A region is written in lower case, digits and hyphens", "warning", "region", r"^[a-z0-9-]+$"
    ),
    between(
        "year_range",
        "The year is one of those published, from 2019",
        "blocking",
        "year",
        FIRST_YEAR,
        None,
        shows="year_text",
    ),
    between(
        "intensity_range",
        "Grid intensity is between 0 and 1000 g/kWh",
        "blocking",
        "grid_intensity",
        0,
        1000,
        shows="grid_intensity_text",
    ),
    holds(
        "basis_of_year",
        "Intensity counts the life cycle up to 2020 and operation from 2021",
        "blocking",
        "is_on_basis",
        shows="basis",
    ),
    holds(
        "zero_explained",
        "An intensity of zero is of operation only, where the carbon-free share bears it out",
        "warning",
        "is_zero_explained",
        shows="grid_intensity_text",
    ),
    between(
        "year_on_year",
        "Intensity is within a factor of 2 of that of the year before on the same basis",
        "warning",
        "change",
        1 / LARGEST_CHANGE,
        LARGEST_CHANGE,
        shows="intensities",
    ),
    between(
        "carbon_free_range",
        "The carbon-free share is between 0 and 1",
        "blocking",
        "carbon_free_energy",
        0,
        1,
        shows="carbon_free_energy_text",
    ),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per region and year, with the basis of its intensity and how that compares to the year before."""
    claims = stated(connection, "gcp_region_carbon")
    year = claims["period_end"].astype(str).str[:4]
    claims = claims.assign(name=claims["quantity"], row=year + " line " + claims["line"].astype(str))
    table = wide(claims, "row", ["grid_intensity", "carbon_free_energy"], ["place_name"])
    stating = claims[claims["name"] == "grid_intensity"].drop_duplicates("row").set_index("row")
    rows = pd.Index(claims.drop_duplicates("row")["row"])
    boundary = stating["boundary"].reindex(rows).reset_index(drop=True)
    explained = stating["scope_note"].reindex(rows).reset_index(drop=True) != ""
    table["place"] = rows.str.replace(" line", ".csv line")
    table["region"] = table["subject"].str.partition("/")[2]
    table["year_text"] = table["period_end"].astype(str).str[:4]
    table["year"] = table["year_text"].astype(int)
    table["record"] = table["subject"] + " " + table["year_text"]
    table["basis"] = table["year_text"] + ": " + boundary
    due = table["year"].le(LAST_LIFECYCLE_YEAR).map({True: "location;lifecycle", False: "location;direct"})
    table["is_on_basis"] = (boundary == due).where(boundary.notna())
    is_zero = table["grid_intensity"] == 0
    table["is_zero_explained"] = explained.where(is_zero)
    ordered = table.assign(boundary=boundary).sort_values(["subject", "year"])
    before = ordered.groupby("subject")[["year", "grid_intensity", "grid_intensity_text", "boundary"]].shift()
    is_next = (before["year"] == ordered["year"] - 1) & (before["boundary"] == ordered["boundary"])
    is_next &= (before["grid_intensity"] > 0) & (ordered["grid_intensity"] > 0)
    table["change"] = (ordered["grid_intensity"] / before["grid_intensity"]).where(is_next)
    table["intensities"] = (
        ordered["year_text"] + ": " + before["grid_intensity_text"] + " to " + ordered["grid_intensity_text"]
    )
    return table


SUITE = Suite(frame, RULES)
