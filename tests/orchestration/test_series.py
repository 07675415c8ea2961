"""Series over `footnote refresh`: days asked for, tokens that stay secret, a publisher that does not answer."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dagster import DagsterInstance

from orchestration import cli, refresh, schedules, settings
from orchestration.definitions import definitions
from sources import fetch, gb_carbon_intensity
from warehouse import attempts
from warehouse.connect import Home
from warehouse.errors import NotFoundError, WarehouseError

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations

GB, MAPS = "gb_carbon_intensity", "electricity_maps"
TOKEN = "a-token-of-the-user"


@pytest.fixture(autouse=True)
def two_figures_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the publisher's half-hours be half-days."""
    monkeypatch.setattr(gb_carbon_intensity, "HALF_HOUR", timedelta(hours=12))


@pytest.fixture
def with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_TOKEN", TOKEN)
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_ZONES", "DE, US-CAL-CISO")


def hours(zone: str, day: str) -> bytes:
    stated = [
        {"zone": zone, "carbonIntensity": 300 + hour, "datetime": f"{day}T{hour:02}:00:00.000Z",
         "emissionFactorType": "lifecycle", "isEstimated": False}
        for hour in range(24)
    ]  # fmt: skip
    return json.dumps({"zone": zone, "data": stated}).encode()


def test_each_day_is_a_task_of_its_own(tmp_path: Path) -> None:
    tasks = refresh.tasks(Home(tmp_path), [GB], days=(date(2024, 2, 28), date(2024, 3, 1)))
    start = "https://api.carbonintensity.org.uk/{file}/2024-02-28T00:01Z/2024-02-28T23:59Z"
    assert [task.part for task in tasks] == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert tasks[0].address == start
    assert tasks[0].terms.is_json
    assert tasks[0].terms.needs_all


@pytest.mark.parametrize(
    ("asked", "day", "message"),
    [
        (["owid_intensity"], date(2024, 3, 1), "owid_intensity is one table for all times; days can be asked of"),
        ([], date(2024, 3, 1), "--from and --until need a source"),
        ([MAPS], None, "electricity_maps needs a token: set FOOTNOTE_ELECTRICITY_MAPS_TOKEN"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, asked: list[str], day: date | None, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        refresh.tasks(Home(tmp_path), asked, days=(day, day))


def test_without_its_token_a_feed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAPS not in refresh.feeds()
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_TOKEN", TOKEN)
    assert MAPS in refresh.feeds()


@pytest.mark.parametrize(
    ("zones", "message"), [("", "is not set; name the zones"), ("DE,../x", "found '../x', expected names of zones")]
)
def test_zones_must_be_named(zones: str, message: str, with_token: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_ZONES", zones)
    with pytest.raises(WarehouseError, match=message):
        settings.feed_zones(MAPS)


def test_a_token_is_sent_to_the_publisher_and_kept_nowhere(
    tmp_path: Path, publisher: Any, with_token: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_URL", publisher.address + "/{file}/{day}?until={next_day}")
    for zone in ("DE", "US-CAL-CISO"):
        publisher.tell(f"/{zone}/2024-03-01", publisher.answer(hours(zone, "2024-03-01"), kind="application/json"))
    day = date(2024, 3, 1)
    tasks = refresh.tasks(home, [MAPS], days=(day, day))
    monkeypatch.setattr(refresh, "_built", lambda home, done, progress: refresh.Outcome(tuple(done), None))
    (done,) = refresh.refresh(home, tasks).done
    assert done.attempt.outcome == "new"
    sent = [{name.lower(): value for name, value in headers.items()} for _, headers in publisher.asked]
    assert [path for path, _ in publisher.asked] == ["/DE/2024-03-01", "/US-CAL-CISO/2024-03-01"]
    assert [headers["auth-token"] for headers in sent] == [TOKEN, TOKEN]
    assert TOKEN not in repr(tasks)
    kept = [path.read_bytes() for path in home.path.rglob("*") if path.is_file()]
    assert len(kept) >= 2
    assert not any(TOKEN.encode() in content for content in kept)


def test_a_token_does_not_follow_a_redirect(
    tmp_path: Path, publisher: Any, with_token: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to a host that may answer, if it is another one."""
    onward = publisher.address.replace("127.0.0.1", "localhost") + "/elsewhere"
    for zone in ("DE", "US-CAL-CISO"):
        publisher.tell(f"/{zone}/2024-03-01", publisher.answer(b"", status=302, Location=onward))
    publisher.tell("/elsewhere", publisher.answer(hours("DE", "2024-03-01"), kind="application/json"))
    monkeypatch.setenv("FOOTNOTE_ELECTRICITY_MAPS_URL", publisher.address + "/{file}/{day}")
    monkeypatch.setattr(fetch, "is_allowed", lambda *_: True)
    (task,) = refresh.tasks(Home(tmp_path), [MAPS], days=(date(2024, 3, 1), date(2024, 3, 1)))
    refresh.refresh_one(Home(tmp_path), task, fetch.Fetcher(fetch.Policy(attempts=1)), refresh.utc_now())
    sent = {path: {name.lower() for name in headers} for path, headers in publisher.asked}
    assert "auth-token" in sent["/DE/2024-03-01"]
    assert "auth-token" not in sent.get("/elsewhere", set())


def test_a_publisher_that_does_not_answer_is_asked_for_one_day_only(
    tmp_path: Path, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    monkeypatch.setenv("FOOTNOTE_GB_CARBON_INTENSITY_URL", publisher.address + "/{file}/{day}")
    monkeypatch.setattr(refresh, "_built", lambda home, done, progress: refresh.Outcome(tuple(done), None))
    outcome = refresh.refresh(home, refresh.tasks(home, [GB]))
    assert [one.attempt.outcome for one in outcome.done] == ["unreachable"]
    assert outcome.failed == (GB,)
    assert len(attempts.read(home)) == 1


def test_dagster_loads_all_jobs_beside_each_other(tmp_path: Path) -> None:
    repository = definitions(tmp_path).get_repository_def()
    repository.load_all_definitions()
    assert {"build", "refresh", "backfill_gb_carbon_intensity"} <= set(repository.job_names)


def test_days_can_be_filled_in_from_dagster(tmp_path: Path) -> None:
    (job,) = schedules.backfill_jobs(tmp_path)
    assert job.name == "backfill_gb_carbon_intensity"
    with DagsterInstance.ephemeral() as instance:
        keys = job.partitions_def.get_partition_keys(dynamic_partitions_store=instance)  # type: ignore[union-attr]
    assert keys[0] == "2018-05-11"
    config = job.partitioned_config.get_run_config_for_partition_key("2024-03-01")  # type: ignore[union-attr]
    assert config == schedules.config_of([GB], "2024-03-01")


def test_the_command_asks_for_days_and_shows_what_is_held(
    home: Home, tmp_path: Path, publisher: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    mine.path.mkdir()
    shutil.copy(home.release, mine.release)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("FOOTNOTE_GB_CARBON_INTENSITY_URL", publisher.address + "/{file}/{day}")
    monkeypatch.setattr(refresh, "_built", lambda home, done, progress: refresh.Outcome(tuple(done), None))
    for day in ("2024-03-01", "2024-03-02"):
        start = {"from": f"{day}T00:00Z", "to": f"{day}T12:00Z", "intensity": {"actual": 100}}
        stated = json.dumps({"data": [start]}).encode()
        publisher.tell(f"/intensity/{day}", publisher.answer(stated, kind="application/json"))
        publisher.tell(f"/regional/intensity/{day}", publisher.answer(b'{"data": []}', kind="application/json"))

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--home", str(mine.path)])
        return int(ended.value.code or 0), " ".join(capsys.readouterr().out.split())

    code, printed = run("refresh", GB, "--from", "2024-03-01", "--until", "2024-03-02")
    assert code == 0
    assert "gb_carbon_intensity new 2 days, 2024-03-01 to 2024-03-02; on the last: 1 claims added" in printed
    shown = run("sources")[1]
    assert shown.count("nothing read yet: footnote refresh") == 2
    token = "FOOTNOTE_ELECTRICITY_MAPS_TOKEN"
    assert f"first set {token}" in shown
    monkeypatch.setenv(token, "secret")
    for day in ("2026-01-01", "2026-01-02"):
        at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        failed = attempts.Attempt("electricity_maps", at, "unreachable", "it answers 401", "a", "http", "", "", "", day)
        attempts.append(mine, failed)
    shown = run("sources")[1]
    assert f"first set {token}" not in shown
    assert "last attempt 2026-01-02: unreachable" in shown
    assert "since 2026-01-01: it answers 401" in shown


@pytest.mark.parametrize("address", ["http://[::1/{file}/{day}?key=topsecret", "http://me:topsecret@a\u2100b/{day}"])
def test_what_is_no_address_is_one_line_that_does_not_show_it(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("FOOTNOTE_GB_CARBON_INTENSITY_URL", address)
    with pytest.raises(WarehouseError, match="FOOTNOTE_GB_CARBON_INTENSITY_URL is no address") as raised:
        settings.feed_address("gb_carbon_intensity", "https://example.org")
    assert "topsecret" not in str(raised.value)
