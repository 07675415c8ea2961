"""Rules for published figures under audit: each is stated once and says by which formula it was computed."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, one_of, present
from warehouse.expectations.records import stated, wide

FORMULAS = [
    "emissions", "emissions_headline", "energy_ratio", "facility_energy", "hours", "intensity_ratio", "it_energy",
    "lowest_intensity", "people_equivalent", "quoted_energy",
    "server_energy", "servers", "world_share",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    one_of("formula_known", "A figure's formula is one that the audit can recompute", "blocking", "formula", FORMULAS),
    present(
        "statement_present",
        "A figure has the statement that it is printed in",
        "blocking",
        "statement",
        shows="subject",
    ),
    one_of("published_once", "A figure is stated once as published", "blocking", "published", [1]),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per published figure."""
    claims = stated(connection, "published_claims")
    table = wide(claims.assign(name=claims["quantity"]), "subject", [], ["statement", "audit_formula"])
    times = claims[claims["qualifier"] == "published"].groupby("subject").size()
    return table.assign(
        formula=table["audit_formula"].fillna("none"),
        published=table["subject"].map(times).fillna(0).astype(int),
    )


SUITE = Suite(frame, RULES)
