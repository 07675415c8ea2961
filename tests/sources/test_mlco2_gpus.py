"""Reading ML CO2 Impact's table of accelerators."""

import hashlib
import os
from pathlib import Path

import pytest

from sources import claimfile, mlco2_gpus
from sources.errors import FormatError
from sources.model import Reading

HEADER = "name,type,tdp_watts,TFLOPS32, TFLOPS16,GFLOPS32/W,GFLOPS16/W,memory,source\n"
BASELINE = Path(mlco2_gpus.__file__).parent / "baseline" / "mlco2_gpus.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")


def read(*lines: str, header: str = HEADER) -> Reading:
    return mlco2_gpus.read((header + "".join(line + "\n" for line in lines)).encode())


def stated(result: Reading, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in result.claims[list(columns)].itertuples(index=False)]


def quarantined(result: Reading) -> list[tuple[object, ...]]:
    return [tuple(row) for row in result.quarantined[["source_row", "field", "found"]].itertuples(index=False)]


def test_row_becomes_its_type_and_each_number() -> None:
    result = read("Titan Z1,gpu,250,14.13,28.26,56.52,113.04,16,https://example.org/z1")
    assert stated(result, "quantity", "qualifier", "value", "unit", "object", "reported_text", "basis") == [
        ("hardware_type", None, None, None, "gpu", "gpu", "datasheet"),
        ("tdp", None, "250", "W", None, "250", "datasheet"),
        ("peak_flops", "fp32", "14.13", "TFLOP/s", None, "14.13", "datasheet"),
        ("peak_flops", "fp16_bf16", "28.26", "TFLOP/s", None, "28.26", "datasheet"),
        ("memory", None, "16", "GB", None, "16", "datasheet"),
    ]
    assert set(stated(result, "subject_kind", "subject", "citation", "reference_id", "flags", "source_row")) == {
        ("accelerator", "Titan Z1", "https://example.org/z1", None, None, 2)
    }
    assert stated(result, "locator")[1:3] == [
        ("gpus.csv line 2, column tdp_watts",),
        ("gpus.csv line 2, column TFLOPS32",),
    ]
    assert quarantined(result) == []
    assert result.notices == ()


def test_digits_are_kept_as_printed() -> None:
    result = read("Titan Z1,gpu,350,34.10,.5,,,12,techpowerup.com")
    assert [value for (value,) in stated(result, "value")] == [None, "350", "34.10", ".5", "12"]


@pytest.mark.parametrize("mark", ["", "NaN", "Nan", "nan", "unk", " "])
def test_mark_for_unknown_states_no_number(mark: str) -> None:
    result = read(f"Xeon 1,cpu,105,{mark},{mark},{mark},{mark},{mark},https://example.org")
    assert stated(result, "quantity") == [("hardware_type",), ("tdp",)]
    assert quarantined(result) == []


def test_row_of_unknowns_is_still_its_type() -> None:
    assert stated(read("Xeon 1,cpu,,,,,,,"), "quantity", "object", "flags") == [("hardware_type", "cpu", "uncited")]


def test_average_consumption_is_no_nameplate_power() -> None:
    source = "average consumption - not TDP - from https://arxiv.org/pdf/2104.10350.pdf (Patterson et. al)"
    result = read(f"TPUv9 Chip,tpu,283,45,90,160,320,128,{source}")
    assert stated(result, "quantity", "value", "basis", "scope_note")[:3] == [
        ("hardware_type", None, "datasheet", "tpu"),
        ("average_power", "283", "measured", "average consumption - not TDP"),
        ("peak_flops", "45", "datasheet", "tpu"),
    ]
    assert set(stated(result, "citation")) == {(source,)}


def test_short_row_is_flagged_and_its_shifted_address_quarantined() -> None:
    result = read("Titan Z1,gpu,150,31.52,,,24,https://example.org/z1 ")
    assert stated(result, "quantity", "value", "citation", "flags") == [
        ("hardware_type", None, None, "short_row;uncited"),
        ("tdp", "150", None, "short_row;uncited"),
        ("peak_flops", "31.52", None, "short_row;uncited"),
    ]
    assert quarantined(result) == [(2, "memory", "https://example.org/z1")]


def test_text_in_a_number_is_quarantined_and_the_rest_kept() -> None:
    result = read("Titan Z1,gpu,250 W,10,,,,8,techpowerup.com", "Titan Z2,gpu,300,10,,,,8,techpowerup.com")
    assert stated(result, "subject", "quantity") == [
        ("Titan Z1", "hardware_type"),
        ("Titan Z1", "peak_flops"),
        ("Titan Z1", "memory"),
        ("Titan Z2", "hardware_type"),
        ("Titan Z2", "tdp"),
        ("Titan Z2", "peak_flops"),
        ("Titan Z2", "memory"),
    ]
    assert quarantined(result) == [(2, "tdp_watts", "250 W")]
    assert result.quarantined["expected"].tolist() == ["a number [W], or NaN, unk or nothing where unknown"]


def test_row_without_name_or_type_is_quarantined() -> None:
    result = read(",gpu,250,,,,,8,techpowerup.com", "Titan Z1,,250,,,,,,techpowerup.com")
    assert quarantined(result) == [(2, "name", "nothing"), (3, "type", "nothing")]
    assert stated(result, "subject", "quantity") == [("Titan Z1", "tdp")]


def test_columns_are_found_by_name() -> None:
    result = read("8,Titan Z1,gpu,s,1,2,250", header="memory,name,type,source,TFLOPS16,TFLOPS32,tdp_watts\n")
    assert stated(result, "quantity", "qualifier", "value")[1:] == [
        ("tdp", None, "250"),
        ("peak_flops", "fp32", "2"),
        ("peak_flops", "fp16_bf16", "1"),
        ("memory", None, "8"),
    ]


def test_renamed_column_is_refused() -> None:
    with pytest.raises(FormatError, match=r"mlco2_gpus, line 1: .* a column named tdp_watts"):
        read("Titan Z1,gpu,250,,,,,8,s", header=HEADER.replace("tdp_watts", "tdp"))


def test_new_column_is_noticed() -> None:
    result = read("Titan Z1,gpu,250,,,,,8,s,2024", header=HEADER.replace("source", "source,year"))
    assert result.notices == ("columns not read: year",)


def test_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(FormatError, match="mlco2_gpus, line 2: found 10 cells; expected 9"):
        read("Titan Z1,gpu,250,,,,,8,a,b")


def test_baseline_is_in_the_claim_format() -> None:
    claims = claimfile.read("mlco2_gpus", BASELINE.read_bytes()).claims
    assert claims["subject"].nunique() == 48
    power = claims[claims["quantity"].isin(["tdp", "average_power"])]
    assert dict(zip(power["subject"], power["value"], strict=True))["Tesla V100-PCIE-16GB"] == "300"
    assert sorted(claims[claims["quantity"] == "average_power"]["value"]) == ["221", "283"]


@pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR does not name the feeds' own files")
def test_baseline_restates_the_upstream_file() -> None:
    upstream = (Path(UPSTREAM or "") / "mlco2-impact" / "gpus.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    preamble = claimfile.about("mlco2_gpus", baseline)
    assert preamble["upstream_sha256"] == hashlib.sha256(upstream).hexdigest()
    assert claimfile.write(mlco2_gpus.read(upstream), preamble) == baseline
