"""A small installation for injecting faults: three sources, two derived tables, built by the product's own steps."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pandas as pd

from sources import claimfile, corrections, registry
from sources.fetch import Fetcher
from sources.model import Adapter, Source
from warehouse import current, layout, lineage, refresh, release
from warehouse.attempts import Attempt
from warehouse.connect import Home, locked, writer
from warehouse.derive import complete_all
from warehouse.sqlmodel import read_models
from warehouse.stages import deriving, loading, releasing

FOLDER = Path(__file__).parent
#: A feed, a table of our own, and the corrections that every build looks for; ids of real sources, other content.
FEED, CURATED, CORRECTIONS = "owid_intensity", "hardware", "corrections"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
#: Three numbers of three servers; each is replayed with both its ends.
NUMBERS = 9
#: Macros that nothing here calls.
_UNUSED = re.compile(r"MACRO (audit|pue|thousands|worst|period|average)")
FETCHER = Fetcher()
HEADER = (
    "subject_kind", "subject", "quantity", "value", "unit", "object", "reported_text", "basis", "reference_id",
    "locator",
)  # fmt: skip


def table(powers: dict[str, int], day: str = "2026-01-01") -> bytes:
    """Return a table in the claim format: each server's power, and eight accelerators in each."""
    text = io.StringIO()
    text.write(f"# title: t\n# licence: l\n# retrieved_on: {day}\n")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEADER)
    for server, watts in powers.items():
        rest = ("", "datasheet", "sheet", "page 1")
        lines.writerow(("server", server, "server_power", watts, "W", rest[0], f"{watts} W", *rest[1:]))
        lines.writerow(("server", server, "accelerators_per_server", 8, "1", rest[0], "8", *rest[1:]))
    return text.getvalue().encode()


def feed(power: int) -> bytes:
    """Return the publisher's file, in which two servers draw so much."""
    return table({"alpha": power, "beta": 2 * power})


def install(folder: Path) -> None:
    """Replace the registry and the SQL models of this process by the small ones, whose files lie in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "feed.csv").write_bytes(feed(5000))
    (folder / "own.csv").write_bytes(table({"gamma": 7000}))
    header = ",".join((*corrections.REQUIRED, "qualifier", "scope_note", "period_start", "period_end", "value", "unit"))
    none = f"# title: t\n# licence: l\n# retrieved_on: 2026-01-01\n{header},reported_text,basis\n"
    (folder / "corrections.csv").write_text(none)

    def adapter(source_id: str, file: str, is_feed: bool = False) -> Adapter:
        source = Source(source_id, "t", "p", "h", "u", "l", "a", "sheet", (), "@daily", timedelta(days=9999))
        read = corrections.read if source_id == CORRECTIONS else lambda content: claimfile.read(source_id, content)
        return Adapter(source, read, str(folder / file), is_feed)

    registry.ADAPTERS.clear()
    registry.ADAPTERS.update(
        {
            FEED: adapter(FEED, "feed.csv", is_feed=True),
            CURATED: adapter(CURATED, "own.csv"),
            CORRECTIONS: adapter(CORRECTIONS, "corrections.csv"),
        }
    )
    empty = {
        "aliases": ["kind", "alias", "entity_id", "source_id"],
        "citations": ["citation", "reference_id", "reason"],
    }
    names = {name: pd.DataFrame(columns=columns, dtype=object) for name, columns in empty.items()}
    names["combinations"] = pd.DataFrame(columns=["accelerator_id", "member_id"], dtype=object)
    servers = [["server", name, name.upper(), "", ""] for name in ("alpha", "beta", "gamma")]
    names["entities"] = pd.DataFrame(servers, columns=["kind", "entity_id", "name", "part_of", "country"], dtype=object)
    references = pd.DataFrame([["sheet", "misc", "t", *[None] * 6]], columns=[
        "reference_id", "type", "title", "authors", "year", "publisher", "url", "doi", "licence",
    ], dtype=object)  # fmt: skip
    duckdb.connect = partial(duckdb.connect, config={"threads": 1})  # so little is not worth a second one
    lineage.WhatIf = lambda _: SimpleNamespace(statements=tuple)  # macros that nobody calls here take long to read
    layout.SCHEMA = _schema(folder / "schema")
    registry.names = names.__getitem__
    registry.references = lambda: references
    deriving.completed = cache(lambda: complete_all(read_models(FOLDER / "sql")))


def _schema(folder: Path) -> Path:
    """Write the schema without the macros of audits and estimates, which every opening of a database would read."""
    folder.mkdir()
    shutil.copy(layout.SCHEMA / "tables.sql", folder)
    statements = (layout.SCHEMA / "macros.sql").read_text().split(";\n")
    (folder / "macros.sql").write_text(";\n".join(one for one in statements if not _UNUSED.search(one)))
    return folder


def fetch(home: Home, content: bytes, now: datetime = NOW) -> Attempt:
    """Refresh the feed from a publisher that says this."""
    address = Path("published.csv")  # of the working folder: what a release says of it is the same in every folder
    address.write_bytes(content)
    with locked(home, "refresh"):
        task = refresh.Task(registry.ADAPTERS[FEED], str(address), is_accepted=True)
        return refresh.refresh(home, task, FETCHER, now).attempt


def build(home: Home, code: str = "code") -> release.Released:
    """Build and release, in the order and under the locks of a run."""
    with locked(home, "run"):
        current.recover(home)
        with locked(home, "writer"), writer(home) as connection:
            loading.names(connection)
            for adapter in registry.ADAPTERS.values():
                loading.snapshot(connection, home, adapter)
            for adapter in registry.ADAPTERS.values():
                loading.claims(connection, home, adapter)
            loading.settled(connection, home)
            for name in deriving.completed():
                deriving.derived(connection, name)
            deriving.published_lineage(connection)
            numbers = deriving.proved(connection).rows
            fingerprint = releasing.fingerprint(connection)
            return release.release(connection, home, deriving.completed(), code, fingerprint, numbers)


def refresh_and_build(home: Home, power: int) -> str:
    """Refresh from a publisher that says this, build, and return the release's id."""
    fetch(home, feed(power))
    return build(home).release_id
