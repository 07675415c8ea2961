"""ML CO2 Impact: carbon intensity of cloud regions, one row a region, without any date.

What the cells say becomes claims as printed. Whether a value is right belongs to corrections and expectations.
"""

from __future__ import annotations

from datetime import timedelta

from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, is_number, read_table

SOURCE = Source(
    source_id="mlco2_impact",
    title="ML CO2 Impact: carbon intensity of cloud regions",
    publisher="mlco2",
    homepage="https://mlco2.github.io/impact/",
    url="https://raw.githubusercontent.com/mlco2/impact/master/data/impact.csv",
    licence="MIT",
    attribution="ML CO2 Impact (Lacoste et al. 2019), MIT",
    reference_id="lacoste2019",
    defines=("region",),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=400),
)

#: What the columns of text are called here; the publisher is their source.
TEXTS = {
    "providerName": "provider_name",
    "regionName": "place_name",
    "country": "country",
    "state": "state",
    "city": "city",
}
#: All 11 columns of the first header; two more were put before `comment` in November 2022.
REQUIRED = ["provider", *TEXTS, "offsetRatio", "region", "impact", "source", "comment"]
ADDED = ["PUE", "PUE source"]


def read(content: bytes) -> Reading:
    """Read the region table into claims.

    Returns: per row grid_intensity [g/kWh], offset_ratio [percent], pue [1] where given, and the words for its place.
    Raises: FormatError if a column is gone; a cell that should hold a number and does not is quarantined.
    """
    table = read_table(SOURCE.source_id, content, required=REQUIRED, known=ADDED)
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if not record.cells.get("provider"):
            quarantined.append(_misfit(record, "provider", "the name of a provider"))
            continue
        for name, number in (("impact", _intensity), ("offsetRatio", _offset), ("PUE", _pue)):
            cell = record.cells.get(name, "")
            if is_number(cell):
                claims.append({**_common(record, name), "value": cell, **number(record)})
            elif cell or name != "PUE":
                quarantined.append(_misfit(record, name, "a number"))
        for name, quantity in TEXTS.items():
            if cell := record.cells.get(name, ""):
                words = {"quantity": quantity, "object": cell, "reference_id": SOURCE.reference_id}
                claims.append({**_common(record, name), **words})
    flagged = [{**claim, "flags": claim.get("flags") or None} for claim in claims]
    return reading(flagged, quarantined, [record.line for record in table.records], list(table.notices))


def _common(record: Record, column: str) -> dict[str, object]:
    return {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "region",
        "subject": f"{record.cells['provider']}/{record.cells.get('region', '')}",
        "reported_text": record.cells[column],
        "basis": "disclosed",
        "locator": f"impact.csv line {record.line}, column {column}",
        "rank": "normal",
        "flags": _flags(record),
        "source_row": record.line,
    }


def _intensity(record: Record) -> dict[str, object]:
    citation = record.cells.get("source", "")
    is_zero = float(record.cells["impact"]) == 0
    is_market = is_zero and "carbon-free energy" in citation.lower()
    return {
        "quantity": "grid_intensity",
        "unit": "g/kWh",
        "boundary": "market" if is_market else "location",
        "scope_note": record.cells.get("comment") or None,
        "citation": citation or None,
        "flags": _flags(record, uncited=not citation, zero_intensity=is_zero and not is_market),
    }


def _offset(record: Record) -> dict[str, object]:
    return {"quantity": "offset_ratio", "unit": "percent", "flags": _flags(record, uncited=True)}


def _pue(record: Record) -> dict[str, object]:
    citation = record.cells.get("PUE source", "")
    return {
        "quantity": "pue",
        "unit": "1",
        "qualifier": "unknown",
        "scope_note": record.cells.get("comment") or None,
        "citation": citation or None,
        "flags": _flags(record, uncited=not citation),
    }


def _flags(record: Record, **raised: bool) -> str:
    flags = {**raised, "short_row": record.is_short}
    return ";".join(name for name, is_raised in flags.items() if is_raised)


def _misfit(record: Record, field: str, expected: str) -> dict[str, object]:
    return {
        "source_row": record.line,
        "field": field,
        "found": record.cells.get(field, ""),
        "expected": expected,
    }
