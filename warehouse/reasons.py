"""Reasons not to believe what a publisher says: what no revision looks like, fact by fact and kind by kind.

The thresholds stand here, and nowhere else. They are choices of ours, each with its reason: above what real revisions
are known to do, below what a fault does. `footnote refresh SOURCE --accept` takes nevertheless what they hold back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

#: Share of a quantity's facts that may go at once. The largest real loss known is 17 % of a catalogue of models.
MOST_LOST = 0.25
#: Fewer than these may always go, since a quarter of few is a line or two, which publishers do drop.
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


#: A region's grid was revised by 2.1 at the most in seven years. Below 20 g/kWh, as hydropower's, a gram is a multiple.
INTENSITY = Move(3, 20, 0)
#: From one year to the next, no place's PUE moves by more than 1.10 in our tables; a year's own is revised by less.
PUE = Move(2, 1, 0)
#: A product keeps its nameplate. Another unit, or a server's figure in the place of an accelerator's, is further off.
NAMEPLATE = Move(3, 1, 0)
#: Estimates of training compute, among others, are revised by hundreds here and there, never all at once.
OTHERS = Move(10, None, 0.05)
MOVES = {"grid_intensity": INTENSITY, "pue": PUE, "tdp": NAMEPLATE, "server_power": NAMEPLATE}
#: From one day to the next the wind alone moves a zone's typical figure tenfold; never that of a quarter of all zones.
DAILY = Move(10, 1, 0.25)
#: Nor does it move half of all zones this far the same way, as another unit would.
TOGETHER = 5


class Fact(NamedTuple):
    """What makes two claims of one source the same fact; a note that was reworded does not make another."""

    subject_kind: str
    subject: str
    quantity: str
    qualifier: str
    boundary: str
    period_start: str
    period_end: str

    @property
    def kind(self) -> Kind:
        """Return what makes figures alike: their quantity, and what they include."""
        return self.quantity, self.boundary


Kind = tuple[str, str]
Facts = Mapping[Fact, list[dict[str, Any]]]


def by_kind(old: Facts, new: Facts) -> Iterator[tuple[Kind, Facts, Facts]]:
    """Yield each kind of figure of the old, with those of it in the old and in the new."""

    def part(facts: Facts, kind: Kind) -> Facts:
        return {fact: rows for fact, rows in facts.items() if fact.kind == kind}

    for kind in sorted({fact.kind for fact in old}):
        yield kind, part(old, kind), part(new, kind)


def lost(old: Facts, new: Facts) -> Iterator[str]:
    """Yield the quantities of which too many facts are gone, the whole file first."""
    stated = Counter(fact.quantity for fact in old)
    gone = Counter(fact.quantity for fact in old if fact not in new)
    if not new or _is_too_many(sum(gone.values()), len(old)):
        yield f"{sum(gone.values())} of {len(old)} claims are gone (at most {MOST_LOST:.0%} may go at once)"
        return
    for quantity, count in sorted(gone.items()):
        if _is_too_many(count, stated[quantity]):
            yield f"{count} of {stated[quantity]} claims of {quantity} are gone (at most {MOST_LOST:.0%})"


def _is_too_many(gone: int, stated: int) -> bool:
    return gone >= FEW_LOST and gone > MOST_LOST * stated


def kinds_lost(old: Facts, new: Facts) -> Iterator[str]:
    """Yield the kinds of figures of which none is left, however few they were."""
    for kind in sorted({fact.kind for fact in old} - {fact.kind for fact in new}):
        yield f"no figure of {_words(kind)} is left"


def nothing(kind: Kind, new: Facts) -> Iterator[str]:
    """Yield it if all figures of a kind are zero, which those of no day are."""
    figures = [row["value"] for rows in new.values() for row in rows]
    if not any(figures):
        yield f"all {len(figures)} figures of {_words(kind)} are 0"


def units(old: Facts, new: Facts) -> Iterator[str]:
    """Yield the units that changed, even where the figures agree."""
    changed = Counter(
        (fact.quantity, old[fact][0]["reported_unit"], new[fact][0]["reported_unit"])
        for fact in old.keys() & new.keys()
        if old[fact][0]["reported_unit"] != new[fact][0]["reported_unit"]
    )
    for (quantity, before, after), count in sorted(changed.items(), key=str):
        yield f"the unit of {quantity} was {before} and is {after} in {count} claims"


def moved(old: Facts, new: Facts, rules: Mapping[str, Move] = MOVES) -> Iterator[str]:
    """Yield the quantities whose figures jump, each with the widest."""
    compared: Counter[str] = Counter()
    far: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for fact in sorted(old.keys() & new.keys()):
        rule = rules.get(fact.quantity, OTHERS)
        for before, after in zip(old[fact], new[fact], strict=False):
            factor = _factor(before["value"], after["value"], rule.floor)
            if factor is None:
                continue
            compared[fact.quantity] += 1
            if factor > rule.factor:
                far[fact.quantity].append((factor, f"{fact.subject} from {before['value']:g} to {after['value']:g}"))
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


def shifted(kind: Kind, old: Facts, new: Facts) -> Iterator[str]:
    """Yield it if half of all zones moved far and the same way."""
    floor = DAILY.floor or 0
    ratios = [max(new[fact][0]["value"], floor) / max(old[fact][0]["value"], floor) for fact in old.keys() & new.keys()]
    if ratios and not 1 / TOGETHER <= (typical := median(ratios)) <= TOGETHER:
        middle = f"in the middle of {len(ratios)} zones"
        yield f"{_words(kind)} is {typical:.3g} times what it was, {middle} (at most {TOGETHER}, at least 1/{TOGETHER})"


def _words(kind: Kind) -> str:
    return f"{kind[0]} ({kind[1]})" if kind[1] else kind[0]
