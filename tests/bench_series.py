"""A year of half-hours of eighteen zones: made-up answers in the publisher's own layout, loaded and averaged."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sources import gb_carbon_intensity, registry
from sources.model import Payload
from sources.records import bundle
from warehouse import load
from warehouse.connect import Home, writer
from warehouse.quote import prove_quotes
from warehouse.stages import loading

YEAR, DAYS, HALF_HOURS = 2024, 366, 48
ZONES = 18
FUELS = ("biomass", "coal", "imports", "gas", "nuclear", "other", "hydro", "solar", "wind")
READ_AT = datetime(2025, 2, 1, tzinfo=UTC)

#: The mean over a run of four months, as `zone_intensity` has it.
MEAN = """
SELECT mean_over_time(figure.value, figure.from_at, figure.until_at, figure.claim_id)
FROM claim AS figure
WHERE figure.subject_kind = 'zone' AND figure.subject_id = 'gb-zone-7' AND figure.quantity = 'grid_intensity'
    AND figure.superseded_at IS NULL AND figure.rank <> 'deprecated'
    AND figure.from_at >= DATE '2024-02-01' AND figure.until_at <= day_after(DATE '2024-05-31')
HAVING fills_days(figure.from_at, figure.until_at, DATE '2024-02-01', DATE '2024-05-31')"""


def answer(day: date) -> bytes:
    """Return the regions' answer for a day."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    halves = []
    for half in range(HALF_HOURS):
        ends = [f"{start + timedelta(minutes=30 * at):%Y-%m-%dT%H:%MZ}" for at in (half, half + 1)]
        regions = [
            {
                "regionid": zone, "dnoregion": f"Company {zone}", "shortname": f"Zone {zone}",
                "intensity": {"forecast": 100 + (day.day * half + zone) % 200, "index": "moderate"},
                "generationmix": [{"fuel": fuel, "perc": 11.1} for fuel in FUELS],
            }
            for zone in range(1, ZONES + 1)
        ]  # fmt: skip
        halves.append({"from": ends[0], "to": ends[1], "regions": regions})
    return json.dumps({"data": halves}).encode()


def measure(folder: Path) -> dict[str, float]:
    """Return seconds: `load` of the year, `day` for one day more, `quotes` of a day, `mean` over a run's period."""
    home = Home(folder / "series")
    adapter = registry.ADAPTERS[gb_carbon_intensity.SOURCE.source_id]
    source_id = adapter.source.source_id
    found: dict[str, float] = {}
    with writer(home) as connection:
        loading.names(connection)

        def keep(day: date) -> None:
            content = bundle({"regional/intensity": answer(day)})
            payload = Payload(content, "http", "", READ_AT, None, None, part=day.isoformat())
            load.keep_snapshot(connection, home.archive, adapter, payload, "", {})

        for count in range(DAYS):
            keep(date(YEAR, 1, 1) + timedelta(days=count))
        started = time.perf_counter()
        found["claims"] = loading.claims(connection, home, adapter).rows
        found["load"] = time.perf_counter() - started
        keep(date(YEAR + 1, 1, 1))
        started = time.perf_counter()
        loading.claims(connection, home, adapter)
        found["day"] = time.perf_counter() - started
        started = time.perf_counter()
        prove_quotes(connection, home.archive, source_id, f"{YEAR}-06-01")
        found["quotes"] = time.perf_counter() - started
        times = []
        for _ in range(5):
            started = time.perf_counter()
            ((mean,),) = connection.execute(MEAN).fetchall()
            times.append(time.perf_counter() - started)
        assert mean is not None
        found["mean"] = min(times)
    return found
