"""ML CO2 Impact's region table: every header it has had, and the ways in which it has gone or could go wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sources import claimfile
from sources.errors import FormatError
from sources.mlco2_impact import SOURCE, read
from sources.model import Reading

OLD = "provider,providerName,offsetRatio,region,regionName,country,state,city,impact,source,comment"
NEW = "provider,providerName,offsetRatio,region,regionName,country,state,city,impact,source,PUE,PUE source,comment"
BASELINE = Path(__file__).parents[2] / "sources" / "baseline" / "mlco2_impact.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
needs_upstream = pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR names no folder of feed files")


def table(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def one(result: Reading, quantity: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = result.claims[result.claims["quantity"] == quantity].to_dict("records")
    assert len(found) == 1
    return found[0]


def stated(claim: dict[str, Any]) -> dict[str, Any]:
    return {name: cell for name, cell in claim.items() if cell is not None}


def test_header_of_11_columns() -> None:
    result = read(table(OLD, "azure,Azure,100,westus,West US,USA,California,San Francisco,240.6,eGRID,"))
    assert stated(one(result, "grid_intensity")) == {
        "subject_kind": "region",
        "subject": "azure/westus",
        "quantity": "grid_intensity",
        "value": "240.6",
        "unit": "g/kWh",
        "reported_text": "240.6",
        "basis": "disclosed",
        "boundary": "location",
        "citation": "eGRID",
        "locator": "impact.csv line 2, column impact",
        "rank": "normal",
        "source_row": 2,
    }
    texts = result.claims[result.claims["object"].notna()]
    assert dict(zip(texts["quantity"], texts["object"], strict=True)) == {
        "provider_name": "Azure",
        "place_name": "West US",
        "country": "USA",
        "state": "California",
        "city": "San Francisco",
    }
    assert set(texts["reference_id"]) == {"lacoste2019"}
    assert len(result.claims) == 7
    assert result.quarantined.empty and result.notices == ()


def test_header_of_13_columns() -> None:
    place = 'gcp,Google Cloud Platform,100,us-east1,,USA,South Carolina,"Berkeley County,",367.8,eGRID'
    result = read(table(NEW, f"{place},1.11,https://example.org/efficiency/,Datacenter-specific"))
    pue = one(result, "pue")
    assert (pue["value"], pue["unit"], pue["qualifier"]) == ("1.11", "1", "unknown")
    assert pue["citation"] == "https://example.org/efficiency/"
    assert pue["scope_note"] == "Datacenter-specific"
    assert pue["locator"] == "impact.csv line 2, column PUE"
    assert one(result, "city")["object"] == "Berkeley County,"
    assert "place_name" not in set(result.claims["quantity"])


def test_columns_are_found_by_name() -> None:
    header = "impact,comment,region,city,provider,source,state,offsetRatio,country,regionName,providerName"
    result = read(table(header, "20,,canadaeast,Quebec,azure,Hydro-Québec,Quebec,100,Canada,Canada East,Azure"))
    intensity = one(result, "grid_intensity")
    assert (intensity["subject"], intensity["value"], intensity["citation"]) == (
        "azure/canadaeast",
        "20",
        "Hydro-Québec",
    )
    assert one(result, "offset_ratio")["value"] == "100"


def test_offset_is_uncited() -> None:
    offset = one(read(table(OLD, "aws,AWS,30,us-east-1,,USA,,Ashburn,367.8,eGRID,")), "offset_ratio")
    assert (offset["value"], offset["unit"], offset["flags"]) == ("30", "percent", "uncited")


def test_blank_source_is_flagged() -> None:
    row = 'azure,Azure,100,westcentralus,West Central US,USA,Wyoming,Mountain View,297.6,,"unclear, not sure"'
    intensity = one(read(table(OLD, row)), "grid_intensity")
    assert intensity["citation"] is None
    assert intensity["flags"] == "uncited"
    assert intensity["scope_note"] == "unclear, not sure"


def test_blank_region_keeps_its_row() -> None:
    result = read(table(OLD, "scaleway,Scaleway,100,,Paris,France,Ile-de-France,Paris,105,source,"))
    assert set(result.claims["subject"]) == {"scaleway/"}
    assert one(result, "grid_intensity")["value"] == "105"


def test_zero_of_carbon_free_energy_is_a_market_claim() -> None:
    result = read(table(OLD, "seeweb,Seeweb,0,fro2,Frosinone 2,Italy,,Frosinone,0,100% carbon-free energy,"))
    intensity = one(result, "grid_intensity")
    assert (intensity["value"], intensity["boundary"], intensity["flags"]) == ("0", "market", None)


@pytest.mark.parametrize(("source", "flags"), [("eGRID", "zero_intensity"), ("", "uncited;zero_intensity")])
def test_other_zero_intensity_is_flagged(source: str, flags: str) -> None:
    result = read(table(OLD, f"gcp,Google,100,x,,Canada,,,0.0,{source},"))
    intensity = one(result, "grid_intensity")
    assert (intensity["boundary"], intensity["flags"]) == ("location", flags)


def test_short_row_with_text_in_the_pue_column() -> None:
    row = "coreweave,CoreWeave,0,LGA1,US East,USA,New Jersey,Weehawken,282.75,electricitymap,average for oct21-oct22"
    result = read(table(NEW, row))
    assert result.quarantined.to_dict("records") == [
        {"source_row": 2, "field": "PUE", "found": "average for oct21-oct22", "expected": "a number"}
    ]
    intensity = one(result, "grid_intensity")
    assert (intensity["subject"], intensity["value"], intensity["flags"]) == ("coreweave/LGA1", "282.75", "short_row")
    assert one(result, "offset_ratio")["flags"] == "uncited;short_row"


def test_missing_field_of_2019() -> None:
    row = "azure,Azure,100,westcentralus,West Central US,USA,Wyoming,Mountain View,297.6,it is not clear"
    result = read(table(OLD, row, "ovh,OVHCloud,0,gra,Gravelines,France,,Gravelines,105,x,"))
    assert set(result.claims[result.claims["source_row"] == 2]["flags"]) == {"short_row", "uncited;short_row"}
    assert set(result.claims[result.claims["source_row"] == 3]["flags"]) == {None, "uncited"}


@pytest.mark.parametrize("cell", ["n/a", "", "1,009 g", "24O.6"])
def test_impact_that_is_no_number(cell: str) -> None:
    result = read(table(OLD, f'azure,Azure,100,westus,West US,USA,California,San Francisco,"{cell}",eGRID,'))
    assert result.quarantined.to_dict("records") == [
        {"source_row": 2, "field": "impact", "found": cell, "expected": "a number"}
    ]
    assert one(result, "offset_ratio")["value"] == "100"
    assert one(result, "city")["object"] == "San Francisco"


def test_row_without_provider_is_quarantined() -> None:
    result = read(table(OLD, ",,,,,,,,240.6,eGRID,"))
    assert result.claims.empty
    assert list(result.quarantined["field"]) == ["provider"]


def test_renamed_column() -> None:
    with pytest.raises(FormatError, match="a column named impact"):
        read(table(OLD.replace("impact", "carbon_intensity"), "azure,Azure,100,westus,,USA,,,240.6,eGRID,"))


def test_unknown_column_is_noticed() -> None:
    result = read(table(f"{OLD},year", "azure,Azure,100,westus,,USA,,,240.6,eGRID,,2019"))
    assert result.notices == ("columns not read: year",)


def test_html_page() -> None:
    with pytest.raises(FormatError, match="an HTML page"):
        read(b"<!DOCTYPE html>\n<html><body>404: Not Found</body></html>\n")


@pytest.mark.parametrize("end", ["azure,Azure,100,westus,West US,USA,Calif", 'gcp,G,100,us-east1,,USA,SC,"Berkeley Co'])
def test_truncated_file(end: str) -> None:
    whole = table(OLD, "azure,Azure,100,eastus,East US,USA,Virginia,Boydton,367.8,eGRID,")
    with pytest.raises(FormatError, match="cut off"):
        read(whole + end.encode())


def test_byte_order_mark() -> None:
    result = read(b"\xef\xbb\xbf" + table(OLD, "azure,Azure,100,westus,West US,USA,,,240.6,eGRID,"))
    assert one(result, "grid_intensity")["subject"] == "azure/westus"
    assert result.notices == ("byte-order mark removed",)


def test_latin_1_bytes() -> None:
    latin = f"{OLD}\naws,AWS,0,x,,Canada,Québec,Montréal,20,Hydro-Québec,\n".encode("latin-1")
    with pytest.raises(FormatError, match=r"mlco2_impact, line 2: found byte 0xe9"):
        read(latin)


def test_baseline_parses() -> None:
    claims = claimfile.read(SOURCE.source_id, BASELINE.read_bytes()).claims
    assert claims.groupby("quantity").size().to_dict() == {
        "city": 82,
        "country": 82,
        "grid_intensity": 82,
        "offset_ratio": 82,
        "place_name": 61,
        "provider_name": 82,
        "pue": 10,
        "state": 45,
    }
    intensity = claims[claims["quantity"] == "grid_intensity"].set_index("subject")
    assert intensity.loc["azure/westus", "value"] == "240.6"
    assert intensity.loc["azure/canadaeast", "value"] == "20"
    assert intensity.loc["seeweb/fro2", "boundary"] == "market"
    assert list(intensity.index[intensity["flags"] == "uncited"]) == ["azure/westcentralus"]


@needs_upstream
def test_baseline_restates_the_upstream_file() -> None:
    content = (Path(str(UPSTREAM)) / "mlco2-impact" / "2024-11-09" / "impact.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    assert f"# upstream_sha256: {hashlib.sha256(content).hexdigest()}\n".encode() in baseline
    ours = claimfile.read(SOURCE.source_id, baseline).claims.drop(columns="source_row")
    pd.testing.assert_frame_equal(ours, read(content).claims.drop(columns="source_row"))


@needs_upstream
@pytest.mark.parametrize(
    ("day", "rows", "claims"), [("2019-08-23", 74, 462), ("2022-11-21", 78, 498), ("2024-11-09", 82, 526)]
)
def test_every_version_is_accounted_for(day: str, rows: int, claims: int) -> None:
    result = read((Path(str(UPSTREAM)) / "mlco2-impact" / day / "impact.csv").read_bytes())
    assert (len(result.rows), len(result.claims), len(result.quarantined)) == (rows, claims, 0)
    assert set(result.claims["source_row"]) == set(result.rows) == set(range(2, rows + 2))
    assert len(result.claims[result.claims["quantity"] == "grid_intensity"]) == rows
