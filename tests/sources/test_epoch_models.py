"""Reading Epoch AI's notable models."""

import csv
import hashlib
import io
import os
from pathlib import Path

import pytest

from sources import claimfile, epoch_models
from sources.errors import FormatError
from sources.model import Reading
from sources.records import read_table

BASELINE = Path(epoch_models.__file__).parent / "baseline" / "epoch_models.csv"
UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")
NEWER = [
    *("Model", "Organization", "Publication date", "Parameters", "Parameters notes", "Training compute (FLOP)"),
    *("Training compute notes", "Confidence", "Country (of organization)", "Training time (hours)"),
    *("Training time notes", "Training hardware", "Hardware quantity", "Hardware utilization (MFU)"),
    *("Training power draw (W)", "Base model", "Finetune compute (FLOP)", "Finetune compute notes"),
    "Hardware utilization (HFU)",
]
OLDER = [
    {
        "Country (of organization)": "Country (from Organization)",
        "Hardware utilization (MFU)": "Hardware utilization",
    }.get(name, name)
    for name in reversed(NEWER[:-1])
]
HERON: dict[str, str] = {
    "Model": "Heron-9B",
    "Organization": "Marsh Lab,Reed University",
    "Publication date": "2023-04-05",
    "Parameters": "9000000000.0",
    "Training compute (FLOP)": "2.1e+22",
    "Confidence": "Confident",
    "Country (of organization)": "Norway,Korea (Republic of),Norway",
    "Training time (hours)": "240.0",
    "Training hardware": "NVIDIA A100,NVIDIA V100",
    "Hardware quantity": "64.0",
    "Hardware utilization (MFU)": "0.4",
    "Training power draw (W)": "51234.567",
    "Hardware utilization (HFU)": "0.5",
}
FIGURES = [
    "parameters",
    "training_compute",
    "training_duration",
    "accelerator_count",
    "hardware_utilization",
    "run_power",
]


def table(*rows: dict[str, str], header: list[str] = NEWER) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def stated(result: Reading, *columns: str, quantity: str | None = None) -> list[tuple[object, ...]]:
    claims = result.claims if quantity is None else result.claims[result.claims["quantity"] == quantity]
    return [tuple(row) for row in claims[list(columns)].itertuples(index=False)]


def bases(**cells: str) -> dict[object, object]:
    """Return the basis of each claim of a row, by quantity."""
    result = epoch_models.read(table({**HERON, **cells}))
    return dict(zip(result.claims["quantity"], result.claims["basis"], strict=True))


def quarantined(result: Reading) -> list[tuple[object, ...]]:
    return [tuple(row) for row in result.quarantined[["source_row", "field", "found"]].itertuples(index=False)]


def test_row_becomes_words_countries_and_numbers() -> None:
    result = epoch_models.read(table(HERON))
    assert stated(result, "quantity", "value", "unit", "object", "reported_text", "qualifier") == [
        ("model", None, None, "Heron-9B", "Heron-9B", None),
        ("developer", None, None, "Marsh Lab,Reed University", "Marsh Lab,Reed University", None),
        ("released_on", None, None, "2023-04-05", "2023-04-05", None),
        ("accelerator", None, None, "NVIDIA A100,NVIDIA V100", "NVIDIA A100,NVIDIA V100", None),
        ("confidence", None, None, "Confident", "Confident", None),
        ("developer_country", None, None, "Norway", "Norway", None),
        ("developer_country", None, None, "Korea (Republic of)", "Korea (Republic of)", "also"),
        ("parameters", "9000000000.0", "1", None, "9000000000.0", None),
        ("training_compute", "2.1e+22", "FLOP", None, "2.1e+22", None),
        ("training_duration", "240.0", "h", None, "240.0", None),
        ("accelerator_count", "64.0", "1", None, "64.0", None),
        ("hardware_utilization", "0.4", "1", None, "0.4", None),
        ("run_power", "51234.567", "W", None, "51234.567", None),
    ]
    shared = {("training_run", "Heron-9B", None, "epoch-ai-models", "secondary", None, 2)}
    assert (
        set(stated(result, "subject_kind", "subject", "citation", "reference_id", "flags", "boundary", "source_row"))
        == shared
    )
    assert stated(result, "period_start", "period_end", quantity="released_on") == [("2023-04-05", "2023-04-05")]
    assert stated(result, "locator", quantity="run_power") == [
        ("notable_ai_models.csv, Model = 'Heron-9B', column Training power draw (W)",)
    ]
    assert quarantined(result) == []
    assert result.notices == ()


def test_basis_follows_confidence() -> None:
    disclosed = ["parameters", "training_duration", "accelerator_count", "accelerator"]
    calculated = ["training_compute", "hardware_utilization", "run_power"]
    sure, likely, guessed = (bases(Confidence=word) for word in ("Confident", "Likely", "Speculative"))
    assert {sure[name] for name in disclosed} == {"disclosed"}
    assert {sure[name] for name in calculated} == {"calculated"}
    assert likely["parameters"] == "disclosed"
    assert {likely[name] for name in (*disclosed[1:], *calculated)} == {"calculated"}
    assert {guessed[name] for name in (*disclosed, *calculated)} == {"assumed"}
    assert {guessed[name] for name in ("model", "developer", "released_on", "developer_country")} == {"disclosed"}


def test_figure_that_its_note_calls_a_guess_is_assumed() -> None:
    found = bases(**{"Training time notes": "(Speculative) about ten days", "Parameters notes": "Rumored to be 9B"})
    assert (found["training_duration"], found["parameters"]) == ("assumed", "assumed")
    assert (found["accelerator_count"], found["training_compute"]) == ("disclosed", "calculated")


def test_row_with_base_model_tells_hardware_of_fine_tuning_and_all_operations() -> None:
    tuned = {**HERON, "Base model": "Egret-9B", "Finetune compute (FLOP)": "3e+20"}
    claims = epoch_models.read(table(tuned)).claims
    figures = claims[claims["quantity"].isin([*FIGURES, "accelerator"])]
    assert list(figures[["quantity", "value", "boundary", "scope_note"]].itertuples(index=False, name=None)) == [
        ("accelerator", None, "fine_tuning", "on top of Egret-9B"),
        ("parameters", "9000000000.0", None, None),
        ("training_compute", "2.1e+22", None, None),
        ("training_compute", "3e+20", "fine_tuning", "on top of Egret-9B"),
        ("training_duration", "240.0", "fine_tuning", "on top of Egret-9B"),
        ("accelerator_count", "64.0", "fine_tuning", "on top of Egret-9B"),
        ("hardware_utilization", "0.4", "fine_tuning", "on top of Egret-9B"),
        ("run_power", "51234.567", "fine_tuning", "on top of Egret-9B"),
    ]


def test_operations_equal_to_those_of_fine_tuning_count_it_alone() -> None:
    tuned = {**HERON, "Base model": "Egret-9B", "Finetune compute (FLOP)": "2.1e+22"}
    assert stated(epoch_models.read(table(tuned)), "boundary", quantity="training_compute") == [("fine_tuning",)] * 2


def test_operations_of_fine_tuning_without_a_base_model_stay_apart() -> None:
    tuned = {**HERON, "Finetune compute (FLOP)": "3e+20"}
    assert stated(epoch_models.read(table(tuned)), "boundary", "scope_note", quantity="training_compute") == [
        (None, None),
        ("fine_tuning", None),
    ]
    assert stated(epoch_models.read(table(tuned)), "boundary", quantity="accelerator_count") == [(None,)]


def test_line_is_that_on_which_the_record_begins() -> None:
    noted = {**HERON, "Training time notes": 'ten days,\nas "stated"\n\nin section 2'}
    result = epoch_models.read(table(noted, {"Model": "Stork", "Publication date": "2024-01-02"}))
    assert {(row[0], row[1]) for row in stated(result, "subject", "source_row")} == {("Heron-9B", 2), ("Stork", 6)}
    assert result.rows == (2, 6)


def test_words_stand_in_the_record_at_their_line() -> None:
    content = table({**HERON, "Model": 'Heron "Grey"\n', "Training time notes": "a\nb"}, {**HERON, "Model": "Stork, 2"})
    cells = {record.line: list(record.cells.values()) for record in read_table("x", content, required=()).records}
    words = stated(epoch_models.read(content), "source_row", "reported_text")
    assert len(words) == 26
    assert all(any(str(text) in cell for cell in cells[int(str(line))]) for line, text in words)


def test_older_header_is_read_by_name() -> None:
    renamed = dict(zip(reversed(NEWER[:-1]), OLDER, strict=True))
    older = {renamed[name]: cell for name, cell in HERON.items() if name in renamed}
    result = epoch_models.read(table(older, header=OLDER))
    newer = epoch_models.read(table(HERON))
    is_same = newer.claims["quantity"] != "hardware_utilization"
    columns = ["quantity", "value", "object", "basis"]
    assert stated(result, *columns) == list(newer.claims.loc[is_same, columns].itertuples(index=False, name=None))
    assert stated(result, "locator", quantity="developer_country")[0] == (
        "notable_ai_models.csv, Model = 'Heron-9B', column Country (from Organization)",
    )
    assert result.notices == ()


def test_byte_order_mark_is_removed() -> None:
    result = epoch_models.read(b"\xef\xbb\xbf" + table(HERON))
    assert len(result.claims) == 13
    assert result.notices == ("byte-order mark removed",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Training power draw (W)", "a column named Training power draw"),
        ("Hardware utilization (MFU)", r"Hardware utilization \(MFU\) or Hardware utilization"),
        ("Country (of organization)", r"Country \(of organization\) or Country \(from Organization\)"),
    ],
)
def test_renamed_column_is_refused(name: str, expected: str) -> None:
    header = [f"{column}!" if column == name else column for column in NEWER]
    with pytest.raises(FormatError, match=f"epoch_models, line 1: .*{expected}"):
        epoch_models.read(table({"Model": "Heron-9B"}, header=header))


def test_new_column_is_noticed() -> None:
    assert epoch_models.read(table(HERON, header=[*NEWER, "Mood"])).notices == ("columns not read: Mood",)


def test_text_in_a_number_or_date_is_quarantined_and_the_rest_kept() -> None:
    odd = {**HERON, "Training time (hours)": "ten days", "Publication date": "April 2023"}
    result = epoch_models.read(table(odd))
    assert quarantined(result) == [
        (2, "Publication date", "April 2023"),
        (2, "Training time (hours)", "ten days"),
    ]
    assert result.quarantined["expected"].tolist() == [
        "a day as YYYY-MM-DD",
        "a number [h], or nothing where unknown",
    ]
    assert len(result.claims) == 11


def test_row_without_model_is_quarantined() -> None:
    assert quarantined(epoch_models.read(table({**HERON, "Model": " "}))) == [(2, "Model", "nothing")]


def test_baseline_is_in_the_claim_format() -> None:
    claims = claimfile.read("epoch_models", BASELINE.read_bytes()).claims
    assert claims["subject"].nunique() == 952
    assert (claims["flags"] == "secondary").all()
    compute = claims[(claims["subject"] == "GPT-4") & (claims["quantity"] == "training_compute")]
    assert compute["value"].tolist() == ["2.1e+25"]
    assert claims.loc[claims["quantity"] == "accelerator_count", "value"].count() == 241


@pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR does not name the feeds' own files")
def test_baseline_restates_the_upstream_file() -> None:
    upstream = (Path(UPSTREAM or "") / "epoch" / "2025-12-02" / "notable_ai_models.csv").read_bytes()
    baseline = BASELINE.read_bytes()
    preamble = claimfile.about("epoch_models", baseline)
    assert preamble["upstream_sha256"] == hashlib.sha256(upstream).hexdigest()
    result = epoch_models.read(upstream)
    assert claimfile.write(result, preamble) == baseline
    assert (len(result.rows), len(result.quarantined), result.notices) == (952, 0, ())


@pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR does not name the feeds' own files")
def test_older_upstream_file_is_read() -> None:
    upstream = (Path(UPSTREAM or "") / "epoch" / "2025-02-24" / "notable_ai_models.csv").read_bytes()
    result = epoch_models.read(upstream)
    assert (len(result.rows), len(result.quarantined), result.notices) == (895, 0, ())
    cells = {record.line: list(record.cells.values()) for record in read_table("x", upstream, required=()).records}
    words = stated(result, "source_row", "reported_text")
    assert all(any(str(text) in cell for cell in cells[int(str(line))]) for line, text in words)
