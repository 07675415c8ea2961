"""The stages of a build, from names to pictures; each is a step (`warehouse.steps`) or several."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC
from functools import cache, partial
from pathlib import Path

import duckdb

from sources import corrections, registry
from sources.model import Adapter, Payload, Reading
from warehouse import archive, attempts, checks, errata, lineage, load, own, pictured, release, vocabulary
from warehouse.aside import aside
from warehouse.connect import Home, reader, transaction
from warehouse.derive import build, complete_all, drop_others
from warehouse.errors import CheckError
from warehouse.quote import prove_quotes
from warehouse.relations import Completed
from warehouse.settle import settle
from warehouse.steps import Outcome, contents, digest, done_anew, files, forget, is_done, step
from warehouse.version import code_version

PICTURES = "warehouse.pictures"


def fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what a build is a function of: the code, the snapshots and the user's errata."""
    rows = connection.execute("SELECT source_id, snapshot_id FROM snapshot ORDER BY ALL").fetchall()
    marked = connection.execute("FROM deprecation ORDER BY ALL").fetchall()
    return digest([code_version(), *(f"{source} {snapshot}" for source, snapshot in rows), *map(str, marked)])


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
    found = {one.source_id: one for one in attempts.findings(connection, home)}.get(source_id)
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
    found = [attempts.row(one) for one in attempts.findings(connection, home)]
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


@cache
def completed() -> Mapping[str, Completed]:
    """Return all SQL models, completed, in the order in which they are built."""
    return complete_all()


def derived(connection: duckdb.DuckDBPyConnection, name: str) -> Outcome:
    """Build one derived table."""
    done = completed()[name]
    reads = {other if other in completed() else "claim" for other in done.model.reads}
    code = files("warehouse/schema/macros.sql", "warehouse/derive.py", "warehouse/units.py", "warehouse/columns.csv")
    state = digest([done.sql, *code, *contents(connection, reads)])
    tables = [] if done.model.is_claims else [name]

    return step(connection, name, state, lambda: build(connection, done), tables)


def all_derived(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Outcome]]:
    """Build every derived table, each as soon as those are there that it reads; they come as they get done.

    Two at a time, each on a connection of its own: planning the queries, which takes most of the time, keeps one
    processor busy for each connection.
    """

    def built(name: str) -> tuple[str, Outcome]:
        with connection.cursor() as beside:
            return name, derived(beside, name)

    waiting = {name: set(one.model.reads & completed().keys()) for name, one in completed().items()}
    pool = ThreadPoolExecutor(2)
    running: set[Future[tuple[str, Outcome]]] = set()
    try:
        while waiting or running:
            ready = [name for name, needs in waiting.items() if not needs]
            running |= {pool.submit(built, name) for name in ready}
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for name in ready:
                del waiting[name]
            for name, outcome in (one.result() for one in done):
                for needs in waiting.values():
                    needs.discard(name)
                yield name, outcome
    finally:
        pool.shutdown(cancel_futures=True)


def published_lineage(connection: duckdb.DuckDBPyConnection) -> Outcome:
    """Write the lineage tables and create the views and macros over them."""
    code = files("warehouse/lineage.py", "warehouse/plans.py", "warehouse/trace_macros.py", "warehouse/units.py",
                  "warehouse/what_if.py")  # fmt: skip
    state = digest([*code, *(done.sql for done in completed().values())])

    def make() -> None:
        drop_others(connection, completed())
        lineage.publish(connection, completed())

    return step(connection, "lineage", state, make)


def check(connection: duckdb.DuckDBPyConnection, table: str) -> checks.Pending:
    """Begin to check a derived table, unless that was done on the same content.

    Returns: what waits for the results and keeps them, to be called within a transaction; the checks go on aside
    meanwhile.
    """
    state = _to_check(connection, {table, *checks.reads(table)})
    if is_done(connection, f"checks/{table}", state):
        return lambda: checks.stored(connection, table)
    return _kept(connection, table, state, checks.check_table(connection, table))


def check_sources(connection: duckdb.DuckDBPyConnection) -> dict[str, checks.Pending]:
    """Begin to check the claims of all sources, as `check` does a table."""
    state = _to_check(connection, set())
    labels = {source_id: f"claims/{source_id}" for source_id in registry.ADAPTERS}
    anew = [source_id for source_id, label in labels.items() if not is_done(connection, f"checks/{label}", state)]
    begun = checks.check_sources(connection, anew)
    return {
        source_id: _kept(connection, label, state, begun[source_id])
        if source_id in begun
        else partial(checks.stored, connection, label)
        for source_id, label in labels.items()
    }


def _to_check(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> str:
    """Return the fingerprint of checks on claims and tables."""
    code = files("warehouse/checks.py", "sources/curated/known_exceptions.csv")
    rules = sorted((Path(__file__).parent / "expectations").glob("*.py"))
    return digest([*code, *(path.read_bytes() for path in rules), *contents(connection, {"claim", *tables})])


def _kept(connection: duckdb.DuckDBPyConnection, label: str, state: str, pending: checks.Pending) -> checks.Pending:
    def results() -> list[checks.Result]:
        found: list[checks.Result] = []
        done_anew(connection, f"checks/{label}", state, lambda: found.extend(pending()))
        return found

    return results


def checked(
    connection: duckdb.DuckDBPyConnection, begun: Mapping[str, checks.Pending]
) -> dict[str, list[checks.Result]]:
    """Wait for checks that were begun, and keep their results."""
    with transaction(connection):
        return {name: pending() for name, pending in begun.items()}


@contextmanager
def proving(connection: duckdb.DuckDBPyConnection) -> Iterator[Mapping[str, Callable[[], Outcome]]]:
    """Begin to write the lineage and to prove every number, at the same time: neither reads what the other writes.

    Yields: what waits for the outcome of either.
    """

    def done(stage: Callable[[duckdb.DuckDBPyConnection], Outcome]) -> Outcome:
        with connection.cursor() as beside:
            return stage(beside)

    with ThreadPoolExecutor(2) as both:
        begun = {"lineage": published_lineage, "proof": proved}
        yield {name: both.submit(done, stage).result for name, stage in begun.items()}


def proved(connection: duckdb.DuckDBPyConnection) -> Outcome:
    """Prove every number; nothing is released before."""
    code = files("warehouse/replay.py", "warehouse/formula.py")
    sql = (done.sql for done in completed().values())
    state = digest([*code, *sql, *contents(connection, ["claim", *completed()])])
    return step(connection, "proof", state, lambda: release.prove(connection, completed()))


def quoted(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Prove the quotes of every source, day by day of a series, unless that was done on the same bytes."""
    code = digest(files("warehouse/quote.py", "sources/records.py", "sources/json_records.py"))
    with transaction(connection):
        for source_id, part, loaded in connection.execute("FROM part_state ORDER BY ALL").fetchall():
            name, state = f"quotes/{source_id}/{part}", digest([code, loaded])
            if not is_done(connection, name, state):
                prove = partial(prove_quotes, connection, home.archive, source_id, part)
                done_anew(connection, name, state, prove)


def released(connection: duckdb.DuckDBPyConnection, home: Home) -> release.Released:
    """Release the build, unless it is what the current release holds.

    Raises: CheckError while a blocking expectation fails.
    """
    if failed := checks.blocking_failures(connection):
        raise CheckError(f"nothing is released while blocking expectations fail: {', '.join(failed)}")
    rows = connection.execute("SELECT row_count FROM table_state WHERE table_name = 'proof'").fetchall()
    return release.release(connection, home, completed(), code_version(), fingerprint(connection), rows[0][0])


def is_drawn(home: Home) -> bool:
    """Tell whether the pictures are those of the current release, and whole."""
    mark = _mark_of(home)
    return home.pictures.exists() and mark.exists() and mark.read_text() == _current(home)


def _mark_of(home: Home) -> Path:
    return home.work.with_name("drawn")


def _current(home: Home) -> str:
    with reader(home) as opened:
        rows = opened.execute("SELECT release_id FROM release ORDER BY released_at DESC LIMIT 1").fetchall()
    return str(rows[0][0])


def drawing(connection: duckdb.DuckDBPyConnection, home: Home) -> Callable[[], Outcome]:
    """Begin to draw the pictures, aside, unless they are drawn.

    Returns: what puts them into the home, to be called when what they show has been released.
    """
    mark = _mark_of(home)
    if not (home.pictures.exists() and mark.exists()):
        forget(connection, "pictures")
    code = files("warehouse/pictures.py", "warehouse/pictured.py")
    state = digest([*code, *contents(connection, ["estimates", "estimates_by_region", "claim"])])
    if done := is_done(connection, "pictures", state):
        pending = None
    else:
        pending = aside().ask(PICTURES, pictured.shown(connection))

    def put() -> int:
        assert pending is not None
        drawings: Mapping[str, bytes] = pending()
        mark.unlink(missing_ok=True)
        home.pictures.mkdir(exist_ok=True)
        for name, content in drawings.items():
            (home.pictures / name).write_bytes(content)
        return len(drawings)

    def drawn() -> Outcome:
        outcome = done or step(connection, "pictures", state, put)
        mark.write_text(_current(home))
        return outcome

    return drawn
