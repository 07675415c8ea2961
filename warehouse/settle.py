"""What can only be said once all sources are loaded: entities that sources define, corrections, errata, claims' flags.

Settling twice changes nothing: everything here is worked out from the claims as their sources state them.
"""

from __future__ import annotations

import duckdb
import pandas as pd

#: Each flag that the database sets, with the condition on a claim that it stands for.
FLAGS = {
    "stale": "claim.superseded_at IS NULL AND claim.source_id IN (SELECT source_id FROM finding)",
    "broken_chain": "claim.reference_id IN (SELECT reference_id FROM reference WHERE NOT is_openable)",
    "corrected": """claim.claim_id IN
        (SELECT corrected_claim_id FROM correction WHERE status = 'applied' AND corrected_claim_id IS NOT NULL)""",
    "deprecated_here": """CAST(claim.claim_id AS TEXT) IN
            (SELECT target_id FROM deprecation WHERE target_kind = 'claim' AND undone_at IS NULL)
        OR claim.reference_id IN
            (SELECT target_id FROM deprecation WHERE target_kind = 'reference' AND undone_at IS NULL)""",
    "implausible": """EXISTS (SELECT 1 FROM quantity WHERE quantity.name = claim.quantity
        AND (claim.value < quantity.plausible_low OR claim.value > quantity.plausible_high))""",
    "uncited": "contains(';' || coalesce(claim.flags, '') || ';', ';uncited;')",
}


def settle(connection: duckdb.DuckDBPyConnection, guards: pd.DataFrame) -> None:
    """Define entities, apply corrections and the user's errata (the table `deprecation`), set flags.

    guards: what each correction looks for, as `sources.corrections.guards` reads it.
    """
    _entities(connection)
    _restore(connection)
    _corrections(connection, guards)
    _deprecate(connection, FLAGS["deprecated_here"])
    _flags(connection)


def _entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an entity of everything that a source's names define: regions, grid zones, a catalogue's runs and models.

    They are told from curated ones by `is_curated`, and go when no source defines them.
    """
    connection.execute("DELETE FROM entity WHERE NOT is_curated")
    connection.execute("""
        INSERT OR IGNORE INTO entity
        SELECT claim.subject_kind, claim.subject_id,
            coalesce(
                first(claim.object ORDER BY claim.source_id DESC, claim.claim_id)
                    FILTER (claim.quantity = 'place_name'),
                CASE claim.subject_kind WHEN 'region' THEN split_part(claim.subject_id, '/', 2)
                    ELSE first(claim.subject ORDER BY claim.source_id, claim.claim_id) END),
            CASE claim.subject_kind WHEN 'region' THEN split_part(claim.subject_id, '/', 1)
                ELSE first(claim.object_id ORDER BY claim.source_id DESC, claim.claim_id)
                    FILTER (claim.quantity = 'model') END,
            NULL, false
        FROM claim
        WHERE claim.subject_kind IN ('region', 'training_run', 'zone') AND claim.subject_id IS NOT NULL
            AND claim.superseded_at IS NULL
        GROUP BY claim.subject_kind, claim.subject_id ORDER BY ALL
    """)
    connection.execute("""
        INSERT OR IGNORE INTO entity
        SELECT named.quantity, named.object_id, first(named.object ORDER BY named.source_id, named.claim_id),
            first(developer.object_id
                ORDER BY developer.source_id = 'own_runs', developer.source_id DESC, developer.claim_id)
                FILTER (named.quantity = 'model'),
            NULL, false
        FROM claim AS named
        LEFT JOIN claim AS developer ON developer.quantity = 'developer' AND developer.superseded_at IS NULL
            AND developer.subject_kind = named.subject_kind AND developer.subject_id = named.subject_id
        WHERE named.quantity IN ('model', 'developer') AND named.object_id IS NOT NULL AND named.superseded_at IS NULL
        GROUP BY named.quantity, named.object_id ORDER BY ALL
    """)


def _restore(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every claim that was deprecated here the rank back that its source states."""
    connection.execute("""
        UPDATE claim SET rank = stated_rank.rank FROM stated_rank WHERE stated_rank.claim_id = claim.claim_id
    """)
    connection.execute("DELETE FROM stated_rank")


def _deprecate(connection: duckdb.DuckDBPyConnection, condition: str) -> None:
    """Deprecate the claims of which a condition holds, and keep the rank that each had."""
    connection.execute(f"INSERT OR IGNORE INTO stated_rank SELECT claim_id, rank FROM claim WHERE {condition}")
    connection.execute(f"UPDATE claim SET rank = 'deprecated' WHERE {condition}")


def _corrections(connection: duckdb.DuckDBPyConnection, guards: pd.DataFrame) -> None:
    """Deprecate each claim that a correction still finds; retire corrections whose error is gone upstream."""
    connection.execute("DELETE FROM correction")
    connection.register("guard", guards)
    connection.execute("""
        INSERT INTO correction
        SELECT guard.source_id, guard.subject_kind, guard.subject, guard.quantity, guard.expected_text,
            found.reported_text, guard.action,
            CASE WHEN found.reported_text = guard.expected_text THEN 'applied' ELSE 'retired' END,
            found.claim_id, correcting.claim_id, guard.reason
        FROM guard
        LEFT JOIN claim AS found ON found.source_id = guard.source_id AND found.subject = guard.subject
            AND found.subject_kind = guard.subject_kind AND found.quantity = guard.quantity
            AND found.superseded_at IS NULL
            AND (guard.qualifier = '' OR guard.qualifier = coalesce(found.qualifier, ''))
            AND (guard.scope_note = '' OR guard.scope_note = coalesce(found.scope_note, ''))
            AND (guard.period_start = '' OR guard.period_start = CAST(found.period_start AS TEXT))
        LEFT JOIN claim AS correcting ON correcting.source_id = 'corrections' AND correcting.superseded_at IS NULL
            AND correcting.source_row = guard.source_row
        QUALIFY row_number() OVER (
            PARTITION BY guard.source_row, found.claim_id ORDER BY found.claim_id
        ) = 1 AND (found.reported_text = guard.expected_text OR row_number() OVER (
            PARTITION BY guard.source_row
            ORDER BY found.reported_text = guard.expected_text DESC NULLS LAST, found.claim_id
        ) = 1)
    """)
    connection.unregister("guard")
    _deprecate(connection, FLAGS["corrected"])
    connection.execute("""
        UPDATE claim SET
            subject_id = (SELECT first(found.subject_id ORDER BY found.claim_id) FROM correction
                JOIN claim AS found ON found.claim_id = correction.corrected_claim_id
                WHERE correction.correcting_claim_id = claim.claim_id),
            rank = CASE WHEN claim.claim_id IN (SELECT correcting_claim_id FROM correction WHERE status = 'applied')
                THEN 'normal' ELSE 'deprecated' END
        WHERE claim.source_id = 'corrections'
    """)


def _flags(connection: duckdb.DuckDBPyConnection) -> None:
    """Set the flags that the database works out, keeping those that readers set."""
    found = ", ".join(f"CASE WHEN {condition} THEN '{flag}' END" for flag, condition in FLAGS.items())
    kept = ", ".join(f"'{flag}'" for flag in FLAGS)
    connection.execute(f"""
        UPDATE claim SET flags = nullif(array_to_string(list_sort(list_distinct(list_concat(
            list_filter(string_split(coalesce(claim.flags, ''), ';'), lambda flag: flag <> '' AND flag NOT IN ({kept})),
            list_filter([{found}], lambda flag: flag IS NOT NULL)
        ))), ';'), '')
    """)
