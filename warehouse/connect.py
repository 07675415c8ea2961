"""Open databases: the one writer's working file, and the release that everybody reads."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse import in_time
from warehouse.errors import BusyError, NotFoundError, WarehouseError
from warehouse.layout import Rows, carry_over, kept_of, layout_version, prepare

#: What a database says of a file that is damaged.
_DAMAGED = ("corrupt", "checksum", "could not read", "not a valid duckdb database")


#: For those who hand a connection on and do not otherwise know the database.
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Home:
    """The folder of one installation: archive, working file, releases, pictures, and the current release.

    as_of: readers are given the release that was current then, instead of the current one.
    """

    path: Path
    as_of: datetime | None = None

    @property
    def archive(self) -> Path:
        """Return the folder of archived bytes."""
        return self.path / "archive"

    @property
    def work(self) -> Path:
        """Return the working database, which only the writer opens."""
        return self.path / "work" / "footnote.duckdb"

    @property
    def release(self) -> Path:
        """Return the current release, which everybody may open read-only."""
        return self.path / "footnote.duckdb"

    @property
    def releases(self) -> Path:
        """Return the folder of all releases."""
        return self.path / "releases"

    @property
    def pictures(self) -> Path:
        """Return the folder of the pictures that a run draws."""
        return self.path / "pictures"

    @property
    def dagster(self) -> Path:
        """Return the folder of Dagster's own records."""
        return self.path / "dagster"


@contextmanager
def locked(home: Home, name: str) -> Iterator[None]:
    """Hold one of the home's locks: `refresh` for asking sources, `run` for a whole run, `writer` for its database.

    The system frees it even if the process is killed.
    Raises: BusyError if another process holds it, WarehouseError if the home is no folder that can be written.
    """
    try:
        home.work.parent.mkdir(parents=True, exist_ok=True)
        file = (home.work.parent / f"{name}.lock").open("w")
    except OSError as error:
        raise WarehouseError(f"{home.path}: cannot be written ({error}); choose another folder with --home") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(f"another run is writing to {home.path}; wait until it has ended") from error
        yield


@contextmanager
def writer(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database for writing, with schema and macros in place.

    One that is lost or damaged, or that an older version of the schema laid out, is made anew: all but KEPT and CARRIED
    can be read again from the archive.
    Raises: WarehouseError if another process has it open.
    """
    home.work.parent.mkdir(parents=True, exist_ok=True)
    kept = _to_keep(home)
    if kept is not None:
        _make_anew(home, kept)
    spilled = home.work.with_name(f"{home.work.name}.tmp")
    with duckdb.connect(str(home.work)) as connection:
        shutil.rmtree(spilled, ignore_errors=True)  # by a process that was killed; nobody else has the database open
        connection.execute("SET wal_autocheckpoint = '1GB'")  # its log is written back once, when it is closed
        prepare(connection)
        yield connection
    shutil.rmtree(spilled, ignore_errors=True)


def write_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the log of a database back into its file, on a connection beside one that rests."""
    with connection.cursor() as beside:
        beside.execute("CHECKPOINT")


def is_damage(error: BaseException) -> bool:
    """Tell whether a database says that its file is damaged; a full disk is no damage."""
    text = str(error).lower()
    if not isinstance(error, duckdb.Error) or "no space left" in text or "file too large" in text:
        return False
    kinds = (duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
    return isinstance(error, kinds) or any(word in text for word in _DAMAGED)


def discard(home: Home) -> None:
    """Remove a working database that is damaged; the next writer makes it anew."""
    for path in (_log_of(home.work), home.work):
        path.unlink(missing_ok=True)


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _make_anew(home: Home, kept: Rows) -> None:
    """Put a new working database in the place of the one that is there, in a single step."""
    draft = home.work.with_suffix(".draft")
    for path in (draft, _log_of(draft)):
        path.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as connection:
        prepare(connection)
        for table, (columns, rows) in kept.items():
            if rows:
                marks = ", ".join("?" * len(columns))
                connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        carry_over(connection, (home.work, home.release))
    _log_of(home.work).unlink(missing_ok=True)  # first: a log beside a file that it is not of would damage that
    draft.replace(home.work)


def _to_keep(home: Home) -> Rows | None:
    """Return what to keep of a working database that must be made anew, None if it is ours, or nothing is there yet.

    What a damaged or lost one held that matters stands in the current release.
    """
    if not home.work.exists() and not home.release.exists():
        return None
    try:
        if home.work.exists():
            with duckdb.connect(str(home.work)) as connection:
                tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
                found = connection.execute("SELECT version FROM layout").fetchall() if "layout" in tables else []
                return None if found == [(layout_version(),)] else kept_of(connection, tables)
    except duckdb.Error as error:
        if "could not set lock" in str(error).lower():
            raise BusyError(f"{home.work}: another process has it open; close it and run again") from error
    try:
        with duckdb.connect(str(home.release), read_only=True) as connection:
            tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            return kept_of(connection, tables)
    except duckdb.Error:
        return {}


@contextmanager
def reader(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the current release read-only, or the one that was current when the home says.

    Raises: NotFoundError before the first release, or if there is none to be had of that time.
    """
    if not home.release.exists():
        raise NotFoundError(f"no release in {home.path}; make one with: footnote run --home {home.path}")
    if home.as_of is None:
        with duckdb.connect(str(home.release), read_only=True) as connection:
            yield connection
        return
    with (
        in_time.as_of(home.release, home.releases, home.as_of) as path,
        duckdb.connect(str(path), read_only=True) as connection,
    ):
        yield connection
