"""The archived bytes, at the stated line, contain the claim's words; if they do not, it is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from warehouse import archive, quote
from warehouse.connect import Home
from warehouse.errors import ArchiveError, TraceError

ROW = "model_id = 'gpt-4' AND method = 'server_power'"


def prove_all(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    parts = connection.execute("SELECT source_id, part FROM part_state ORDER BY ALL").fetchall()
    return sum(quote.prove_quotes(connection, folder, *part) for part in parts)


def test_every_quote_stands_where_its_claim_says(home: Home, tables: duckdb.DuckDBPyConnection) -> None:
    assert prove_all(tables, home.archive) == tables.execute("SELECT count(*) FROM claim").fetchall()[0][0]


@pytest.mark.parametrize("change", ["reported_text = '6.6 kW max'", "source_row = source_row - 1"])
def test_a_claim_that_is_not_in_its_bytes_is_named(home: Home, damaged: duckdb.DuckDBPyConnection, change: str) -> None:
    damaged.execute(f"""UPDATE claim SET {change}
        WHERE claim_id = (SELECT server_power_w_claim_id FROM estimates WHERE {ROW})""")
    with pytest.raises(
        TraceError, match=r"1 claims are not in the bytes that they cite.*\n  hardware, line \d+: '6\.\d kW"
    ):
        prove_all(damaged, home.archive)


def test_a_changed_byte_of_the_archive_is_noticed(
    home: Home, tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    shutil.copytree(home.archive, tmp_path / "archive")
    ((snapshot_id,),) = tables.execute("SELECT snapshot_id FROM snapshot WHERE source_id = 'pue'").fetchall()
    path = archive.path_of(tmp_path / "archive", snapshot_id)
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=f"{snapshot_id}: its bytes hash to"):
        prove_all(tables, tmp_path / "archive")
