"""Rules for the claims of every source, whatever they are about, and for what its reader set aside."""

from __future__ import annotations

from warehouse.expectations import Rule, absent, holds, matches, one_of

RULES: tuple[Rule, ...] = (
    one_of(
        "claim_id_unique", "A claim's id is given to no other claim", "blocking", "occurrences", [1], shows="claim_id"
    ),
    holds(
        "reference_exists",
        "The reference of a claim is in the bibliography",
        "blocking",
        "has_reference",
        shows="reference_id",
    ),
    matches(
        "text_printable",
        "What a source says is text without control characters",
        "blocking",
        "reported_text",
        r"^[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*$",
    ),
    holds(
        "value_plausible",
        "A number lies in its quantity's plausible range, or is deprecated",
        "warning",
        "is_plausible",
        shows="reported_text",
    ),
    absent(
        "name_resolved",
        "What a source names, and what it links that to, is known by this name",
        "warning",
        "unresolved",
    ),
    holds(
        "rows_accounted",
        "Every record read became claims, flagged claims or quarantine",
        "blocking",
        "is_accounted",
        shows="counts",
    ),
    absent("stated_once", "No line says again what another of the table says", "warning", "repeated"),
    absent(
        "worked_out_in_words",
        "A figure that its words do not hold says in scope_note how it follows from them",
        "blocking",
        "unexplained",
    ),
    absent("nothing_quarantined", "No cell of the latest snapshot had to be set aside", "warning", "quarantined"),
)

#: Lines of a feed are those of the publisher's file; of our own tables, those of the table.
LINE = (
    r"coalesce(TRY_CAST(regexp_extract(claim.locator, '^\S+\.csv line (\d+), column', 1) AS BIGINT), claim.source_row)"
)

FRAME = f"""
    WITH latest AS (
        SELECT source_id, snapshot_id FROM retrieval WHERE source_id IN ($sources)
        QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY retrieved_at DESC, snapshot_id DESC) = 1
    ),
    counted AS (
        SELECT claim_id, count(*) AS occurrences FROM claim GROUP BY claim_id
    ),
    cells AS (
        SELECT source_id, snapshot_id, count(*) AS cells FROM quarantine WHERE source_id IN ($sources) GROUP BY ALL
    )
    SELECT
        claim.source_id,
        claim.subject,
        'line ' || {LINE} AS place,
        CAST(claim.claim_id AS TEXT) AS claim_id,
        counted.occurrences,
        reference.reference_id IS NOT NULL AS has_reference,
        claim.reference_id,
        claim.reported_text,
        claim.rank = 'deprecated'
            OR coalesce(claim.value BETWEEN quantity.plausible_low AND quantity.plausible_high, true) AS is_plausible,
        CASE WHEN claim.subject_id IS NULL THEN claim.subject
            WHEN quantity.kind = 'entity' AND claim.object_id IS NULL THEN claim.object END AS unresolved,
        CASE WHEN has_token(claim.flags, 'worked_out') AND claim.scope_note IS NULL
            THEN concat(claim.value, ' ', claim.unit, ' beside ', claim.reported_text) END AS unexplained,
        CASE WHEN row_number() OVER (
                PARTITION BY claim.series_id, claim.low, claim.value, claim.high, claim.object, claim.reported_text,
                    claim.boundary, claim.scope_note, claim.reference_id, claim.locator
                ORDER BY claim.source_row
            ) > 1 THEN claim.reported_text END AS repeated,
    FROM claim
    JOIN counted ON counted.claim_id = claim.claim_id
    LEFT JOIN reference ON reference.reference_id = claim.reference_id
    LEFT JOIN quantity ON quantity.name = claim.quantity
    WHERE claim.source_id IN ($sources) AND claim.superseded_at IS NULL
    UNION ALL BY NAME
    SELECT
        snapshot.source_id,
        'snapshot ' || substr(snapshot.snapshot_id, 1, 12) AS subject,
        'the whole file' AS place,
        coalesce(
            counts.rows_read = counts.rows_claimed + counts.rows_flagged + counts.rows_quarantined
            AND counts.quarantined_cells = coalesce(cells.cells, 0), false
        ) AS is_accounted,
        format(
            '{{}} read, {{}} claimed, {{}} flagged, {{}} quarantined in {{}} cells',
            counts.rows_read, counts.rows_claimed, counts.rows_flagged, counts.rows_quarantined,
            coalesce(cells.cells, 0)
        ) AS counts,
    FROM snapshot
    LEFT JOIN snapshot_count AS counts
        ON counts.source_id = snapshot.source_id AND counts.snapshot_id = snapshot.snapshot_id
    LEFT JOIN cells ON cells.source_id = snapshot.source_id AND cells.snapshot_id = snapshot.snapshot_id
    WHERE snapshot.source_id IN ($sources)
    UNION ALL BY NAME
    SELECT quarantine.source_id, field AS subject, 'line ' || source_row AS place, coalesce(found, '') AS quarantined
    FROM quarantine
    JOIN latest ON latest.source_id = quarantine.source_id AND latest.snapshot_id = quarantine.snapshot_id
"""


def select(*source_ids: str) -> str:
    """Return the query of one row per current claim, per snapshot, and per cell that its latest reading set aside.

    The rows of each of the sources, told apart by `source_id`.
    """
    return FRAME.replace("$sources", ", ".join(f"'{source_id}'" for source_id in source_ids))
