"""Rules for the intensity of countries, areas and the world by Our World in Data, one row per place and year."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, above, between, unique
from warehouse.expectations.records import stated

FIRST_YEAR = 1990
#: By which factor an intensity may change from one year to the next.
LARGEST_CHANGE = 3

RULES: tuple[Rule, ...] = (
    unique("record_unique", "Place and year name one row only", "blocking", "record"),
    between(
        "year_range",
        "The year is from 1990, and no later than the day of retrieval",
        "blocking",
        "year_known",
        FIRST_YEAR,
        None,
        shows="year_text",
    ),
    between(
        "intensity_range",
        "Grid intensity is between 0 and 1400 g/kWh",
        "blocking",
        "value",
        0,
        1400,
        shows="reported_text",
    ),
    above(
        "lifecycle_above_zero",
        "Over the life cycle no electricity is free of emissions",
        "warning",
        "value",
        0,
        shows="stated",
    ),
    between(
        "year_on_year",
        "Intensity is within a factor of 3 of that of the year before",
        "warning",
        "change",
        1 / LARGEST_CHANGE,
        LARGEST_CHANGE,
        shows="change_text",
    ),
    between("year_follows", "No year is missing between two of a place", "warning", "years_apart", 0, 1, shows="years"),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per place and year, with how it compares to the year before.

    year_known: the year, or 0 for one that had not begun when the file was retrieved.
    """
    table = stated(connection, "owid_intensity")
    retrieved = connection.execute(
        "SELECT max(retrieved_at) FROM snapshot WHERE source_id = 'owid_intensity'"
    ).fetchall()
    table["place"] = "line " + table["line"].astype(str)
    table["year_text"] = table["period_end"].astype(str).str[:4]
    table["year"] = table["year_text"].astype(int)
    table["year_known"] = table["year"].where(table["year"] <= retrieved[0][0].year, 0)
    table["record"] = table["subject_kind"] + " " + table["subject"] + " " + table["year_text"]
    table["stated"] = table["year_text"] + ": " + table["reported_text"]
    table = table.sort_values(["subject_kind", "subject", "year"])
    before = table.groupby(["subject_kind", "subject"])[["year", "value", "stated"]].shift()
    table["years_apart"] = table["year"] - before["year"]
    table["years"] = before["year"].astype("Int64").astype("string") + " to " + table["year_text"]
    is_next = (table["years_apart"] == 1) & (before["value"] > 0) & (table["value"] > 0)
    table["change"] = (table["value"] / before["value"]).where(is_next)
    table["change_text"] = before["stated"] + " to " + table["stated"]
    return table.sort_values("line").reset_index(drop=True)


SUITE = Suite(frame, RULES)
