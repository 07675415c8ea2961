"""`footnote baseline`: restate a feed's file in the claim format, for those who add or renew a source."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.show import messages


def baseline(
    source: Annotated[str, typer.Argument(help="Source id of a feed.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The publisher's file, as it was fetched.")],
    version: Annotated[str, typer.Option("--version", help="Upstream version: a date, tag or commit.")],
    retrieved_on: Annotated[datetime, typer.Option("--retrieved-on", formats=["%Y-%m-%d"], help="Day of retrieval.")],
    output: Annotated[Path, typer.Option("--output", dir_okay=False, help="Where to write the baseline.")],
) -> None:
    """Restate a feed's file in the claim format."""
    from sources import registry
    from warehouse.errors import NotFoundError

    feeds = [source_id for source_id, adapter in registry.ADAPTERS.items() if adapter.is_feed]
    if source not in feeds:
        raise NotFoundError(f"no feed {source!r}; feeds are {', '.join(feeds)}")
    content = registry.restate(registry.ADAPTERS[source], file.read_bytes(), version, retrieved_on.date())
    output.write_bytes(content)
    messages().print(f"wrote {output}: {len(content):,} bytes")
