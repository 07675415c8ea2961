"""Releases follow each other: what moved and why, what was current when, what is kept, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from warehouse import history, in_time, lineage, moves, packing, release, revisions
from warehouse.connect import Home, reader
from warehouse.derive import build, complete_all
from warehouse.errors import NotFoundError, TraceError, WarehouseError
from warehouse.read import Release
from warehouse.relations import Completed
from warehouse.restore import restore
from warehouse.sqlmodel import SQL_FOLDER, read_models
from warehouse.stages import deriving

#: The table that these tests derive; its own SQL is edited too.
TABLE, BRANCH = "run_energy", "accelerator_at_tdp"
NUMBERS = "SELECT table_name, row_id, column_name, value, low, high FROM number ORDER BY ALL"


def needed(models: Mapping[str, Completed]) -> dict[str, Completed]:
    """Return the table of these tests with all that it is derived from."""
    wanted = {TABLE}
    for name in reversed(models):
        wanted |= models[name].model.reads if name in wanted else set()
    return {name: done for name, done in models.items() if name in wanted}


def put_out(ledger: Any, home: Home, models: Mapping[str, Completed], code: str = "code one") -> release.Released:
    """Derive the tables anew and release them; the fingerprint is made of the claims and the code."""
    for done in models.values():
        build(ledger.connection, done)
    lineage.publish(ledger.connection, models)
    claims = ledger.rows("SELECT string_agg(claim_id, ' ' ORDER BY claim_id) FROM claim WHERE superseded_at IS NULL")
    return release.release(ledger.connection, home, models, code, f"{code} {claims}", 1)


def supersede(ledger: Any, old: int, watts: float, when: datetime) -> int:
    """Replace a claim of a power by another of the same series."""
    ledger.connection.execute("UPDATE claim SET superseded_at = ? WHERE claim_id = ?", [when, old])
    return int(
        ledger.state(
            "accelerator", "gpu-a", "tdp", watts, reported_text=f"{watts} W", first_seen_at=when, source_row=74,
            claim_id=1_000_000 + ledger.claims, series_id=old, snapshot_id="two", basis="datasheet",
        )
    )  # fmt: skip


def edited(folder: Path) -> dict[str, Completed]:
    """Return the models with another formula for the energy at TDP: twice the power."""
    shutil.copytree(SQL_FOLDER, folder)
    file = folder / TABLE / f"{BRANCH}.sql"
    before = file.read_text()
    formula = "* accelerator.tdp_w)"
    assert before.count(formula) == 1
    file.write_text(before.replace(formula, "* (accelerator.tdp_w + accelerator.tdp_w))"))
    return needed(complete_all(read_models(folder)))


def elsewhere(home: Home, other: Home, models: Mapping[str, Completed]) -> release.Released:
    """Release in another home what the current release of a home was made of; that home has no past."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home.release}' AS made (READ_ONLY)")
        connection.execute("COPY FROM DATABASE made TO memory")
        for table in ("release", "release_table", *revisions.TABLES):
            connection.execute(f"DELETE FROM {table}")
        return release.release(connection, other, models, "code one", "elsewhere", 1)


@pytest.fixture(scope="module")
def story(ledger: Any, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Tell the story of one home: a first release, a changed claim, a changed formula."""
    home, other = (Home(tmp_path_factory.mktemp(name)) for name in ("one", "two"))
    ledger.world()
    for gpu in ("gpu-a", "gpu-b"):
        ledger.accelerator(gpu)
        ledger.run(f"on-{gpu}", accelerator=gpu, accelerator_hours=1_000)
    power = ledger.state("accelerator", "gpu-a", "tdp", 400, reported_text="400 W", basis="datasheet", source_row=74)
    ledger.state("accelerator", "gpu-b", "tdp", 300, basis="datasheet")
    models = needed(deriving.completed())
    made = [put_out(ledger, home, models)]
    figures = [ledger.rows(NUMBERS)]
    supersede(ledger, power, 500, datetime(2026, 2, 1))
    made.append(put_out(ledger, home, models))
    figures.append(ledger.rows(NUMBERS))
    separate = elsewhere(home, other, models)
    rewritten = edited(tmp_path_factory.mktemp("sql") / "sql")
    made.append(put_out(ledger, home, rewritten))
    return SimpleNamespace(
        home=home, other=other, made=made, figures=figures, separate=separate, rewritten=rewritten, ledger=ledger
    )


def moved(home: Home, released: release.Released) -> list[dict[str, Any]]:
    """Return what the current release lists of one release."""
    with reader(home) as connection:
        rows = moves.revisions(Release(connection), "2020-01-01").records()
    return [row for row in rows if row["release_id"] == released.release_id]


def test_a_changed_claim_moves_exactly_what_depends_on_it(story: SimpleNamespace) -> None:
    rows = moved(story.home, story.made[1])
    assert {row["cause_kind"] for row in rows} == {"claim"}
    assert {row["cause"] for row in rows} == {"feed line 74: '400 W' → '500 W'"}
    before, after = ({line[:3]: line[3:] for line in figures} for figures in story.figures)
    told = {
        (row["table_name"], row["row_id"], row["column_name"]): tuple(
            tuple(row[f"{when}{end}"] for end in ("", "_low", "_high")) for when in ("before", "after")
        )
        for row in rows
    }
    assert told == {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    # 1,000 h x 400 W = 400 kWh, with 500 W 500 kWh
    assert [(row["subject"], row["before"], row["after"]) for row in rows if row["subject"].endswith("r_power")] == [
        ("on-gpu-a / accelerator_power", 400.0, 500.0)
    ]
    assert {row["subject"].partition(" / ")[0] for row in rows} == {"on-gpu-a", "gpu-a"}


def test_the_cause_leads_to_both_claims(story: SimpleNamespace) -> None:
    with reader(story.home) as connection:
        rows = connection.execute("""
            SELECT old.value, new.value, cause.old_text, cause.new_text, cause.source_id, cause.new_row,
                cause.old_snapshot_id, cause.new_snapshot_id
            FROM revision_cause AS cause
            JOIN claim AS old ON old.claim_id = cause.old_claim_id
            JOIN claim AS new ON new.claim_id = cause.new_claim_id""").fetchall()
    assert rows == [(400.0, 500.0, "400 W", "500 W", "feed", 74, "one", "two")]


def test_a_changed_formula_is_named_as_the_cause(story: SimpleNamespace) -> None:
    rows = moved(story.home, story.made[2])
    assert {(row["table_name"], row["cause_kind"], row["cause"]) for row in rows} == {(TABLE, "sql", f"SQL of {TABLE}")}
    assert {(row["subject"], row["before"], row["after"]) for row in rows if row["column_name"] == "it_energy_kwh"} == {
        ("on-gpu-a / accelerator_power", 500.0, 1000.0),
        ("on-gpu-b / accelerator_power", 300.0, 600.0),
    }


def test_two_homes_with_different_pasts_have_the_same_id(story: SimpleNamespace) -> None:
    assert story.separate.release_id == story.made[1].release_id
    with duckdb.connect(str(story.other.release), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM revision").fetchall() == [(0,)]


def at(story: SimpleNamespace, place: int) -> datetime:
    """Return when a release of the story was made."""
    events = history.events(story.home.release)
    return next(event.at for event in events if event.release_id == story.made[place].release_id)


@pytest.mark.parametrize("place", [0, 1])
def test_as_of_a_time_is_what_was_released_then(story: SimpleNamespace, place: int) -> None:
    for when in (at(story, place), at(story, place + 1) - timedelta(microseconds=1)):
        with reader(Home(story.home.path, when)) as connection:
            assert connection.execute(NUMBERS).fetchall() == story.figures[place]
            latest = connection.execute("SELECT max_by(release_id, released_at) FROM release").fetchall()
            assert latest == [(story.made[place].release_id,)]


def test_before_the_first_release_nothing_was_known(story: SimpleNamespace) -> None:
    with pytest.raises(NotFoundError, match="no release at 2020-01-01 23:59:59; the first is of"):
        in_time.current_at(story.home.release, in_time.moment("2020-01-01"))
    with pytest.raises(WarehouseError, match="lies in the future"):
        in_time.moment((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    with pytest.raises(WarehouseError, match="'yesterday' is no date; write 2026-01-31"):
        in_time.moment("yesterday")


def test_what_is_no_longer_kept_is_said_with_the_times_that_are(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    first, *_ = history.events(copy.release)
    packing.packed(copy.releases)[first.key].unlink()
    with (
        pytest.raises(NotFoundError, match=f"{first.release_id}, is no longer kept; times that can be had: .* to now"),
        reader(Home(copy.path, first.at)),
    ):
        pass
    assert [bool(row["file"]) for row in packing.listing(copy.release, copy.releases)] == [True, True, False]
    with pytest.raises(NotFoundError, match=r"no longer kept\. Its content can be built again"):
        restore(copy, first.release_id)


def test_claims_as_of_are_those_that_stood_then(story: SimpleNamespace) -> None:
    with reader(story.home) as connection:
        ask = "SELECT value FROM claims_as_of(?) WHERE subject_id = 'gpu-a' AND quantity = 'tdp'"
        found = [connection.execute(ask, [day]).fetchall() for day in ("2025-12-31", "2026-01-31", "2026-02-01")]
    assert found == [[], [(400.0,)], [(500.0,)]]


def test_an_earlier_release_is_put_back_and_stays_until_something_new(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    released = history.events(copy.release)
    event = restore(copy, story.made[0].release_id[:6])
    assert (event.event, event.release_id) == ("restored", story.made[0].release_id)
    with reader(copy) as connection:
        assert connection.execute(NUMBERS).fetchall() == story.figures[0]
    assert copy.release.read_bytes() == (copy.releases / f"{event.release_id}.duckdb").read_bytes()
    # what was built last is built again: nothing new, so what was put back stays
    unchanged = put_out(story.ledger, copy, story.rewritten)
    assert (unchanged.is_new, history.events(copy.release)[-1]) == (False, event)
    with reader(Home(copy.path, released[-1].at)) as connection:
        assert connection.execute("SELECT count(*) FROM release").fetchall() == [(3,)]
    # other code is something new; what it is compared with is what was current
    fresh = put_out(story.ledger, copy, story.rewritten, "code two")
    assert (fresh.is_new, fresh.release_id) == (True, story.made[2].release_id)
    with reader(copy) as connection:
        parents = "SELECT DISTINCT parent_id FROM revision_summary WHERE released_at > ?"
        assert connection.execute(parents, [event.at]).fetchall() == [(story.made[0].release_id,)]
    assert restore(copy, story.made[1].release_id).release_id == story.made[1].release_id
    assert [entry.event for entry in history.events(copy.release)] == [
        *["released"] * 3,
        "restored",
        "released",
        "restored",
    ]
    with pytest.raises(NotFoundError, match=f"unknown release .*nearest: {story.made[1].release_id}"):
        restore(copy, story.made[1].release_id[:-1] + "z")


def test_what_is_not_what_was_released_is_not_restored(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    first = history.events(copy.release)[0]
    kept = packing.packed(copy.releases)[first.key]
    forged = tmp_path / "forged.duckdb"
    packing.unpack(kept, forged)
    with duckdb.connect(str(forged)) as connection:
        connection.execute("UPDATE run_energy SET it_energy_kwh = 1 WHERE method = 'accelerator_power'")
    kept.unlink()
    packing.pack(forged, copy.releases)
    before = copy.release.read_bytes()
    with pytest.raises(TraceError, match="not what was released: run_energy; it was not restored"):
        restore(copy, first.release_id)
    kept.write_bytes(kept.read_bytes()[:-2000])
    with pytest.raises(WarehouseError, match="cannot be unpacked"):
        restore(copy, first.release_id)
    assert copy.release.read_bytes() == before
    assert list(copy.path.rglob("*.draft")) == []


def test_changed_code_alone_is_a_cause(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    connection = story.ledger.connection
    build(connection, story.rewritten[TABLE])
    for end in ("", "_low", "_high"):
        connection.execute(f"UPDATE run_energy SET it_energy_kwh{end} = 3 * it_energy_kwh{end}")
    made = release.release(connection, copy, story.rewritten, "code three", "other", 1)
    rows = moved(copy, made)
    assert {(row["column_name"], row["cause_kind"], row["cause"]) for row in rows} == {
        ("it_energy_kwh", "code", "code code one → code thr")
    }
    assert {round(row["change_percent"], 9) for row in rows} == {200.0}


def test_a_clock_put_back_does_not_turn_history_round(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    events = history.events(copy.release)
    assert history.next_moment(events, datetime(2020, 1, 1)) == events[-1].at + timedelta(microseconds=1)
    assert history.next_moment(events, events[-1].at) > events[-1].at
    assert history.next_moment(events, datetime(2200, 1, 1)) == datetime(2200, 1, 1)


def test_half_a_line_in_the_log_is_passed_over(story: SimpleNamespace, tmp_path: Path) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    events = history.events(copy.release)
    log = history.log_of(copy.release)
    whole = log.read_text()
    log.write_text(whole[: whole.rindex(events[-1].release_id)])
    assert history.events(copy.release)[:-1] == events[:-1]
    assert history.events(copy.release)[-1].key == events[-1].key
    restore(copy, events[0].release_id)
    assert [event.key for event in history.events(copy.release)] == [*(event.key for event in events), events[0].key]


def test_the_last_ten_and_the_newest_of_each_month_are_kept() -> None:
    days = [datetime(2026, 1, 1) + timedelta(days=3 * step) for step in range(40)]  # to 28 April
    keys = [(f"{place:016x}", day) for place, day in enumerate(days)]
    dropped = {day for _, day in packing.to_drop(keys)}
    kept = [day for day in days if day not in dropped]
    assert kept[-9:] == days[-9:]  # the tenth is the current release
    assert kept[:-9] == [datetime(2026, 1, 31), datetime(2026, 2, 27), datetime(2026, 3, 29)]


def test_a_kept_release_takes_a_fraction_of_the_current_one(story: SimpleNamespace) -> None:
    rows = packing.listing(story.home.release, story.home.releases)
    assert [row["is_current"] for row in rows] == [True, False, False]
    assert all(4 * row["bytes"] < rows[0]["bytes"] for row in rows[1:])
    assert [path.name for path in story.home.releases.glob("*.duckdb")] == [f"{story.made[2].release_id}.duckdb"]


def test_all_that_moved_is_counted_and_up_to_a_limit_listed(
    story: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Home(tmp_path / "copy")
    shutil.copytree(story.home.path, copy.path)
    monkeypatch.setattr(revisions, "LISTED", 1)
    story.ledger.connection.execute("UPDATE run_energy SET it_energy_kwh_high = 9 * it_energy_kwh_high")
    made = release.release(story.ledger.connection, copy, story.rewritten, "code four", "wider", 1)
    with reader(copy) as connection:
        counts = connection.execute(
            "SELECT table_name, changed, listed FROM revision_summary WHERE release_id = ?", [made.release_id]
        ).fetchall()
    assert [(name, listed) for name, changed, listed in counts if changed > 2] == [(TABLE, 1)]
    assert len(moved(copy, made)) == 1
