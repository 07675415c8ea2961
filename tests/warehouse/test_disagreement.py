"""Facts on which sources differ: what counts as the same fact, and that the figure called used is the one in use."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

#: Of places: feed, what its figure counts, its year, and the figure [g/kWh].
INTENSITIES: dict[str, list[tuple[str, str, int | None, float]]] = {
    "undated": [
        ("old", "location", None, 600),
        ("new", "location;average_consumption", 2022, 400),
        ("new", "location;average_production", 2022, 700),  # of the same feed, another kind
        ("new", "location;average_consumption", 2023, 800),
    ],
    "dated": [("old", "location;average_production", 2022, 300), ("new", "location;average_consumption", 2022, 450)],
    "mixed": [
        ("old", "location;lifecycle", None, 600),
        ("new", "location;direct", 2022, 400),
        ("third", "location", 2023, 500),
        ("third", "market", 2022, 5),
        ("fourth", "location;direct;average_consumption", 2023, 100),
    ],
    "never": [("old", "location", None, 600), ("new", "location", None, 500)],
}


Said = float | tuple[float, float]
#: Of runs: two durations [h] with the words that report them, and whether these agree.
ROUNDED: list[tuple[str, tuple[Said, str], tuple[Said, str], bool]] = [
    ("half-a-tenth-of-a-day", (1384.8, "57.7 days"), (1386, "1386"), True),  # 1384.8 + 1.2
    ("more-than-that", (1384.8, "57.7 days"), (1386.1, "1386.1"), False),
    ("the-higher-is-coarser", (500, "500.0"), (504, "approximately 21 days"), True),  # 504 - 12
    ("an-exponent", (3.3e3, "3.3e+03 h"), (3349, "3,349"), True),  # 3300 + 50
    ("past-the-exponent", (3.3e3, "3.3e+03 h"), (3351, "3,351"), False),
    ("in-the-range", ((2160, 2400), "90-100 days"), (2390, "2390"), True),
    ("past-the-range", ((2160, 2400), "90-100 days"), (2401, "2401"), False),  # two numbers: which digit is not known
    ("both-exact", (1082880, "1,082,880"), (1082990, "1,082,990 hours"), False),
    ("in-words", (131, "five and a half days"), (132, "132"), False),
]


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
    for place, averages in INTENSITIES.items():
        ledger.entity("region", place)
        for feed, boundary, year, intensity in averages:
            ledger.state("region", place, "grid_intensity", intensity, year=year, boundary=boundary, source_id=feed)
    for run_id, year in (("of-2022", 2022), ("of-2023", 2023), ("of-2024", 2024)):
        ledger.run(run_id, year=year, energy=(8, 12))
    for run_id, (lower, words), (higher, other_words), _ in ROUNDED:
        ledger.run(run_id)
        for said, text in ((lower, words), (higher, other_words)):
            ledger.state("training_run", run_id, "training_duration", said, reported_text=text)
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


@pytest.mark.parametrize(("run_id", "agree"), [(run_id, agree) for run_id, _, _, agree in ROUNDED])
def test_figures_agree_within_the_digits_and_the_range_that_are_reported(facts: Any, run_id: str, agree: bool) -> None:
    assert facts.row("disagreement", "is_within_reported", subject_id=run_id) == (agree,)


def test_an_undated_intensity_differs_from_another_feed_s_of_each_year(facts: Any) -> None:
    """600 undated: against 400 in 2022 a ratio of 1.5, against 800 in 2023 one of 4/3; in 2024 nobody else says."""
    columns = "period, period_match, lowest, highest, chosen, spread_ratio, chosen_because"
    found = facts.rows(f"SELECT {columns} FROM disagreement WHERE subject_id = 'undated' ORDER BY period")
    why = "same year, of consumption"
    assert found == [
        ("2022-01-01 to 2022-12-31", "highest undated", 400, 600, 400, 1.5, why),
        ("2023-01-01 to 2023-12-31", "lowest undated", 600, 800, 800, pytest.approx(4 / 3), why),
    ]


def test_intensities_of_one_year_differ_and_consumption_is_used(facts: Any) -> None:
    assert facts.rows(
        "SELECT period_match, lowest, highest, chosen, spread_ratio FROM disagreement WHERE subject_id = 'dated'"
    ) == [("same period", 300, 450, 450, 1.5)]


def test_intensities_that_count_different_things_never_differ(facts: Any) -> None:
    assert facts.rows("SELECT scope, lowest, highest FROM disagreement WHERE subject_id = 'mixed'") == []


def test_two_undated_intensities_differ_once(facts: Any) -> None:
    found = facts.rows("SELECT period, period_match, lowest, highest FROM disagreement WHERE subject_id = 'never'")
    assert found == [("", "undated", 500, 600)]


def test_the_intensity_called_used_is_the_place_s_preferred_one(tables: duckdb.DuckDBPyConnection) -> None:
    """Over the whole ledger, in every year of a run."""
    ((compared, others, undated),) = tables.execute(
        """
        SELECT count(*), count(*) FILTER (used.place_grid_intensity_g_per_kwh_claim_id <> found.chosen_claim_id),
            count(*) FILTER (found.period_match IN ('lowest undated', 'highest undated'))
        FROM disagreement AS found
        JOIN place_intensity AS used ON used.place_id = found.subject_id AND used.is_preferred
            AND whole_year(used.run_year) = found.period
        WHERE found.branch = 'places'
        """
    ).fetchall()
    assert compared > 100
    assert undated > 100
    assert others == 0


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
