"""Builds that fail with new snapshots: the one at fault is held back alone, and nothing that is good stays out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration import elimination, pipeline, refresh
from warehouse import attempts, findings
from warehouse.attempts import Attempt
from warehouse.connect import Home, locked
from warehouse.errors import BusyError, CheckError

GB, OWID = "gb_carbon_intensity", "owid_intensity"
START = datetime(2026, 11, 24, 6, tzinfo=UTC)


@dataclass
class Builds:
    """Stands for the pipeline: a build fails if a bad snapshot is in use; a release holds what was in use."""

    home: Home
    bad: set[str] = field(default_factory=set)
    is_named: bool = True
    tried: list[list[str]] = field(default_factory=list)

    def in_use(self) -> list[Attempt]:
        everything = attempts.read(self.home)
        return [
            one for source_id in (GB, OWID) for one in attempts.in_use(attempts.of_source(everything, source_id))
        ]  # fmt: skip

    def run(self, _: Path, __: object = None) -> str:
        used = self.in_use()
        self.tried.append([one.snapshot_id for one in used])
        for one in used:
            if one.snapshot_id in self.bad:
                raise CheckError(f"blocking expectations fail: claims/{one.source_id if self.is_named else 'all'}, "
                                 f"a figure of {one.snapshot_id}")  # fmt: skip
        if "packaged" in self.bad:
            raise CheckError("a table of our own")
        self.home.release.unlink(missing_ok=True)
        with duckdb.connect(str(self.home.release)) as connection:
            connection.execute("CREATE TABLE retrieval (source_id TEXT, snapshot_id TEXT, retrieved_at TIMESTAMP)")
            connection.execute("CREATE TABLE finding (source_id TEXT, kind TEXT, since TIMESTAMP, detail TEXT)")
            connection.execute("CREATE TABLE source (source_id TEXT, stale_after_days INTEGER)")
            for one in used:
                row = [one.source_id, one.snapshot_id, one.attempted_at.replace(tzinfo=None)]
                connection.execute("INSERT INTO retrieval VALUES (?, ?, ?)", row)
            for source_id in (GB, OWID):
                connection.execute("INSERT INTO source VALUES (?, 9)", [source_id])
            for found in findings.findings(connection, self.home):
                connection.execute("INSERT INTO finding VALUES (?, ?, ?, ?)", list(findings.row(found)))
        return "the release"


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    made = Builds(Home(tmp_path))
    monkeypatch.setattr(pipeline, "run", made.run)
    return made


def take(home: Home, source_id: str, *parts: str) -> None:
    """Record that the snapshot of each part, named by it, was new."""
    for count, part in enumerate(parts):
        at = START + timedelta(minutes=count)
        day = part if source_id == GB else ""
        attempts.append(home, Attempt(source_id, at, "new", "", "https://a.example", "http", "", "", part, day))


def used(builds: Builds) -> list[str]:
    return [one.snapshot_id for one in builds.in_use()]


DAYS = [f"2026-11-{day:02}" for day in range(1, 15)]


@pytest.mark.parametrize("bad", [["2026-11-01"], ["2026-11-09"], ["2026-11-14"], ["2026-11-03", "2026-11-04"]])
@pytest.mark.parametrize("is_named", [True, False])
def test_only_the_days_at_fault_are_held_back(builds: Builds, bad: list[str], is_named: bool) -> None:
    builds.bad, builds.is_named = set(bad), is_named
    take(builds.home, OWID, "good")
    take(builds.home, GB, *DAYS)
    built = elimination.run(builds.home.path)
    assert [one.snapshot_id for one in built.withheld] == bad
    assert sorted(used(builds)) == sorted({*DAYS, "good"} - set(bad))
    assert findings.is_released(builds.home)
    assert len(builds.tried) <= 2 + len(bad) * 10  # of 15 snapshots; one by one it would be 17
    for one in built.withheld:
        assert (one.outcome, one.part) == ("held_back", one.snapshot_id)
        assert f"a figure of {one.part}" in one.detail
        assert one.detail.endswith(f"footnote refresh {GB} --from {one.part} --until {one.part} --accept")


def test_what_is_held_back_last_is_told_in_the_release(builds: Builds) -> None:
    builds.bad = {DAYS[-1]}
    take(builds.home, GB, *DAYS)
    elimination.run(builds.home.path)
    with duckdb.connect(str(builds.home.release), read_only=True) as connection:
        assert connection.execute("SELECT source_id, kind FROM finding").fetchall() == [(GB, "held_back")]
    assert attempts.state(attempts.read(builds.home), GB)["held_back_parts"] == DAYS[-1]


def test_a_day_held_back_is_told_whatever_came_of_later_ones(builds: Builds) -> None:
    builds.bad = {DAYS[3]}
    take(builds.home, GB, *DAYS)
    elimination.run(builds.home.path)
    assert attempts.state(attempts.read(builds.home), GB)["held_back_parts"] == DAYS[3]


def test_what_was_fetched_is_told_even_if_nothing_can_be_built(builds: Builds) -> None:
    builds.bad = {"packaged"}
    take(builds.home, OWID, "first")
    done = [refresh.Refreshed(one) for one in attempts.read(builds.home)]
    told = refresh._built(builds.home, done, lambda _: None)
    assert (list(told.done), told.built, str(told.error)) == (done, None, "a table of our own")


def test_what_an_earlier_process_took_and_never_built_is_held_back_too(builds: Builds) -> None:
    """Killed after it had taken a bad snapshot, and found unchanged by the next one."""
    builds.bad = {"bad"}
    take(builds.home, OWID, "bad")
    last = attempts.read(builds.home)[-1]
    unchanged = Attempt(**{**vars(last), "outcome": "unchanged", "attempted_at": START + timedelta(hours=1)})
    attempts.append(builds.home, unchanged)
    told = refresh._built(builds.home, [refresh.Refreshed(unchanged)], lambda _: None)
    assert [one.attempt.outcome for one in told.done] == ["held_back"]
    assert told.failed == (OWID,)
    assert used(builds) == []


def test_what_a_release_holds_is_no_suspect(builds: Builds) -> None:
    take(builds.home, OWID, "held")
    elimination.run(builds.home.path)
    builds.bad = {"new", "held"}
    attempts.append(builds.home, Attempt(GB, START, "new", "", "", "http", "", "", "new", "2026-11-01"))
    with pytest.raises(CheckError, match="a figure of"):
        elimination.run(builds.home.path)
    assert used(builds) == ["new", "held"]


def test_a_fault_that_is_not_theirs_leaves_them_in_use(builds: Builds) -> None:
    builds.bad = {"packaged"}
    take(builds.home, OWID, "first")
    take(builds.home, GB, *DAYS[:3])
    with pytest.raises(CheckError, match="a table of our own"):
        elimination.run(builds.home.path)
    assert used(builds) == [*DAYS[:3], "first"]
    assert len(builds.tried) == 2


@pytest.mark.parametrize("error", [BusyError("busy"), OSError("no space left on device")])
def test_a_busy_home_and_a_full_disk_are_no_fault_of_theirs(
    builds: Builds, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    take(builds.home, OWID, "first")
    monkeypatch.setattr(pipeline, "run", fail)
    with pytest.raises(type(error)):
        elimination.run(builds.home.path)
    assert [one.outcome for one in attempts.read(builds.home)] == ["new"]


def test_a_search_that_takes_too_long_leaves_the_rest_to_the_next_refresh(
    builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elimination, "MOST_BUILDS", 4)
    builds.bad = set(DAYS)
    take(builds.home, OWID, "good")
    take(builds.home, GB, *DAYS)
    built = elimination.run(builds.home.path)
    assert {one.outcome for one in built.withheld} == {"deferred"}
    assert sorted(one.part for one in built.withheld) == DAYS
    assert used(builds) == ["good"]
    assert findings.is_released(builds.home)


def test_a_kill_in_the_middle_holds_nothing_back_for_good(builds: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the search had set aside by then is asked for again."""
    builds.bad = {DAYS[2]}
    take(builds.home, GB, *DAYS[:4])

    def killed(path: Path, progress: object = None) -> str:
        if len(builds.tried) == 2:
            raise KeyboardInterrupt
        return builds.run(path, progress)

    monkeypatch.setattr(pipeline, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        elimination.run(builds.home.path)
    last = {one.part: one.outcome for one in attempts.read(builds.home)}
    assert set(last.values()) <= {"new", "deferred"}


def test_only_one_search_goes_on_at_a_time(builds: Builds) -> None:
    builds.bad = {"bad"}
    take(builds.home, OWID, "bad")
    with locked(builds.home, "refresh"), pytest.raises(BusyError):
        elimination.run(builds.home.path)
