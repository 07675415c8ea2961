"""Where a run is taken to have been, and which grid intensity and PUE hold there, on a few made-up places."""

from __future__ import annotations

from typing import Any

import pytest

LOCATION = "location;average_production"


@pytest.fixture(scope="module")
def map_of(ledger: Any) -> Any:
    """Return a ledger of countries, regions and runs of 2023, one for each way of placing a run."""
    ledger.world()
    for country in ("us", "fr", "is", "nl", "kr", "de", "pl"):
        ledger.entity("country", country)
    ledger.entity("provider", "azure")
    for region, word in (
        ("fr-1", "France"),
        ("fr-2", "France"),
        ("fr-3", "France"),
        ("us-1", "USA"),
        ("hydro", "Iceland"),
        ("de-1", "Germany"),
        ("de-2", "Germany"),
        ("pl-1", "Poland"),
    ):
        ledger.entity("region", region, "azure")
        ledger.state("region", region, "country", word)
    for word, country in (("France", "fr"), ("USA", "us"), ("Iceland", "is"), ("Korea", "kr"),
                          ("Germany", "de"), ("Poland", "pl")):  # fmt: skip
        ledger.connection.execute("INSERT INTO alias VALUES ('country', ?, ?, '')", [word, country])

    def intensity(place: str, value: float, boundary: str = LOCATION, year: int | None = 2023, **more: Any) -> None:
        kind = "country" if len(place) == 2 else "region"
        ledger.state(kind, place, "grid_intensity", value, boundary=boundary, year=year, **more)

    for place, value in (("fr", 60), ("fr-1", 50), ("fr-2", 80), ("us", 400), ("us-1", 300), ("nl", 350)):
        intensity(place, value)
    for value, boundary in ((1, "market"), (2, "location;hourly"), (3, "location;marginal"), (4, "")):
        intensity("fr-1", value, boundary)  # none of them is an average by location
        intensity("fr-3", value, boundary)
    # Iceland's one region is without emissions; it would make every range reach down to nothing
    intensity("hydro", 0)
    intensity("is", 30)
    # years and kinds of average: 2021 and 2024 are no 2023, consumption comes before production
    intensity("us-1", 999, year=2021)
    intensity("us-1", 998, year=2024)
    intensity("fr-2", 81, "location;average_consumption", source_id="other")
    intensity("us", 997, year=None)

    # ranges whose ends are less close to the year than the average of the country: one earlier, one of no year
    intensity("de", 350)
    intensity("de-1", 300, year=2021)
    intensity("de-2", 700, year=None)
    intensity("pl", 600)
    intensity("pl-1", 500, year=2021)

    def run(run_id: str, *countries: str, **facts: Any) -> None:
        ledger.run(run_id, energy=100, **facts)
        for country in countries:
            ledger.state("training_run", run_id, "developer_country", country)

    run("in-region", "us", region="fr-1", provider="azure")
    run("in-france", "fr", provider="azure")
    run("in-both", "fr", "us")
    run("in-iceland", "is")
    run("in-germany", "de")
    run("in-poland", "pl")
    run("in-three", "fr", "pl", "us")
    run("in-four", "fr", "pl", "us", "de")
    run("without-regions", "nl")
    run("anywhere")
    run("stated", "fr", region="fr-1", grid_intensity=123, pue=1.3)
    run("averaged", "fr")
    for quantity, average in (("grid_intensity", 429), ("pue", 1.4)):
        ledger.state("training_run", "averaged", quantity, average, basis="assumed")
    run("inferred", "us")
    ledger.state("training_run", "inferred", "region", "fr-1", flags="inferred;own")
    run("market-region", "fr", region="fr-3")
    run("market-stated", region="us-1")
    ledger.state("training_run", "market-stated", "grid_intensity", 5, boundary="market")
    run("early", region="us-1", year=2020)
    run("late", region="us-1", year=2025)
    run("quoted-country")
    ledger.state("training_run", "quoted-country", "developer_country", "fr", flags="secondary")
    # what is known of PUE
    for kind, place, value, kind_of_pue, year in (
        ("region", "fr-1", 1.12, "measured_operational", 2023),
        ("region", "fr-1", 1.01, "design", 2023),
        ("provider", "azure", 1.18, "measured_operational", 2023),
        ("provider", "azure", 1.05, "target", 2023),
        ("region", "us-1", 1.3, "design", 2023),
    ):
        ledger.state(kind, place, "pue", value, qualifier=kind_of_pue, year=year)
    ledger.state("provider", "azure", "pue", 1.02, qualifier="measured_operational", year=2023, flags="geography")
    ledger.derive("run_intensity", "run_pue")
    return ledger


@pytest.mark.parametrize(
    ("run_id", "place", "basis"),
    [
        ("in-region", "fr-1", "region, disclosed"),
        ("inferred", "fr-1", "region, inferred"),
        ("in-france", "fr", "country of the developer"),
        ("in-both", "fr+us", "countries of the developers"),
        ("quoted-country", "fr", "country of the developer"),
        ("anywhere", "world", "unknown"),
    ],
)
def test_a_run_is_placed_by_region_then_country_then_nowhere(map_of: Any, run_id: str, place: str, basis: str) -> None:
    assert map_of.row("run_places", "place_id, place_basis", run_id=run_id) == (place, basis)


def intensity(map_of: Any, run_id: str) -> tuple[float, float, float]:
    found: tuple[float, float, float] = map_of.number("run_intensity", "grid_intensity_g_per_kwh", run_id=run_id)
    return found


def test_a_known_region_has_its_own_intensity_whatever_the_developer_s_country(map_of: Any) -> None:
    assert intensity(map_of, "in-region") == (50, 50, 50)


def test_a_country_has_its_average_with_the_range_over_its_regions(map_of: Any) -> None:
    # national 60; regions 50 and 81 (consumption before production); the third region has no average by location
    assert intensity(map_of, "in-france") == (50, 60, 81)
    found = map_of.row("run_intensity", "intensity_basis, lowest_place_id, highest_place_id", run_id="in-france")
    assert found == ("feed, range over the country's regions", "fr-1", "fr-2")


def test_several_countries_are_the_range_over_all_their_places(map_of: Any) -> None:
    # lowest 50 in France, highest 400 in the United States as a whole: sqrt(50 x 400) = 141.42
    assert intensity(map_of, "in-both") == (50, pytest.approx(141.42136), 400)
    found = map_of.row("run_intensity", "intensity_basis, lowest_place_id, highest_place_id", run_id="in-both")
    assert found == ("range over the countries' averages and regions", "fr-1", "us")


def test_a_region_without_any_emissions_does_not_open_the_range_downwards(map_of: Any) -> None:
    assert intensity(map_of, "in-iceland") == (30, 30, 30)


def test_a_country_without_regions_is_its_average(map_of: Any) -> None:
    assert intensity(map_of, "without-regions") == (350, 350, 350)


def test_a_run_of_which_no_place_is_known_has_the_world_s_average(map_of: Any) -> None:
    assert intensity(map_of, "anywhere") == (480, 480, 480)
    assert map_of.row("run_intensity", "intensity_basis", run_id="anywhere") == ("feed, world average",)


def test_what_is_stated_for_the_run_comes_first(map_of: Any) -> None:
    assert intensity(map_of, "stated") == (123, 123, 123)
    assert map_of.row("run_intensity", "intensity_basis", run_id="stated") == ("stated for the run",)


def test_an_average_that_the_source_assumed_is_used_and_called_so(map_of: Any) -> None:
    assert intensity(map_of, "averaged") == (429, 429, 429)
    assert map_of.row("run_intensity", "intensity_basis", run_id="averaged") == ("assumed by the source",)
    assert map_of.row("run_pue", "pue_basis, pue", run_id="averaged") == ("assumed by the source", 1.4)


def test_no_market_based_or_marginal_or_hourly_intensity_is_ever_used(map_of: Any) -> None:
    # the region has nothing else, so its country's range stands in; the run's own market figure is passed over
    assert intensity(map_of, "market-region") == (50, 60, 81)
    assert intensity(map_of, "market-stated") == (300, 300, 300)
    assert map_of.rows(
        "SELECT count(*) FROM place_intensity WHERE place_grid_intensity_g_per_kwh < 10 AND place_id <> 'hydro'"
    ) == [(0,)]
    boundaries = map_of.rows("SELECT DISTINCT intensity_boundary FROM run_intensity ORDER BY ALL")
    assert boundaries == [("location",), (LOCATION,)]


def test_the_nearest_year_and_an_earlier_before_a_later_one(map_of: Any) -> None:
    # 2020: nothing of the year or before, so the next later, 2021; 2025: the nearest earlier, 2024
    assert map_of.row("run_intensity", "intensity_match, grid_intensity_g_per_kwh", run_id="early") == (
        "later year",
        999,
    )
    assert map_of.row("run_intensity", "intensity_match, grid_intensity_g_per_kwh", run_id="late") == (
        "earlier year",
        998,
    )
    assert map_of.row("run_intensity", "intensity_match", run_id="in-region") == ("same year",)


@pytest.mark.parametrize(
    ("run_id", "match", "low", "high"),
    [
        ("in-france", "same year", 50, 81),
        ("in-poland", "earlier year", 500, 600),  # the low end is of 2021
        ("in-germany", "undated", 300, 700),  # the low end is of 2021, the high end of no year
        ("in-three", "same year", 50, 600),  # what is older lies between the ends and moves nothing
        ("in-four", "undated", 50, 700),
    ],
)
def test_a_range_matches_the_year_as_well_as_the_worst_figure_that_it_rests_on(
    map_of: Any, run_id: str, match: str, low: float, high: float
) -> None:
    assert map_of.row("run_intensity", "intensity_match", run_id=run_id) == (match,)
    ends = intensity(map_of, run_id)
    assert (ends[0], ends[2]) == (low, high)


@pytest.mark.parametrize(
    ("run_id", "basis", "pue"),
    [
        ("stated", "stated for the run", 1.3),
        ("in-region", "region, operational", 1.12),
        # a provider's average, but not of some of its regions only; a design value stands behind what is measured
        ("in-france", "provider average, operational", 1.18),
        ("market-stated", "provider average, operational", 1.18),
        ("anywhere", "industry survey", 1.5),
    ],
)
def test_pue_is_the_run_s_the_region_s_the_provider_s_or_the_world_s(
    map_of: Any, run_id: str, basis: str, pue: float
) -> None:
    assert map_of.row("run_pue", "pue_basis, pue", run_id=run_id) == (basis, pue)


def test_every_run_has_at_most_one_place_intensity_and_pue(map_of: Any) -> None:
    (runs,) = map_of.rows("SELECT count(*) FROM training_runs")
    for table in ("run_places", "run_intensity", "run_pue"):
        assert map_of.rows(f"SELECT count(*) FROM {table}") == [runs]
        assert map_of.rows(f"SELECT run_id FROM {table} GROUP BY ALL HAVING count(*) > 1") == []
