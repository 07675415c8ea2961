"""Rules for corrections: each still finds its error, and each replacement has the right figure."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, one_of, present

RULES: tuple[Rule, ...] = (
    one_of(
        "correction_applied",
        "A correction still finds the error that it mends",
        "warning",
        "status",
        ["applied"],
        shows="wanted",
    ),
    present(
        "replacement_stated",
        "A replacement states the right figure as a claim",
        "blocking",
        "correcting",
        shows="wanted",
    ),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per correction and the claim that it is about."""
    return connection.execute("""
        SELECT
            correction.source_id || ': ' || correction.subject AS subject,
            correction.quantity AS place,
            correction.status,
            'looked for ' || correction.expected_text || ', found ' || coalesce(correction.found_text, 'nothing')
                AS wanted,
            CASE WHEN correction.action = 'deprecate' THEN 'none needed'
                ELSE CAST(correction.correcting_claim_id AS TEXT) END AS correcting
        FROM correction ORDER BY ALL
    """).df()


SUITE = Suite(frame, RULES)
