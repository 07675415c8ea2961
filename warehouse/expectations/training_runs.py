"""Rules for training runs: figures of one run that must fit together, as stated and as tabled."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, TableSuite, above, between, holds, present
from warehouse.expectations.pue import in_order, periods
from warehouse.expectations.records import stated, wide

RULES: tuple[Rule, ...] = (
    between(
        "hours_agree",
        "Count times duration is within a factor of 2 of the stated hours",
        "warning",
        "hours_ratio",
        0.5,
        2,
        shows="hours",
    ),
    between(
        "energy_per_hour",
        "Energy is 0.05 to 2 kWh for one accelerator-hour",
        "warning",
        "energy_per_hour",
        0.05,
        2,
        shows="energy_text",
    ),
    between(
        "emissions_per_energy",
        "Emissions are at most 1.5 kg for one kilowatt-hour",
        "warning",
        "emissions_per_energy",
        0,
        1.5,
        shows="emissions_text",
    ),
    present("model_present", "A run says which model it trained", "blocking", "model", shows="subject"),
    holds("period_order", "A period begins before it ends", "blocking", "is_in_order", shows="period"),
)

NUMBERS = ["accelerator_count", "training_duration", "accelerator_hours", "energy", "emissions"]
#: Scopes that are not the run itself.
OTHER_SCOPES = r"\b(?:idle_only|all_experiments|family_total|fine_tuning|embodied_included|lower_bound|market|net)\b"


def frame(connection: duckdb.DuckDBPyConnection, source_id: str = "training_runs") -> pd.DataFrame:
    """Return one row per run of a table of runs, the figures of the run itself side by side."""
    claims = stated(connection, source_id)
    of_run = claims[~claims["boundary"].str.contains(OTHER_SCOPES)]
    table = wide(of_run.assign(name=of_run["quantity"]), "subject", NUMBERS, ["model"])
    hours = table["accelerator_count"] * table["training_duration"]
    backwards = claims.assign(period=periods(claims))[in_order(claims).eq(False)].drop_duplicates("subject")
    period = table["subject"].map(dict(zip(backwards["subject"], backwards["period"], strict=True)))
    return table.assign(
        hours=table["accelerator_count_text"]
        + " / "
        + table["training_duration_text"]
        + " / "
        + table["accelerator_hours_text"],
        hours_ratio=hours / table["accelerator_hours"],
        energy_per_hour=table["energy"] / table["accelerator_hours"].fillna(hours),
        emissions_per_energy=table["emissions"] * 1000 / table["energy"],
        period=period,
        is_in_order=period.isna(),
    )


SUITE = Suite(frame, RULES)

TABLE = TableSuite(
    rules=(
        between(
            "tokens_and_parameters",
            "A model saw 0.1 to 100,000 tokens for each parameter",
            "warning",
            "tokens_per_parameter",
            0.1,
            100_000,
        ),
        above(
            "stated_intensity_positive",
            "The grid intensity that is stated for a run is above 0: a zero is mostly an unknown",
            "warning",
            "stated_grid_intensity_g_per_kwh",
            0,
        ),
        holds(
            "region_of_provider",
            "The region of a run belongs to its provider",
            "blocking",
            "is_of_provider",
            shows="region_id",
        ),
    ),
    columns={
        "tokens_per_parameter": "t.training_tokens / t.parameters",
        "is_of_provider": "t.provider_id = place.part_of",
    },
    joins="LEFT JOIN entity AS place ON place.kind = 'region' AND place.entity_id = t.region_id",
)
