"""Open databases: the one writer's working file, and the release that everybody reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import NotFoundError

SCHEMA = Path(__file__).parent / "schema"

#: For those who hand a connection on and do not otherwise know the database.
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Home:
    """The folder of one installation: archive, working file, releases, pictures, and the current release."""

    path: Path

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
def writer(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working database for writing, with schema and macros in place."""
    home.work.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.work)) as connection:
        prepare(connection)
        yield connection


@contextmanager
def reader(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the current release read-only.

    Raises: NotFoundError before the first release.
    """
    if not home.release.exists():
        raise NotFoundError(f"no release in {home.path}; make one with: footnote run --home {home.path}")
    with duckdb.connect(str(home.release), read_only=True) as connection:
        yield connection


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what does not exist yet: macros and tables."""
    for name in ("macros.sql", "tables.sql"):
        connection.execute((SCHEMA / name).read_text())
