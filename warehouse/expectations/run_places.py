"""Rules for the places of runs: how each was found is in the list."""

from __future__ import annotations

from warehouse.expectations import TableSuite, one_of

BASES = ["measured", "disclosed", "datasheet", "calculated", "leaked", "assumed"]
PLACE_BASES = [
    *(f"region, {basis}" for basis in BASES), "region, inferred", "country of the developer",
    "country of the run",
    "countries of the developers", "unknown",
]  # fmt: skip
BASIS_KNOWN = one_of(
    "place_basis_known", "How the place was found is in the list", "blocking", "place_basis", PLACE_BASES
)

TABLE = TableSuite(rules=(BASIS_KNOWN,))
