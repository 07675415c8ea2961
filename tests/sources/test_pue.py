"""The curated table of PUE: what may feed a calculation, and the figure of Azure's fleet as Microsoft states it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sources import claimfile

TABLE = Path(__file__).parents[2] / "sources" / "curated" / "pue.csv"
KINDS = {"measured_operational", "design", "assumed", "claimed", "upper_bound", "survey_average", "target"}


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return claimfile.read("pue", TABLE.read_bytes()).claims


def test_every_claim_is_a_plausible_pue_with_its_kind(claims: pd.DataFrame) -> None:
    assert len(claims) == 307
    assert set(claims["quantity"]) == {"pue"}
    assert set(claims["unit"]) == {"1"}
    assert set(claims["qualifier"]) == KINDS
    for column in ("value", "low", "high"):
        assert claims[column].dropna().astype(float).between(1, 3).all()
    assert claims["reference_id"].notna().all()


def test_fleet_of_azure(claims: pd.DataFrame) -> None:
    fleet = claims[
        (claims["subject_kind"] == "provider")
        & (claims["subject"] == "azure")
        & (claims["qualifier"] == "measured_operational")
        & (claims["reference_id"] == "microsoft-pue-2022")
        & claims["flags"].isna()
    ]
    assert len(fleet) == 1
    claim = fleet.iloc[0]
    assert (claim["value"], claim["reported_text"]) == ("1.18", "1.18")
    assert (claim["period_start"], claim["period_end"]) == ("2021-07-01", "2022-06-30")


def test_parts_of_a_fleet_are_flagged(claims: pd.DataFrame) -> None:
    parts = claims[claims["scope_note"].fillna("").str.contains("geography: |one site")]
    assert set(parts["flags"]) == {"geography"}
    americas = parts[(parts["subject"] == "azure") & parts["scope_note"].str.startswith("geography: Americas; FY22")]
    assert dict(zip(americas["qualifier"], americas["value"], strict=True)) == {
        "measured_operational": "1.17",
        "design": "1.22",
    }


def test_survey_averages_are_about_the_world(claims: pd.DataFrame) -> None:
    world = claims[(claims["qualifier"] == "survey_average") & claims["flags"].isna()]
    by_year = dict(zip(world["period_start"].str[:4], world["value"], strict=True))
    assert set(world["subject"]) == {"world"}
    assert (by_year["2007"], by_year["2024"], by_year["2025"]) == ("2.5", "1.56", "1.54")


def test_range_and_target(claims: pd.DataFrame) -> None:
    ranged = claims[claims["low"].notna()]
    assert list(zip(ranged["low"], ranged["high"], ranged["reported_text"], strict=True)) == [
        ("1.09", "1.14", "1.09-1.14")
    ]
    assert sorted(claims[claims["qualifier"] == "target"]["value"]) == ["1.25", "1.5"]


def test_assumptions_are_called_assumed(claims: pd.DataFrame) -> None:
    assert ((claims["basis"] == "assumed") == (claims["qualifier"] == "assumed")).all()
    assert (claims[claims["basis"] == "measured"]["qualifier"] == "measured_operational").all()


def test_no_two_claims_are_the_same_series(claims: pd.DataFrame) -> None:
    series = ["subject_kind", "subject", "qualifier", "period_start", "period_end", "scope_note"]
    assert not claims.duplicated(series).any()
