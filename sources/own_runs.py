"""Your own runs: what a user of one installation added of training runs with `footnote add`.

The packaged table is empty; an installation keeps its user's table in its own folder, in the same format.
What a user's file looks like, and how it becomes this table, is the business of `own_files` and `codecarbon`.
"""

from __future__ import annotations

from datetime import timedelta

from sources import claimfile
from sources.model import Reading, Source

SOURCE = Source(
    source_id="own_runs",
    title="Your own runs",
    publisher="You",
    homepage="docs/own-runs.md",
    url="sources/curated/own_runs.csv",
    licence="yours",
    attribution="The user of this installation, from the documents cited in each row",
    reference_id="own-runs",
    defines=("training_run", "model", "developer"),
    schedule="@manual",
    stale_after=timedelta(days=36_500),  # a record of one's own does not age
)


def read(content: bytes) -> Reading:
    """Read the table, one claim a line; see `claimfile.read`."""
    return claimfile.read(SOURCE.source_id, content)
