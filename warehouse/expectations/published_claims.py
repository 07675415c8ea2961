"""Rules for published figures under audit: each is stated once and says by which formula it was computed."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, one_of, present
from warehouse.expectations.records import stated, wide

FORMULAS = [
    "accelerator_energy", "accelerator_hours", "accelerator_hours_emissions", "accelerator_hours_energy",
    "accelerator_hours_it_energy", "accelerator_it_energy", "duration", "duration_from_energy", "emissions",
    "emissions_headline", "emissions_sum", "emissions_with_pue", "energy_emissions", "energy_pue_emissions",
    "energy_ratio", "energy_without_power", "facility_energy", "hours", "hours_by_tokens", "hours_of_stages",
    "intensity_ratio", "it_energy", "lowest_intensity", "mlco2_emissions", "mlco2_hours_emissions",
    "people_equivalent", "quoted_emissions", "quoted_energy", "run_emissions", "run_energy", "server_energy",
    "servers", "world_share",
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
