"""From a build that passed to what everybody reads: the release and its pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from warehouse import checks, pictured, release
from warehouse.aside import aside
from warehouse.connect import Home, reader
from warehouse.errors import CheckError
from warehouse.stages import deriving
from warehouse.steps import Outcome, contents, digest, files, forget, is_done, step
from warehouse.version import code_version

PICTURES = "warehouse.pictures"


def fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what a build is a function of: the code, the snapshots and the user's errata."""
    rows = connection.execute("SELECT source_id, snapshot_id FROM snapshot ORDER BY ALL").fetchall()
    marked = connection.execute("FROM deprecation ORDER BY ALL").fetchall()
    return digest([code_version(), *(f"{source} {snapshot}" for source, snapshot in rows), *map(str, marked)])


def released(connection: duckdb.DuckDBPyConnection, home: Home) -> release.Released:
    """Release the build, unless it is what the current release holds.

    Raises: CheckError while a blocking expectation fails.
    """
    if failed := checks.blocking_failures(connection):
        raise CheckError(f"nothing is released while blocking expectations fail: {', '.join(failed)}")
    rows = connection.execute("SELECT row_count FROM table_state WHERE table_name = 'proof'").fetchall()
    return release.release(connection, home, deriving.completed(), code_version(), fingerprint(connection), rows[0][0])


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
