"""A release is one file that needs nothing of ours, and is put in place at once, under readers that do not notice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sources import registry
from warehouse import release
from warehouse.connect import Home, writer
from warehouse.current import is_whole, recover
from warehouse.errors import AlteredError
from warehouse.stages.deriving import completed

ASK = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    rows = connection.execute('''
        SELECT role, low, high, reported_text, reference_title FROM trace('gpt-4', 'emissions_tco2e',
            region := 'azure/westus', method := 'server_power') ORDER BY depth''').fetchall()
print(json.dumps({"rows": rows, "ours": sorted({"warehouse", "sources", "sqlglot"} & set(sys.modules))}))
"""

#: Holds a release open; answers with its id whenever it is asked, at last from a fresh connection.
HOLD = """
import duckdb, sys
odd = "(SELECT count(*) FROM entity WHERE name = 'odd')"
ask = f"SELECT first(release_id ORDER BY released_at DESC), {odd} FROM release"
held = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    if line.strip() == "fresh":
        held.close()
        held = duckdb.connect(sys.argv[1], read_only=True)
    print(*held.execute(ask).fetchall()[0], flush=True)
"""


@pytest.fixture
def copy(home: Home, tmp_path: Path) -> Home:
    copied = Home(tmp_path)
    copied.work.parent.mkdir()
    shutil.copy(home.work, copied.work)
    shutil.copy(home.release, copied.release)
    return copied


@pytest.fixture
def working(copy: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with writer(copy) as connection:
        yield connection


def current(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Return id and fingerprint of the latest release."""
    rows = connection.execute("SELECT release_id, fingerprint FROM release ORDER BY released_at DESC").fetchall()
    return rows[0][0], rows[0][1]


def test_plain_duckdb_traces_a_number(home: Home, tmp_path: Path) -> None:
    lone = tmp_path / "one_file.duckdb"
    shutil.copy(home.release, lone)
    made = subprocess.run([sys.executable, "-I", "-c", ASK, str(lone)], capture_output=True, text=True, check=True)
    answer = json.loads(made.stdout)
    assert answer["ours"] == []
    role, low, high, _, _ = answer["rows"][0]
    assert role == "emissions_tco2e"
    assert (low, high) == pytest.approx((12_456.4635, 13_840.515), rel=1e-14)
    quotes = {text: title for _, _, _, text, title in answer["rows"] if text}
    assert set(quotes) == {
        "~25,000 A100s",
        "восемь ускорителей вычислений A100",
        "6.5 kW max",
        "90-100 days",
        "1.18",
        "240.6",
    }
    assert all(quotes.values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one_file.duckdb"]


def test_no_log_lies_beside_a_release_and_both_names_hold_the_same_bytes(home: Home) -> None:
    with duckdb.connect(str(home.release), read_only=True) as connection:
        release_id, _ = current(connection)
    assert [path.name for path in home.releases.iterdir()] == [f"{release_id}.duckdb"]
    assert not list(home.path.glob("footnote.duckdb?*"))
    assert not list(home.path.glob("*.next"))
    assert home.release.read_bytes() == (home.releases / f"{release_id}.duckdb").read_bytes()


def test_equal_content_has_the_same_id_and_is_not_released_again(
    copy: Home, working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    release_id, fingerprint = current(working)
    again = release.release(working, copy, completed(), "code", fingerprint, 1)
    assert (again.release_id, again.is_new) == (release_id, False)
    elsewhere = release.release(working, Home(tmp_path / "elsewhere"), completed(), "code", fingerprint, 1)
    assert (elsewhere.release_id, elsewhere.is_new) == (release_id, True)


def test_a_reader_keeps_its_release_while_another_is_put(copy: Home, working: duckdb.DuckDBPyConnection) -> None:
    first, fingerprint = current(working)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(copy.release)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def ask(question: str) -> str:
            assert reader.stdin is not None
            assert reader.stdout is not None
            reader.stdin.write(f"{question}\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        assert ask("held") == f"{first} 0"
        working.execute("UPDATE entity SET name = 'odd' WHERE kind = 'model' AND entity_id = 'gpt-4'")
        second = release.release(working, copy, completed(), "code", fingerprint, 1)
        assert second.is_new
        assert second.release_id != first
        assert ask("held") == f"{first} 0"
        assert ask("fresh") == f"{second.release_id} 1"
        reader.stdin.close()
    assert working.execute(
        "SELECT previous_release_id FROM release WHERE release_id = ?", [second.release_id]
    ).fetchall() == [(first,)]
    assert not list(copy.path.rglob("*.draft"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE estimates SET energy_kwh = energy_kwh * 1.01 WHERE model_id = 'gpt-4'",
        "UPDATE claim SET flags = 'odd' WHERE source_row = 5 AND source_id = 'pue'",
        "DELETE FROM comparisons WHERE comparison_id = (SELECT min(comparison_id) FROM comparisons)",
        "INSERT INTO equivalences FROM equivalences LIMIT 1",
    ],
)
def test_what_was_changed_since_it_was_proved_is_not_released(
    copy: Home, working: duckdb.DuckDBPyConnection, change: str
) -> None:
    before = copy.release.read_bytes()
    working.execute(change)
    with pytest.raises(AlteredError):
        release.release(working, copy, completed(), "other code", "another build", 1)
    assert copy.release.read_bytes() == before
    assert not list(copy.path.rglob("*.draft"))


def test_tables_and_numbers_say_what_they_are(tables: duckdb.DuckDBPyConnection) -> None:
    silent = tables.execute(
        "SELECT table_name FROM duckdb_tables() SEMI JOIN sql_model USING (table_name) WHERE comment IS NULL"
    ).fetchall()
    assert silent == []
    comments = dict(
        tables.execute(
            "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        ).fetchall()
    )
    assert comments["servers.server_power_w"] == "[W] claimed"
    assert "it_energy_kwh * pue" in comments["estimates.energy_kwh"]
    assert comments["estimates.energy_kwh"].startswith("[kWh] ")
    assert comments["equivalences.american_years"] == "[1] emissions_tco2e / american_emissions_tco2e"
    for name, done in completed().items():
        for branch in done.branches:
            assert [o.name for o in branch.outputs if f"{name}.{o.name}" not in comments] == []


def test_a_release_says_what_it_was_made_of(tables: duckdb.DuckDBPyConnection) -> None:
    ((code, fingerprint, numbers),) = tables.execute(
        "SELECT code_version, fingerprint, numbers FROM release"
    ).fetchall()
    assert len(code) == len(fingerprint) == 64
    assert numbers > 300_000
    hashed = {row[0] for row in tables.execute("SELECT table_name FROM release_table").fetchall()}
    assert hashed >= {"claim", "reference", "estimates", "estimates_by_region", "comparisons", "claim_audit"}
    archived = tables.execute("SELECT count(DISTINCT snapshot_id) FROM snapshot").fetchall()
    assert archived == [(sum(one.packaged is not None for one in registry.ADAPTERS.values()),)]


def test_a_folder_of_releases_that_is_gone_is_made_again(home: Home, tmp_path: Path) -> None:
    copy = Home(tmp_path)
    shutil.copytree(home.path, copy.path, dirs_exist_ok=True)
    shutil.rmtree(copy.releases)
    recover(copy)
    (kept,) = copy.releases.glob("*.duckdb")
    assert kept.read_bytes() == copy.release.read_bytes()
    assert is_whole(copy)
