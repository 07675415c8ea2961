"""Green Software Foundation, Real Time Cloud: region metadata of three providers by calendar year.

Each way of accounting keeps a boundary of its own, so that location, market and marginal figures never mix.
"""

from __future__ import annotations

from datetime import timedelta

from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, is_number, read_table

SOURCE = Source(
    source_id="gsf_regions",
    title="Real Time Cloud: region metadata of Azure, AWS and Google Cloud",
    publisher="Green Software Foundation",
    homepage="https://github.com/Green-Software-Foundation/real-time-cloud",
    url="https://raw.githubusercontent.com/Green-Software-Foundation/real-time-cloud/main/Cloud_Region_Metadata.csv",
    licence="MIT (code) / Joint Development Foundation terms, as is (data)",
    attribution="Green Software Foundation, Real Time Cloud",
    reference_id="gsf-real-time-cloud",
    defines=("region",),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=400),
)

PROVIDERS = {"Microsoft Azure": "azure", "Amazon Web Services": "aws", "Google Cloud": "gcp"}

#: Column: quantity, unit, boundary, qualifier.
NUMBERS: dict[str, tuple[str, str, str | None, str | None]] = {
    "grid-carbon-intensity-average-consumption-annual": (
        "grid_intensity",
        "g/kWh",
        "location;average_consumption",
        None,
    ),
    "grid-carbon-intensity-average-production-annual": ("grid_intensity", "g/kWh", "location;average_production", None),
    "grid-carbon-intensity-marginal-consumption-annual": ("grid_intensity", "g/kWh", "location;marginal", None),
    "grid-carbon-intensity": ("grid_intensity", "g/kWh", "location", None),
    "provider-carbon-intensity-market-annual": ("grid_intensity", "g/kWh", "market", None),
    "provider-carbon-intensity-average-consumption-hourly": (
        "grid_intensity",
        "g/kWh",
        "location;average_consumption;hourly",
        None,
    ),
    "power-usage-effectiveness": ("pue", "1", None, "unknown"),
    "water-usage-effectiveness": ("water_usage_effectiveness", "L/kWh", None, None),
    "provider-cfe-annual": ("carbon_free_energy", "1", None, "annual"),
    "provider-cfe-hourly": ("carbon_free_energy", "1", None, "hourly"),
}
TEXTS = {"em-zone-id": "grid_zone", "location": "place_name"}
KEYS = ["year", "cloud-provider", "cloud-region"]


def read(content: bytes) -> Reading:
    """Read the region metadata into claims; an empty cell means not available, a 0 means zero.

    Returns: one claim per filled cell, dated with the calendar year of its row.
    Raises: FormatError if a column is gone; cells that are no number, and rows of no known place, are quarantined.
    """
    columns = [*KEYS, *NUMBERS, *TEXTS]
    table = read_table(SOURCE.source_id, content, required=columns, known=columns)
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if misfit := _unplaced(record):
            quarantined.append(misfit)
            continue
        before = len(claims), len(quarantined)
        for name, (quantity, unit, boundary, qualifier) in NUMBERS.items():
            cell = record.cells.get(name, "")
            if is_number(cell):
                number = {"quantity": quantity, "value": cell, "unit": unit}
                claims.append({**_common(record, name), **number, "boundary": boundary, "qualifier": qualifier})
            elif cell:
                quarantined.append(_misfit(record, name, "a number"))
        for name, quantity in TEXTS.items():
            if cell := record.cells.get(name, ""):
                claims.append({**_common(record, name), "quantity": quantity, "object": cell})
        if before == (len(claims), len(quarantined)):
            quarantined.append(_misfit(record, "location", "at least one fact about the region"))
    return reading(claims, quarantined, [record.line for record in table.records], list(table.notices))


def _unplaced(record: Record) -> dict[str, object] | None:
    cells = record.cells
    year = cells.get("year", "")
    if len(year) != 4 or not year.isdecimal():
        return _misfit(record, "year", "a calendar year")
    if cells.get("cloud-provider") not in PROVIDERS:
        return _misfit(record, "cloud-provider", f"one of {', '.join(PROVIDERS)}")
    if not cells.get("cloud-region"):
        return _misfit(record, "cloud-region", "a region")
    return None


def _common(record: Record, column: str) -> dict[str, object]:
    cells = record.cells
    return {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "region",
        "subject": f"{PROVIDERS[cells['cloud-provider']]}/{cells['cloud-region']}",
        "reported_text": cells[column],
        "basis": "disclosed",
        "scope_note": cells.get("location") or None,
        "period_start": f"{cells['year']}-01-01",
        "period_end": f"{cells['year']}-12-31",
        "reference_id": SOURCE.reference_id,
        "locator": f"Cloud_Region_Metadata.csv line {record.line}, column {column}",
        "rank": "normal",
        "flags": "short_row" if record.is_short else None,
        "source_row": record.line,
    }


def _misfit(record: Record, field: str, expected: str) -> dict[str, object]:
    return {
        "source_row": record.line,
        "field": field,
        "found": record.cells.get(field, ""),
        "expected": expected,
    }
