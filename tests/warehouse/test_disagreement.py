"""Facts on which sources differ: what counts as the same fact, and that the figure called used is the one in use."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest


@pytest.fixture(scope="module")
def facts(ledger: Any) -> Any:
    """Return a ledger with two figures for each of several facts."""
    for run_id, claims in {
        "quoted": [(100, {"flags": "secondary", "basis": "measured"}), (120, {"basis": "calculated"})],
        "outsider": [(100, {"flags": "third_party", "basis": "measured"}), (300, {"basis": "leaked"})],
        "ranked": [(100, {"basis": "measured"}), (150, {"basis": "assumed", "rank": "preferred"})],
    }.items():
        ledger.run(run_id)
        for hours, more in claims:
            ledger.state("training_run", run_id, "training_duration", hours, **more)
    ledger.run("parts")
    for energy, boundary in ((5, "idle_only"), (40, "all_experiments"), (10, "family_total"), (20, "family_total")):
        ledger.state("training_run", "parts", "energy", energy, boundary=boundary)
    ledger.entity("provider", "cloud")
    for pue, flags in ((1.1, None), (1.2, None), (1.02, "geography"), (1.9, "geography")):
        ledger.state("provider", "cloud", "pue", pue, flags=flags)
    ledger.derive("disagreement", "chosen_claims")
    return ledger


@pytest.mark.parametrize(
    ("run_id", "chosen", "ratio", "because"),
    [
        ("quoted", 120, 1.2, "rank normal, first-hand, basis calculated"),
        ("outsider", 300, 3, "rank normal, first-hand, basis leaked"),
        ("ranked", 150, 1.5, "rank preferred, first-hand, basis assumed"),
    ],
)
def test_the_figure_called_used_follows_the_one_precedence(
    facts: Any, run_id: str, chosen: float, ratio: float, because: str
) -> None:
    found = facts.row("disagreement", "chosen, spread_ratio, chosen_because", subject_id=run_id)
    assert found == (chosen, pytest.approx(ratio), because)
    in_use = facts.rows(
        f"SELECT value FROM chosen_claims WHERE subject_id = '{run_id}' AND quantity = 'training_duration'"
    )
    assert in_use == [(chosen,)]


def test_figures_of_more_or_less_than_the_run_differ_only_from_their_like(facts: Any) -> None:
    assert facts.rows("SELECT scope, lowest, highest FROM disagreement WHERE subject_id = 'parts'") == [
        ("family_total", 10, 20)
    ]


def test_figures_of_some_of_a_provider_s_places_are_no_alternatives(facts: Any) -> None:
    assert facts.rows("SELECT lowest, highest FROM disagreement WHERE subject_id = 'cloud'") == [(1.1, 1.2)]


def test_what_is_called_used_is_used(tables: duckdb.DuckDBPyConnection) -> None:
    """Over the whole ledger, wherever the fact that differs is one that tables choose."""
    compared = tables.execute(
        """
        SELECT count(*), count(*) FILTER (used.claim_id <> found.chosen_claim_id)
        FROM disagreement AS found
        JOIN chosen_claims AS used ON used.subject_kind = found.subject_kind AND used.subject_id = found.subject_id
            AND used.quantity = found.quantity AND coalesce(used.qualifier, '') = found.qualifier
            AND claim_scope(used.quantity, used.boundary) = found.scope
            AND coalesce(CAST(used.period_start AS TEXT) || ' to ' || CAST(used.period_end AS TEXT), '') = found.period
        """
    ).fetchall()
    assert compared[0][0] > 20
    assert compared[0][1] == 0
