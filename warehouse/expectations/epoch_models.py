"""Rules for Epoch AI's notable models, one row a model. A cell that a correction mends is not looked at again."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, one_of
from warehouse.expectations.records import stated, wide

RULES: tuple[Rule, ...] = (
    one_of("model_unique", "A model has one row", "blocking", "rows", [1], shows="subject"),
    holds(
        "released_range",
        "A model was published between 1950 and the day of retrieval",
        "blocking",
        "is_released",
        shows="released_on_text",
    ),
    between(
        "compute_range",
        "Training took between 1 and 1e28 operations",
        "blocking",
        "training_compute",
        1,
        1e28,
        shows="training_compute_text",
    ),
    between(
        "duration_range",
        "Training took between 0.01 and 20,000 hours",
        "blocking",
        "training_duration",
        0.01,
        20_000,
        shows="training_duration_text",
    ),
    between(
        "count_range",
        "Training ran on between 1 and 1,000,000 accelerators",
        "blocking",
        "accelerator_count",
        1,
        1_000_000,
        shows="accelerator_count_text",
    ),
    between(
        "utilization_range",
        "The arithmetic rate is between 1 and 90 % of the peak",
        "warning",
        "hardware_utilization",
        0.01,
        0.9,
        shows="hardware_utilization_text",
    ),
    between(
        "power_per_tdp",
        "The power draw is 0.8 to 3 times what count and nameplate power of the hardware give",
        "warning",
        "power_per_tdp",
        0.8,
        3,
        shows="run_power_text",
    ),
    between(
        "compute_possible",
        "The operations are no more than the hardware could do in the time",
        "warning",
        "used_of_peak",
        None,
        1,
        shows="training_compute_text",
    ),
)

NUMBERS = [
    "training_compute",
    "training_duration",
    "accelerator_count",
    "hardware_utilization",
    "run_power",
    "released_on",
]
SECONDS = 3600

#: What each product takes and can do: of a family, the median power and the fastest rate of its products.
HARDWARE = """
    WITH member AS (
        SELECT entity_id AS name, entity_id AS product FROM entity WHERE kind = 'accelerator'
        UNION SELECT part_of, entity_id FROM entity WHERE kind = 'accelerator' AND part_of IS NOT NULL
    )
    SELECT member.name AS accelerator,
        median(claim.value) FILTER (claim.quantity = 'tdp') AS tdp_w,
        max(claim.value) FILTER (
            claim.quantity = 'peak_flops' AND claim.qualifier IN ('fp32', 'fp16_bf16')
        ) AS peak_flops
    FROM member
    JOIN claim ON claim.subject_kind = 'accelerator' AND claim.subject_id = member.product
    WHERE claim.superseded_at IS NULL AND claim.rank <> 'deprecated'
    GROUP BY member.name
"""
RETRIEVED = "SELECT CAST(max(retrieved_at) AS DATE) FROM snapshot WHERE source_id = 'epoch_models'"


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per model, its power and arithmetic beside what its hardware could do."""
    claims = stated(connection, "epoch_models")
    rows = claims[claims["quantity"] == "model"].groupby("subject").size()
    total = claims[(claims["quantity"] != "training_compute") | (claims["boundary"] == "")]
    named = total.assign(name=total["quantity"])
    table = wide(named, "subject", NUMBERS, ["accelerator"])
    hardware = connection.execute(HARDWARE).df().set_index("accelerator").reindex(table["accelerator"]).reset_index()
    retrieved = connection.execute(RETRIEVED).fetchall()[0][0]
    day = pd.to_datetime(table["released_on_text"], errors="coerce")
    hours = table["accelerator_count"] * table["training_duration"]
    # Where the time is that of fine-tuning, the operations count the base model in.
    is_whole = ~table["subject"].isin(claims.loc[claims["boundary"] == "fine_tuning", "subject"])
    return table.assign(
        rows=table["subject"].map(rows),
        is_released=day.between(pd.Timestamp(1950, 1, 1), pd.Timestamp(retrieved))
        .astype(object)
        .where(day.notna(), None),
        power_per_tdp=table["run_power"] / (table["accelerator_count"] * hardware["tdp_w"]),
        used_of_peak=(table["training_compute"] / (hours * SECONDS * hardware["peak_flops"])).where(is_whole),
    )


SUITE = Suite(frame, RULES)
