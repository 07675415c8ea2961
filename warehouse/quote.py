"""Prove the quotes: the archived bytes, at the stated line, contain the words that a claim reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from sources import registry
from warehouse import archive
from warehouse.errors import TraceError


def prove_quotes(connection: duckdb.DuckDBPyConnection, folder: Path, source_id: str, part: str = "") -> int:
    """Look up every claim's words in the bytes it was read from: of a source, or of one day of a series.

    Returns: how many claims were looked up.
    Raises: TraceError listing claims whose words do not stand where they say; ArchiveError if bytes are gone.
    """
    found, missing = 0, []
    for (snapshot_id,) in connection.execute(
        "SELECT DISTINCT snapshot_id FROM retrieval WHERE source_id = ? AND part = ? ORDER BY ALL", [source_id, part]
    ).fetchall():
        table = registry.ADAPTERS[source_id].records(archive.load(folder, snapshot_id))
        cells = {record.line: _quoted(record.cells) for record in table.records}
        claims = connection.execute(
            "SELECT source_row, reported_text FROM claim WHERE source_id = ? AND snapshot_id = ? ORDER BY ALL",
            [source_id, snapshot_id],
        ).fetchall()
        found += len(claims)
        missing += [
            f"{source_id}, line {line}: {text!r}"
            for line, text in claims
            if not any(text in cell for cell in cells.get(line, ()))
        ]
    if missing:
        listed = "\n".join(f"  {place}" for place in missing[:10])
        raise TraceError(f"{len(missing)} claims are not in the bytes that they cite, among them:\n{listed}")
    return found


def _quoted(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells in which a claim's words may stand: the one for them in our own tables, any in a feed's."""
    stated = cells.get("reported_text")
    return (stated,) if stated else tuple(cells.values())
