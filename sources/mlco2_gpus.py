"""ML CO2 Impact's table of accelerators: nameplate power, peak rates and memory. Its errors are not mended here."""

from __future__ import annotations

from datetime import timedelta

from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, is_number, read_table

SOURCE = Source(
    source_id="mlco2_gpus",
    title="ML CO2 Impact: accelerators",
    publisher="mlco2",
    homepage="https://mlco2.github.io/impact/",
    url="https://raw.githubusercontent.com/mlco2/impact/master/data/gpus.csv",
    licence="MIT",
    attribution="ML CO2 Impact (Lacoste et al. 2019), MIT",
    reference_id="mlco2-impact-gpus",
    defines=(),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=400),
)

#: column -> quantity, qualifier, unit
NUMBERS = {
    "tdp_watts": ("tdp", None, "W"),
    "TFLOPS32": ("peak_flops", "fp32", "TFLOP/s"),
    "TFLOPS16": ("peak_flops", "fp16_bf16", "TFLOP/s"),
    "memory": ("memory", None, "GB"),
}
REQUIRED = ["name", "type", *NUMBERS, "source"]
#: Efficiencies that follow from the columns above, so that they state nothing of their own.
RATIOS = ["GFLOPS32/W", "GFLOPS16/W"]
#: The file's ways to say that a number is not known.
UNKNOWN = ("", "nan", "unk")
#: What the source column of the TPU rows says about the watts beside it.
AVERAGE = "average consumption - not TDP"


def read(content: bytes) -> Reading:
    """Read the accelerator table into claims.

    Returns: per row its hardware_type and each stated number: tdp [W], or average_power [W] where the row says so,
        peak_flops [TFLOP/s] and memory [GB]. A cell that is neither a number nor a mark for unknown is quarantined;
        a row without a source is flagged `uncited`, one with too few cells `short_row`.
    Raises: FormatError if a column is gone or the text is no table.
    """
    table = read_table(SOURCE.source_id, content, required=REQUIRED, known=RATIOS)
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if not record.cells.get("name"):
            quarantined.append(_refused(record, "name", "the accelerator's name"))
            continue
        _read_record(record, claims, quarantined)
    return reading(claims, quarantined, [record.line for record in table.records], list(table.notices))


def _read_record(record: Record, claims: list[dict[str, object]], quarantined: list[dict[str, object]]) -> None:
    kind, citation = record.cells.get("type") or None, record.cells.get("source") or None
    flags = [name for name, is_set in (("short_row", record.is_short), ("uncited", citation is None)) if is_set]
    shared: dict[str, object] = {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "accelerator",
        "subject": record.cells["name"],
        "basis": "datasheet",
        "scope_note": kind,
        "citation": citation,
        "rank": "normal",
        "flags": ";".join(flags) or None,
        "source_row": record.line,
    }
    if kind is None:
        quarantined.append(_refused(record, "type", "gpu, tpu or cpu"))
    else:
        stated = {"quantity": "hardware_type", "object": kind, "reported_text": kind}
        claims.append({**shared, **stated, "locator": _locator(record, "type")})
    for column, (quantity, qualifier, unit) in NUMBERS.items():
        cell = record.cells.get(column, "")
        if cell.lower() in UNKNOWN:
            continue
        if not is_number(cell):
            quarantined.append(_refused(record, column, f"a number [{unit}], or NaN, unk or nothing where unknown"))
            continue
        claim = {**shared, "quantity": quantity, "qualifier": qualifier, "value": cell, "unit": unit}
        if column == "tdp_watts" and citation is not None and AVERAGE.lower() in citation.lower():
            claim |= {"quantity": "average_power", "basis": "measured", "scope_note": AVERAGE}
        claims.append({**claim, "reported_text": cell, "locator": _locator(record, column)})


def _locator(record: Record, column: str) -> str:
    return f"gpus.csv line {record.line}, column {column}"


def _refused(record: Record, column: str, expected: str) -> dict[str, object]:
    found = record.cells.get(column, "")
    return {"source_row": record.line, "field": column, "found": found or "nothing", "expected": expected}
