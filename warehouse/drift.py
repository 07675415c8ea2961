"""Drift: whether a source's new bytes can be what its publisher meant to say, judged by what it said before.

Facts that come, go or are revised are a publisher's daily work and only told. What is refused is what no revision looks
like: much of the file gone, another unit, figures that jump; see `warehouse.reasons`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from sources.errors import FormatError
from sources.model import Reading
from sources.records import read_table
from warehouse import reasons
from warehouse.canonical import canonical
from warehouse.reasons import DAILY, Fact, Facts

#: What a source says of a fact, but for where it says so.
SAID = ("low", "value", "high", "object", "reported_text", "basis", "citation", "scope_note", "rank", "flags")


@dataclass(frozen=True)
class Drift:
    """What a new reading of a source changes, and why it is not to be believed, if it is not.

    added, changed, removed: counts of facts. reasons: empty if the reading may be used.
    """

    added: int
    changed: int
    removed: int
    notices: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the counts as a sentence's part."""
        counts = (("added", self.added), ("superseded", self.changed), ("removed", self.removed))
        return ", ".join(f"{count} claims {word}" for word, count in counts if count) or "no claim changed"


def compare(source_id: str, before: Reading, after: Reading, by_kind: bool = False) -> Drift:
    """Compare two readings of a source, fact by fact.

    by_kind: hold each kind of figure against its like alone, so that the few of a nation do not go among its regions'.
    Raises: LoadError if a claim of either has a unit or quantity that is not known.
    """
    old, new = _facts(source_id, before), _facts(source_id, after)
    changed = [fact for fact in old.keys() & new.keys() if _said(old[fact]) != _said(new[fact])]
    found = [*reasons.lost(old, new), *reasons.units(old, new), *reasons.moved(old, new)]
    if by_kind:
        found += reasons.kinds_lost(old, new)
        for _, mine, theirs in reasons.by_kind(old, new):
            found += reasons.lost(mine, theirs) if theirs else ()
    notices = [*(notice for notice in after.notices if notice not in before.notices), *_set_aside(before, after)]
    return Drift(
        added=len(new.keys() - old.keys()),
        changed=len(changed),
        removed=len(old.keys() - new.keys()),
        notices=tuple(notices),
        reasons=tuple(dict.fromkeys(found)),
    )


def compare_days(source_id: str, before: Reading | None, after: Reading) -> Drift:
    """Compare a day of a series with an earlier one, by what is typical of each of its subjects; None: it is the first.

    Each kind of figure is held against its like alone.
    Raises: LoadError as `compare` does.
    """
    new = _facts(source_id, after)
    found = [] if new else ["it holds no figure at all"]
    for kind, mine, _ in reasons.by_kind(new, new):
        found += reasons.nothing(kind, mine)
    if before is not None and new:
        old_typical, new_typical = _typical(_facts(source_id, before)), _typical(new)
        found += [*reasons.lost(old_typical, new_typical), *reasons.kinds_lost(old_typical, new_typical)]
        for kind, mine, theirs in reasons.by_kind(old_typical, new_typical):
            found += reasons.units(mine, theirs)
            found += reasons.moved(mine, theirs, {kind[0]: DAILY})
            found += reasons.shifted(kind, mine, theirs)
    return Drift(len(new), 0, 0, tuple(after.notices), tuple(dict.fromkeys(found)))


def columns(source_id: str, before: bytes, after: bytes) -> Iterator[str]:
    """Yield what is new about the columns of a publisher's file; that columns are found by name makes it harmless."""
    try:
        old, new = (read_table(source_id, content, required=()).header for content in (before, after))
    except FormatError:  # a kind of file that only its own reader takes apart
        return
    if added := [name for name in new if name not in old]:
        yield f"columns added: {', '.join(added)}"
    if gone := [name for name in old if name not in new]:
        yield f"columns gone that are not needed: {', '.join(gone)}"
    if [name for name in new if name in old] != [name for name in old if name in new]:
        yield "columns in another order"


def _facts(source_id: str, reading: Reading) -> Facts:
    frame = reading.claims.astype(object).where(reading.claims.notna(), None)
    found: dict[Fact, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.to_dict("records"):
        cells = {str(name): cell for name, cell in row.items()}
        stated = {"reported_unit": cells["unit"], **cells, **canonical(source_id, cells)}
        found[Fact(*(cells[name] or "" for name in Fact._fields))].append(stated)
    return found


def _typical(facts: Facts) -> Facts:
    """Return one figure for each subject, quantity and scope, whatever the time: the median."""
    times: dict[Fact, list[dict[str, Any]]] = defaultdict(list)
    for fact, rows in facts.items():
        times[fact._replace(period_start="", period_end="")] += [row for row in rows if row["value"] is not None]
    return {fact: [{**rows[0], "value": median(row["value"] for row in rows)}] for fact, rows in times.items() if rows}


def _said(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in SAID) for row in rows]


def _set_aside(before: Reading, after: Reading) -> Iterator[str]:
    more = len(after.quarantined) - len(before.quarantined)
    if more > 0 and len(before.quarantined):
        yield f"{more} more cells had to be set aside"
    elif more > 0:
        yield f"{more} cells had to be set aside"
