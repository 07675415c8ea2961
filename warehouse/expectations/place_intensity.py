"""Rules for the grid intensity of places by year: location averages only, one of them preferred."""

from __future__ import annotations

from warehouse.expectations import TableSuite, holds, one_of
from warehouse.expectations.place_pue import MATCH_MEANING, MATCHES

TABLE = TableSuite(
    rules=(
        one_of("match_known", MATCH_MEANING, "blocking", "intensity_match", MATCHES),
        holds(
            "average_by_location",
            "An intensity is a location-based average",
            "blocking",
            "is_average",
            shows="intensity_boundary",
        ),
        one_of("one_preferred", "A place has exactly one preferred intensity in a year", "blocking", "preferred", [1]),
    ),
    columns={
        "is_average": "is_location_average(t.intensity_boundary)",
        "preferred": "count(*) FILTER (WHERE t.is_preferred) OVER (PARTITION BY t.place_id, t.run_year)",
    },
)
