"""What a release lists as a whole: its sources, models, disagreements and checks, as rows."""

from __future__ import annotations

from warehouse.read import Release, Rows


def sources(opened: Release) -> Rows:
    """Return every source with its latest snapshot and what was read of it: of a series, in all days together."""
    return opened.rows("""
        WITH in_force AS (
            SELECT retrieval.source_id, retrieval.part, retrieval.snapshot_id, retrieval.retrieved_at
            FROM retrieval
            QUALIFY row_number() OVER (
                PARTITION BY retrieval.source_id, retrieval.part
                ORDER BY retrieval.retrieved_at DESC, retrieval.snapshot_id DESC
            ) = 1
        ),
        counted AS (
            SELECT in_force.source_id, count(*) FILTER (in_force.part <> '') AS days,
                nullif(min(in_force.part), '') AS first_day, nullif(max(in_force.part), '') AS last_day,
                CAST(sum(counts.rows_read) AS BIGINT) AS rows_read, CAST(sum(counts.claims) AS BIGINT) AS claims,
                CAST(sum(counts.rows_flagged) AS BIGINT) AS rows_flagged,
                CAST(sum(counts.rows_quarantined) AS BIGINT) AS rows_quarantined
            FROM in_force
            JOIN snapshot_count AS counts
                ON counts.source_id = in_force.source_id AND counts.snapshot_id = in_force.snapshot_id
            GROUP BY in_force.source_id
        )
        SELECT source.source_id, source.title, source.publisher, source.licence, source.attribution,
            source.homepage, source.url,
            snapshot.origin, snapshot.upstream_version, retrieval.retrieved_at, snapshot.snapshot_id,
            counted.rows_read, counted.claims, counted.rows_flagged, counted.rows_quarantined,
            counted.days, counted.first_day, counted.last_day,
            coalesce(names.unresolved_names, 0) AS unresolved_names, finding.kind AS finding,
            finding.since AS finding_since, finding.detail AS finding_detail, source.stale_after_days,
            CAST(retrieval.retrieved_at AS DATE) + CAST(source.stale_after_days AS INTEGER) AS stale_on
        FROM source
        LEFT JOIN in_force AS retrieval ON retrieval.source_id = source.source_id
        LEFT JOIN snapshot
            ON snapshot.source_id = source.source_id AND snapshot.snapshot_id = retrieval.snapshot_id
        LEFT JOIN finding ON finding.source_id = source.source_id
        LEFT JOIN counted ON counted.source_id = source.source_id
        LEFT JOIN (
            SELECT source_id, count(DISTINCT (kind, alias)) AS unresolved_names
            FROM unresolved_alias GROUP BY source_id
        ) AS names ON names.source_id = source.source_id
        QUALIFY row_number() OVER (
            PARTITION BY source.source_id
            ORDER BY retrieval.retrieved_at DESC NULLS LAST, retrieval.snapshot_id DESC
        ) = 1
        ORDER BY source.source_id""")


def models(opened: Release, text: str | None = None) -> Rows:
    """Return every model with its developer and the methods that could estimate it.

    text: only those whose id, name or developer holds this, in any case.
    """
    return opened.rows(
        """
        SELECT entity.entity_id AS model_id, entity.name, coalesce(developer.name, entity.part_of) AS developer,
            string_agg(estimate.method, ', ' ORDER BY method_order(estimate.method)) AS methods
        FROM entity
        LEFT JOIN entity AS developer
            ON developer.kind = 'developer' AND developer.entity_id = entity.part_of
        LEFT JOIN (SELECT DISTINCT model_id, method FROM estimates) AS estimate
            ON estimate.model_id = entity.entity_id
        WHERE entity.kind = 'model' AND ($text IS NULL OR contains(
            lower(concat_ws(chr(10), entity.entity_id, entity.name, developer.name, entity.part_of)), lower($text)
        ))
        GROUP BY ALL ORDER BY entity.entity_id""",
        {"text": text},
    )


def disagreements(opened: Release) -> Rows:
    """Return the facts on which sources differ, widest first, with the figure that the tables use.

    Of several periods of a fact the one that differs most, and how many there are in `periods`. Figures that agree
    within the digits that their sources report are left out.
    """
    return opened.rows("""
        SELECT found.row_id, found.subject_kind, found.subject_id, found.quantity, quantity.unit, found.qualifier,
            found.scope, found.period, found.period_match,
            count(*) OVER (
                PARTITION BY found.subject_kind, found.subject_id, found.quantity, found.qualifier, found.scope
            ) AS periods,
            found.lowest, found.lowest_source_id, found.highest, found.highest_source_id,
            found.chosen, found.chosen_source_id, found.chosen_because, found.spread_ratio
        FROM disagreement AS found
        LEFT JOIN quantity ON quantity.name = found.quantity
        WHERE NOT found.is_within_reported
        QUALIFY row_number() OVER (
            PARTITION BY found.subject_kind, found.subject_id, found.quantity, found.qualifier, found.scope
            ORDER BY found.spread_ratio DESC, found.period DESC
        ) = 1
        ORDER BY found.spread_ratio DESC, found.subject_id, found.quantity""")


def checks(opened: Release) -> Rows:
    """Return the outcome of every expectation, failures first."""
    return opened.rows("""
        SELECT table_name, expectation_id, meaning, severity, is_success, checked, excepted, failed, sample,
            snapshot_id
        FROM validation_result ORDER BY is_success, severity, table_name, expectation_id""")
