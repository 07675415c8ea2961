"""What a list of estimates marks: figures behind them that ask for caution, and methods that do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from warehouse.read import Release

#: What there is to say of a claim behind an estimate, and the condition on it. An intensity of the run is of its time.
CAUTIONS = {
    "undated": """claim.quantity = 'grid_intensity' AND claim.subject_kind <> 'training_run'
        AND claim.period_start IS NULL AND claim.period_end IS NULL""",
    "second-hand": "has_token(claim.flags, 'secondary')",
    "by others": "has_token(claim.flags, 'by_others')",
    "leaked": "claim.basis = 'leaked'",
}


def cautions(opened: Release, table: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return which of CAUTIONS hold of a claim behind the energy or emissions of each of some estimates.

    table: `estimates` or `estimates_by_region`.
    Returns: by the row's id, in the order of CAUTIONS; a row with none is not in it.
    """
    found = opened.rows(
        f"""SELECT cited.row_id, {", ".join(f"bool_or({condition})" for condition in CAUTIONS.values())}
        FROM references_of.{table} AS cited JOIN claim ON claim.claim_id = cited.claim_id
        WHERE cited.column_name IN ('energy_kwh', 'emissions_tco2e') AND list_contains(?, cited.row_id)
        GROUP BY cited.row_id""",
        [list(ids)],
    )
    marked = ((row_id, tuple(compress(CAUTIONS, held))) for row_id, *held in found.values)
    return {row_id: names for row_id, names in marked if names}


def disagreeing(opened: Release) -> frozenset[str]:
    """Return the runs of which two methods give 90 % intervals of the energy that do not meet."""
    return frozenset(opened.words("SELECT DISTINCT run_id FROM method_disagreement"))
