"""Epoch AI's notable models: what trained each of them, for how long, and how much arithmetic it took.

The catalogue quotes papers and announcements, or works figures out from them, and does not say for each figure which
it did. So a basis follows from what it does say:

- Names, dates, parameters, hardware, its count and the time are what developers state (`disclosed`); arithmetic, its
  utilization and the power draw are worked out by Epoch AI (`calculated`).
- Where its confidence is only `Likely`, hardware, count and time may be worked out too: `calculated`.
- Where its confidence is `Speculative`, or its note on a figure calls it a guess, the figure is `assumed`.

In a row that names a base model, hardware, count, time, utilization and power tell of the training on top of that
model, and bear the boundary `fine_tuning`; the arithmetic counts the base model in, unless it equals that of the
fine-tuning alone. Every claim bears the flag `secondary`: documents come before a catalogue that quotes them.

Not read: utilization by hardware counters (HFU), which is another quantity. In files before that column was split off,
`Hardware utilization` mixes the two, so it is not read either.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from sources.errors import FormatError
from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, Table, is_number, read_table

SOURCE = Source(
    source_id="epoch_models",
    title="Notable AI models",
    publisher="Epoch AI",
    homepage="https://epoch.ai/data/notable-ai-models",
    url="https://epoch.ai/data/notable_ai_models.csv",
    licence="CC BY 4.0",
    attribution="Epoch AI, 'Data on AI Models', https://epoch.ai/data/notable-ai-models, CC BY 4.0",
    reference_id="epoch-ai-models",
    defines=("training_run", "model", "developer"),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=400),
)

NAME, DATE, BASE = "Model", "Publication date", "Base model"
COMPUTE, TUNING = "Training compute (FLOP)", "Finetune compute (FLOP)"
UTILIZATION, MIXED = "Hardware utilization (MFU)", "Hardware utilization"
#: Column: quantity, unit, basis if nothing casts doubt on it.
NUMBERS = {
    "Parameters": ("parameters", "1", "disclosed"),
    COMPUTE: ("training_compute", "FLOP", "calculated"),
    TUNING: ("training_compute", "FLOP", "calculated"),
    "Training time (hours)": ("training_duration", "h", "disclosed"),
    "Hardware quantity": ("accelerator_count", "1", "disclosed"),
    UTILIZATION: ("hardware_utilization", "1", "calculated"),
    "Training power draw (W)": ("run_power", "W", "calculated"),
}
WORDS = {
    NAME: "model",
    "Organization": "developer",
    DATE: "released_on",
    "Training hardware": "accelerator",
    "Confidence": "confidence",
}
#: Where Epoch AI writes how it came by a figure.
NOTES = {
    "Parameters": "Parameters notes",
    COMPUTE: "Training compute notes",
    TUNING: "Finetune compute notes",
    "Training time (hours)": "Training time notes",
}
COUNTRIES = ("Country (of organization)", "Country (from Organization)")
HARDWARE = ("Training hardware", "Hardware quantity", "Training time (hours)")
#: What a row with a base model tells of the training on top of it only.
ON_TOP = (*HARDWARE, UTILIZATION, TUNING, "Training power draw (W)")
DOUBTFUL = re.compile(r"specul|conjectur|rumou?r|guess", re.IGNORECASE)
REQUIRED = [*WORDS, *(name for name in NUMBERS if name != UTILIZATION), BASE, *NOTES.values()]
#: Columns that state nothing of ours.
IGNORED = [
    *("Domain", "Task", "Reference", "Link", "Authors", "Abstract", "Citations", "Organization categorization"),
    *("Notability criteria", "Notability criteria notes", "Training dataset", "Training dataset notes"),
    *("Training dataset size (gradients)", "Training dataset size (datapoints)", "Dataset size notes", "Epochs"),
    *("Hardware utilization (HFU)", "Training compute cost (2023 USD)", "Training compute cost (cloud)"),
    *("Training compute cost (upfront)", "Compute cost notes", "Hardware acquisition cost", "Batch size"),
    *("Batch size notes", "Model accessibility", "Training code accessibility", "Inference code accessibility"),
    *("Accessibility notes", "Numerical format", "Frontier model", "Training compute estimation method"),
]


def read(content: bytes) -> Reading:
    """Read the catalogue into claims about training runs, one run a model.

    Returns: per row what its cells say: names as printed, the day of publication, parameters, training_compute [FLOP],
        training_duration [h], accelerator_count, hardware_utilization, run_power [W], and each distinct country once.
    Raises: FormatError if a column is gone; a cell that is no number or no date is quarantined, and so is a row
        without a model.
    """
    columns = [*COUNTRIES, UTILIZATION, MIXED, *IGNORED]
    table = read_table(SOURCE.source_id, content, required=REQUIRED, known=columns)
    countries = _one_of(table, COUNTRIES)
    _one_of(table, (UTILIZATION, MIXED))
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if not record.cells.get(NAME):
            quarantined.append(_misfit(record, NAME, "the name of a model"))
            continue
        for column, quantity in WORDS.items():
            cell = record.cells.get(column, "")
            if column == DATE and cell and not _is_day(cell):
                quarantined.append(_misfit(record, column, "a day as YYYY-MM-DD"))
            elif cell:
                day = cell if column == DATE else None
                words = {"quantity": quantity, "object": cell, "period_start": day, "period_end": day}
                claims.append({**_common(record, column), **words})
        claims += _countries(record, countries)
        for column, (quantity, unit, _) in NUMBERS.items():
            cell = record.cells.get(column, "")
            if is_number(cell):
                claims.append({**_common(record, column), "quantity": quantity, "value": cell, "unit": unit})
            elif cell:
                quarantined.append(_misfit(record, column, f"a number [{unit}], or nothing where unknown"))
    return reading(claims, quarantined, [record.line for record in table.records], list(table.notices))


def _one_of(table: Table, names: tuple[str, ...]) -> str:
    """Return the name that a column goes by in this version of the file."""
    if present := [name for name in names if name in table.header]:
        return present[0]
    remedy = "The publisher renamed or dropped it; adapt the reader after checking what it means now."
    found, expected = f"columns {', '.join(table.header)}", f"a column named {' or '.join(names)}"
    raise FormatError(SOURCE.source_id, 1, found, expected, remedy)


def _countries(record: Record, column: str) -> list[dict[str, object]]:
    """Return one claim for each distinct country; the first is told from those that stand beside it."""
    printed = re.split(r",(?![^()]*\))", record.cells.get(column, ""))
    distinct = dict.fromkeys(name.strip() for name in printed if name.strip())
    return [
        {
            **_common(record, column),
            "quantity": "developer_country",
            "object": name,
            "reported_text": name,
            "qualifier": "also" if place else None,
        }
        for place, name in enumerate(distinct)
    ]


def _common(record: Record, column: str) -> dict[str, object]:
    cells = record.cells
    base = cells.get(BASE, "")
    counts_tuning_alone = column == COMPUTE and base and cells.get(TUNING) == cells[column]
    is_on_top = column == TUNING or (base and column in ON_TOP) or counts_tuning_alone
    return {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "training_run",
        "subject": cells[NAME],
        "reported_text": cells[column],
        "basis": _basis(cells, column),
        "boundary": "fine_tuning" if is_on_top else None,
        "scope_note": f"on top of {base}" if is_on_top and base else None,
        "reference_id": SOURCE.reference_id,
        "locator": f"notable_ai_models.csv, Model = '{cells[NAME]}', column {column}",
        "rank": "normal",
        "flags": "secondary;short_row" if record.is_short else "secondary",
        "source_row": record.line,
    }


def _basis(cells: dict[str, str], column: str) -> str:
    if column not in NUMBERS and column not in HARDWARE:
        return "disclosed"
    confidence, stated = cells.get("Confidence"), NUMBERS[column][2] if column in NUMBERS else "disclosed"
    if confidence == "Speculative" or DOUBTFUL.search(cells.get(NOTES.get(column, ""), "")):
        return "assumed"
    return "calculated" if confidence == "Likely" and column in HARDWARE else stated


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _misfit(record: Record, column: str, expected: str) -> dict[str, object]:
    found = record.cells.get(column, "")
    return {"source_row": record.line, "field": column, "found": found or "nothing", "expected": expected}
