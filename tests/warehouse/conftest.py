"""Fixtures of the warehouse's tests: a small database to load by hand, and one whole build to look at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from sources import claimfile, corrections, registry
from sources.model import Adapter, Payload, Source
from warehouse import load, settle, vocabulary
from warehouse.connect import Home, writer
from warehouse.derive import build as build_table
from warehouse.layout import prepare, transaction
from warehouse.stages import deriving, loading
from warehouse.steps import Outcome

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
        with transaction(self.connection):
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
        with transaction(self.connection):
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
            [str(vocabulary.VOCABULARY_FILE)],
        )
        yield Bench(connection, tmp_path / "archive")


#: What is claimed: a number, the two ends of a range, or a name.
Said = float | tuple[float, float] | str


class Ledger:
    """A ledger of hand-made claims, settled as they are stated, and the tables that are derived from it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        prepare(connection)
        self.connection = connection
        self.units = dict(vocabulary.table()[["name", "unit"]].itertuples(index=False, name=None))
        self.claims = 0

    def entity(self, kind: str, entity_id: str, part_of: str | None = None) -> None:
        """Name a thing; naming it again changes nothing."""
        row = [kind, entity_id, entity_id.upper(), part_of]
        self.connection.execute("INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?, NULL, true)", row)

    def state(self, kind: str, subject: str, quantity: str, said: Said, *, year: int | None = None, **more: Any) -> int:
        """Add one claim, in the vocabulary's unit; `more` are columns of the claim. Return its id."""
        self.claims += 1
        ends = said if isinstance(said, tuple) else (said, said)
        number = {} if isinstance(said, str) else {"low": ends[0], "value": (ends[0] * ends[1]) ** 0.5, "high": ends[1]}
        thing = {"object": said, "object_id": said} if isinstance(said, str) else {"unit": self.units[quantity]}
        period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)} if year else {}
        fixed = dict.fromkeys(("claim_id", "series_id", "source_row"), self.claims)
        row = {
            "source_id": "feed", "subject_kind": kind, "subject": subject, "subject_id": subject, "quantity": quantity,
            "reported_text": "as printed", "basis": "disclosed", "reference_id": "sheet", "locator": "p. 1",
            "snapshot_id": "one", "rank": "normal", "first_seen_at": datetime(2026, 1, 1), **number, **thing, **period,
            **fixed, **more,
        }  # fmt: skip
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"INSERT INTO claim ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        return self.claims

    def facts(self, kind: str, subject: str, **facts: Said) -> None:
        """Name a thing and state several facts about it."""
        self.entity(kind, subject)
        for quantity, said in facts.items():
            self.state(kind, subject, quantity, said)

    def run(self, run_id: str, developer: str = "lab", year: int = 2023, **facts: Said) -> None:
        """Name a run of the model of its name, trained in a year, and state facts about it."""
        self.entity("model", run_id, developer)
        self.state("training_run", run_id, "trained_in", str(year), year=year)
        self.facts("training_run", run_id, model=run_id, **facts)

    def world(self) -> None:
        """State what stands in where a run is silent: round numbers, none of them real."""
        self.facts("world", "world", hardware_utilization=0.4, world_emissions=4e10, accelerators_per_server=8)
        self.facts("world", "world", hardware_lifetime=52_596, lifetime_utilization=0.85)
        self.facts("country", "us", emissions_per_capita=16)
        for qualifier, fraction in (
            ("server_nameplate", 0.75), ("gpu_tdp_lowest", 1.0), ("gpu_tdp_highest", 1.44), ("tpu_tdp_lowest", 0.64),
            ("tpu_tdp_highest", 0.81),
        ):  # fmt: skip
            self.state("world", "world", "power_fraction", fraction, qualifier=qualifier)
        self.state("world", "world", "embodied_emissions", 0.15, qualifier="accelerator")
        self.state("world", "world", "embodied_emissions", 2.5, qualifier="server_without_accelerators")
        self.state("world", "world", "pue", 1.5, qualifier="survey_average", year=2023)
        self.state("world", "world", "grid_intensity", 480, boundary="location", year=2023)

    def accelerator(self, accelerator_id: str, family: str | None = None, **facts: Said) -> None:
        """Name a kind of accelerator, a GPU unless said otherwise, and state facts about it."""
        self.entity("accelerator", accelerator_id, family)
        if peak := facts.pop("peak_flops", None):
            self.state("accelerator", accelerator_id, "peak_flops", peak, qualifier="fp16_bf16")
        self.facts("accelerator", accelerator_id, **{"hardware_type": "gpu", **facts})

    def derive(self, *tables: str) -> None:
        """Build these tables, and what they are derived from."""
        models = deriving.completed()
        wanted = set(tables)
        for name in reversed(models):
            wanted |= models[name].model.reads if name in wanted else set()
        self.connection.execute("BEGIN")
        for name in models:
            if name in wanted:
                build_table(self.connection, models[name])
        self.connection.execute("COMMIT")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        return self.connection.execute(sql).fetchall()

    def row(self, table: str, columns: str, **keys: str) -> tuple[Any, ...]:
        """Return some columns of the one row of a table that has these keys."""
        where = " AND ".join(f"{name} = '{text}'" for name, text in keys.items())
        (found,) = self.rows(f"SELECT {columns} FROM {table} WHERE {where}")
        return found

    def number(self, table: str, name: str, **keys: str) -> tuple[float, float, float]:
        """Return a number of the one row of a table that has these keys: low end, centre, high end."""
        low, center, high = self.row(table, f"{name}_low, {name}, {name}_high", **keys)
        return low, center, high


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    """Return an empty ledger; each module fills its own and derives the tables once."""
    with duckdb.connect() as connection:
        yield Ledger(connection)


def build(home: Home, order: Sequence[str] = tuple(registry.ADAPTERS)) -> dict[str, Outcome]:
    """Build all tables of a home, its sources loaded in the order given; prove and release nothing."""
    done = {}
    with writer(home) as connection:
        done["names"] = loading.names(connection)
        for source_id in order:
            done[f"snapshot/{source_id}"] = loading.snapshot(connection, home, registry.ADAPTERS[source_id])
        for source_id in order:
            done[f"claims/{source_id}"] = loading.claims(connection, home, registry.ADAPTERS[source_id])
        done["claim"] = loading.settled(connection, home)
        for name in deriving.completed():
            done[name] = deriving.derived(connection, name)
        done["lineage"] = deriving.published_lineage(connection)
    return done


@pytest.fixture(scope="session")
def tables(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a copy of the release, opened as any reader would.

    A copy, since one process has but one instance of a file, whose settings the tests of `footnote sql` lock.
    """
    copy = tmp_path_factory.mktemp("tables") / "footnote.duckdb"
    shutil.copy(home.release, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def again() -> Callable[..., dict[str, Outcome]]:
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
