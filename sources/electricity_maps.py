"""Electricity Maps: hourly grid intensity of zones all over the world, over the life cycle of power plants.

It is asked only where a token is set, and only for the zones that are named in FOOTNOTE_ELECTRICITY_MAPS_ZONES.
A figure that the publisher estimated says so in its scope note.
"""

from __future__ import annotations

from datetime import date, timedelta

from sources.intervals import after, instant, intensity_claim, misfit
from sources.json_records import read_json
from sources.model import Reading, Series, Source, reading
from sources.records import Record, Table

SOURCE = Source(
    source_id="electricity_maps",
    title="Carbon intensity of electricity consumed, by hour and zone",
    publisher="Electricity Maps",
    homepage="https://www.electricitymaps.com",
    url="https://api.electricitymaps.com/v3/carbon-intensity/past-range?zone={file}&start={day}T00:00Z&end={next_day}T00:00Z&temporalGranularity=hourly&emissionFactorType=lifecycle",
    licence="by the user's contract with Electricity Maps",
    attribution="Electricity Maps, read with the user's own token",
    reference_id="electricity-maps-api",
    defines=("zone",),
    schedule="0 7 * * *",
    stale_after=timedelta(days=7),
)

#: Figures are revised for a while as the grid operators' own come in.
SERIES = Series(begins_on=date(2017, 1, 1), settles_after=timedelta(days=1), most_days=10, token="auth-token")

PATHS = {"": ("data",)}
REQUIRED = {"zone": "the name of a zone", "datetime": "the beginning of an hour", "carbonIntensity": "grams per kWh"}
HOUR = timedelta(hours=1)
BOUNDARIES = {
    "lifecycle": "location;lifecycle;average_consumption",
    "direct": "location;direct;average_consumption",
}
INTENSITY, KIND = "carbonIntensity", "emissionFactorType"
#: Whether the publisher estimated a figure, and how.
ESTIMATED = ("isEstimated", "estimationMethod")


def table(content: bytes) -> Table:
    """Return one record for each zone and hour."""
    return read_json(SOURCE.source_id, content, PATHS, REQUIRED, (KIND, *ESTIMATED))


def read(content: bytes) -> Reading:
    """Read a bundle of answers, one for each zone, into claims.

    Returns: one grid_intensity [g/kWh] of a zone for each hour, life-cycle or direct as the answer says.
    Raises: FormatError if an answer is not as it was; hours without time, accounting or number are quarantined.
    """
    claims: list[dict[str, object]] = []
    quarantined: list[dict[str, object]] = []
    records = table(content).records
    for record in records:
        cells = record.cells
        wrong = misfit(record, "" if cells["zone"] else "zone", ("datetime",), INTENSITY, HOUR)
        if wrong is None and cells["zone"] != cells["file"]:
            wrong = _unlike(record, "zone", f"{cells['file']}, the zone that was asked for")
        if wrong is None and cells.get(KIND) not in BOUNDARIES:
            wrong = _unlike(record, KIND, " or ".join(BOUNDARIES))
        if wrong:
            quarantined.append(wrong)
            continue
        start = instant(cells["datetime"])
        claim = intensity_claim(
            SOURCE, record, cells["zone"], INTENSITY, BOUNDARIES[cells[KIND]], start, after(start, HOUR)
        )
        is_estimated, how = (cells.get(name) for name in ESTIMATED)
        if is_estimated == "true":
            claim["scope_note"] = f"estimated by the publisher: {how or 'method not named'}"
        claims.append(claim)
    return reading(claims, quarantined, [record.line for record in records], [])


def _unlike(record: Record, column: str, expected: str) -> dict[str, object]:
    """Return a cell that is set aside, with what was expected of it."""
    return {
        "source_row": record.line, "field": column, "found": record.cells.get(column, ""), "expected": expected
    }  # fmt: skip
