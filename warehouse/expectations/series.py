"""Rules for feeds that are asked for one day at a time, one row per zone, day and kind of figure."""

from __future__ import annotations

from functools import partial

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds

RULES: tuple[Rule, ...] = (
    holds(
        "no_overlap",
        "Of one zone and kind of figure no two are about the same time",
        "blocking",
        "is_apart",
        shows="counts",
    ),
    between(
        "intensity_range",
        "Grid intensity is between 0 and 1400 g/kWh",
        "blocking",
        "lowest_and_highest",
        0,
        1400,
        shows="ends",
    ),
    holds(
        "day_complete",
        "The figures of a day cover all of it; a gap leaves the runs of that day without their own average",
        "warning",
        "is_complete",
        shows="counts",
    ),
)


def frame(connection: duckdb.DuckDBPyConnection, source_id: str) -> pd.DataFrame:
    """Return one row per zone, day and boundary.

    lowest_and_highest: the highest figure, or the lowest where that is below zero.
    """
    return connection.execute(
        """
        SELECT claim.subject, CAST(claim.period_start AS TEXT) || ', ' || claim.boundary AS place,
            count(*) = count(DISTINCT claim.from_at) AS is_apart,
            CASE WHEN min(claim.value) < 0 THEN min(claim.value) ELSE max(claim.value) END AS lowest_and_highest,
            format('{} to {}', min(claim.value), max(claim.value)) AS ends,
            sum(date_diff('minute', claim.from_at, claim.until_at)) = date_diff(
                'minute', claim.period_start, claim.period_start + INTERVAL 1 DAY) AS is_complete,
            format('{} figures, {} minutes', count(*), sum(date_diff('minute', claim.from_at, claim.until_at)))
                AS counts
        FROM claim
        WHERE claim.source_id = ? AND claim.superseded_at IS NULL AND claim.rank <> 'deprecated'
        GROUP BY claim.subject, claim.period_start, claim.boundary
        ORDER BY claim.subject, claim.period_start, claim.boundary
        """,
        [source_id],
    ).df()


def suite(source_id: str) -> Suite:
    """Return the rules for one such feed."""
    return Suite(partial(frame, source_id=source_id), RULES)
