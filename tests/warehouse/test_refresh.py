"""Refreshing against a publisher on this machine: what is taken, what is held back, what becomes of the claims."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sources import registry
from sources.fetch import Fetcher, Policy
from sources.model import Adapter
from warehouse import archive, attempts, refresh
from warehouse.connect import Connection, Home, writer
from warehouse.stages import loading
from warehouse.steps import Outcome

DAY = timedelta(days=1)
START = datetime(2026, 12, 1, 6, tzinfo=UTC)
QUICK = Policy(connect_s=0.5, read_s=0.5, whole_s=1, attempts=2)
HEADER = "provider,providerName,offsetRatio,region,regionName,country,state,city,impact,source,comment\n"


def table(*figures: float) -> bytes:
    rows = (
        f"aws,Amazon,0,zone-{number},,Country,,City,{figure:g},https://a.example/2020,\n"
        for number, figure in enumerate(figures)
    )
    return (HEADER + "".join(rows)).encode()


FIRST = table(100, 200, 300, 400, 500)


class Bench:
    """A home in which one feed is refreshed day by day."""

    def __init__(self, folder: Path, publisher: Any, baseline: bytes, prepared: Path) -> None:
        self.home = Home(folder / "home")
        self.home.work.parent.mkdir(parents=True)
        shutil.copy(prepared, self.home.work)
        self.publisher = publisher
        adapter = registry.ADAPTERS["mlco2_impact"]
        packaged = folder / "baseline.csv"
        packaged.write_bytes(registry.restate(adapter, baseline, "first", date(2026, 11, 1)))
        self.adapter: Adapter = replace(adapter, packaged=str(packaged))
        self.fetcher = Fetcher(QUICK, httpx.HTTPTransport(), lambda _: None)
        self.now = START

    def refresh(self, *steps: Any, **more: Any) -> refresh.Refreshed:
        """Refresh a day later than before, the publisher answering with these steps."""
        if steps:
            self.publisher.tell("/impact.csv", *steps)
        self.now += DAY
        address = more.pop("address", self.publisher.address + "/impact.csv")
        return refresh.refresh(self.home, refresh.Task(self.adapter, address, **more), self.fetcher, self.now)

    def serve(self, content: bytes, **more: Any) -> refresh.Refreshed:
        """Refresh while the publisher has these bytes, each version with an ETag of its own."""
        etag = f'"{archive.digest(content)[:8]}"'
        return self.refresh(self.publisher.answer(content, ETag=etag), **more)

    def build(self, connection: Connection) -> list[bool]:
        """Register, load and settle; return what each step changed."""
        done = [loading.names(connection), loading.snapshot(connection, self.home, self.adapter)]
        done += corrections(connection, self.home)
        done += [loading.claims(connection, self.home, self.adapter), loading.settled(connection, self.home)]
        return [one.changed for one in done]

    def figures(self, connection: Connection) -> list[float]:
        rows = connection.execute(
            "SELECT value FROM claim WHERE source_id = 'mlco2_impact' AND quantity = 'grid_intensity' "
            "AND superseded_at IS NULL ORDER BY subject"
        ).fetchall()
        return [row[0] for row in rows]


def corrections(connection: Connection, home: Home) -> list[Outcome]:
    adapter = registry.ADAPTERS["corrections"]
    return [loading.snapshot(connection, home, adapter), loading.claims(connection, home, adapter)]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working database that knows the names and the corrections."""
    home = Home(tmp_path_factory.mktemp("prepared"))
    with writer(home) as connection:
        loading.names(connection)
        corrections(connection, home)
    return home.work


@pytest.fixture
def bench(tmp_path: Path, publisher: Any, prepared: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, publisher, FIRST, prepared)
    yield made
    made.fetcher.close()


def stale(connection: Connection) -> set[bool]:
    rows = connection.execute("""
        SELECT DISTINCT contains(coalesce(flags, ''), 'stale') FROM claim
        WHERE source_id = 'mlco2_impact' AND superseded_at IS NULL
    """)
    return {row[0] for row in rows.fetchall()}


def test_the_same_facts_are_a_snapshot_and_no_new_claims(bench: Bench) -> None:
    first = bench.serve(FIRST)
    assert (first.attempt.outcome, first.attempt.detail) == ("new", "no claim changed")
    with writer(bench.home) as connection:
        assert bench.build(connection)[1]
        rows = connection.execute(
            "SELECT origin, url, retrieved_at, etag FROM snapshot ORDER BY retrieved_at"
        ).fetchall()
        assert rows[-1] == ("http", first.attempt.address, bench.now.replace(tzinfo=None), first.attempt.etag)
        assert connection.execute(
            "SELECT count(DISTINCT snapshot_id), count(superseded_at) FROM claim WHERE source_id = 'mlco2_impact'"
        ).fetchall() == [(1, 0)]


def test_an_unchanged_file_costs_one_conditional_request_and_writes_only_the_attempt(bench: Bench) -> None:
    bench.serve(FIRST)
    files = sorted(path for path in bench.home.path.rglob("*") if path.is_file())
    bench.publisher.asked.clear()
    again = bench.refresh()
    assert (again.attempt.outcome, again.attempt.detail) == ("unchanged", "not modified")
    ((path, headers),) = bench.publisher.asked
    assert (path, headers["If-None-Match"]) == ("/impact.csv", again.attempt.etag)
    assert sorted(path for path in bench.home.path.rglob("*") if path.is_file()) == files
    assert [one.outcome for one in attempts.read(bench.home)] == ["new", "unchanged"]


def test_without_validators_the_same_bytes_are_known_by_their_hash(bench: Bench) -> None:
    for outcome in ("new", "unchanged"):
        assert bench.refresh(bench.publisher.answer(FIRST)).attempt.outcome == outcome


def test_a_revised_figure_supersedes_and_a_later_run_keeps_it(bench: Bench) -> None:
    bench.serve(FIRST)
    found = bench.serve(table(100, 250, 300, 400, 500))
    assert found.attempt.detail == "1 claims superseded"
    with writer(bench.home) as connection:
        bench.build(connection)
        assert bench.figures(connection) == [100, 250, 300, 400, 500]
        story = connection.execute(
            "SELECT value, first_seen_at, superseded_at FROM claim WHERE subject = 'aws/zone-1' "
            "AND quantity = 'grid_intensity' ORDER BY first_seen_at"
        ).fetchall()
        fetched_at = bench.now.replace(tzinfo=None)
        assert story == [(200, datetime(2026, 11, 1), fetched_at), (250, fetched_at, None)]
        assert bench.build(connection) == [False] * 6  # the packaged baseline is older, and known
        assert bench.figures(connection) == [100, 250, 300, 400, 500]


def test_bytes_that_come_back_are_in_force_again(bench: Bench) -> None:
    other = table(100, 250, 300, 400, 500)
    for content in (FIRST, other, FIRST):
        assert bench.serve(content).attempt.outcome == "new"
    assert bench.refresh().attempt.outcome == "unchanged"
    with writer(bench.home) as connection:
        bench.build(connection)
        assert bench.figures(connection) == [100, 200, 300, 400, 500]
        assert connection.execute("SELECT count(*) FROM snapshot_return").fetchall() == [(1,)]
        assert bench.build(connection) == [False] * 6


BAD = {
    "renamed column": (FIRST.replace(b"impact", b"intensity", 1), "held_back", "a column named impact"),
    "value x 10": (table(1000, 200, 300, 400, 500), "held_back", "from 100 to 1000"),
    "40 % lost": (table(100, 200, 300), "held_back", "10 of 25 claims are gone"),
    "Latin-1": (FIRST.replace(b"City", b"Z\xfcrich", 1), "held_back", "expected UTF-8 text"),
    "a page": (b"<html>Sign in</html>", "refused", "a web page"),
    "nothing": (b"", "refused", "an empty file"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_bytes_leave_the_last_good_ones_in_use(bench: Bench, case: str) -> None:
    content, outcome, reason = BAD[case]
    bench.serve(FIRST)
    found = bench.serve(content)
    assert found.attempt.outcome == outcome
    assert reason in found.attempt.detail
    with writer(bench.home) as connection:
        bench.build(connection)
        assert bench.figures(connection) == [100, 200, 300, 400, 500]
        assert stale(connection) == {outcome == "held_back"}
    kept = outcome == "held_back"  # a person must look at them
    assert archive.path_of(bench.home.archive, archive.digest(content)).exists() is kept
    good = bench.serve(FIRST)
    assert (good.attempt.outcome, good.attempt.detail) == ("unchanged", "not modified")
    with writer(bench.home) as connection:
        bench.build(connection)
        assert stale(connection) == {False}


def test_what_a_person_has_looked_at_can_be_accepted(bench: Bench) -> None:
    odd = table(1000, 200, 300, 400, 500)
    held = bench.serve(odd)
    assert "footnote refresh mlco2_impact --accept" in held.attempt.detail
    assert bench.serve(odd, is_accepted=True).attempt.outcome == "new"
    assert bench.refresh().attempt.outcome == "unchanged"


def test_a_finding_begins_and_ends_and_its_flags_do_not_move_meanwhile(bench: Bench) -> None:
    bench.serve(FIRST)
    with writer(bench.home) as connection:
        bench.build(connection)
        bench.serve(BAD["value x 10"][0])
        assert bench.build(connection)[-1]
        ((kind, since, detail),) = connection.execute("SELECT kind, since, detail FROM finding").fetchall()
        assert (kind, since) == ("held_back", bench.now.replace(tzinfo=None))
        assert "from 100 to 1000" in detail
        bench.serve(BAD["40 % lost"][0])
        bench.refresh(bench.publisher.answer(b"", status=404))
        assert bench.build(connection) == [False] * 6
        bench.serve(table(100, 200, 300, 400, 510))
        bench.build(connection)
        assert connection.execute("FROM finding").fetchall() == []


def test_who_is_unreachable_is_stale_only_after_its_limit(bench: Bench) -> None:
    bench.serve(FIRST)
    gone = bench.publisher.answer(b"no", status=404)
    assert bench.refresh(gone).attempt.outcome == "unreachable"
    first_failure = bench.now.replace(tzinfo=None)
    with writer(bench.home) as connection:
        bench.build(connection)
        assert stale(connection) == {False}
        state = attempts.state(attempts.read(bench.home), "mlco2_impact")
        assert (state["outcome"], state["failing_since"]) == ("unreachable", first_failure)
        bench.now += 400 * DAY
        bench.refresh(gone)
        bench.build(connection)
        assert stale(connection) == {True}
        assert connection.execute("SELECT kind, since FROM finding").fetchall() == [("unreachable", first_failure)]


def test_a_publisher_that_has_stopped_is_told_from_one_that_cannot_be_read(bench: Bench) -> None:
    bench.refresh(bench.publisher.answer(FIRST, ETag='"one"', Last_Modified="Sat, 09 Nov 2024 10:00:00 GMT"))
    with writer(bench.home) as connection:
        bench.build(connection)
        ((kind, since, detail),) = connection.execute("SELECT kind, since, detail FROM finding").fetchall()
        assert (kind, since) == ("publisher_stopped", datetime(2024, 11, 9, 10) + 400 * DAY)
        assert detail == "the publisher has changed nothing since 2024-11-09"
        bench.refresh()
        assert bench.build(connection) == [False] * 6


def test_a_snapshot_that_fails_where_sources_meet_is_taken_back(bench: Bench) -> None:
    bench.serve(FIRST)
    with writer(bench.home) as connection:
        bench.build(connection)
        taken = bench.serve(table(100, 250, 300, 400, 500))
        bench.build(connection)
        refresh.set_aside(bench.home, taken.attempt, "held_back", "no release can be built\nwith it")
        bench.build(connection)
        assert bench.figures(connection) == [100, 200, 300, 400, 500]
        assert stale(connection) == {True}
        again = bench.refresh()
        assert (again.attempt.outcome, again.attempt.detail) == ("held_back", "no release can be built with it")
        assert bench.build(connection) == [False] * 6
        assert bench.refresh(is_accepted=True).attempt.outcome == "new"


def test_a_snapshot_that_was_only_set_aside_is_taken_again(bench: Bench) -> None:
    bench.serve(FIRST)
    taken = bench.serve(table(100, 250, 300, 400, 500))
    refresh.set_aside(bench.home, taken.attempt, "deferred", "while another was looked for")
    assert len(attempts.in_use(attempts.read(bench.home))) == 1
    assert bench.refresh().attempt.outcome == "new"
    assert len(attempts.in_use(attempts.read(bench.home))) == 2


def test_a_clock_that_was_set_back_does_not_reorder_history(bench: Bench) -> None:
    bench.serve(FIRST)
    later = bench.now
    bench.now -= 400 * DAY
    assert bench.serve(table(100, 250, 300, 400, 500)).attempt.attempted_at > later


def test_no_secret_is_written_down(bench: Bench) -> None:
    address = bench.publisher.address.replace("//", "//me:hunter22@") + "/impact.csv?token=s3cr3t-t0ken"
    echo = FIRST.replace(b"impact", b"s3cr3t-t0ken", 1)
    for content in (FIRST, echo):
        bench.serve(content, address=address, secrets=("s3cr3t-t0ken", "hunter22"))
    bench.refresh(bench.publisher.answer(b"no", status=403), address=address, secrets=("s3cr3t-t0ken", "hunter22"))
    written = (bench.home.path / attempts.FILE).read_text()
    assert "s3cr3t" not in written and "hunter22" not in written
    assert [one.outcome for one in attempts.read(bench.home)] == ["new", "held_back", "unreachable"]


def test_bytes_that_were_lost_are_fetched_again(bench: Bench) -> None:
    first = bench.serve(FIRST)
    lost = archive.path_of(bench.home.archive, first.attempt.snapshot_id)
    lost.write_bytes(b"damaged")
    assert (bench.refresh().attempt.outcome, lost.read_bytes()) == ("unchanged", FIRST)
    lost.unlink()
    assert bench.serve(table(100, 200, 300, 400, 510)).attempt.detail == "1 claims superseded"


def test_a_line_that_a_crash_cut_short_is_no_attempt(bench: Bench) -> None:
    bench.serve(FIRST)
    path = bench.home.path / attempts.FILE
    path.write_text(path.read_text() + "mlco2_impact,2026-12-03T06")
    assert [one.outcome for one in attempts.read(bench.home)] == ["new"]
    assert bench.refresh().attempt.outcome == "unchanged"
    assert [one.outcome for one in attempts.read(bench.home)] == ["new", "unchanged"]


def test_yearly_files_are_one_snapshot(tmp_path: Path, publisher: Any) -> None:
    adapter = registry.ADAPTERS["gcp_region_carbon"]
    home = Home(tmp_path)
    header = b"Google Cloud Region,Location,Google CFE,Lifecycle grid carbon intensity (gCO2eq / kWh)\n"
    for year in (2019, 2020):
        publisher.tell(f"/{year}.csv", publisher.answer(header + b"asia-east1,Taiwan,0.19,541\n", ETag=f'"{year}"'))
    task = refresh.Task(adapter, publisher.address + "/{file}", is_accepted=True)
    fetcher = Fetcher(QUICK, httpx.HTTPTransport())
    first = refresh.refresh(home, task, fetcher, START)
    assert first.attempt.outcome == "new"
    kept = archive.load(home.archive, first.attempt.snapshot_id).decode()
    assert [line for line in kept.splitlines() if line.startswith("#")] == ["# file: 2019.csv", "# file: 2020.csv"]
    publisher.asked.clear()
    assert refresh.refresh(home, task, fetcher, START + DAY).attempt.outcome == "unchanged"
    assert len(publisher.asked) == len(adapter.files)
    fetcher.close()


UPSTREAM = os.environ.get("FOOTNOTE_UPSTREAM_DIR")


@pytest.mark.skipif(UPSTREAM is None, reason="FOOTNOTE_UPSTREAM_DIR names no folder of feed files")
def test_the_history_of_a_feed_is_told_again(tmp_path: Path, publisher: Any, prepared: Path) -> None:
    """Serve the versions of 2019, 2022 and 2024 one after another."""
    files = sorted(Path(str(UPSTREAM)).glob("mlco2-impact/*/impact.csv"))
    days = [file.parent.name for file in files]
    assert days == ["2019-08-23", "2022-11-21", "2024-11-09"]
    bench = Bench(tmp_path, publisher, files[0].read_bytes(), prepared)
    told = []
    for file in files:
        taken = bench.serve(file.read_bytes())
        assert taken.attempt.outcome == "new" and taken.drift is not None, taken.attempt.detail
        told.append((taken.attempt.detail, taken.drift.added, taken.drift.changed, taken.drift.removed))
        publisher.asked.clear()
        assert bench.refresh().attempt.detail == "not modified"
        assert len(publisher.asked) == 1
    # 4 regions more, each with its words, and 9 PUEs; offset ratios and citations of 2019 were filled in or revised
    assert [tuple(counts) for _, *counts in told] == [(0, 0, 0), (36, 64, 0), (28, 0, 0)]
    assert "columns added: PUE, PUE source" in told[1][0]
    with writer(bench.home) as connection:
        bench.build(connection)
        rows = "SELECT count(*) FROM snapshot WHERE source_id = 'mlco2_impact' AND origin = 'http'"
        assert connection.execute(rows).fetchall() == [(3,)]
        moved = connection.execute("""
            SELECT DISTINCT former.subject, former.value, later.value
            FROM claim AS former
            JOIN claim AS later ON later.subject = former.subject AND later.quantity = former.quantity
                AND later.superseded_at IS NULL AND later.source_id = former.source_id
            WHERE former.source_id = 'mlco2_impact' AND former.quantity = 'grid_intensity'
                AND former.superseded_at IS NOT NULL AND former.value <> later.value
            ORDER BY ALL
        """).fetchall()
        assert moved == [("azure/westcentralus", 625.1, 297.6), ("gcp/northamerica-northeast1", 20.0, 34.5)]
        assert len(bench.figures(connection)) == 82
        counted = connection.execute("""
            SELECT rows_read, quarantined_cells FROM snapshot_count JOIN snapshot USING (source_id, snapshot_id)
            WHERE source_id = 'mlco2_impact' AND origin = 'http' ORDER BY retrieved_at
        """).fetchall()
        assert [row[0] for row in counted] == [
            len(list(csv.DictReader(file.read_text().splitlines()))) for file in files
        ]
        assert [row[1] for row in counted] == [0, 0, 0]
        assert bench.build(connection) == [False] * 6
    bench.fetcher.close()
