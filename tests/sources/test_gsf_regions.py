"""The Green Software Foundation's region table: accountings kept apart, years kept, misfits kept out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from sources import claimfile
from sources.errors import FormatError
from sources.gsf_regions import KEYS, NUMBERS, SOURCE, TEXTS, read

COLUMNS = [*KEYS, *NUMBERS, *TEXTS]
BASELINE = Path(__file__).parents[2] / "sources" / "baseline" / "gsf_regions.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
needs_upstream = pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR names no folder of feed files")

IOWA = {
    "year": "2022",
    "cloud-provider": "Microsoft Azure",
    "cloud-region": "centralus",
    "location": "Iowa: Central US",
}


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> bytes:
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode()


@pytest.mark.parametrize(
    ("column", "quantity", "unit", "boundary", "qualifier"),
    [
        (
            "grid-carbon-intensity-average-consumption-annual",
            "grid_intensity",
            "g/kWh",
            "location;average_consumption",
            None,
        ),
        (
            "grid-carbon-intensity-average-production-annual",
            "grid_intensity",
            "g/kWh",
            "location;average_production",
            None,
        ),
        ("grid-carbon-intensity-marginal-consumption-annual", "grid_intensity", "g/kWh", "location;marginal", None),
        ("grid-carbon-intensity", "grid_intensity", "g/kWh", "location", None),
        ("provider-carbon-intensity-market-annual", "grid_intensity", "g/kWh", "market", None),
        (
            "provider-carbon-intensity-average-consumption-hourly",
            "grid_intensity",
            "g/kWh",
            "location;average_consumption;hourly",
            None,
        ),
        ("power-usage-effectiveness", "pue", "1", None, "unknown"),
        ("water-usage-effectiveness", "water_usage_effectiveness", "L/kWh", None, None),
        ("provider-cfe-annual", "carbon_free_energy", "1", None, "annual"),
        ("provider-cfe-hourly", "carbon_free_energy", "1", None, "hourly"),
    ],
)
def test_each_column_keeps_its_accounting(
    column: str, quantity: str, unit: str, boundary: str | None, qualifier: str | None
) -> None:
    claim = read(table({**IOWA, column: "0.5"})).claims.iloc[0]
    assert (claim["quantity"], claim["value"], claim["unit"]) == (quantity, "0.5", unit)
    assert (claim["boundary"], claim["qualifier"]) == (boundary, qualifier)
    assert claim["locator"] == f"Cloud_Region_Metadata.csv line 2, column {column}"
    assert (claim["reference_id"], claim["citation"], claim["flags"]) == ("gsf-real-time-cloud", None, None)


def test_year_and_place_are_kept() -> None:
    claims = read(table({**IOWA, "em-zone-id": "US-MIDW-MISO"})).claims
    assert dict(zip(claims["quantity"], claims["object"], strict=True)) == {
        "grid_zone": "US-MIDW-MISO",
        "place_name": "Iowa: Central US",
    }
    assert set(claims["subject"]) == {"azure/centralus"}
    assert set(claims["scope_note"]) == {"Iowa: Central US"}
    assert set(zip(claims["period_start"], claims["period_end"], strict=True)) == {("2022-01-01", "2022-12-31")}


@pytest.mark.parametrize(
    ("printed", "subject"),
    [("Microsoft Azure", "azure/r"), ("Amazon Web Services", "aws/r"), ("Google Cloud", "gcp/r")],
)
def test_providers(printed: str, subject: str) -> None:
    row = {"year": "2024", "cloud-provider": printed, "cloud-region": "r", "location": "somewhere"}
    assert list(read(table(row)).claims["subject"]) == [subject]


def test_rows_that_share_a_region_differ_in_scope() -> None:
    column = "grid-carbon-intensity-average-consumption-annual"
    row = {"year": "2023", "cloud-provider": "Microsoft Azure", "cloud-region": "northeurope"}
    claims = read(
        table({**row, "location": "Finland", column: "82.34"}, {**row, "location": "Ireland", column: "403.4"})
    )
    numbers = claims.claims[claims.claims["value"].notna()]
    assert dict(zip(numbers["scope_note"], numbers["value"], strict=True)) == {"Finland": "82.34", "Ireland": "403.4"}


def test_zero_is_a_number_and_blank_is_none() -> None:
    row = {**IOWA, "provider-carbon-intensity-market-annual": "0.0", "provider-cfe-annual": ""}
    numbers = read(table(row)).claims.dropna(subset=["value"])
    assert list(numbers["value"]) == ["0.0"]


@pytest.mark.parametrize(
    ("field", "found"),
    [("cloud-provider", "Oracle Cloud"), ("year", "FY23"), ("year", ""), ("cloud-region", "")],
)
def test_row_of_no_known_place_or_year_is_quarantined(field: str, found: str) -> None:
    result = read(table({**IOWA, "power-usage-effectiveness": "1.16", field: found}))
    assert result.claims.empty
    assert [(row["source_row"], row["field"], row["found"]) for row in result.quarantined.to_dict("records")] == [
        (2, field, found)
    ]


def test_cell_that_is_no_number_is_quarantined_alone() -> None:
    result = read(table({**IOWA, "power-usage-effectiveness": "n/a", "water-usage-effectiveness": "0.19"}))
    assert result.quarantined.to_dict("records") == [
        {"source_row": 2, "field": "power-usage-effectiveness", "found": "n/a", "expected": "a number"}
    ]
    assert list(result.claims["quantity"]) == ["water_usage_effectiveness", "place_name"]


def test_row_without_any_fact_is_quarantined() -> None:
    result = read(table({**IOWA, "location": ""}))
    assert result.claims.empty and list(result.quarantined["source_row"]) == [2]


def test_columns_are_found_by_name() -> None:
    claims = read(table({**IOWA, "power-usage-effectiveness": "1.16"}, columns=COLUMNS[::-1])).claims
    assert list(claims[claims["quantity"] == "pue"]["value"]) == ["1.16"]


def test_renamed_column() -> None:
    with pytest.raises(FormatError, match="a column named power-usage-effectiveness"):
        read(table(IOWA, columns=["pue" if name == "power-usage-effectiveness" else name for name in COLUMNS]))


def test_short_row() -> None:
    claims = read(table(columns=COLUMNS) + b"2022,Microsoft Azure,centralus,390.1\r\n").claims
    assert list(claims["value"]) == ["390.1"]
    assert list(claims["flags"]) == ["short_row"]


def test_html_page_and_truncated_file() -> None:
    with pytest.raises(FormatError, match="an HTML page"):
        read(b"<html><head><title>Rate limit</title></head></html>")
    with pytest.raises(FormatError, match="cut off"):
        read(table(IOWA) + b"2022,Microsoft Az")


def test_byte_order_mark_and_latin_1() -> None:
    place = {**IOWA, "location": "South America (São Paulo)"}
    assert list(read(b"\xef\xbb\xbf" + table(place)).claims["object"]) == ["South America (São Paulo)"]
    with pytest.raises(FormatError, match="gsf_regions, line 2: found byte 0xe3"):
        read(table(place).decode().encode("latin-1"))


def test_baseline_parses() -> None:
    claims = claimfile.read(SOURCE.source_id, BASELINE.read_bytes()).claims
    iowa = claims[(claims["subject"] == "azure/centralus") & (claims["period_start"] == "2023-01-01")]
    assert len(claims) == 2729
    assert list(iowa[iowa["boundary"] == "location;average_consumption"]["value"]) == ["501.42"]
    assert list(iowa[iowa["quantity"] == "grid_zone"]["object"]) == ["US-MIDW-MISO"]


@needs_upstream
def test_baseline_restates_the_upstream_file() -> None:
    content = (Path(str(UPSTREAM)) / "gsf" / "Cloud_Region_Metadata.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    result = read(content)
    assert f"# upstream_sha256: {hashlib.sha256(content).hexdigest()}\n".encode() in baseline
    assert (len(result.rows), len(result.quarantined)) == (373, 0)
    assert set(result.claims["source_row"]) == set(result.rows)
    ours = claimfile.read(SOURCE.source_id, baseline).claims.drop(columns="source_row")
    pd.testing.assert_frame_equal(ours, result.claims.drop(columns="source_row"))
