"""Our World in Data: carbon intensity of electricity by country and calendar year, from Ember and the Energy Institute.

A national average of what is generated, with emission factors over the life cycle; groups of countries are areas.
"""

from __future__ import annotations

from datetime import timedelta

from sources.model import CLAIM_COLUMNS, Reading, Source, reading
from sources.records import Record, is_number, read_table

SOURCE = Source(
    source_id="owid_intensity",
    title="Carbon intensity of electricity by country",
    publisher="Our World in Data",
    homepage="https://ourworldindata.org/grapher/carbon-intensity-electricity",
    url="https://ourworldindata.org/grapher/carbon-intensity-electricity.csv",
    licence="CC BY 4.0",
    attribution="Our World in Data, based on Ember and the Energy Institute, CC BY 4.0",
    reference_id="owid-carbon-intensity-electricity",
    defines=(),
    schedule="0 6 * * 1",
    stale_after=timedelta(days=500),
)

FILE = "carbon-intensity-electricity.csv"
#: The unit stands in the name of the column, so another name is another series.
INTENSITY = "Carbon intensity of electricity - gCO2e/kWh"
REQUIRED = ["Entity", "Code", "Year", INTENSITY]
#: For the map only: the continent of a country.
UNREAD = ["World region according to OWID"]

WORLD_CODE = "OWID_WRL"
#: Countries to which ISO 3166 gives no code; every other code of the publisher's own is a group of countries.
COUNTRY_CODES = ("OWID_KOS",)


def read(content: bytes) -> Reading:
    """Read the table of countries and years into claims.

    Returns: per row grid_intensity [g/kWh] of a country, an area (a group of countries) or the world, as printed; a
        zero, which the life cycle of no power plant gives, is kept and flagged.
    Raises: FormatError if a column is gone; rows without place or year, and cells that are no number, are quarantined.
    """
    table = read_table(SOURCE.source_id, content, required=REQUIRED, known=UNREAD)
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    for record in table.records:
        if misfit := _misfit(record):
            quarantined.append(misfit)
            continue
        cells = record.cells
        is_zero = float(cells[INTENSITY]) == 0
        claim = {
            "subject_kind": _kind(cells["Code"]),
            "subject": cells["Entity"],
            "quantity": "grid_intensity",
            "value": cells[INTENSITY],
            "unit": "g/kWh",
            "reported_text": cells[INTENSITY],
            "basis": "calculated",
            "boundary": "location;lifecycle;average_production",
            "period_start": f"{cells['Year']}-01-01",
            "period_end": f"{cells['Year']}-12-31",
            "reference_id": SOURCE.reference_id,
            "locator": f"{FILE} line {record.line}, column {INTENSITY}",
            "rank": "normal",
            "flags": "zero_intensity" if is_zero else None,
            "source_row": record.line,
        }
        claims.append({**dict.fromkeys(CLAIM_COLUMNS), **claim})
    return reading(claims, quarantined, [record.line for record in table.records], list(table.notices))


def _kind(code: str) -> str:
    if code == WORLD_CODE:
        return "world"
    is_country = code in COUNTRY_CODES or (len(code) == 3 and code.isalpha() and code.isupper())
    return "country" if is_country else "area"


def _misfit(record: Record) -> dict[str, object] | None:
    cells = record.cells
    year, number = cells.get("Year", ""), cells.get(INTENSITY, "")
    if not cells.get("Entity"):
        field, expected = "Entity", "the name of a country or area"
    elif len(year) != 4 or not year.isdecimal():
        field, expected = "Year", "a calendar year"
    elif not is_number(number):
        field, expected = INTENSITY, "a number"
    else:
        return None
    return {"source_row": record.line, "field": field, "found": cells.get(field, ""), "expected": expected}
