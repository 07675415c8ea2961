"""The one list of adapters, and the tables of names that all of them share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from sources import (
    assumptions,
    bibliography,
    claimfile,
    corrections,
    electricity_maps,
    epoch_hardware,
    epoch_models,
    gb_carbon_intensity,
    gcp_region_carbon,
    gsf_regions,
    hardware,
    mlco2_gpus,
    mlco2_impact,
    owid_intensity,
    own_runs,
    published_claims,
    pue,
    training_runs,
)
from sources.model import Adapter, Payload, Reading

FOLDER = Path(__file__).parent

_FEEDS = (mlco2_impact, mlco2_gpus, gsf_regions, gcp_region_carbon, owid_intensity, epoch_models, epoch_hardware)
_SERIES = (gb_carbon_intensity, electricity_maps)
_CURATED = (hardware, pue, training_runs, assumptions, published_claims, corrections, own_runs)

ADAPTERS: dict[str, Adapter] = {
    module.SOURCE.source_id: Adapter(
        module.SOURCE,
        module.read,
        f"{folder}/{module.SOURCE.source_id}.csv" if folder else None,
        is_feed,
        files=getattr(module, "FILES", ()),
        hosts=getattr(module, "HOSTS", ()),
        series=getattr(module, "SERIES", None),
        table=getattr(module, "table", None),
    )
    for folder, modules, is_feed in (("baseline", _FEEDS, True), ("", _SERIES, True), ("curated", _CURATED, False))
    for module in modules
}


def packaged(adapter: Adapter) -> Payload | None:
    """Return the bundled table of a source: a feed's baseline, or the curated table itself; None if it has none."""
    source_id = adapter.source.source_id
    if adapter.packaged is None:
        return None
    content = (FOLDER / adapter.packaged).read_bytes()
    return Payload(
        content=content,
        origin="baseline" if adapter.is_feed else "file",
        url=f"sources/{adapter.packaged}",
        retrieved_at=claimfile.retrieved_at(source_id, content),
        etag=None,
        last_modified=None,
    )


def read(adapter: Adapter, origin: str, content: bytes) -> Reading:
    """Read a snapshot by its origin: a baseline is in our own format, all else in the source's."""
    if origin == "baseline":
        return claimfile.read(adapter.source.source_id, content)
    return adapter.read(content)


def preamble(adapter: Adapter, content: bytes) -> dict[str, str]:
    """Return what a bundled table says of itself above its header."""
    return claimfile.about(adapter.source.source_id, content)


def names(table: str) -> pd.DataFrame:
    """Return a table of names, as `entities` or `known_exceptions`; empty cells are ''."""
    return pd.read_csv(FOLDER / "curated" / f"{table}.csv", dtype=str, keep_default_na=False)


def references() -> pd.DataFrame:
    """Return the bibliography; see `bibliography.read`."""
    return bibliography.read(bibliography.BIBLIOGRAPHY_FILE.read_text())


def restate(
    adapter: Adapter, content: bytes, version: str, retrieved_on: date, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Restate a feed's bytes in the claim format: the baseline that a first run starts from.

    version: the upstream version, as a reader could find it again. files: the publisher's files by name, where
    `content` is a bundle of them. Raises: FormatError as the adapter's reader does.
    """
    source = adapter.source
    about = {
        "title": f"Facts of {source.title}",
        "licence": source.licence,
        "attribution": source.attribution,
        "upstream": source.url,
        "upstream_version": version,
        "upstream_sha256": hashlib.sha256(content).hexdigest(),
        "retrieved_on": retrieved_on.isoformat(),
    }
    if files:
        stated = (f"{name} sha256 {hashlib.sha256(files[name]).hexdigest()}" for name in sorted(files))
        about["upstream_files"] = "; ".join(stated)
    return claimfile.write(adapter.read(content), about)


def markdown_table() -> str:
    """Return the sources as a Markdown table, for the README."""
    lines = ["| source | what | publisher | licence |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{s.source_id}` | {s.title} | {s.publisher} | {s.licence} |" for s in (a.source for a in ADAPTERS.values())
    ]
    return "\n".join(lines)
