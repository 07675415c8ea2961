"""`footnote refresh`: one source that fails does not stop the others, and exit codes say how it went."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import cli, pipeline, refresh, settings
from sources import registry
from warehouse import attempts
from warehouse.connect import Home
from warehouse.refresh import Refreshed

pytestmark = pytest.mark.filterwarnings("ignore")  # Dagster's own deprecations

Command = Callable[..., tuple[int, str, str]]
GPUS, NAME = "mlco2_gpus", "A100 SXM4 80 GB"


@pytest.fixture
def footnote(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        printed = capsys.readouterr()
        return int(ended.value.code or 0), " ".join(printed.out.split()), printed.err

    return run


def gpus(**changed: str) -> bytes:
    """Return the table of accelerators in the publisher's own layout, with other TDPs for some."""
    adapter = registry.ADAPTERS[GPUS]
    reading = registry.read(adapter, "baseline", registry.packaged(adapter).content)
    rows: dict[int, dict[str, str]] = {}
    columns = {"tdp": "tdp_watts", "average_power": "tdp_watts", "memory": "memory", "hardware_type": "type"}
    floating = {"fp32": "TFLOPS32", "fp16_bf16": "TFLOPS16"}
    for claim in reading.claims.to_dict("records"):
        line = int(str(claim["locator"]).split("line ")[1].split(",")[0])
        row = rows.setdefault(line, {"name": claim["subject"]})
        column = floating.get(str(claim["qualifier"])) or columns.get(str(claim["quantity"]))
        if column:
            row[column] = str(claim["reported_text"])
        if claim["citation"]:
            row["source"] = str(claim["citation"])
    out = io.StringIO()
    header = ["name", "type", "tdp_watts", "TFLOPS32", "TFLOPS16", "GFLOPS32/W", "GFLOPS16/W", "memory", "source"]
    writer = csv.DictWriter(out, header, lineterminator="\n", restval="")
    writer.writeheader()
    for line in sorted(rows):
        writer.writerow({**rows[line], "tdp_watts": changed.get(rows[line]["name"], rows[line].get("tdp_watts", ""))})
    return out.getvalue().encode()


def tdp(home: Home, name: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.release), read_only=True) as connection:
        return connection.execute(
            "SELECT value, flags FROM claim WHERE source_id = 'mlco2_gpus' AND subject = ? AND quantity = 'tdp' "
            "AND superseded_at IS NULL",
            [name],
        ).fetchall()


@pytest.mark.slow
def test_a_refresh_releases_what_is_new_and_holds_back_the_rest(
    home: Home, tmp_path: Path, publisher: Any, footnote: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    shutil.copytree(home.path, mine.path)
    option = ("--home", str(mine.path))
    revised = publisher.answer(gpus(**{NAME: "390"}), ETag='"1"')
    monkeypatch.setenv("FOOTNOTE_MLCO2_GPUS_URL", publisher.tell("/gpus.csv", revised))
    monkeypatch.setenv("FOOTNOTE_MLCO2_IMPACT_URL", publisher.tell("/impact.csv", publisher.answer(b"<html>")))
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", publisher.address + "/gone.csv?key=s3cr3t-value")

    code, out, err = footnote("refresh", GPUS, "mlco2_impact", "owid_intensity", *option)
    assert code == 3, (out, err)
    # the revised TDP, and three claims of a row that the publisher leaves short and this table does not
    for text in ("mlco2_gpus new 4 claims superseded", "mlco2_impact refused", "a web page", "Release "):
        assert text in out
    assert "owid_intensity unreachable" in out and "answer 404" in out
    assert "s3cr3t" not in out + err + (mine.path / attempts.FILE).read_text()
    assert tdp(mine, NAME) == [(390.0, None)]

    before = mine.release.stat()
    publisher.asked.clear()
    code, out, _ = footnote("refresh", GPUS, *option)
    assert (code, len(publisher.asked)) == (0, 1)
    assert "unchanged" in out and "No release was needed" in out
    assert not pipeline.run(mine.path).ran  # the packaged tables take nothing back
    assert (mine.release.stat().st_ino, mine.release.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    publisher.tell("/gpus.csv", publisher.answer(gpus(**{NAME: "4000"}), ETag='"3"'))
    code, out, _ = footnote("refresh", GPUS, *option)
    assert (code, "from 390 to 4000" in out) == (1, True)
    assert tdp(mine, NAME) == [(390.0, "stale")]
    code, out, _ = footnote("sources", "--format", "json", *option)
    shown = {row["source_id"]: row for row in json.loads(out)}
    assert (shown[GPUS]["outcome"], shown[GPUS]["finding"], shown[GPUS]["is_stale"]) == ("held_back", "held_back", True)
    assert "from 390 to 4000" in shown[GPUS]["reason"]
    assert (shown["owid_intensity"]["outcome"], shown["owid_intensity"]["finding"]) == ("unreachable", None)
    assert shown["pue"]["outcome"] is None
    assert "stale since" in footnote("sources", *option)[1]


def test_what_came_of_a_source_is_told_before_the_next_is_asked(
    home: Home, tmp_path: Path, publisher: Any, footnote: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Home(tmp_path / "home")
    shutil.copytree(home.path, mine.path)
    monkeypatch.setenv("FOOTNOTE_MLCO2_IMPACT_URL", publisher.tell("/impact.csv", publisher.answer(b"<html>")))
    monkeypatch.setenv("FOOTNOTE_OWID_INTENSITY_URL", publisher.address + "/gone.csv")
    feeds = ["mlco2_impact", "owid_intensity"]

    code, out, err = footnote("refresh", *feeds, "--home", str(mine.path))
    assert code == 1
    lines = [line for line in err.splitlines() if line.strip()]
    assert [line.partition(". ")[0] for line in lines] == ["mlco2_impact: refused", "owid_intensity: unreachable"]
    assert all(" ".join(line.partition(". ")[2].split()[:3]) in out for line in lines)

    publisher.asked.clear()
    told: list[tuple[list[str], bool]] = []

    def tell(done: Sequence[Refreshed]) -> None:
        is_next_asked = any("gone" in str(request) for request in publisher.asked)
        told.append(([one.attempt.source_id for one in done], is_next_asked))

    refresh.refresh(mine, refresh.tasks(mine, feeds), tell=tell)
    assert told == [(["mlco2_impact"], False), (["owid_intensity"], True)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pue"], "pue is not fetched: it is a table of our own, which footnote run reads"),
        (["nothing"], "no feed 'nothing'; feeds are mlco2_impact,"),
        (["--accept"], "--accept needs the source that you have looked at"),
    ],
)
def test_what_cannot_be_refreshed(footnote: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    code, _, err = footnote("refresh", *arguments, "--home", str(tmp_path))
    assert code == 1
    assert message in " ".join(err.split())


def test_addresses_and_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_FEED_URL", raising=False)
    assert settings.feed_address("feed", "https://a.example/a.csv") == "https://a.example/a.csv"
    monkeypatch.setenv("FOOTNOTE_FEED_URL", "file:///tmp/a.csv")
    assert settings.feed_address("feed", "https://a.example/a.csv") == "file:///tmp/a.csv"
    monkeypatch.setenv("SOME_API_KEY", "value-of-a-key")
    hidden = settings.secrets("https://me:word@a.example/?token=value-of-a-token")
    assert {"value-of-a-key", "value-of-a-token", "me", "word"} <= set(hidden)
