"""Drift: whether a source's new bytes can be what its publisher meant to say, judged by what it said before.

Rows that come, go or are revised are a publisher's daily work and only told. What is refused is what no revision looks
like: much of the file gone, another unit, figures that jump. The thresholds stand here, and nowhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from sources.errors import FormatError
from sources.model import Reading
from sources.records import read_table
from warehouse.canonical import canonical

#: What makes two claims of one source the same fact; a note that was reworded does not make another.
SERIES = ("subject_kind", "subject", "quantity", "qualifier", "boundary", "period_start", "period_end")

#: Share of a quantity's series that may go at once. The largest real loss known is 17 % of a catalogue of models.
MOST_LOST = 0.25
#: Fewer than these may always go.
FEW_LOST = 4


@dataclass(frozen=True)
class Move:
    """How far a figure of a quantity may move from one snapshot to the next.

    factor: the new over the old figure, or the other way round. floor: figures below it count as this, so that a small
    figure, or zero, may move freely; None leaves zeros out. share: of the figures that both snapshots state, how many
    may move further; 0 where a single one is not believed.
    """

    factor: float
    floor: float | None
    share: float


#: Intensity, PUE and nameplate power are physical: a region's grid was revised by 2.1 at the most in seven years.
MOVES = {
    "grid_intensity": Move(3, 20, 0),
    "pue": Move(2, 1, 0),
    "tdp": Move(3, 1, 0),
    "server_power": Move(3, 1, 0),
}
#: From one day to the next the wind alone moves a zone's typical figure tenfold; never that of a quarter of all zones.
DAILY = Move(10, 1, 0.25)
#: Nor does it move half of all zones this far the same way, as another unit would.
TOGETHER = 5
#: Everything else, estimates of training compute among it, is revised by hundreds here and there, never all at once.
OTHERS = Move(10, None, 0.05)

Series = tuple[str, ...]
#: A quantity, and the boundary of its figures.
Kind = tuple[str, str]
Rows = list[dict[str, Any]]
Part = dict[Series, Rows]


@dataclass(frozen=True)
class Drift:
    """What a new reading of a source changes, and why it is not to be believed, if it is not.

    added, changed, removed: counts of series. reasons: empty if the reading may be used.
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
    """Compare two readings of a source, series by series.

    by_kind: hold each kind of figure against its like alone, so that the few of a nation do not go among its regions'.
    Raises: LoadError if a claim of either has a unit or quantity that is not known.
    """
    old, new = _series(source_id, before), _series(source_id, after)
    common = old.keys() & new.keys()
    changed = [key for key in common if _said(old[key]) != _said(new[key])]
    reasons = [*_lost(old, new), *_units(old, new), *_moved(old, new)]
    if by_kind:
        reasons += _kinds_lost(old, new)
        for _, mine, theirs in _by_kind(old, new):
            reasons += [reason for reason in _lost(mine, theirs) if theirs]
    notices = [*(notice for notice in after.notices if notice not in before.notices), *_set_aside(before, after)]
    return Drift(
        added=len(new.keys() - old.keys()),
        changed=len(changed),
        removed=len(old.keys() - new.keys()),
        notices=tuple(notices),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def compare_days(source_id: str, before: Reading | None, after: Reading) -> Drift:
    """Compare a day of a series with an earlier one, by what is typical of each of its subjects; None: it is the first.

    Each kind of figure is held against its like alone.
    Raises: LoadError as `compare` does.
    """
    new = _series(source_id, after)
    reasons = [] if new else ["it holds no figure at all"]
    for kind, mine, _ in _by_kind(new, new):
        reasons += _nothing(kind, mine)
    if before is not None and new:
        old_typical, new_typical = _typical(_series(source_id, before)), _typical(new)
        reasons += [*_lost(old_typical, new_typical), *_kinds_lost(old_typical, new_typical)]
        for kind, mine, theirs in _by_kind(old_typical, new_typical):
            rules = {kind[0]: DAILY}
            reasons += [*_units(mine, theirs), *_moved(mine, theirs, rules), *_shifted(kind, mine, theirs)]
    return Drift(len(new), 0, 0, tuple(after.notices), tuple(dict.fromkeys(reasons)))


def _by_kind(old: Mapping[Series, Rows], new: Mapping[Series, Rows]) -> Iterator[tuple[Kind, Part, Part]]:
    """Yield each kind of figure of the old, with those of it in the old and in the new."""

    def part(series: Mapping[Series, Rows], kind: Kind) -> Part:
        return {key: rows for key, rows in series.items() if _kind(key) == kind}

    for kind in sorted({_kind(key) for key in old}):
        yield kind, part(old, kind), part(new, kind)


def _kind(key: Series) -> Kind:
    """Return what makes figures alike: their quantity, and what they include."""
    return key[2], key[4]


def _typical(series: Mapping[Series, list[dict[str, Any]]]) -> dict[Series, list[dict[str, Any]]]:
    """Return one figure for each subject, quantity and scope, whatever the time: the median."""
    times: dict[Series, list[dict[str, Any]]] = defaultdict(list)
    for key, rows in series.items():
        times[(*key[:-2], "", "")] += [row for row in rows if row["value"] is not None]
    return {key: [{**rows[0], "value": median(row["value"] for row in rows)}] for key, rows in times.items() if rows}


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


def _series(source_id: str, reading: Reading) -> dict[Series, list[dict[str, Any]]]:
    frame = reading.claims.astype(object).where(reading.claims.notna(), None)
    found: dict[Series, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.to_dict("records"):
        cells = {str(name): cell for name, cell in row.items()}
        stated = {"reported_unit": cells["unit"], **cells, **canonical(source_id, cells)}
        found[tuple(cells[name] or "" for name in SERIES)].append(stated)
    return found


def _said(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("low", "value", "high", "object", "reported_text", "basis", "citation", "scope_note", "rank", "flags")
    return [tuple(row[name] for name in names) for row in rows]


def _lost(old: Mapping[Series, Any], new: Mapping[Series, Any]) -> Iterator[str]:
    """Yield the quantities of which too many series are gone, the whole file first."""
    stated = Counter(key[2] for key in old)
    lost = Counter(key[2] for key in old if key not in new)
    if not new or _is_too_many(sum(lost.values()), len(old)):
        yield f"{sum(lost.values())} of {len(old)} claims are gone (at most {MOST_LOST:.0%} may go at once)"
        return
    for quantity, count in sorted(lost.items()):
        if _is_too_many(count, stated[quantity]):
            yield f"{count} of {stated[quantity]} claims of {quantity} are gone (at most {MOST_LOST:.0%})"


def _is_too_many(lost: int, stated: int) -> bool:
    return lost >= FEW_LOST and lost > MOST_LOST * stated


def _nothing(kind: Kind, new: Part) -> Iterator[str]:
    """Yield it if all figures of a kind are zero, which those of no day are."""
    figures = [row["value"] for rows in new.values() for row in rows]
    if not any(figures):
        yield f"all {len(figures)} figures of {_words(kind)} are 0"


def _kinds_lost(old: Mapping[Series, Rows], new: Mapping[Series, Rows]) -> Iterator[str]:
    """Yield the kinds of figures of which none is left, however few they were."""
    for kind in sorted({_kind(key) for key in old} - {_kind(key) for key in new}):
        yield f"no figure of {_words(kind)} is left"


def _words(kind: Kind) -> str:
    return f"{kind[0]} ({kind[1]})" if kind[1] else kind[0]


def _shifted(kind: Kind, old: Part, new: Part) -> Iterator[str]:
    """Yield it if half of all zones moved far and the same way."""
    floor = DAILY.floor or 0
    ratios = [
        max(new[key][0]["value"], floor) / max(old[key][0]["value"], floor) for key in sorted(old.keys() & new.keys())
    ]
    if ratios and not 1 / TOGETHER <= (typical := median(ratios)) <= TOGETHER:
        middle = f"in the middle of {len(ratios)} zones"
        yield f"{_words(kind)} is {typical:.3g} times what it was, {middle} (at most {TOGETHER}, at least 1/{TOGETHER})"


def _units(old: Mapping[Series, list[dict[str, Any]]], new: Mapping[Series, list[dict[str, Any]]]) -> Iterator[str]:
    changed = Counter(
        (key[2], old[key][0]["reported_unit"], new[key][0]["reported_unit"])
        for key in old.keys() & new.keys()
        if old[key][0]["reported_unit"] != new[key][0]["reported_unit"]
    )
    for (quantity, before, after), count in sorted(changed.items(), key=str):
        yield f"the unit of {quantity} was {before} and is {after} in {count} claims"


def _moved(
    old: Mapping[Series, list[dict[str, Any]]],
    new: Mapping[Series, list[dict[str, Any]]],
    rules: Mapping[str, Move] = MOVES,
) -> Iterator[str]:
    """Yield the quantities whose figures jump, each with the widest."""
    compared: Counter[str] = Counter()
    far: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for key in sorted(old.keys() & new.keys()):
        quantity, rule = key[2], rules.get(key[2], OTHERS)
        for before, after in zip(old[key], new[key], strict=False):
            factor = _factor(before["value"], after["value"], rule.floor)
            if factor is None:
                continue
            compared[quantity] += 1
            if factor > rule.factor:
                far[quantity].append((factor, f"{key[1]} from {before['value']:g} to {after['value']:g}"))
    for quantity, jumps in sorted(far.items()):
        rule = rules.get(quantity, OTHERS)
        if len(jumps) > rule.share * compared[quantity]:
            yield (
                f"{quantity} moved more than {rule.factor:g}-fold in {len(jumps)} of {compared[quantity]} claims, "
                f"{max(jumps)[1]}"
            )


def _factor(before: float | None, after: float | None, floor: float | None) -> float | None:
    """Return how far apart two figures are, None if that cannot be told."""
    if before is None or after is None:
        return None
    ends = sorted(max(end, floor) if floor is not None else end for end in (before, after))
    return ends[1] / ends[0] if ends[0] > 0 else None


def _set_aside(before: Reading, after: Reading) -> Iterator[str]:
    more = len(after.quarantined) - len(before.quarantined)
    if more > 0 and len(before.quarantined):
        yield f"{more} more cells had to be set aside"
    elif more > 0:
        yield f"{more} cells had to be set aside"
