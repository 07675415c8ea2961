"""Carbon Intensity API: half-hourly grid intensity of Great Britain and of its regions, from the system operator.

Of the whole country the figure worked out afterwards is read, not the forecast. Of the regions there is only a
forecast, and `boundary` says so: the two are never alternatives to each other. Factors of operation, no upstream.
"""

from __future__ import annotations

from datetime import date, timedelta

from sources.intervals import instant, intensity_claim, misfit
from sources.json_records import read_json
from sources.model import Reading, Series, Source, reading
from sources.records import Record, Table

SOURCE = Source(
    source_id="gb_carbon_intensity",
    title="Carbon intensity of Great Britain's electricity, by half-hour and region",
    publisher="National Energy System Operator",
    homepage="https://carbonintensity.org.uk",
    url="https://api.carbonintensity.org.uk/{file}/{day}T00:01Z/{day}T23:59Z",
    licence="CC BY 4.0",
    attribution="National Energy System Operator, Carbon Intensity API, CC BY 4.0",
    reference_id="neso-carbon-intensity-api",
    defines=("zone",),
    schedule="30 5 * * *",
    stale_after=timedelta(days=7),
)

#: The nation's answers and the regions'; what comes before `{day}` in the address.
FILES = ("intensity", "regional/intensity")

#: A day's last figures are worked out within hours; the API answers for at most fourteen days at once.
SERIES = Series(begins_on=date(2018, 5, 11), settles_after=timedelta(hours=4), most_days=14, token="")

HALF_HOUR = timedelta(minutes=30)

#: What stands in the publisher's answers: the lists of half-hours, and in those of the regions one list each.
PATHS = {"intensity": ("data",), "regional/intensity": ("data", "regions")}
REQUIRED = {"from": "the beginning of a half-hour", "to": "its end"}

#: Column of a region's name, and the name of the region that is all of Great Britain.
NAME, WHOLE = "shortname", "GB"
#: Column of the figure, of the nation and of a region, with what it includes.
ACTUAL = ("intensity.actual", "location;direct;average_consumption")
FORECAST = ("intensity.forecast", "location;direct;average_consumption;forecast")


def table(content: bytes) -> Table:
    """Return one record for each half-hour of the nation and of each region."""
    return read_json(SOURCE.source_id, content, PATHS, REQUIRED, (NAME, ACTUAL[0], FORECAST[0]))


def read(content: bytes) -> Reading:
    """Read a bundle of answers into claims.

    Returns: one grid_intensity [g/kWh] of a zone for each half-hour: GB as worked out, regions as forecast.
    Raises: FormatError if an answer is not as it was; half-hours without time, region or number are quarantined.
    """
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    records = table(content).records
    for record in records:
        column, boundary = ACTUAL if record.cells["file"] == FILES[0] else FORECAST
        name = _zone(record)
        if wrong := misfit(record, NAME if name is None else "", ("from", "to"), column, HALF_HOUR):
            quarantined.append(wrong)
            continue
        times = (instant(record.cells["from"]), instant(record.cells["to"]))
        claims.append(intensity_claim(SOURCE, record, str(name), column, boundary, *times))
    return reading(claims, quarantined, [record.line for record in records], [])


def _zone(record: Record) -> str | None:
    """Return the name of the zone that a record is about, None if a region has none."""
    if record.cells["file"] == FILES[0]:
        return WHOLE
    name = record.cells.get(NAME)
    return (name if name == WHOLE else f"{WHOLE} {name}") if name else None
