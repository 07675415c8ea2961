"""From sources to claims: names, archived bytes, claims, and what is settled where all sources meet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC
from functools import partial

import duckdb

from sources import corrections, registry
from sources.model import Adapter, Payload, Reading
from warehouse import archive, attempts, errata, findings, load, own, vocabulary
from warehouse.connect import Home
from warehouse.layout import transaction
from warehouse.quote import prove_quotes
from warehouse.settle import settle
from warehouse.steps import Outcome, contents, digest, done_anew, files, is_done, step


def names(connection: duckdb.DuckDBPyConnection) -> Outcome:
    """Load the tables of names: sources, quantities, references, entities, aliases, citations."""
    code = files(
        "sources/references.bib", "sources/registry.py", "warehouse/vocabulary.csv", "sources/bibliography.py",
        *(f"sources/curated/{name}.csv" for name in ("entities", "aliases", "citations", "combinations")),
        *(f"sources/{source_id}.py" for source_id in registry.ADAPTERS),
    )  # fmt: skip

    def make() -> None:
        declared = [
            vars(adapter.source)
            | {"stale_after": adapter.source.stale_after.days, "defines": ";".join(adapter.source.defines)}
            for adapter in registry.ADAPTERS.values()
        ]
        sources = [[*source.values()] for source in declared]
        # Claims are loaded anew: what they cite and define goes with these.
        for table in ("source", "quantity", "reference", "entity", "alias", "citation", "combination", "part_state"):
            connection.execute(f"DELETE FROM {table}")
        connection.executemany(f"INSERT INTO source VALUES ({', '.join('?' * 11)})", sources)
        entity_columns = "kind, entity_id, name, nullif(part_of, ''), nullif(country, '')"
        for table, frame, columns in (
            ("quantity", vocabulary.table(), "name, kind, unit, plausible_low, plausible_high, meaning"),
            ("reference", registry.references(), "*, true, true"),
            ("entity", registry.names("entities"), f"{entity_columns}, true"),
            ("alias", registry.names("aliases"), "kind, alias, entity_id, source_id"),
            ("citation", registry.names("citations"), "citation, reference_id, reason"),
            ("combination", registry.names("combinations"), "accelerator_id, member_id"),
        ):
            connection.register("name_frame", frame)
            connection.execute(f"INSERT INTO {table} SELECT {columns} FROM name_frame")
            connection.unregister("name_frame")

    return step(connection, "names", digest(code), make)


def snapshots(connection: duckdb.DuckDBPyConnection, home: Home) -> dict[str, Outcome]:
    """Register the bytes of every source."""
    with transaction(connection):
        return {source_id: snapshot(connection, home, adapter) for source_id, adapter in registry.ADAPTERS.items()}


def snapshot(connection: duckdb.DuckDBPyConnection, home: Home, adapter: Adapter) -> Outcome:
    """Register the bundled table of a source, or the home's own one of the user's runs, and what was fetched since."""
    payload = own.payload(home) if adapter is own.ADAPTER else registry.packaged(adapter)
    version = hashlib.sha256(files(f"sources/{adapter.source.source_id}.py")[0]).hexdigest()[:12]
    is_new = False
    if payload is not None:
        about = registry.preamble(adapter, payload.content)
        payload = load.after_former(connection, adapter.source.source_id, payload)
        _, is_new = load.keep_snapshot(connection, home.archive, adapter, payload, version, about)
    is_other = _fetched(connection, home, adapter, version)
    size = connection.execute(
        "SELECT coalesce(sum(byte_count), 0) FROM snapshot WHERE source_id = ?", [adapter.source.source_id]
    ).fetchall()
    return Outcome(is_new or is_other, int(size[0][0]))


def _fetched(connection: duckdb.DuckDBPyConnection, home: Home, adapter: Adapter, version: str) -> bool:
    """Register the fetched snapshots that are in use, and forget those that were taken back before any release.

    Returns: whether there were any of either.
    """
    source_id = adapter.source.source_id
    mine = attempts.of_source(attempts.read(home), source_id)
    is_other = False
    for back in attempts.taken_back(mine):
        where = "WHERE source_id = ? AND part = ? AND snapshot_id = ? AND retrieved_at = ? RETURNING 1"
        row = [source_id, back.part, back.snapshot_id, back.attempted_at.replace(tzinfo=None)]
        for table in ("snapshot_return", "snapshot"):
            is_other |= bool(connection.execute(f"DELETE FROM {table} {where}", row).fetchall())
    known = {
        (part, snapshot_id, retrieved_at.replace(tzinfo=UTC))
        for part, snapshot_id, retrieved_at in connection.execute(
            "SELECT part, snapshot_id, retrieved_at FROM retrieval WHERE source_id = ?", [source_id]
        ).fetchall()
    }
    for one in attempts.in_use(mine):
        content = archive.load(home.archive, one.snapshot_id)  # verified, known or not
        if (one.part, one.snapshot_id, one.attempted_at) in known:
            continue
        said = (one.etag or None, one.last_modified or None)
        payload = Payload(content, one.origin, one.address, one.attempted_at, *said, part=one.part)
        is_other |= load.keep_snapshot(connection, home.archive, adapter, payload, version, {})[1]
    return is_other


def refreshed(connection: duckdb.DuckDBPyConnection, home: Home, adapter: Adapter) -> Mapping[str, object]:
    """Return what is known of the last attempt to refresh a source, and what is found to be wrong with it."""
    source_id = adapter.source.source_id
    found = {one.source_id: one for one in findings.findings(connection, home)}.get(source_id)
    state = attempts.state(attempts.read(home), source_id)
    return {**state, "finding": found.kind if found else None, "detail": found.detail if found else None}


def claims(connection: duckdb.DuckDBPyConnection, home: Home, adapter: Adapter) -> Outcome:
    """Load the claims of one source from its snapshots."""
    source_id = adapter.source.source_id
    kept = load.retrievals(connection, source_id)
    code = files(
        f"sources/{source_id}.py", "sources/claimfile.py", "sources/in_words.py", "sources/shared_cells.py",
        "sources/records.py", "sources/json_records.py", "sources/intervals.py", "warehouse/load.py",
        "warehouse/parts.py", "warehouse/canonical.py", "warehouse/resolve.py", "warehouse/vocabulary.py",
        "warehouse/vocabulary.csv",
    )  # fmt: skip
    state = digest([*code, *contents(connection, ["names"])])

    def make() -> int:
        def read(origin: str, content: bytes) -> Reading:
            return registry.read(adapter, origin, content)

        return load.load_source(connection, home.archive, source_id, read, state)

    return step(connection, f"claims/{source_id}", digest([state, *map(repr, kept.items())]), make)


def settled(connection: duckdb.DuckDBPyConnection, home: Home) -> Outcome:
    """Define regions, apply corrections, say what is wrong with sources, and set flags over the claims of all."""
    steps = ["names", *(f"claims/{source_id}" for source_id in registry.ADAPTERS)]
    found = [findings.row(one) for one in findings.findings(connection, home)]
    marked = errata.rows(errata.read(home))
    state = digest([*files("warehouse/settle.py"), *contents(connection, steps), *map(str, (*found, *marked))])
    latest = connection.execute(
        "SELECT snapshot_id FROM retrieval WHERE source_id = 'corrections' "
        "ORDER BY retrieved_at DESC, snapshot_id DESC LIMIT 1"
    ).fetchall()
    guards = corrections.guards(archive.load(home.archive, latest[0][0]))
    tables = [
        "claim",
        "entity",
        "reference",
        "correction",
        "deprecation",
        "quarantine",
        "snapshot_count",
        "snapshot",
        "finding",
    ]

    def make() -> None:
        connection.execute("DELETE FROM finding")
        if found:
            connection.executemany("INSERT INTO finding VALUES (?, ?, ?, ?)", found)
        connection.execute("DELETE FROM deprecation")
        if marked:
            connection.executemany("INSERT INTO deprecation VALUES (?, ?, ?, ?, ?)", marked)
        settle(connection, guards)

    return step(connection, "claim", state, make, tables)


def quoted(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Prove the quotes of every source, day by day of a series, unless that was done on the same bytes."""
    code = digest(files("warehouse/quote.py", "sources/records.py", "sources/json_records.py"))
    with transaction(connection):
        for source_id, part, loaded in connection.execute("FROM part_state ORDER BY ALL").fetchall():
            name, state = f"quotes/{source_id}/{part}", digest([code, loaded])
            if not is_done(connection, name, state):
                prove = partial(prove_quotes, connection, home.archive, source_id, part)
                done_anew(connection, name, state, prove)
