"""The record of every attempt to refresh a source: an append-only table in the home, which no release is made of.

It tells, never by the clock, which fetched snapshots are in use. What is wrong with a source by it, and what is not
released yet, is `warehouse.findings`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from warehouse import lines
from warehouse.connect import Home

#: Where the record lies in a home.
FILE = "refresh/attempts.csv"

GOOD = ("new", "unchanged")
SET_ASIDE = ("held_back", "deferred")


@dataclass(frozen=True)
class Attempt:
    """One attempt to refresh a source.

    outcome: `new` or `unchanged`; `held_back`, bytes that are kept and not used; `deferred`, bytes that are kept and
        tried again; `refused`, an answer that is no table; `unreachable`, none.
    etag, last_modified: of the version in use; of several files, each by its name.
    part: the day that was asked for, of a feed that is asked for one day at a time.
    """

    source_id: str
    attempted_at: datetime
    outcome: str
    detail: str
    address: str
    origin: str
    etag: str
    last_modified: str
    snapshot_id: str
    part: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether the source was read, changed or not."""
        return self.outcome in GOOD


COLUMNS = [field.name for field in fields(Attempt)]


def read(home: Home) -> list[Attempt]:
    """Return all attempts, in the order in which they were made."""
    attempts = []
    for cells in lines.read(home.path / FILE, COLUMNS):
        with suppress(ValueError):  # a line that is damaged is no attempt
            attempted_at = datetime.fromisoformat(cells.pop("attempted_at"))
            attempts.append(Attempt(attempted_at=attempted_at, **cells))
    return attempts


def append(home: Home, attempt: Attempt) -> None:
    """Add one attempt to the record, one line; a line once written stays."""
    cells = {**asdict(attempt), "attempted_at": attempt.attempted_at.isoformat()}
    lines.append(home.path / FILE, COLUMNS, [[cells[name] for name in COLUMNS]])


def of_source(attempts: Iterable[Attempt], source_id: str, part: str | None = None) -> list[Attempt]:
    """Return the attempts on one source, or on one part of it."""
    mine = [attempt for attempt in attempts if attempt.source_id == source_id]
    return mine if part is None else [attempt for attempt in mine if attempt.part == part]


def effective(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source without those that were taken back.

    A snapshot that was new and then failed where all sources meet is set aside later, by the same id.
    """
    kept: dict[int, Attempt] = {}
    taken: dict[str, list[int]] = defaultdict(list)  # part -> places of what was taken into use
    for place, attempt in enumerate(attempts):
        kept[place] = attempt
        used = taken[attempt.part]
        if attempt.outcome == "new":
            used.append(place)
        elif attempt.outcome in SET_ASIDE and used and kept[used[-1]].snapshot_id == attempt.snapshot_id:
            del kept[used.pop()]
    return list(kept.values())


def taken_back(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source that were new and then taken back."""
    mine = list(attempts)
    kept = {id(attempt) for attempt in effective(mine)}
    return [attempt for attempt in mine if id(attempt) not in kept]


def in_use(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts on one source whose bytes are snapshots of it."""
    return [attempt for attempt in effective(attempts) if attempt.outcome == "new"]


def failures(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the failed attempts since the source was last read; empty if the last one was good."""
    failed: list[Attempt] = []
    for attempt in attempts:
        failed = [] if attempt.is_good else [*failed, attempt]
    return failed


def state(attempts: Iterable[Attempt], source_id: str) -> Mapping[str, object]:
    """Return when a source was last read, the last attempt, since when and why it fails, and the days held back."""
    mine = effective(of_source(attempts, source_id))
    failed = failures(mine)
    last = mine[-1] if mine else None
    good = [attempt for attempt in mine if attempt.is_good]
    return {
        "read_at": good[-1].attempted_at.replace(tzinfo=None) if good else None,
        "attempted_at": last.attempted_at.replace(tzinfo=None) if last else None,
        "outcome": last.outcome if last else None,
        "failing_since": failed[0].attempted_at.replace(tzinfo=None) if failed else None,
        "reason": last.detail if last and failed else None,
        "held_back_parts": ", ".join(sorted(_held_back(mine))) or None,
    }


def _held_back(attempts: Iterable[Attempt]) -> Iterable[str]:
    """Return the days of a series of which the last bytes are not used, whatever came of later days."""
    last = {attempt.part: attempt for attempt in attempts if attempt.part}
    return [part for part, attempt in last.items() if attempt.outcome in SET_ASIDE]
