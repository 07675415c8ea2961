"""Questions about what moved between releases, answered as rows of the release that is open."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from warehouse.errors import NotFoundError
from warehouse.in_time import moment
from warehouse.naming import hint
from warehouse.read import Release, Rows

_MOVED = """
WITH asked AS (
    SELECT * FROM revision WHERE released_at > $since AND ($model IS NULL OR model_id = $model)
),
told AS (
    SELECT one.released_at, one.table_name, one.row_id, one.column_name,
        string_agg(cause.detail, '; ' ORDER BY cause.cause_id) AS cause
    FROM (SELECT released_at, table_name, row_id, column_name, unnest(cause_ids) AS cause_id FROM asked) AS one
    JOIN revision_cause AS cause ON cause.released_at = one.released_at AND cause.cause_id = one.cause_id
    GROUP BY ALL
)
SELECT asked.released_at, asked.release_id, asked.parent_id, asked.table_name, asked.row_id, asked.subject,
    asked.model_id, asked.column_name, asked.unit, asked.before, asked.before_low, asked.before_high, asked.after,
    asked.after_low, asked.after_high, 100 * (asked.after / nullif(asked.before, 0) - 1) AS change_percent,
    asked.cause_kind, asked.cause_count, told.cause
FROM asked
JOIN told ON told.released_at = asked.released_at AND told.table_name = asked.table_name
    AND told.row_id = asked.row_id AND told.column_name = asked.column_name
ORDER BY asked.released_at DESC,
    list_position(['estimates', 'estimates_by_region', 'claim_audit'], asked.table_name) NULLS LAST, asked.table_name,
    asked.subject, asked.row_id, asked.column_name"""


def revisions(opened: Release, since: str | None = None, model: str | None = None) -> Rows:
    """Return the numbers that moved, newest release first: in the latest release, or in all since a date or a release.

    model: only numbers of this model's rows.
    """
    asked: dict[str, object] = {"since": _after(opened, since), "model": model and opened.model_id(model)}
    return opened.rows(_MOVED, asked)


def counts(opened: Release, since: str | None = None) -> list[dict[str, Any]]:
    """Return how many numbers moved, by release, table and kind of cause, and how many of them are listed."""
    return opened.rows(
        """
        SELECT release_id, released_at, parent_id, table_name, cause_kind, changed, appeared, gone, listed
        FROM revision_summary WHERE released_at > $since ORDER BY released_at DESC, table_name, cause_kind""",
        {"since": _after(opened, since)},
    ).records()


def _after(opened: Release, since: str | None) -> datetime:
    """Return the time after which a revision counts: a date counts whole, a release's own revisions do not."""
    releases = opened.rows("SELECT release_id, released_at FROM release ORDER BY released_at DESC").values
    if since is None:
        return releases[1][1] if len(releases) > 1 else datetime.min
    known = {str(name): found for name, found in reversed(releases)}
    begun = [name for name in known if len(since) >= 4 and name.startswith(since)]
    if since in known or len(begun) == 1:
        when: datetime = known[since if since in known else begun[0]]
        return when
    if "-" in since:
        end = moment(since)
        return datetime.combine(end.date(), time.min) if len(since) == len("2026-01-31") else end
    near = hint(since, [(name, name) for name in known])
    raise NotFoundError(f"unknown release '{since}'{near}; give a release id, or a date as 2026-01-31")
