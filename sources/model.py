"""The shapes that every source shares: who publishes it, the bytes of one day, and what a reader made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from sources.records import Table, read_table

#: One row per stated fact, exactly as the source words it; every cell is text or None, so that no digit is lost.
CLAIM_COLUMNS = [
    "subject_kind",  # accelerator, server, region, provider, model, training_run, published_claim, world, ...
    "subject",  # as the source names it; resolved through the alias table when it is loaded
    "quantity",  # a name in warehouse/vocabulary.csv
    "value",  # exact figures: value alone
    "low",  # ranges: low and high; a range without a centre takes the geometric mean
    "high",
    "unit",  # as reported; converted to the vocabulary's unit when it is loaded
    "object",  # facts that are a thing or a word, not a number: the region of a run, the country of a region
    "reported_text",  # verbatim, with its unit as reported
    "basis",  # measured, disclosed, datasheet, calculated, leaked, assumed
    "boundary",  # what the figure includes: tokens joined by ';' (location, market, pue_included, ...)
    "qualifier",  # which of several figures of one quantity: precision of FLOPS, kind of PUE
    "scope_note",  # further scope in the source's own words
    "period_start",  # ISO days, both within; times in UTC where the figure is of less than a day, the end not within
    "period_end",
    "citation",  # the citation as a feed prints it; None where reference_id is given or nothing is cited
    "reference_id",  # key in references.bib
    "locator",  # where in the reference: table, page, row
    "rank",  # preferred, normal, deprecated
    "flags",  # set by the reader, joined by ';'
    "source_row",  # line of the file on which the record begins, counted from 1
]

#: One row per cell or record that held no usable fact.
QUARANTINE_COLUMNS = ["source_row", "field", "found", "expected"]


@dataclass(frozen=True)
class Source:
    """Who is cited, where the bytes come from and how often; declared once, in the adapter's module.

    defines: kinds of entities that the source's own names define where no alias says what they mean (cloud regions,
        a catalogue's models); of every other kind a name must be known.
    """

    source_id: str
    title: str
    publisher: str
    homepage: str
    url: str
    licence: str
    attribution: str
    reference_id: str
    defines: tuple[str, ...]
    schedule: str
    stale_after: timedelta


@dataclass(frozen=True)
class Payload:
    """The bytes of one retrieval and how they were had.

    origin: `baseline` (our own table of the feed's facts), `file` (a curated table or a local file), `http`.
    part: the day that they are of, of a feed that is asked for one day at a time.
    """

    content: bytes
    origin: str
    url: str
    retrieved_at: datetime
    etag: str | None
    last_modified: str | None
    part: str = ""


@dataclass(frozen=True)
class Reading:
    """What a reader found: claims and quarantined cells, together covering every record of the file.

    Raises: ValueError if a record is in neither, since nothing that was read may disappear.
    """

    claims: pd.DataFrame
    quarantined: pd.DataFrame
    rows: tuple[int, ...]
    notices: tuple[str, ...]

    def __post_init__(self) -> None:
        if list(self.claims.columns) != CLAIM_COLUMNS or list(self.quarantined.columns) != QUARANTINE_COLUMNS:
            raise ValueError("a reading has exactly the columns CLAIM_COLUMNS and QUARANTINE_COLUMNS")
        seen = set(self.claims["source_row"]) | set(self.quarantined["source_row"])
        if lost := sorted(set(self.rows) - seen):
            raise ValueError(f"records that became neither claim nor quarantine: lines {lost}")


Reader = Callable[[bytes], Reading]


@dataclass(frozen=True)
class Series:
    """A feed that is asked for one day (UTC) at a time: `{day}` and `{next_day}` stand in its address.

    begins_on: the first day that the publisher has. settles_after: how long after a day's end its figures are final.
    most_days: that one refresh asks for unless days are named. token: the header that carries the user's token, empty
    where none is needed; without its token a feed is not asked.
    """

    begins_on: date
    settles_after: timedelta
    most_days: int
    token: str


@dataclass(frozen=True)
class Adapter:
    """One source with its reader, and the packaged table that a first run starts from.

    packaged: file below `sources/` in the claim format: a baseline of a feed, or the curated table itself; None where
        a source begins empty.
    files: of a publisher with several, their names, each of which takes the place of `{file}` in the address.
    hosts: beside the address's own, those that the publisher may send us on to.
    series: of a feed that is asked for one day at a time.
    table: reads the records of a feed whose bytes are no delimited text.
    """

    source: Source
    read: Reader
    packaged: str | None
    is_feed: bool
    files: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    series: Series | None = None
    table: Callable[[bytes], Table] | None = None

    def records(self, content: bytes) -> Table:
        """Return the records in a snapshot's bytes, by the lines or numbers that claims give as their `source_row`."""
        return self.table(content) if self.table else read_table(self.source.source_id, content, required=())


def reading(
    claims: list[dict[str, object]],
    quarantined: list[dict[str, object]],
    rows: list[int],
    notices: list[str],
) -> Reading:
    """Build a Reading from records; absent keys are None."""
    return Reading(
        claims=_frame(claims, CLAIM_COLUMNS),
        quarantined=_frame(quarantined, QUARANTINE_COLUMNS),
        rows=tuple(rows),
        notices=tuple(notices),
    )


def _frame(records: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: [record.get(name) for record in records] for name in columns}, dtype=object)
