"""Rules for the grid intensity of runs: by location, never by market, and from a year that is known."""

from __future__ import annotations

from warehouse.expectations import TableSuite, holds, one_of
from warehouse.expectations.place_pue import MATCH_MEANING, MATCHES

#: How close an intensity is to a run beyond the match of years.
OWN = ("the run", "the run's own days")

TABLE = TableSuite(
    rules=(
        one_of("match_known", MATCH_MEANING, "blocking", "intensity_match", [*MATCHES, *OWN]),
        holds(
            "average_by_location",
            "An intensity is a location-based average, never one of purchases",
            "blocking",
            "is_average",
            shows="intensity_boundary",
        ),
    ),
    columns={"is_average": "is_location_average(t.intensity_boundary)"},
)
