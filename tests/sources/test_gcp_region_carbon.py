"""Google Cloud's yearly files: the year comes from the name, the basis from the header, and a zero is a number."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from sources import claimfile, registry
from sources.errors import FormatError
from sources.gcp_region_carbon import FILES, SOURCE, read
from sources.records import bundle

BEFORE = "Google Cloud Region,Location,Google CFE,Lifecycle grid carbon intensity (gCO2eq / kWh)"
SINCE = "Google Cloud Region,Location,Google CFE,Grid carbon intensity (gCO2eq / kWh)"
BASELINE = Path(__file__).parents[2] / "sources" / "baseline" / "gcp_region_carbon.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
needs_upstream = pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR names no folder of feed files")


def year(*rows: str, header: str = SINCE) -> bytes:
    return "".join(f"{row}\n" for row in (header, *rows)).encode()


def found(content: bytes) -> list[tuple[object, ...]]:
    """Return line, field and finding of what was quarantined."""
    quarantined = read(content).quarantined
    return list(quarantined[["source_row", "field", "found"]].itertuples(index=False, name=None))


def test_each_row_states_intensity_share_and_place_of_its_year() -> None:
    claims = read(bundle({"2022.csv": year("us-central1,Iowa,0.92,460")})).claims
    assert list(claims["quantity"]) == ["grid_intensity", "carbon_free_energy", "place_name"]
    assert list(claims["value"]) == ["460", "0.92", None]
    assert list(claims["unit"]) == ["g/kWh", "1", None]
    assert list(claims["qualifier"]) == [None, "hourly", None]
    assert list(claims["object"]) == [None, None, "Iowa"]
    assert set(claims["subject"]) == {"gcp/us-central1"}
    assert set(zip(claims["period_start"], claims["period_end"], strict=True)) == {("2022-01-01", "2022-12-31")}
    assert claims["flags"].isna().all()


def test_what_the_intensity_counts_is_told_by_the_header_of_its_year() -> None:
    files = {
        "2021.csv": year("us-central1,Iowa,0.97,394"),
        "2020.csv": year("us-central1,Iowa,0.93,454", header=BEFORE),
    }
    claims = read(bundle(files)).claims.dropna(subset=["boundary"])
    assert dict(zip(claims["period_end"], claims["boundary"], strict=True)) == {
        "2020-12-31": "location;lifecycle",
        "2021-12-31": "location;direct",
    }


def test_rows_are_counted_in_the_bundle_and_located_in_the_publishers_file() -> None:
    files = {
        "2019.csv": year("asia-east1,Taiwan,0.19,541", header=BEFORE),
        "2020.csv": year("asia-east1,Taiwan,0.18,540", header=BEFORE),
    }
    content = bundle(files)
    claims = read(content).claims
    for line, text in zip(claims["source_row"], claims["reported_text"], strict=True):
        assert text in content.decode().splitlines()[line - 1]
    last = claims[claims["value"] == "540"].iloc[0]
    assert last["source_row"] == 6
    assert last["locator"] == "data/yearly/2020.csv line 2, column Lifecycle grid carbon intensity (gCO2eq / kWh)"


def test_blank_share_is_unknown() -> None:
    claims = read(bundle({"2021.csv": year("europe-west9,Paris,,59")})).claims
    assert list(claims["quantity"]) == ["grid_intensity", "place_name"]


@pytest.mark.parametrize(
    ("row", "header", "note"),
    [
        ("r,Montréal,1.00,0", SINCE, "zero as stated: emissions in operation only, carbon-free share 1.00"),
        ("r,Montréal,0.95,0", SINCE, "zero as stated: emissions in operation only, carbon-free share 0.95"),
        ("r,Doha,0.94,0", SINCE, None),
        ("r,Doha,,0", SINCE, None),
        ("r,Montréal,1.00,0", BEFORE, None),
    ],
)
def test_zero_is_kept_and_flagged_and_explained_where_the_row_bears_it_out(row: str, header: str, note: str) -> None:
    result = read(bundle({"2021.csv": year(row, header=header)}))
    zero = result.claims.iloc[0]
    assert (zero["value"], zero["flags"], zero["scope_note"]) == ("0", "zero_intensity", note)
    assert result.quarantined.empty


def test_cells_that_hold_no_fact_are_quarantined_alone() -> None:
    rows = ["europe-west5,N/A,0.7,275.81", "us-west1,Oregon,n/a,60", "us-west2,Los Angeles,0.53,", ",Iowa,0.9,394"]
    assert found(bundle({"2025.csv": year(*rows)})) == [
        (3, "Location", "N/A"),
        (4, "Google CFE", "n/a"),
        (5, "Grid carbon intensity (gCO2eq / kWh)", ""),
        (6, "Google Cloud Region", ""),
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"latest.csv": year("r,p,1,1")}, r"line 4: found a file latest\.csv; expected YEAR\.csv"),
        ({"2021.csv": year("r,1,1", header=SINCE.replace("Location,", ""))}, "line 5: .*a column named Location"),
        ({"2021.csv": year("r,p,1,1", header=SINCE.replace("Grid", "Net"))}, "line 5: .*counts; adapt the reader"),
        ({"2021.csv": year("r,p,1,1,2", header=f"{SINCE},{BEFORE.split(',')[3]}")}, "line 5: .*expected one column"),
        ({"2021.csv": year("r,p,1,1") + b"us-west4,Las V"}, "line 7: found 2 of 4 cells"),
        ({"2021.csv": b"<html>404</html>"}, "line 5: found an HTML page"),
        ({"2021.csv": b""}, "an empty file"),
        ({"2021.csv": year("r,São Paulo,1,1").decode().encode("latin-1")}, "line 6: found byte 0xe3"),
    ],
)
def test_unreadable_files_are_refused(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(bundle({"2020.csv": year("r,p,1,1", header=BEFORE), **files}))


def test_a_single_file_is_no_bundle() -> None:
    with pytest.raises(FormatError, match="a line '# file: NAME'"):
        read(year("us-central1,Iowa,0.92,460"))
    with pytest.raises(FormatError, match="an HTML page"):
        read(b"<!DOCTYPE html><html></html>")


def test_new_column_is_noticed() -> None:
    content = bundle({"2021.csv": year("r,p,1,1,0", header=f"{SINCE},Net emissions")})
    assert read(content).notices == ("2021.csv: columns not read: Net emissions",)


def test_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = {"2019.csv": year("r,Montréal,,27", header=BEFORE), "2022.csv": year("r,Montréal,1.00,0")}
    marked = {name: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") for name, text in plain.items()}
    assert bundle(marked) == bundle(plain)


def test_baseline_parses_and_each_place_is_in_a_known_country() -> None:
    claims = claimfile.read(SOURCE.source_id, BASELINE.read_bytes()).claims
    assert len(claims) == 344
    montreal = claims[(claims["subject"] == "gcp/northamerica-northeast1") & claims["boundary"].notna()]
    assert dict(zip(montreal["period_end"], montreal["value"], strict=True)) == {
        "2019-12-31": "27",
        "2020-12-31": "27",
        "2021-12-31": "0",
        "2022-12-31": "0",
    }
    aliases = registry.names("aliases")
    known = set(aliases[(aliases["kind"] == "country") & (aliases["source_id"] == SOURCE.source_id)]["alias"])
    assert set(claims[claims["quantity"] == "place_name"]["object"]) - known == set()


@needs_upstream
def test_baseline_restates_the_upstream_files() -> None:
    files = {path.name: path.read_bytes() for path in (Path(str(UPSTREAM)) / "gcp").glob("*.csv")}
    content, baseline = bundle(files), BASELINE.read_bytes()
    result = read(content)
    stated = "; ".join(f"{name} sha256 {hashlib.sha256(files[name]).hexdigest()}" for name in sorted(files))
    assert set(files) <= set(FILES)
    assert f"# upstream_sha256: {hashlib.sha256(content).hexdigest()}\n".encode() in baseline
    assert f"# upstream_files: {stated}\n".encode() in baseline
    assert (len(result.rows), len(result.quarantined)) == (121, 0)
    ours = claimfile.read(SOURCE.source_id, baseline).claims.drop(columns="source_row")
    pd.testing.assert_frame_equal(ours, result.claims.drop(columns="source_row"))
