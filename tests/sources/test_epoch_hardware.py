"""Reading Epoch AI's list of machine learning hardware."""

import csv
import hashlib
import io
import os
from pathlib import Path

import pytest

from sources import claimfile, epoch_hardware
from sources.errors import FormatError
from sources.model import Reading

BASELINE = Path(epoch_hardware.__file__).parent / "baseline" / "epoch_hardware.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
FP32, FP16 = epoch_hardware.SINGLE, epoch_hardware.HALF
TF32, TENSOR = "TF32 (TensorFloat-32) performance (FLOP/s)", epoch_hardware.TENSOR
HEADER = [*epoch_hardware.REQUIRED, "Notes"]
BOARD: dict[str, str] = {
    "Hardware name": "Zephyr Z1",
    "Type": "GPU",
    "TDP (W)": "250.0",
    FP32: "14000000000000.0",
    FP16: "28000000000000.0",
    "Memory size per board (Byte)": "16000000000.0",
}


def table(*rows: dict[str, str], header: list[str] = HEADER) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(**cells: str) -> Reading:
    return epoch_hardware.read(table({**BOARD, **cells}))


def stated(result: Reading, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in result.claims[list(columns)].itertuples(index=False)]


def rates(result: Reading) -> dict[object, object]:
    """Return the peak rates by precision."""
    claims = result.claims[result.claims["quantity"] == "peak_flops"]
    assert claims["qualifier"].is_unique
    return dict(zip(claims["qualifier"], claims["value"], strict=True))


def quarantined(result: Reading) -> list[tuple[object, ...]]:
    return [tuple(row) for row in result.quarantined[["source_row", "field", "found"]].itertuples(index=False)]


def test_row_becomes_its_type_and_each_number() -> None:
    result = read()
    assert stated(result, "quantity", "qualifier", "value", "unit", "object", "reported_text") == [
        ("hardware_type", None, None, None, "GPU", "GPU"),
        ("tdp", None, "250.0", "W", None, "250.0"),
        ("peak_flops", "fp32", "14000000000000.0", "FLOP/s", None, "14000000000000.0"),
        ("peak_flops", "fp16_bf16", "28000000000000.0", "FLOP/s", None, "28000000000000.0"),
        ("memory", None, "16000000000.0", "byte", None, "16000000000.0"),
    ]
    shared = ("accelerator", "Zephyr Z1", "datasheet", "epoch-ai-hardware", "secondary", 2)
    assert set(stated(result, "subject_kind", "subject", "basis", "reference_id", "flags", "source_row")) == {shared}
    assert stated(result, "locator")[1] == ("ml_hardware.csv, Hardware name = 'Zephyr Z1', column TDP (W)",)
    assert (quarantined(result), result.notices) == ([], ())


def test_rate_of_tensor_cores_is_the_peak_at_half_precision() -> None:
    assert rates(read(**{TENSOR: "1.12e+14", TF32: "5.6e+13", "FP8 performance (FLOP/s)": "2.24e+14"})) == {
        "fp32": "14000000000000.0",
        "tf32": "5.6e+13",
        "fp16_bf16": "1.12e+14",
        "fp8": "2.24e+14",
    }


@pytest.mark.parametrize(
    ("half", "tensor_cores", "qualifier"),
    [
        ("28000000000000.0", "", "fp16_bf16"),  # twice as fast, no tensor cores: the peak
        ("28000000000000.0", "640.0", "fp16_vector"),  # tensor cores, whose rate is missing
        ("28000000000000.9", "640.0", "fp16_vector"),  # the same but for rounding
        ("112000000000000.0", "640.0", "fp16_bf16"),  # the rate of the tensor cores in the other column
        ("14000000000000.0", "", "fp16_vector"),  # no faster than single precision
        ("218750000000.0", "", "fp16_vector"),  # hardly supported
    ],
)
def test_plain_half_precision_is_the_peak_only_where_it_can_be(half: str, tensor_cores: str, qualifier: str) -> None:
    result = read(**{FP16: half, "Tensor cores": tensor_cores})
    assert rates(result) == {"fp32": "14000000000000.0", qualifier: half}


def test_half_precision_alone_is_the_peak() -> None:
    assert rates(read(**{FP32: "", "Tensor cores": "640.0"})) == {"fp16_bf16": "28000000000000.0"}


@pytest.mark.parametrize("mark", ["", "Infinity", "NaN", " "])
def test_mark_for_unknown_states_no_number(mark: str) -> None:
    result = read(**{"TDP (W)": mark, FP16: mark})
    assert [quantity for (quantity,) in stated(result, "quantity")] == ["hardware_type", "peak_flops", "memory"]
    assert quarantined(result) == []


def test_text_in_a_number_is_quarantined_and_the_rest_kept() -> None:
    result = read(**{"TDP (W)": "250 W"})
    assert quarantined(result) == [(2, "TDP (W)", "250 W")]
    assert result.quarantined["expected"].tolist() == ["a number [W], or nothing where unknown"]
    assert len(result.claims) == 4


def test_row_without_name_or_any_fact_is_quarantined() -> None:
    result = epoch_hardware.read(table({"Type": "GPU"}, {"Hardware name": "Zephyr Z2", "Notes": "announced"}))
    assert quarantined(result) == [(2, "Hardware name", "nothing"), (3, "Type", "nothing")]
    assert len(result.claims) == 0


def test_line_is_that_on_which_the_record_begins() -> None:
    noted = {**BOARD, "Notes": 'called "Z",\n\nlater Z1'}
    result = epoch_hardware.read(b"\xef\xbb\xbf" + table(noted, {**BOARD, "Hardware name": "Zephyr, Z2"}))
    assert set(stated(result, "subject", "source_row")) == {("Zephyr Z1", 2), ("Zephyr, Z2", 5)}
    assert result.notices == ("byte-order mark removed",)


def test_columns_are_found_by_name() -> None:
    assert stated(epoch_hardware.read(table(BOARD, header=HEADER[::-1])), "quantity", "value") == stated(
        read(), "quantity", "value"
    )


@pytest.mark.parametrize("name", ["Hardware name", "TDP (W)", "Tensor cores"])
def test_renamed_column_is_refused(name: str) -> None:
    header = ["Name" if column == name else column for column in HEADER]
    with pytest.raises(FormatError, match=r"epoch_hardware, line 1: .* a column named "):
        epoch_hardware.read(table({"Type": "GPU"}, header=header))


def test_new_column_is_noticed() -> None:
    assert epoch_hardware.read(table(BOARD, header=[*HEADER, "Mood"])).notices == ("columns not read: Mood",)


def test_baseline_is_in_the_claim_format() -> None:
    claims = claimfile.read("epoch_hardware", BASELINE.read_bytes()).claims
    assert claims["subject"].nunique() == 169
    assert (claims["flags"] == "secondary").all()
    power = claims[claims["quantity"] == "tdp"]
    assert dict(zip(power["subject"], power["value"], strict=True))["NVIDIA A100 SXM4 80 GB"] == "400.0"
    half = claims[claims["qualifier"] == "fp16_bf16"]
    assert dict(zip(half["subject"], half["value"], strict=True))["NVIDIA A100 SXM4 80 GB"] == "312000000000000.0"


@pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR does not name the feeds' own files")
def test_baseline_restates_the_upstream_file() -> None:
    upstream = (Path(UPSTREAM or "") / "epoch" / "2025-12-02" / "ml_hardware.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    preamble = claimfile.about("epoch_hardware", baseline)
    assert preamble["upstream_sha256"] == hashlib.sha256(upstream).hexdigest()
    result = epoch_hardware.read(upstream)
    assert claimfile.write(result, preamble) == baseline
    assert (len(result.rows), len(result.quarantined), result.notices) == (169, 0, ())
