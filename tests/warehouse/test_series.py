"""Feeds that are asked for one day at a time: which days, what is kept of each, and means over the days of a run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from sources import gb_carbon_intensity, registry
from sources.fetch import Fetcher, Policy
from sources.model import Reading
from sources.records import bundle
from tests.warehouse.conftest import Ledger
from warehouse import attempts, drift, due, findings, refresh
from warehouse.attempts import Attempt
from warehouse.connect import Connection, Home, writer
from warehouse.errors import NotFoundError
from warehouse.expectations import series
from warehouse.expectations.engine import query
from warehouse.parts import of_part
from warehouse.stages import loading
from warehouse.steps import Outcome

GB = registry.ADAPTERS["gb_carbon_intensity"]
NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
QUICK = Policy(connect_s=0.5, read_s=0.5, whole_s=1, attempts=1)
FILES = ("intensity", "regional/intensity")


def nation(day: str, *figures: float | None) -> bytes:
    """Return the answer of the nation for a day: as many equal parts of it as there are figures."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    step = timedelta(days=1) / len(figures)
    ends = [f"{start + step * count:%Y-%m-%dT%H:%MZ}" for count in range(len(figures) + 1)]
    halves = [
        {"from": ends[at], "to": ends[at + 1], "intensity": {"actual": figure}} for at, figure in enumerate(figures)
    ]
    return json.dumps({"data": halves}).encode()


class Bench:
    """A home in which a series is refreshed, day by day."""

    def __init__(self, home: Home, publisher: Any) -> None:
        self.home, self.publisher = home, publisher
        self.fetcher = Fetcher(QUICK, httpx.HTTPTransport(), lambda _: None)
        self.now = NOW

    def refresh(self, day: str, *figures: float | None, **more: Any) -> refresh.Refreshed:
        """Refresh one day, the publisher answering with these figures; with none it does not answer."""
        address = f"{self.publisher.address}/{{file}}/{day}"
        contents = (nation(day, *figures), b'{"data": []}')
        for name, content in zip(FILES, contents, strict=True):
            step = self.publisher.answer(content, kind="application/json")
            self.publisher.tell(f"/{name}/{day}", step if figures else self.publisher.answer(b"", status=500))
        self.now += timedelta(minutes=1)
        return refresh.refresh(self.home, refresh.Task(GB, address, part=day, **more), self.fetcher, self.now)

    def load(self, connection: Connection) -> Outcome:
        loading.names(connection)
        loading.snapshot(connection, self.home, GB)
        return loading.claims(connection, self.home, GB)

    def figures(self, connection: Connection, where: str = "superseded_at IS NULL") -> list[tuple[Any, ...]]:
        return connection.execute(
            f"SELECT CAST(from_at AS TEXT)[:16], value FROM claim WHERE source_id = 'gb_carbon_intensity' AND {where} "
            "ORDER BY from_at, first_seen_at"
        ).fetchall()


@pytest.fixture(autouse=True)
def two_figures_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the publisher's half-hours be half-days."""
    monkeypatch.setattr(gb_carbon_intensity, "HALF_HOUR", timedelta(hours=12))


@pytest.fixture
def bench(tmp_path: Path, publisher: Any) -> Iterator[Bench]:
    made = Bench(Home(tmp_path / "home"), publisher)
    yield made
    made.fetcher.close()


def test_days_are_loaded_apart_and_only_those_that_changed(bench: Bench) -> None:
    bench.refresh("2024-03-01", 100, 200)
    bench.refresh("2024-03-02", 300, 400)
    with writer(bench.home) as connection:
        assert bench.load(connection) == Outcome(True, 4)
        loaded = dict(connection.execute("SELECT part, fingerprint FROM part_state").fetchall())
        ids = connection.execute("SELECT claim_id, first_seen_at FROM claim ORDER BY ALL").fetchall()
        assert not bench.load(connection).changed
        bench.refresh("2024-03-02", 300, 450)
        assert bench.load(connection) == Outcome(True, 5)
        again = dict(connection.execute("SELECT part, fingerprint FROM part_state").fetchall())
        assert {part for part in loaded if loaded[part] != again[part]} == {"2024-03-02"}
        assert set(ids) < set(connection.execute("SELECT claim_id, first_seen_at FROM claim").fetchall())
        day = [("2024-03-01 00:00", 100), ("2024-03-01 12:00", 200)]
        assert bench.figures(connection) == [*day, ("2024-03-02 00:00", 300), ("2024-03-02 12:00", 450)]
        assert bench.figures(connection, "superseded_at IS NOT NULL") == [("2024-03-02 12:00", 400)]


def test_days_in_another_order_give_the_same_claims(bench: Bench, tmp_path: Path) -> None:
    for day, figure in (("2024-03-01", 100), ("2024-03-02", 300)):
        bench.refresh(day, figure, figure)
    other = Bench(Home(tmp_path / "other"), bench.publisher)
    made = {one.part: one for one in attempts.read(bench.home)}
    shutil.copytree(bench.home.archive, other.home.archive)
    for part in ("2024-03-02", "2024-03-01"):
        attempts.append(other.home, made[part])
        with writer(other.home) as connection:
            other.load(connection)
    rows = []
    for one in (bench, other):
        with writer(one.home) as connection:
            one.load(connection)
            rows.append(connection.execute("FROM claim ORDER BY claim_id").fetchall())
    assert rows[0] == rows[1]
    assert len(rows[0]) == 4


def test_a_day_that_was_taken_back_leaves_no_claim(bench: Bench) -> None:
    bench.refresh("2024-03-01", 100, 200)
    taken = bench.refresh("2024-03-02", 300, 400)
    with writer(bench.home) as connection:
        bench.load(connection)
        refresh.set_aside(bench.home, taken.attempt, "held_back", "no release can be built with it")
        assert bench.load(connection) == Outcome(True, 2)
        assert connection.execute("SELECT part FROM part_state WHERE source_id = 'gb_carbon_intensity'").fetchall() == [
            ("2024-03-01",)
        ]


def test_figures_of_another_day_are_set_aside() -> None:
    reading = GB.read(bundle({"intensity": nation("2024-03-01", 1, 2), "regional/intensity": b'{"data": []}'}))
    assert of_part(reading, "2024-03-01") is reading
    other = of_part(reading, "2024-03-02")
    assert len(other.claims) == 0
    assert other.quarantined.to_dict("records")[0] == {
        "source_row": 1,
        "field": "period_start",
        "found": "2024-03-01T00:00Z",
        "expected": "a time of 2024-03-02, the day that was asked for",
    }


@pytest.mark.parametrize(
    ("figures", "reason"),
    [((0.15, 0.16), r"grid_intensity moved more than 10-fold in 1 of 1 claims, GB from 155 to 0.155"), ((None,), "it")],
)
def test_a_day_unlike_the_one_before_is_held_back(bench: Bench, figures: tuple[float | None, ...], reason: str) -> None:
    assert bench.refresh("2024-03-01", 150, 160).attempt.outcome == "new"
    held = bench.refresh("2024-03-02", *figures).attempt
    assert held.outcome == "held_back"
    if reason != "it":
        assert reason in held.detail
        assert "footnote refresh gb_carbon_intensity --from 2024-03-02 --until 2024-03-02 --accept" in held.detail
        assert bench.refresh("2024-03-02", *figures, is_accepted=True).attempt.outcome == "new"
    else:
        assert "it holds no figure at all" in held.detail


def whole_day(national: list[float], regional: dict[str, float]) -> Reading:
    """Return a day of one half-hour: what was worked out of the nation, and the forecast of each region."""
    half = {"from": "2024-03-01T00:00Z", "to": "2024-03-01T12:00Z"}
    stated = [{**half, "intensity": {"actual": figure}} for figure in national]
    places = [{"shortname": name, "intensity": {"forecast": figure}} for name, figure in regional.items()]
    files = {"intensity": {"data": stated}, "regional/intensity": {"data": [{**half, "regions": places}]}}
    return GB.read(bundle({name: json.dumps(content).encode() for name, content in files.items()}))


WORKED_OUT = "grid_intensity (location;direct;average_consumption)"
FORECAST = "grid_intensity (location;direct;average_consumption;forecast)"
REGIONS = {f"Region {number}": 100.0 + number for number in range(17)}


@pytest.mark.parametrize(
    ("national", "regional", "reason"),
    [
        ([], REGIONS, f"no figure of {WORKED_OUT} is left"),
        ([150], {name: 7 * figure for name, figure in REGIONS.items()}, f"{FORECAST} is 7 times what it was"),
        ([25], {name: figure / 6 for name, figure in REGIONS.items()}, f"{FORECAST} is 0.167 times what it was"),
        ([150], dict.fromkeys(REGIONS, 0.0), f"all 17 figures of {FORECAST} are 0"),
        # the nation is one of eighteen, and what runs are reckoned with
        ([0], REGIONS, f"all 1 figures of {WORKED_OUT} are 0"),
        ([1050], REGIONS, f"{WORKED_OUT} is 7 times what it was, in the middle of 1 zones"),
        ([10], REGIONS, "grid_intensity moved more than 10-fold in 1 of 1 claims, GB from 150 to 10"),
        ([150], dict(list(REGIONS.items())[:12]), "5 of 18 claims are gone (at most 25% may go at once)"),
    ],
)
def test_a_day_is_held_against_the_one_before_kind_by_kind(
    national: list[float], regional: dict[str, float], reason: str
) -> None:
    before, after = whole_day([150], REGIONS), whole_day(national, regional)
    found = drift.compare_days("gb_carbon_intensity", before, after)
    assert reason in "; ".join(found.reasons)
    assert not drift.compare_days("gb_carbon_intensity", before, before).reasons


def test_what_weather_does_is_let_pass() -> None:
    """The nation's cleanest after a dirty day, and one region with hardly anything."""
    windy = {**{name: figure / 4 for name, figure in REGIONS.items()}, "Region 3": 0.0}
    before, after = whole_day([250], REGIONS), whole_day([60], windy)
    assert not drift.compare_days("gb_carbon_intensity", before, after).reasons


def test_a_first_day_of_zeros_is_held_back() -> None:
    (reason,) = drift.compare_days("gb_carbon_intensity", None, whole_day([0], REGIONS)).reasons
    assert reason == f"all 1 figures of {WORKED_OUT} are 0"
    assert not drift.compare_days("gb_carbon_intensity", None, whole_day([1], REGIONS | {"Region 1": 0.0})).reasons


@pytest.mark.parametrize(("figures", "gone"), [((), "no figure of"), ((150,), "5 of 6 claims are gone")])
def test_a_day_that_is_read_again_may_not_lose_the_nation(figures: tuple[float, ...], gone: str) -> None:
    """Its half-hours are few among those of the regions."""

    def day(*national: float) -> Reading:
        step = timedelta(hours=12)
        start = datetime(2024, 3, 1, tzinfo=UTC)
        stated = [
            {"from": f"{start + step * at:%Y-%m-%dT%H:%MZ}", "to": f"{start + step * (at + 1):%Y-%m-%dT%H:%MZ}",
             "intensity": {"actual": figure}}
            for at, figure in enumerate(national)
        ]  # fmt: skip
        places = [{"shortname": name, "intensity": {"forecast": figure}} for name, figure in REGIONS.items()]
        regional = {"data": [{"from": "2024-03-01T00:00Z", "to": "2024-03-01T12:00Z", "regions": places}]}
        files = {"intensity": {"data": stated}, "regional/intensity": regional}
        return GB.read(bundle({name: json.dumps(content).encode() for name, content in files.items()}))

    whole = day(150, 160, 170, 180, 190, 200)
    found = drift.compare("gb_carbon_intensity", whole, day(*figures), by_kind=True)
    assert gone in "; ".join(found.reasons)
    assert not drift.compare("gb_carbon_intensity", whole, whole, by_kind=True).reasons


def attempt(day: str, outcome: str = "new") -> Attempt:
    return Attempt("gb_carbon_intensity", NOW, outcome, "", "", "http", "", "", day, day)


def due_days(home: Home, *ends: date) -> list[str]:
    return [day.isoformat() for day in due.days(home, GB, NOW, *ends)]


def test_a_day_that_stays_held_back_is_one_finding_since_it_first_was(bench: Bench) -> None:
    """Days that are read again in between begin no new one: a refresh that finds nothing new needs no release."""
    bench.refresh("2024-03-01", 150, 160)
    first = bench.refresh("2024-03-02", 0.1, 0.1).attempt
    found = [findings.finding(attempts.read(bench.home), first.source_id, NOW, timedelta(days=7))]
    for _ in range(2):
        assert bench.refresh("2024-03-01", 150, 160).attempt.outcome == "unchanged"
        assert bench.refresh("2024-03-02", 0.1, 0.1).attempt.outcome == "held_back"
        found.append(findings.finding(attempts.read(bench.home), first.source_id, NOW, timedelta(days=7)))
    assert found == [findings.Finding(first.source_id, "held_back", first.attempted_at, first.detail)] * 3


def test_at_first_the_latest_days_are_due(tmp_path: Path) -> None:
    assert due_days(Home(tmp_path)) == [f"2026-{day}" for day in (
        "11-26", "11-27", "11-28", "11-29", "11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06", "12-07",
        "12-08", "12-09",
    )]  # fmt: skip


def test_then_those_since_the_last_one_then_those_that_failed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for one in (attempt("2026-12-05"), attempt("2026-12-06", "unreachable"), attempt("2026-12-07")):
        attempts.append(home, one)
    assert due_days(home) == ["2026-12-08", "2026-12-09", "2026-12-06"]  # one that fails for good keeps none back
    for day in ("2026-12-06", "2026-12-08", "2026-12-09"):
        attempts.append(home, attempt(day))
    assert due_days(home) == ["2026-12-09"]  # nothing is due: one request tells whether it was revised


def test_a_long_absence_is_made_up_for_step_by_step(tmp_path: Path) -> None:
    home = Home(tmp_path)
    attempts.append(home, attempt("2026-11-01"))
    first = due_days(home)
    assert (first[0], first[-1], len(first)) == ("2026-11-02", "2026-11-15", 14)


@pytest.mark.parametrize("hour", [3, 5])
def test_a_day_is_due_once_its_figures_are_final(tmp_path: Path, hour: int) -> None:
    now = datetime(2026, 12, 10, hour, tzinfo=UTC)
    last = due.days(Home(tmp_path), GB, now)[-1]
    assert last == (date(2026, 12, 9) if hour > 4 else date(2026, 12, 8))


def test_days_may_be_named(tmp_path: Path) -> None:
    assert due_days(Home(tmp_path), date(2024, 2, 28), date(2024, 3, 1)) == ["2024-02-28", "2024-02-29", "2024-03-01"]
    for ends in ((date(2024, 3, 2), date(2024, 3, 1)), (date(2017, 1, 1), date(2026, 1, 1)), (date(2026, 12, 10),)):
        with pytest.raises(NotFoundError, match="expected days from 2018-05-11 to 2026-12-09, the earlier first"):
            due_days(Home(tmp_path), *ends)


def half_days(ledger: Ledger, day: str, *figures: float, **more: Any) -> None:
    """State figures of a zone for equal parts of a day."""
    start = datetime.fromisoformat(day)
    step = timedelta(days=1) / len(figures)
    for count, figure in enumerate(figures):
        ends = {"from_at": start + step * count, "until_at": start + step * (count + 1)}
        period = {"period_start": start.date(), "period_end": start.date()}
        ledger.state("zone", "GB", "grid_intensity", figure, boundary="location;direct", **period, **ends, **more)


@pytest.fixture
def grid() -> Iterator[Ledger]:
    """Return a ledger with a run of two days in London, and a region whose source names its grid zone."""
    with duckdb.connect() as connection:
        yield london(Ledger(connection))


def london(ledger: Ledger) -> Ledger:
    """Fill a ledger."""
    ledger.world()
    ledger.entity("zone", "GB")
    ledger.entity("provider", "azure")
    ledger.entity("region", "azure/uksouth", "azure")
    ledger.state("region", "azure/uksouth", "grid_zone", "GB")
    ledger.state("region", "azure/uksouth", "grid_intensity", 400, boundary="location", year=2023)
    ledger.run("gpt", energy=1000, region="azure/uksouth")
    ledger.connection.execute(
        "UPDATE claim SET period_start = '2023-05-01', period_end = '2023-05-02' WHERE quantity = 'trained_in'"
    )
    return ledger


MEAN = "SELECT branch, grid_intensity_g_per_kwh, intensity_match FROM run_intensity"


def test_a_run_has_the_mean_of_its_own_days_weighted_with_time(grid: Ledger) -> None:
    half_days(grid, "2023-04-30", 1000)
    half_days(grid, "2023-05-01", 100, 200)  # mean 150
    half_days(grid, "2023-05-02", 30, 60, 90)  # mean 60
    half_days(grid, "2023-05-03", 1000)
    grid.derive("run_intensity")
    assert grid.connection.execute(MEAN).fetchall() == [("own_days", 105.0, "the run's own days")]
    assert grid.connection.execute("SELECT claim_count FROM zone_intensity").fetchall() == [(5,)]


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM claim WHERE value = 90", "UPDATE claim SET rank = 'deprecated' WHERE value = 90",
     "UPDATE claim SET superseded_at = '2026-01-02' WHERE value = 90"],
)  # fmt: skip
def test_a_series_with_a_gap_is_not_used(grid: Ledger, change: str) -> None:
    half_days(grid, "2023-05-01", 100, 200)
    half_days(grid, "2023-05-02", 30, 60, 90)
    grid.connection.execute(change)
    grid.derive("run_intensity")
    assert grid.connection.execute(MEAN).fetchall() == [("region", 400.0, "same year")]


def test_what_was_worked_out_comes_before_a_forecast(grid: Ledger) -> None:
    for day in ("2023-05-01", "2023-05-02"):
        half_days(grid, day, 100)
        half_days(grid, day, 70, source_id="other")
    grid.connection.execute("UPDATE claim SET boundary = 'location;direct;forecast' WHERE source_id = 'feed' "
                            "AND from_at IS NOT NULL")  # fmt: skip
    grid.derive("run_intensity")
    assert grid.connection.execute(MEAN).fetchall() == [("own_days", 70.0, "the run's own days")]


def test_a_figure_of_less_than_a_day_stands_for_no_year(grid: Ledger) -> None:
    half_days(grid, "2023-05-01", 5)
    grid.connection.execute("UPDATE claim SET subject_kind = 'region', subject_id = 'azure/uksouth' WHERE value = 5")
    grid.derive("run_intensity")
    assert grid.connection.execute(MEAN).fetchall() == [("region", 400.0, "same year")]


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE claim SET from_at = '2024-03-01 00:00' WHERE value = 200", "no_overlap"),
        ("UPDATE claim SET value = 1500, high = 1500 WHERE value = 200", "intensity_range"),
        ("UPDATE claim SET value = -1, low = -1 WHERE value = 200", "intensity_range"),
        ("DELETE FROM claim WHERE value = 200", "day_complete"),
    ],
)
def test_each_rule_of_a_series_has_a_failing_case(bench: Bench, damage: str, rule: str) -> None:
    bench.refresh("2024-03-01", 100, 200)
    with writer(bench.home) as connection:
        bench.load(connection)

        def offended() -> set[str]:
            connection.register("given", series.frame(connection, "gb_carbon_intensity"))
            found = query(connection, "SELECT * FROM given", series.RULES)
            return {name for name, one in found.items() if one.offenders}

        assert offended() == set()
        connection.execute(damage)
        assert rule in offended()
        assert offended() <= {rule, "day_complete"}
