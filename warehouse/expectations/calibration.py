"""Rules for the scores of methods: every row is scored or says why not, on errors of other developers only."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between, holds
from warehouse.expectations.estimates import METHOD_KNOWN

TABLE = TableSuite(
    rules=(
        METHOD_KNOWN,
        holds(
            "scored_or_reason",
            "A row is scored, or says why it is left out",
            "blocking",
            "is_accounted",
            shows="left_out_because",
        ),
        holds(
            "fitted_on_others",
            "The error of a method is fitted on scored runs of other developers",
            "blocking",
            "is_of_others",
            shows="developer_id",
        ),
        between(
            "error_above_one", "A factor by which a method misses is at least 1", "blocking", "error_factor", 1, None
        ),
        holds(
            "interval_holds_estimate",
            "An estimate lies in its own 90 % interval",
            "blocking",
            "is_in_interval",
            shows="predicted_energy_kwh",
        ),
    ),
    columns={
        "is_accounted": "t.is_scored = (coalesce(t.left_out_because, '') = '')",
        "is_of_others": "used.is_scored AND used.developer_id IS DISTINCT FROM t.developer_id",
        "is_in_interval": """t.predicted_p05_kwh <= t.predicted_energy_kwh
            AND t.predicted_energy_kwh <= t.predicted_p95_kwh""",
    },
    joins="LEFT JOIN error_factors AS used ON used.row_id = t.fitted_row_id",
)
