"""Epoch AI's list of machine learning hardware: nameplate power, dense peak rates and memory of each product.

The list gathers datasheets and, for chips that are not sold, estimates, without saying which; every claim bears the
flag `secondary`. Its errors are not mended here.

A product has one peak at half precision: that of its tensor cores where the list gives it, else the plain rate. A
plain rate that cannot be the peak has the qualifier `fp16_vector`: no faster than single precision, or not much over
twice that on a board with tensor cores, whose own rate the list then leaves out.
"""

from __future__ import annotations

from datetime import timedelta

from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, is_number, read_table

SOURCE = Source(
    source_id="epoch_hardware",
    title="Machine learning hardware",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/machine-learning-hardware",
    url="https://epoch.ai/data/ml_hardware.csv",
    licence="CC BY 4.0",
    attribution="Epoch AI, 'Machine Learning Hardware', https://epoch.ai/data/machine-learning-hardware, CC BY 4.0",
    reference_id="epoch-ai-hardware",
    defines=(),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=400),
)

NAME, TYPE = "Hardware name", "Type"
SINGLE, HALF = "FP32 (single precision) performance (FLOP/s)", "FP16 (half precision) performance (FLOP/s)"
TENSOR, TENSOR_CORES = "Tensor-FP16/BF16 performance (FLOP/s)", "Tensor cores"
#: Column: quantity, qualifier, unit.
NUMBERS: dict[str, tuple[str, str | None, str]] = {
    "TDP (W)": ("tdp", None, "W"),
    SINGLE: ("peak_flops", "fp32", "FLOP/s"),
    "TF32 (TensorFloat-32) performance (FLOP/s)": ("peak_flops", "tf32", "FLOP/s"),
    TENSOR: ("peak_flops", "fp16_bf16", "FLOP/s"),
    HALF: ("peak_flops", "fp16_bf16", "FLOP/s"),
    "FP8 performance (FLOP/s)": ("peak_flops", "fp8", "FLOP/s"),
    "Memory size per board (Byte)": ("memory", None, "byte"),
}
REQUIRED = [NAME, TYPE, *NUMBERS, TENSOR_CORES]
#: Columns that state nothing of ours, and ratios that follow from others.
IGNORED = [
    *("Manufacturer", "Notes", "Release date", "Release price (USD)", "FP64 (double precision) performance (FLOP/s)"),
    *("INT16 performance (OP/s)", "INT8 performance (OP/s)", "INT4/FP4 performance (OP/s)"),
    *("FP4 performance (FLOP/s)", "Memory bandwidth (byte/s)", "Intranode bandwidth (byte/s)"),
    *("Internode bandwidth (bit/s)", "Die Size (mm^2)", "Base clock (MHz)", "Boost clock (MHz)", "Memory clock (MHz)"),
    *("Memory bus (bit)", "Process size (nm)", "Foundry", "Transistors (millions)", "Link to datasheet"),
    *("Source for the price", "ML models", "Last modified", "Max performance", "Energy efficiency"),
    *("Total processing performance (bit-OP/s)", "Price-performance", "ML OP/s"),
]
#: The list's ways to say that a number is not known; the second comes from a division by nothing.
UNKNOWN = ("", "infinity", "nan")
#: Vector units compute half precision at twice the single rate, but for rounding; tensor cores at four times and more.
FASTEST_VECTOR = 2.01


def read(content: bytes) -> Reading:
    """Read the list into claims about accelerators.

    Returns: per row its hardware_type and each stated number: tdp [W], peak_flops [FLOP/s], memory [byte].
    Raises: FormatError if a column is gone; a cell that is neither a number nor a mark for unknown is quarantined, and
        so is a row without a name or without any fact.
    """
    table = read_table(SOURCE.source_id, content, required=REQUIRED, known=IGNORED)
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if not record.cells.get(NAME):
            quarantined.append(_refused(record, NAME, "the name of the hardware"))
            continue
        before = len(claims) + len(quarantined)
        _read_record(record, claims, quarantined)
        if before == len(claims) + len(quarantined):
            quarantined.append(_refused(record, TYPE, "at least one fact about the hardware"))
    return reading(claims, quarantined, [record.line for record in table.records], list(table.notices))


def _read_record(record: Record, claims: list[dict[str, object]], quarantined: list[dict[str, object]]) -> None:
    if kind := record.cells.get(TYPE):
        claims.append({**_common(record, TYPE), "quantity": "hardware_type", "object": kind})
    has_tensor_rate = is_number(record.cells.get(TENSOR, ""))
    for column, (quantity, qualifier, unit) in NUMBERS.items():
        cell = record.cells.get(column, "")
        if cell.lower() in UNKNOWN or (column == HALF and has_tensor_rate):
            continue
        if not is_number(cell):
            quarantined.append(_refused(record, column, f"a number [{unit}], or nothing where unknown"))
            continue
        if column == HALF and _is_vector_rate(record):
            qualifier = "fp16_vector"
        number = {"quantity": quantity, "qualifier": qualifier, "value": cell, "unit": unit}
        claims.append({**_common(record, column), **number})


def _is_vector_rate(record: Record) -> bool:
    """Tell whether the plain rate at half precision cannot be the peak of this product."""
    half, single = record.cells[HALF], record.cells.get(SINGLE, "")
    if not is_number(single):
        return False
    fastest = FASTEST_VECTOR if record.cells.get(TENSOR_CORES) else 1
    return float(half) <= fastest * float(single)


def _common(record: Record, column: str) -> dict[str, object]:
    return {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "accelerator",
        "subject": record.cells[NAME],
        "reported_text": record.cells[column],
        "basis": "datasheet",
        "reference_id": SOURCE.reference_id,
        "locator": f"ml_hardware.csv, Hardware name = '{record.cells[NAME]}', column {column}",
        "rank": "normal",
        "flags": "secondary;short_row" if record.is_short else "secondary",
        "source_row": record.line,
    }


def _refused(record: Record, column: str, expected: str) -> dict[str, object]:
    found = record.cells.get(column, "")
    return {"source_row": record.line, "field": column, "found": found or "nothing", "expected": expected}
