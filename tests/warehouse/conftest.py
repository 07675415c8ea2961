"""Fixtures of the warehouse's tests: a small database to load by hand, and one whole build to look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from sources import claimfile, corrections, registry
from sources.model import Adapter, Payload, Source
from warehouse import load, settle, stages
from warehouse.connect import Home, prepare, writer

CLAIM = {
    "subject_kind": "server",
    "subject": "dgx",
    "quantity": "server_power",
    "value": None,
    "low": None,
    "high": None,
    "unit": None,
    "object": None,
    "reported_text": "as printed",
    "basis": "datasheet",
    "boundary": None,
    "qualifier": None,
    "scope_note": None,
    "period_start": None,
    "period_end": None,
    "citation": None,
    "reference_id": "sheet",
    "locator": "page 1",
    "rank": None,
    "flags": None,
}

ENTITIES = [
    ("server", "dgx", "DGX"),
    ("accelerator", "a100", "A100"),
    ("provider", "azure", "Azure"),
    ("training_run", "gpt", "GPT"),
]


@dataclass
class Bench:
    """An empty database that knows two sources and a few names, and how to load lines into it."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def keep(self, source_id: str, content: bytes, day: str) -> tuple[str, bool]:
        """Archive a table of a source as of a day."""
        source = Source(source_id, "t", "p", "h", "u", "l", "a", "sheet", ("region",), "@manual", timedelta(days=1))
        adapter = Adapter(source, lambda content: claimfile.read(source_id, content), "none", is_feed=False)
        when = datetime.fromisoformat(day).replace(tzinfo=UTC)
        return load.keep_snapshot(
            self.connection, self.folder, adapter, Payload(content, "file", "u", when, None, None), "v1", {}
        )

    def load(self, source_id: str = "feed") -> int:
        """Rebuild the claims of a source from what was kept of it."""
        read = corrections.read if source_id == "corrections" else lambda text: claimfile.read(source_id, text)
        return load.load_source(self.connection, self.folder, source_id, lambda _, text: read(text))

    def put(self, *lines: dict[str, Any], day: str = "2026-01-01", source_id: str = "feed") -> int:
        """Keep a table of these lines, each a change to CLAIM, and load its source."""
        frame = pd.DataFrame([{**CLAIM, **line} for line in lines], columns=list(CLAIM), dtype=object)
        self.keep(source_id, frame.to_csv(index=False, lineterminator="\n").encode(), day)
        return self.load(source_id)

    def correct(self, *lines: dict[str, str]) -> None:
        """Load corrections, if any, and settle all claims."""
        names = [*corrections.REQUIRED, "qualifier", "scope_note", "period_start", "period_end"]
        names += ["value", "unit", "reported_text", "basis"]
        content = (
            pd.DataFrame(lines, columns=names, dtype=object)
            .fillna("")
            .to_csv(index=False, lineterminator="\n")
            .encode()
        )
        if lines:
            self.keep("corrections", content, "2026-01-01")
            self.load("corrections")
        settle.settle(self.connection, corrections.guards(content))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        return self.connection.execute(sql).fetchall()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with duckdb.connect() as connection:
        prepare(connection)
        for source_id in ("feed", "other", "corrections"):
            row = [source_id, "t", "p", "h", "u", "l", "a", "feed-itself", "region", "@manual", 1]
            connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        for reference_id in ("sheet", "feed-itself"):
            connection.execute(
                "INSERT INTO reference BY NAME SELECT ? AS reference_id, 'misc' AS type, 't' AS title, "
                "true AS is_curated, true AS is_openable",
                [reference_id],
            )
        for kind, entity_id, name in ENTITIES:
            connection.execute("INSERT INTO entity VALUES (?, ?, ?, NULL, NULL, true)", [kind, entity_id, name])
        connection.execute(
            "INSERT INTO alias VALUES ('server', 'DGX A100', 'dgx', ''), ('server', 'box', 'dgx', 'other')"
        )
        connection.execute(
            "INSERT INTO quantity SELECT name, kind, unit, plausible_low, plausible_high, meaning FROM read_csv(?)",
            [str(stages.vocabulary.VOCABULARY_FILE)],
        )
        yield Bench(connection, tmp_path / "archive")


def build(home: Home, order: Sequence[str] = tuple(registry.ADAPTERS)) -> dict[str, stages.Outcome]:
    """Build all tables of a home, its sources loaded in the order given; prove and release nothing."""
    done = {}
    with writer(home) as connection:
        done["names"] = stages.names(connection)
        for source_id in order:
            done[f"snapshot/{source_id}"] = stages.snapshot(connection, home, registry.ADAPTERS[source_id])
        for source_id in order:
            done[f"claims/{source_id}"] = stages.claims(connection, home, registry.ADAPTERS[source_id])
        done["claim"] = stages.settled(connection, home)
        for name in stages.completed():
            done[name] = stages.derived(connection, name)
        done["lineage"] = stages.published_lineage(connection)
    return done


@pytest.fixture(scope="session")
def tables(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the release, opened as any reader would."""
    with duckdb.connect(str(home.release), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def again() -> Callable[..., dict[str, stages.Outcome]]:
    """Return how to build the tables of another home; see `build`."""
    return build


@pytest.fixture(scope="module")
def spare(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a copy of the working database that may be damaged."""
    copy = Home(tmp_path_factory.mktemp("spare"))
    copy.work.parent.mkdir(parents=True)
    shutil.copy(home.work, copy.work)
    with writer(copy) as connection:
        yield connection


@pytest.fixture
def damaged(spare: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the copy in a transaction, so that the damage ends with the test."""
    spare.execute("BEGIN")
    yield spare
    spare.execute("ROLLBACK")
