"""What became of everything that sources name, as rows: in an estimate, in use, or left out and why."""

from __future__ import annotations

from warehouse.errors import NotFoundError
from warehouse.naming import choose
from warehouse.read import Release, Rows

#: What a reason says without the one thing that it is about, which it names last.
_KIND_OF_REASON = "regexp_replace(split_part(covered.reason, ': ', 1), ' for [^ ]+$', '')"


def subjects(opened: Release, source: str | None = None, reason: str | None = None) -> Rows:
    """Return all that a source names, or all sources do, each with its outcome and reason.

    reason: only those whose outcome or reason holds this text, in any case.
    Raises: NotFoundError if there is no such source, or if the text is in no reason.
    """
    if source is not None:
        _known(opened, source)
    found = opened.rows(
        """
        SELECT source_id, subject_kind, subject, subject_id, outcome, reason FROM coverage
        WHERE ($source IS NULL OR source_id = $source)
            AND ($reason IS NULL OR contains(lower(outcome || ': ' || reason), lower($reason)))
        ORDER BY source_id, subject_kind, outcome, reason, subject""",
        {"source": source, "reason": reason},
    )
    if reason is not None and not found.values:
        known = opened.words(
            f"""SELECT DISTINCT {_KIND_OF_REASON} FROM coverage AS covered
            WHERE ($source IS NULL OR source_id = $source) AND outcome NOT IN ('estimated') ORDER BY 1""",
            {"source": source},
        )
        where = f" of {source}" if source else ""
        raise NotFoundError(f"no reason{where} holds '{reason}'. There are: {'; '.join(known)}")
    return found


def counts(opened: Release, source: str | None = None) -> Rows:
    """Return how many of a source's subjects came to which end, those in use first, then by number."""
    if source is not None:
        _known(opened, source)
    return opened.rows(
        f"""
        SELECT covered.source_id, coalesce(counted.rows_read, 0) AS rows_read,
            sum(count(*)) OVER (PARTITION BY covered.source_id) AS subjects, covered.subject_kind, covered.outcome,
            CASE WHEN covered.outcome <> 'estimated' THEN {_KIND_OF_REASON} END AS reason, count(*) AS found
        FROM coverage AS covered
        LEFT JOIN (
            SELECT snapshot_count.source_id, arg_max(rows_read, retrieved_at) AS rows_read
            FROM snapshot_count
            JOIN retrieval ON retrieval.source_id = snapshot_count.source_id
                AND retrieval.snapshot_id = snapshot_count.snapshot_id
            GROUP BY snapshot_count.source_id
        ) AS counted ON counted.source_id = covered.source_id
        WHERE $source IS NULL OR covered.source_id = $source
        GROUP BY covered.source_id, counted.rows_read, covered.subject_kind, covered.outcome,
            CASE WHEN covered.outcome <> 'estimated' THEN {_KIND_OF_REASON} END
        ORDER BY covered.source_id, covered.subject_kind DESC, starts_with(covered.outcome, 'not '), found DESC,
            reason""",
        {"source": source},
    )


def runs(opened: Release, source: str | None = None) -> tuple[int, int]:
    """Return how many training runs a source names, or all sources do, and how many of them are estimated.

    A run that several sources name is one run; a name that means no known run is counted as one of its own.
    """
    (counted,) = opened.rows(
        """
        SELECT count(DISTINCT coalesce(subject_id, subject)),
            count(DISTINCT subject_id) FILTER (outcome = 'estimated')
        FROM coverage
        WHERE subject_kind = 'training_run' AND ($source IS NULL OR source_id = $source)""",
        {"source": source},
    ).values
    named, estimated = counted
    return named, estimated


def unresolved(opened: Release, source: str | None = None) -> Rows:
    """Return the names in sources that stand for nothing known here."""
    return opened.rows(
        """
        SELECT source_id, kind, alias, claims FROM unresolved_alias
        WHERE $source IS NULL OR source_id = $source ORDER BY source_id, kind, alias""",
        {"source": source},
    )


def _known(opened: Release, source: str) -> None:
    choose("source", source, opened.words("SELECT source_id FROM source ORDER BY source_id"))
