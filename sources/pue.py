"""Power usage effectiveness: what providers and surveys state, each figure with its kind."""

from __future__ import annotations

from datetime import timedelta

from sources import claimfile
from sources.model import Reading, Source

SOURCE = Source(
    source_id="pue",
    title="Power usage effectiveness",
    publisher="Footnote",
    homepage="docs/architecture.md",
    url="sources/curated/pue.csv",
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
