"""Rules for the PUE of runs: how it was found is in the list."""

from __future__ import annotations

from warehouse.expectations import TableSuite, one_of
from warehouse.expectations.place_pue import MATCH_MEANING, MATCHES

TABLE = TableSuite(rules=(one_of("match_known", MATCH_MEANING, "blocking", "pue_match", [*MATCHES, "the run"]),))
