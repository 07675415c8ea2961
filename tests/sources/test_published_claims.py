"""Published figures as claims: each states one figure and its inputs; those of the article are recomputed by hand."""

from pathlib import Path

import pandas as pd
import pytest

import sources
from sources import claimfile

TABLE = Path(sources.__file__).parent / "curated" / "published_claims.csv"
WORK = "ludvigsen2023"
NAMES = [
    "servers",
    "hours",
    "server_energy",
    "it_energy",
    "facility_energy",
    "emissions_westus",
    "emissions_canadaeast",
    "lowest_us_region",
    "lowest_region",
    "region_ratio",
    "headline_mass",
    "americans",
    "world_share",
    "gpt3_energy",
    "gpt4_over_gpt3",
]
HARDWARE = {"accelerator_count", "accelerators_per_server", "server_power", "training_duration"}
FACILITY = HARDWARE | {"pue"}


#: Claims that one publication makes about itself; inputs may come from others.
OWN = ["statement", "audit_formula", "builds_on", "unstated_input"]
QUALIFIERS = {"published", "input", "input_second", "input_third", "input_low_region", "input_high_region", "unstated"}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return claimfile.read("published_claims", TABLE.read_bytes()).claims


@pytest.fixture(scope="module")
def claims(table: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of the article alone."""
    return table[table["subject"].str.startswith(f"{WORK}/")]


def ends(claims: pd.DataFrame, name: str, quantity: str, qualifier: str = "input") -> tuple[float, float]:
    """Return low and high of one figure of one claim, in the unit of the table."""
    rows = claims[
        (claims["subject"] == f"{WORK}/{name}") & (claims["quantity"] == quantity) & (claims["qualifier"] == qualifier)
    ].to_dict("records")
    assert len(rows) == 1, (name, quantity, qualifier)
    (row,) = rows
    exact = row["value"]
    return float(exact or row["low"]), float(exact or row["high"])


def published(claims: pd.DataFrame, name: str) -> tuple[float, float]:
    rows = claims[(claims["subject"] == f"{WORK}/{name}") & (claims["qualifier"] == "published")]
    return ends(claims, name, rows["quantity"].iloc[0], "published")


def inputs(claims: pd.DataFrame, name: str) -> set[str]:
    own = claims[claims["subject"] == f"{WORK}/{name}"]
    return set(own.loc[own["qualifier"].fillna("").str.startswith("input"), "quantity"])


def it_energy_kwh(claims: pd.DataFrame, name: str) -> tuple[float, float]:
    count, _ = ends(claims, name, "accelerator_count")
    per_server, _ = ends(claims, name, "accelerators_per_server")
    power_kw, _ = ends(claims, name, "server_power")
    days_low, days_high = ends(claims, name, "training_duration")
    return count / per_server * power_kw * days_low * 24, count / per_server * power_kw * days_high * 24


def facility_energy_kwh(claims: pd.DataFrame, name: str) -> tuple[float, float]:
    pue, _ = ends(claims, name, "pue")
    low, high = it_energy_kwh(claims, name)
    return low * pue, high * pue


def emissions_t(claims: pd.DataFrame, name: str) -> tuple[float, float]:
    grams, _ = ends(claims, name, "grid_intensity")
    low, high = facility_energy_kwh(claims, name)
    return low * grams / 1e6, high * grams / 1e6


def test_how_many_figures(table: pd.DataFrame, claims: pd.DataFrame) -> None:
    assert set(claims["subject"]) == {f"{WORK}/{name}" for name in NAMES}
    assert set(table["subject_kind"]) == {"published_claim"}
    assert table["subject"].nunique() == len(NAMES) + 61
    assert table["subject"].str.partition("/")[0].nunique() == 35


def test_each_states_one_figure_in_words_with_its_formula(table: pd.DataFrame) -> None:
    for subject, own in table.groupby("subject"):
        assert (own["qualifier"] == "published").sum() == 1, subject
        assert (own["quantity"] == "statement").sum() == 1, subject
        assert (own["quantity"] == "audit_formula").sum() == 1, subject
        assert own["qualifier"].fillna("").str.startswith(("input", "unstated")).any(), subject


def test_figures_stand_together_by_publication(table: pd.DataFrame) -> None:
    works = table["subject"].str.partition("/")[0]
    assert works.iloc[0] == WORK
    subjects = table["subject"].drop_duplicates()
    assert (table["subject"] != table["subject"].shift()).sum() == len(subjects)


def test_no_fact_is_stated_twice(table: pd.DataFrame) -> None:
    assert not table.duplicated(["subject", "quantity", "qualifier"]).any()


def test_own_statements_cite_the_publication_and_quotes_are_plain(table: pd.DataFrame) -> None:
    said = table["quantity"].isin(OWN) | (table["qualifier"] == "published")
    works = table["subject"].str.partition("/")[0]
    assert (table["reference_id"] == works)[said].all()
    assert not table["reported_text"].str.contains('["\n]').any()
    assert set(table["qualifier"].dropna()) == QUALIFIERS


def test_what_is_unstated_cites_another_document(table: pd.DataFrame) -> None:
    unstated = table[table["qualifier"] == "unstated"]
    assert set(unstated["quantity"]) == {"pue", "grid_intensity", "tdp"}
    assert (unstated["reference_id"] != unstated["subject"].str.partition("/")[0]).all()


def test_energy_says_whether_overhead_is_in_it(claims: pd.DataFrame) -> None:
    energy = claims[claims["quantity"].isin(["energy", "energy_per_server"])]
    assert energy["boundary"].str.contains("pue_included|pue_excluded").all()


def test_builds_on_existing_claims_without_a_circle(claims: pd.DataFrame) -> None:
    edges = claims[claims["quantity"] == "builds_on"].set_index("subject")["object"].to_dict()
    assert edges == {
        f"{WORK}/{name}": f"{WORK}/{base}"
        for name, base in {
            "server_energy": "hours",
            "it_energy": "server_energy",
            "facility_energy": "it_energy",
            "emissions_westus": "facility_energy",
            "emissions_canadaeast": "facility_energy",
            "headline_mass": "emissions_westus",
            "americans": "emissions_westus",
            "world_share": "emissions_westus",
            "gpt4_over_gpt3": "facility_energy",
        }.items()
    }
    for start in edges:
        seen = [start]
        while (base := edges.get(seen[-1])) is not None:
            assert base not in seen
            seen.append(base)
        assert seen[-1] == f"{WORK}/hours"


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("servers", {"accelerator_count", "accelerators_per_server"}),
        ("hours", {"training_duration"}),
        ("server_energy", {"server_power", "training_duration"}),
        ("it_energy", HARDWARE),
        ("facility_energy", FACILITY),
        ("emissions_westus", FACILITY | {"grid_intensity"}),
        ("emissions_canadaeast", FACILITY | {"grid_intensity"}),
        ("lowest_us_region", {"grid_intensity"}),
        ("lowest_region", {"grid_intensity"}),
        ("region_ratio", {"grid_intensity"}),
        ("headline_mass", FACILITY | {"grid_intensity"}),
        ("americans", FACILITY | {"grid_intensity", "emissions_per_capita"}),
        ("world_share", FACILITY | {"grid_intensity", "world_emissions"}),
        ("gpt3_energy", {"energy"}),
        ("gpt4_over_gpt3", FACILITY | {"energy"}),
    ],
)
def test_every_input_of_the_whole_chain_is_there(claims: pd.DataFrame, name: str, cited: set[str]) -> None:
    assert inputs(claims, name) == cited


def test_servers_follow(claims: pd.DataFrame) -> None:
    count, _ = ends(claims, "servers", "accelerator_count")
    per_server, _ = ends(claims, "servers", "accelerators_per_server")
    assert count / per_server == 3125 == published(claims, "servers")[0]


def test_hours_do_not_follow_at_the_upper_end(claims: pd.DataFrame) -> None:
    low, high = ends(claims, "hours", "training_duration")
    assert (low * 24, high * 24) == (2160, 2400)
    assert published(claims, "hours") == (2160, 2600)


def test_server_energy_carries_the_slip_of_the_hours(claims: pd.DataFrame) -> None:
    power_kw, _ = ends(claims, "server_energy", "server_power")
    low, high = ends(claims, "server_energy", "training_duration")
    assert (power_kw * low * 24, power_kw * high * 24) == (14_040, 15_600)
    assert published(claims, "server_energy") == (14_040, 16_900)


def test_it_energy(claims: pd.DataFrame) -> None:
    assert it_energy_kwh(claims, "it_energy") == pytest.approx((43_875_000, 48_750_000), rel=1e-12)
    assert published(claims, "it_energy") == (43_875_000, 52_812_500)


def test_facility_energy(claims: pd.DataFrame) -> None:
    assert facility_energy_kwh(claims, "facility_energy") == pytest.approx((51_772_500, 57_525_000), rel=1e-12)
    assert published(claims, "facility_energy") == (51_772_500, 62_318_750)


def test_emissions(claims: pd.DataFrame) -> None:
    assert emissions_t(claims, "emissions_westus") == pytest.approx((12_456.4635, 13_840.515), rel=1e-12)
    assert published(claims, "emissions_westus") == (12_456, 14_994)
    assert emissions_t(claims, "emissions_canadaeast") == pytest.approx((1_035.45, 1_150.5), rel=1e-12)
    assert published(claims, "emissions_canadaeast") == (1_035, 1_246)


def test_ratio_of_the_regions_is_twelve(claims: pd.DataFrame) -> None:
    low, _ = ends(claims, "region_ratio", "grid_intensity", "input_low_region")
    high, _ = ends(claims, "region_ratio", "grid_intensity", "input_high_region")
    assert high / low == pytest.approx(12.03, rel=1e-12)
    assert published(claims, "region_ratio") == (13, 13)


def test_headline_is_a_thousand_times_too_small(claims: pd.DataFrame) -> None:
    assert emissions_t(claims, "headline_mass")[1] == pytest.approx(13_840.515, rel=1e-12)
    assert published(claims, "headline_mass") == (15, 15)
    assert published(claims, "emissions_westus")[1] / 1000 == pytest.approx(14.994, rel=1e-12)


def test_people(claims: pd.DataFrame) -> None:
    per_person_t, _ = ends(claims, "americans", "emissions_per_capita")
    assert emissions_t(claims, "americans")[1] / per_person_t == pytest.approx(865.0321875, rel=1e-12)
    assert published(claims, "americans") == (938, 938)


def test_share_of_the_world(claims: pd.DataFrame) -> None:
    world_gt, _ = ends(claims, "world_share", "world_emissions")
    percent = emissions_t(claims, "world_share")[1] / (world_gt * 1e9) * 100
    assert percent == pytest.approx(0.0000346012875, rel=1e-12)
    assert published(claims, "world_share") == (0.0000375, 0.0000375)


def test_gpt_3_and_the_ratio(claims: pd.DataFrame) -> None:
    quoted_mwh, _ = ends(claims, "gpt3_energy", "energy")
    assert quoted_mwh * 1000 == 1_287_000 == published(claims, "gpt3_energy")[0]
    low, high = facility_energy_kwh(claims, "gpt4_over_gpt3")
    gpt3_mwh, _ = ends(claims, "gpt4_over_gpt3", "energy")
    assert low / (gpt3_mwh * 1000) == pytest.approx(40.2273, abs=1e-4)
    assert high / (gpt3_mwh * 1000) == pytest.approx(44.6970, abs=1e-4)
    assert published(claims, "gpt4_over_gpt3") == (40, 48)


@pytest.mark.parametrize(
    ("name", "entities"),
    [
        ("lowest_us_region", {"provider": "azure", "country": "USA", "region": "azure/westus"}),
        ("lowest_region", {"provider": "azure", "region": "azure/canadaeast"}),
    ],
)
def test_lowest_says_among_what(claims: pd.DataFrame, name: str, entities: dict[str, str]) -> None:
    own = claims[claims["subject"] == f"{WORK}/{name}"].set_index("quantity")["object"]
    assert {key: own[key] for key in ("provider", "country", "region") if key in own} == entities
