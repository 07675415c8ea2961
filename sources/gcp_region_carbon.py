"""Google Cloud region carbon: grid intensity and carbon-free share of each region, one file a calendar year.

The year stands in the file's name alone, so a snapshot is the bundle of all yearly files. Up to 2020 the intensity
counts the life cycle of power plants, from 2021 only what they emit in operation: no trend crosses that year.
"""

from __future__ import annotations

import re
from datetime import timedelta

from sources.errors import FormatError
from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Member, Record, Table, is_number, read_table, unbundle

SOURCE = Source(
    source_id="gcp_region_carbon",
    title="Carbon characteristics of Google Cloud regions",
    publisher="Google Cloud",
    homepage="https://github.com/GoogleCloudPlatform/region-carbon-info",
    url="https://raw.githubusercontent.com/GoogleCloudPlatform/region-carbon-info/main/data/yearly/{file}",
    licence="Apache-2.0",
    attribution="Google Cloud, region-carbon-info, Apache-2.0",
    reference_id="google-region-carbon",
    defines=("region",),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=500),
)

#: The publisher's files, each of which takes the place of `{file}` in the address.
FILES = ("2019.csv", "2020.csv", "2021.csv", "2022.csv", "2023.csv", "2024.csv", "2025.csv")

KEYS = ["Google Cloud Region", "Location", "Google CFE"]
#: Column of the intensity: its boundary. The publisher says that it is an average and does not name production or
#: consumption.
INTENSITY = {
    "Lifecycle grid carbon intensity (gCO2eq / kWh)": "location;lifecycle",
    "Grid carbon intensity (gCO2eq / kWh)": "location;direct",
}
#: What stands for a place that is not told.
NO_PLACE = "N/A"
#: Least carbon-free share at which a zero is what a grid of water power emits in operation, rather than a gap.
ZERO_NEEDS_SHARE = 0.95


def read(content: bytes) -> Reading:
    """Read a bundle of yearly files into claims.

    Returns: per row grid_intensity [g/kWh], carbon_free_energy [1] where computed, and the name of the place, all of
        the file's calendar year; a zero is a number like any other.
    Raises: FormatError if a file is named after no year, lacks a column, or is cut off.
    """
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    rows: list[int] = []
    notices: list[str] = []
    for member in unbundle(SOURCE.source_id, content):
        table, intensity = _year(member)
        rows += [record.line for record in table.records]
        notices += [f"{member.name}: {notice}" for notice in table.notices]
        for record in table.records:
            if not record.cells.get("Google Cloud Region"):
                quarantined.append(_misfit(record, "Google Cloud Region", "a region"))
                continue
            for name, facts in ((intensity, _intensity(record, intensity)), ("Google CFE", _share())):
                cell = record.cells.get(name, "")
                if is_number(cell):
                    claims.append({**_common(member, record, name), "value": cell, **facts})
                elif cell or name == intensity:
                    quarantined.append(_misfit(record, name, "a number"))
            place = record.cells.get("Location", "")
            if place == NO_PLACE:
                quarantined.append(_misfit(record, "Location", "the name of a place"))
            elif place:
                claims.append({**_common(member, record, "Location"), "quantity": "place_name", "object": place})
    return reading(claims, quarantined, rows, notices)


def _year(member: Member) -> tuple[Table, str]:
    """Return the table of one yearly file, its lines counted in the bundle, and the name of its intensity column."""
    if not re.fullmatch(r"\d{4}\.csv", member.name):
        raise FormatError(
            SOURCE.source_id, member.above, f"a file {member.name}", "YEAR.csv", "The name tells the year; restore it."
        )
    lines = "\n" * member.above + member.text  # blank lines are passed over, and counted
    table = read_table(SOURCE.source_id, lines.encode(), required=KEYS, known=INTENSITY)
    header = member.above + 1
    found = [name for name in INTENSITY if name in table.header]
    if len(found) != 1:
        raise FormatError(
            SOURCE.source_id,
            header,
            f"columns {', '.join(table.header)} in {member.name}",
            f"one column named {' or '.join(INTENSITY)}",
            "The publisher changed what the intensity counts; adapt the reader after checking what it means now.",
        )
    if table.records and table.records[-1].is_short:
        last = table.records[-1]
        raise FormatError(
            SOURCE.source_id,
            last.line,
            f"{len(last.cells)} of {len(table.header)} cells at the end of {member.name}",
            "a complete last line",
            "The file is cut off; fetch it again.",
        )
    return table, found[0]


def _common(member: Member, record: Record, column: str) -> dict[str, object]:
    year = member.name.removesuffix(".csv")
    return {
        **dict.fromkeys(CLAIM_COLUMNS),
        "subject_kind": "region",
        "subject": f"gcp/{record.cells['Google Cloud Region']}",
        "reported_text": record.cells[column],
        "basis": "disclosed",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "reference_id": SOURCE.reference_id,
        "locator": f"data/yearly/{member.name} line {record.line - member.above}, column {column}",
        "rank": "normal",
        "flags": "short_row" if record.is_short else None,
        "source_row": record.line,
    }


def _intensity(record: Record, column: str) -> dict[str, object]:
    """Return what the intensity means; a zero is flagged, and explained where the row itself bears it out."""
    facts: dict[str, object] = {"quantity": "grid_intensity", "unit": "g/kWh", "boundary": INTENSITY[column]}
    cell, share = record.cells.get(column, ""), record.cells.get("Google CFE", "")
    if not is_number(cell) or float(cell) != 0:
        return facts
    is_credible = "direct" in INTENSITY[column] and is_number(share) and float(share) >= ZERO_NEEDS_SHARE
    note = f"zero as stated: emissions in operation only, carbon-free share {share}" if is_credible else None
    return {**facts, "flags": "short_row;zero_intensity" if record.is_short else "zero_intensity", "scope_note": note}


def _share() -> dict[str, object]:
    return {"quantity": "carbon_free_energy", "unit": "1", "qualifier": "hourly"}


def _misfit(record: Record, field: str, expected: str) -> dict[str, object]:
    return {
        "source_row": record.line,
        "field": field,
        "found": record.cells.get(field, ""),
        "expected": expected,
    }
