"""From claims back to records: one row per line of a feed, or per subject, with the words and numbers side by side."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations.claims import LINE


def stated(connection: duckdb.DuckDBPyConnection, source_id: str) -> pd.DataFrame:
    """Return the current claims of a source that are not known to be wrong, in the order of its lines.

    citation: as printed where the bibliography keeps it, else the address of the document; '' where none was given.
    """
    return connection.execute(
        f"""
        WITH printed AS (SELECT reference_id, min(citation) AS citation FROM citation GROUP BY reference_id)
        SELECT claim.subject, claim.subject_kind, {LINE} AS line, claim.quantity,
            coalesce(claim.qualifier, '') AS qualifier, coalesce(claim.boundary, '') AS boundary,
            coalesce(claim.scope_note, '') AS scope_note, claim.period_start, claim.period_end,
            claim.value, coalesce(claim.object_id, claim.object) AS object, claim.reported_text,
            CASE WHEN has_token(claim.flags, 'uncited') THEN ''
                WHEN starts_with(claim.reference_id, 'cited-') THEN reference.title
                ELSE coalesce(printed.citation, reference.url, reference.title, '') END AS citation
        FROM claim
        LEFT JOIN reference ON reference.reference_id = claim.reference_id
        LEFT JOIN printed ON printed.reference_id = claim.reference_id
        WHERE claim.source_id = ? AND claim.superseded_at IS NULL AND claim.rank <> 'deprecated'
        ORDER BY claim.source_row, rank_order(claim.rank), claim.claim_id
        """,
        [source_id],
    ).df()


def wide(claims: pd.DataFrame, by: str, numbers: list[str], words: list[str]) -> pd.DataFrame:
    """Put the claims of each record side by side, each in the column that its `name` says; of several, the first.

    by: `line` or `subject`.
    Returns: subject, place, scope_note, period_end and, for each of `numbers`, its value, `_text` and `_citation`; for
        each of `words`, the word or the thing meant. What is not stated is missing.
    """
    first = claims.drop_duplicates([by, "name"])
    keys = claims.drop_duplicates(by).set_index(by, drop=False)
    columns: dict[str, pd.Series] = {
        "subject": keys["subject"],
        "place": "line " + keys["line"].astype(str),
        "scope_note": keys["scope_note"],
        "period_end": keys["period_end"],
    }
    for column in numbers:
        cells = first[first["name"] == column].set_index(by)
        columns[column] = cells["value"].reindex(keys.index)
        columns[f"{column}_text"] = cells["reported_text"].reindex(keys.index)
        columns[f"{column}_citation"] = cells["citation"].reindex(keys.index)
    for column in words:
        columns[column] = first[first["name"] == column].set_index(by)["object"].reindex(keys.index)
    return pd.DataFrame(columns).reset_index(drop=True)


def groups_with_several(frame: pd.DataFrame, keys: list[str], column: str) -> pd.Series:
    """Tell for each row whether rows with its keys hold more than one value of a column; missing ones do not count."""
    return frame.groupby(keys, dropna=True)[column].transform("nunique") > 1
