"""Rules for the PUE of places by year: how it was found is in the list."""

from __future__ import annotations

from warehouse.expectations import TableSuite, one_of

MATCHES = ["same year", "earlier year", "later year", "undated"]
MATCH_MEANING = "How a figure's period fits the year is in the list"

TABLE = TableSuite(rules=(one_of("match_known", MATCH_MEANING, "blocking", "pue_match", MATCHES),))
