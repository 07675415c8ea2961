"""Every adapter of the registry: named after its file, with a packaged table that says what it is and can be cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sources
from sources import registry
from sources.model import Adapter

FOLDER = Path(sources.__file__).parent
NO_ADAPTERS = {
    "__init__",
    "addresses",
    "answers",
    "bibliography",
    "claimfile",
    "errors",
    "fetch",
    "in_words",
    "intervals",
    "json_records",
    "model",
    "records",
    "registry",
    "shared_cells",
}
#: Those that read a user's own files.
OWN = {"codecarbon", "own_cells", "own_claims", "own_files", "own_rows"}


@pytest.fixture(scope="module")
def references() -> set[str]:
    return set(registry.references()["reference_id"])


each_adapter = pytest.mark.parametrize("adapter", registry.ADAPTERS.values(), ids=list(registry.ADAPTERS))
#: Sources that begin empty have no packaged table.
PACKAGED = {name: adapter for name, adapter in registry.ADAPTERS.items() if adapter.series is None}
each_packaged = pytest.mark.parametrize("adapter", PACKAGED.values(), ids=list(PACKAGED))


def test_every_module_with_a_source_is_registered() -> None:
    declaring = {path.stem for path in FOLDER.glob("*.py") if "\nSOURCE = Source(" in path.read_text()}
    assert set(registry.ADAPTERS) == declaring
    assert {path.stem for path in FOLDER.glob("*.py")} - declaring <= NO_ADAPTERS | OWN


@each_adapter
def test_file_name_is_source_id(adapter: Adapter) -> None:
    assert adapter.read.__module__ == f"sources.{adapter.source.source_id}"
    if adapter.packaged is None:
        assert adapter.series is not None
        return
    assert Path(adapter.packaged).stem == adapter.source.source_id
    assert Path(adapter.packaged).parent.name == ("baseline" if adapter.is_feed else "curated")


@each_adapter
def test_a_source_says_all_that_is_needed_to_cite_it(adapter: Adapter, references: set[str]) -> None:
    stated = [
        getattr(adapter.source, name) for name in ("title", "publisher", "homepage", "url", "licence", "attribution")
    ]
    assert all(text.strip() for text in stated)
    assert adapter.source.reference_id in references
    assert adapter.source.url.startswith("https://") == adapter.is_feed
    assert adapter.source.stale_after.days > 0


@each_packaged
def test_the_packaged_table_reads_and_its_claims_can_be_cited(adapter: Adapter, references: set[str]) -> None:
    payload = registry.packaged(adapter)
    read = registry.read(adapter, payload.origin, payload.content)
    assert payload.origin == ("baseline" if adapter.is_feed else "file")
    assert len(read.claims) >= len(read.rows) - len(read.quarantined)
    assert (len(read.claims) == 0) == (adapter.source.source_id == "own_runs")  # which is the user's to fill
    assert read.notices == ()
    named = read.claims["reference_id"]
    assert set(named.dropna()) - references == set()
    assert adapter.is_feed or named.notna().all()
    assert read.claims["locator"].notna().all()
    assert read.claims["reported_text"].notna().all()


@each_packaged
def test_the_preamble_says_what_the_table_is_and_when_it_was_read(adapter: Adapter) -> None:
    about = registry.preamble(adapter, registry.packaged(adapter).content)
    assert about["title"]
    assert about["licence"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", about["retrieved_on"])
    if adapter.is_feed:
        assert about["upstream"] == adapter.source.url
        assert about["upstream_version"]
        assert re.fullmatch(r"[0-9a-f]{64}", about["upstream_sha256"])


@pytest.mark.parametrize(
    ("table", "key"),
    [("entities", ["kind", "entity_id"]), ("aliases", ["kind", "alias", "source_id"]), ("citations", ["citation"])],
)
def test_names_are_stated_once(table: str, key: list[str]) -> None:
    rows = registry.names(table)
    assert rows[rows.duplicated(key)].to_dict("records") == []


def test_aliases_and_parts_name_entities_that_exist(references: set[str]) -> None:
    entities = registry.names("entities")
    known = set(zip(entities["kind"], entities["entity_id"], strict=True))
    aliases = registry.names("aliases")
    named = set(zip(aliases["kind"], aliases["entity_id"], strict=True))
    assert {pair for pair in named - known if pair[0] != "region"} == set()
    whole = set(entities["entity_id"])
    assert set(entities["part_of"]) - whole == {""}
    assert set(aliases["source_id"]) - set(registry.ADAPTERS) == {""}
    assert set(registry.names("citations")["reference_id"]) <= references
