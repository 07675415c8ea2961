"""Our World in Data's table of intensities: countries, areas and the world apart, each row of one calendar year."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from sources import claimfile, registry
from sources.errors import FormatError
from sources.owid_intensity import INTENSITY, REQUIRED, SOURCE, UNREAD, read

HEADER = ",".join([*REQUIRED, *UNREAD])
BASELINE = Path(__file__).parents[2] / "sources" / "baseline" / "owid_intensity.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
needs_upstream = pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR names no folder of feed files")


def table(*rows: str, header: str = HEADER) -> bytes:
    return "".join(f"{row}\n" for row in (header, *rows)).encode()


def test_a_row_states_the_average_of_its_year_over_the_life_cycle() -> None:
    claim = read(table("France,FRA,2023,53.36,Europe")).claims.iloc[0]
    assert (claim["subject_kind"], claim["subject"], claim["quantity"]) == ("country", "France", "grid_intensity")
    assert (claim["value"], claim["unit"], claim["reported_text"]) == ("53.36", "g/kWh", "53.36")
    assert (claim["boundary"], claim["basis"]) == ("location;lifecycle;average_production", "calculated")
    assert (claim["period_start"], claim["period_end"]) == ("2023-01-01", "2023-12-31")
    assert claim["locator"] == f"carbon-intensity-electricity.csv line 2, column {INTENSITY}"
    assert (claim["source_row"], claim["flags"], claim["rank"]) == (2, None, "normal")


@pytest.mark.parametrize(
    ("entity", "code", "kind"),
    [
        ("Japan", "JPN", "country"),
        ("Kosovo", "OWID_KOS", "country"),
        ("World", "OWID_WRL", "world"),
        ("Africa", "OWID_AFR", "area"),
        ("ASEAN (Ember)", "", "area"),
        ("European Union (27)", "OWID_EU27", "area"),
    ],
)
def test_countries_areas_and_the_world_are_kept_apart(entity: str, code: str, kind: str) -> None:
    claim = read(table(f"{entity},{code},2020,500,")).claims.iloc[0]
    assert (claim["subject_kind"], claim["subject"]) == (kind, entity)


def test_zero_is_kept_and_flagged() -> None:
    result = read(table("Burundi,BDI,2012,0,Africa"))
    assert list(result.claims["value"]) == ["0"]
    assert list(result.claims["flags"]) == ["zero_intensity"]
    assert result.quarantined.empty


def test_rows_without_place_year_or_number_are_quarantined() -> None:
    result = read(
        table(",FRA,2023,53,", "France,FRA,-2023,53,", "France,FRA,2023,,Europe", "Italy,ITA,2023,n/a,Europe")
    )
    assert result.claims.empty
    assert [(row["source_row"], row["field"], row["found"]) for row in result.quarantined.to_dict("records")] == [
        (2, "Entity", ""),
        (3, "Year", "-2023"),
        (4, INTENSITY, ""),
        (5, INTENSITY, "n/a"),
    ]


def test_columns_are_found_by_name() -> None:
    header = ",".join([INTENSITY, "Year", "Code", "Entity"])
    assert list(read(table("53.36,2023,FRA,France", header=header)).claims["subject"]) == ["France"]


@pytest.mark.parametrize("gone", REQUIRED)
def test_missing_column(gone: str) -> None:
    with pytest.raises(FormatError, match=f"a column named {gone}"):
        read(table("x,1,2,3", header=",".join(name for name in [*REQUIRED, *UNREAD] if name != gone)))


def test_a_change_of_unit_in_the_header_is_refused() -> None:
    with pytest.raises(FormatError, match=r"owid_intensity, line 1: .*kgCO2e/kWh.*a column named Carbon intensity"):
        read(table("France,FRA,2023,0.05,Europe", header=HEADER.replace("gCO2e/kWh", "kgCO2e/kWh")))


def test_html_page_and_truncated_file() -> None:
    with pytest.raises(FormatError, match="an HTML page"):
        read(b"<!doctype html><html><head><title>Not found</title></head></html>")
    with pytest.raises(FormatError, match="cut off"):
        read(table("France,FRA,2022,73,Europe") + b"France,FRA,20")


def test_byte_order_mark_and_latin_1() -> None:
    row = "Réunion,REU,2023,500,Africa"
    assert list(read(b"\xef\xbb\xbf" + table(row)).claims["subject"]) == ["Réunion"]
    with pytest.raises(FormatError, match="owid_intensity, line 2: found byte 0xe9"):
        read(table(row).decode().encode("latin-1"))


def test_baseline_parses_and_every_place_is_known_by_name() -> None:
    claims = claimfile.read(SOURCE.source_id, BASELINE.read_bytes()).claims
    assert len(claims) == 6332
    assert claims["subject_kind"].value_counts().to_dict() == {"country": 5717, "area": 589, "world": 26}
    assert (claims["flags"] == "zero_intensity").sum() == 22
    us = claims[(claims["subject"] == "United States") & (claims["period_end"] == "2023-12-31")]
    assert len(us) == 1
    aliases = registry.names("aliases")
    own = aliases[aliases["source_id"] == SOURCE.source_id]
    assert set(zip(claims["subject_kind"], claims["subject"], strict=True)) == set(
        zip(own["kind"], own["alias"], strict=True)
    )
    countries = own[own["kind"] == "country"]
    assert countries["entity_id"].is_unique
    assert dict(zip(countries["alias"], countries["entity_id"], strict=True))["Kosovo"] == "xk"


@needs_upstream
def test_baseline_restates_the_upstream_file() -> None:
    content = (Path(str(UPSTREAM)) / "owid" / "carbon-intensity-electricity.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    result = read(content)
    assert f"# upstream_sha256: {hashlib.sha256(content).hexdigest()}\n".encode() in baseline
    assert (len(result.rows), len(result.quarantined)) == (6332, 0)
    ours = claimfile.read(SOURCE.source_id, baseline).claims.drop(columns="source_row")
    pd.testing.assert_frame_equal(ours, result.claims.drop(columns="source_row"))
