"""Accelerators and servers: power, memory and arithmetic rates, read from datasheets and reference tables."""

from __future__ import annotations

from datetime import timedelta

from sources import claimfile
from sources.model import Reading, Source

SOURCE = Source(
    source_id="hardware",
    title="Accelerators and servers",
    publisher="Footnote",
    homepage="docs/architecture.md",
    url="sources/curated/hardware.csv",
    licence="MIT; each figure under its document's own terms",
    attribution="Footnote, from the documents cited in each row",
    reference_id="footnote-method",
    defines=(),
    schedule="@manual",
    stale_after=timedelta(days=730),
)


def read(content: bytes) -> Reading:
    """Read the table, one claim a line; see `claimfile.read_by_hand`."""
    return claimfile.read_by_hand(SOURCE.source_id, content)
