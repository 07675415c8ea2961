"""What a user's file must pass before anything of it is kept: known names, units that convert, figures that can be."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache

from sources import registry
from sources.own_claims import PREFIX, Problem, place_of
from sources.own_files import OwnFile
from warehouse.errors import LoadError, NotFoundError
from warehouse.naming import resolve
from warehouse.resolve import OBJECT_KINDS, slug
from warehouse.vocabulary import Quantity, factor, quantities

Row = dict[str, object]

#: Kinds of things that must be known by name; models and developers are what the user calls them.
KNOWN = ("accelerator", "server", "provider", "region", "country")
#: Quantities each set of which is enough to estimate a run.
ENOUGH = (
    {"energy"},
    {"accelerator", "accelerator_hours"},
    {"accelerator", "accelerator_count", "training_duration"},
    {"accelerator", "training_compute"},
)


def check(file: OwnFile) -> tuple[list[Row], list[Problem], list[str]]:
    """Check every claim of a file.

    Returns: its rows, with things by their ids; all problems, those of the file's shape first; and notices. A tracker
        names what it finds in a machine, so in its file an unknown name is kept as it is, and told.
    """
    frame = file.claims.astype(object).where(file.claims.notna(), None)
    rows = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    problems = [*file.problems, *_doubled(rows)]
    unknown: Counter[str] = Counter()
    notices: dict[str, None] = {}
    runs: dict[tuple[object, object], dict[str, Row]] = {}
    for row in rows:
        runs.setdefault((row["subject"], row["source_row"]), {})[str(row["quantity"])] = row
        _cite(row)
    for facts in runs.values():
        unplaced = False
        for quantity, row in facts.items():
            kind = OBJECT_KINDS.get(quantity, quantity)
            if kind in KNOWN:
                problem = _name(kind, row, facts)
                if problem and file.is_tracked:
                    unknown[f"{kind} {row['reported_text']!r}"] += 1
                    row["object"] = row["reported_text"]
                elif problem:
                    problems.append(problem)
                    unplaced |= kind in ("region", "provider")
            elif quantities()[quantity].kind == "number":
                problems += _number(row, quantities()[quantity], is_strict=not file.is_tracked)
        problems += [] if unplaced else _place(facts)
        notices |= dict.fromkeys(_model(facts["model"]) if "model" in facts else [])
        if not any(needed <= facts.keys() for needed in ENOUGH):
            name = next(iter(facts.values()))["subject"]
            notices[
                f"{str(name).removeprefix(PREFIX)}: no estimate can be made of it; that takes an energy, or an "
                "accelerator with its hours, its count and duration, or a training_compute"
            ] = None
    told = [f"not known, kept as it is written: {name} ({times} runs)" for name, times in unknown.items()]
    return rows, sorted(problems, key=lambda one: one.line or 0), [*told, *notices]


def _doubled(rows: Iterable[Row]) -> list[Problem]:
    """Return the rows of the file whose run has the identity of an earlier one."""
    first: dict[str, object] = {}
    problems = {}
    for row in rows:
        run, line = slug(str(row["subject"])), row["source_row"]
        if first.setdefault(run, line) != line:
            found = repr(str(row["subject"]).removeprefix(PREFIX))
            expected = f"another name than that of line {first[run]}"
            problems[line] = Problem(int(str(line)), "run", found, expected, "Give each run a name of its own.")
    return list(problems.values())


def _cite(row: Row) -> None:
    """Cite a document of the bibliography by its key, where that is what the user wrote."""
    if row["citation"] in _bibliography():
        row["reference_id"], row["citation"] = row["citation"], None


def _name(kind: str, row: Row, facts: Mapping[str, Row]) -> Problem | None:
    """Put the id of what a row names in its place; return the problem if it is not known."""
    asked = str(row["object"])
    pairs = known(kind)
    tries = [asked]
    if kind == "region" and "/" not in asked and "provider" in facts:
        provider = _id("provider", str(facts["provider"]["object"]))
        tries.append(f"{provider}/{asked}")
    for name in tries:
        if found := _id(kind, name):
            row["object"] = found
            return None
    near = _nearest(tries[-1], pairs)
    _, line, column = place_of(str(row["locator"]))
    expected = f"{'an' if kind == 'accelerator' else 'a'} {kind} that is known"
    remedy = f"Nearest: {', '.join(near)}. Write one of them, or leave it empty and give the energy."
    if kind != "accelerator":
        remedy = f"Nearest: {', '.join(near)}. Write one of them, or leave it empty."
    return Problem(line, column, repr(asked), expected, remedy)


def _id(kind: str, name: str) -> str | None:
    try:
        return resolve(kind, name, known(kind), "")
    except NotFoundError:
        return None


def _nearest(asked: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    ids = {name.casefold(): identity for name, identity in pairs}
    near = difflib.get_close_matches(asked.casefold(), ids, n=8, cutoff=0.3)
    return list(dict.fromkeys(ids[name] for name in near))[:4]


def _number(row: Row, quantity: Quantity, *, is_strict: bool) -> list[Problem]:
    """Return the problem of a number: a unit of something else, or, where strict, more or less than there can be.

    Less than the plausible is refused of counts and ratios only: a run may be as small as it likes.
    """
    _, line, column = place_of(str(row["locator"]))
    unit = quantity.unit or "1"
    try:
        step = factor(str(row["unit"]), unit)
    except LoadError as error:
        remedy = f"Write the number with a unit that converts to {unit}, or bare." if unit != "1" else "Write it bare."
        return [Problem(line, column, repr(row["reported_text"]), f"a figure in {unit}: {error}", remedy)]
    ends = [float(Fraction(str(row[name])) * step) for name in ("value", "low", "high") if row[name] is not None]
    least = quantity.plausible_low or 0 if unit == "1" else 0
    most = quantity.plausible_high or float("inf")
    if not is_strict or (min(ends) >= least and max(ends) <= most):
        return []
    expected = f"{least:g} to {most:g}{'' if unit == '1' else f' {unit}'}"
    return [Problem(line, column, repr(row["reported_text"]), expected, "Mend the figure or its unit.")]


def _place(facts: Mapping[str, Row]) -> list[Problem]:
    """Return the problem of a region that is not its provider's."""
    region, provider = (str(facts[name]["object"]) if name in facts else "" for name in ("region", "provider"))
    if not provider or "/" not in region or region.startswith(f"{provider}/"):
        return []
    _, line, column = place_of(str(facts["region"]["locator"]))
    return [Problem(line, column, repr(region), f"a region of {provider}", "Mend one of the two, or leave one empty.")]


def _model(row: Row) -> list[str]:
    """Keep a model without a name of its own apart from known ones; return a notice where a known one was named."""
    name = str(row["object"])
    run = str(row["subject"]).removeprefix(PREFIX)
    same = known_models().get(name) or known_models().get(slug(name))
    if same is None:
        return []
    if place_of(str(row["locator"]))[2] == "model":
        return [f"{run}: counts as a run of the model {same}, which others have described too"]
    row["object"] = f"{PREFIX}{name}"
    return []


@cache
def known(kind: str) -> list[tuple[str, str]]:
    """Return every name of a kind of thing with the id that it means, ids among the names."""
    entities, aliases = registry.names("entities"), registry.names("aliases")
    entities = entities[entities["kind"] == kind]
    aliases = aliases[(aliases["kind"] == kind) & (aliases["source_id"] == "")]
    ids = list(entities["entity_id"])
    pairs = [*zip(ids, ids, strict=True), *zip(entities["name"], ids, strict=True)]
    pairs += zip(aliases["alias"], aliases["entity_id"], strict=True)
    if kind == "region":  # most regions are known from the feeds alone
        pairs += [(name.lower(), name.lower()) for name in _named("region") if "/" in name]
    return list(dict.fromkeys(pairs))


@cache
def known_models() -> dict[str, str]:
    """Return the ids of models by their names, those of catalogues among them."""
    return {**{slug(name): slug(name) for name in _named("model")}, **dict(known("model"))}


@cache
def _named(kind: str) -> list[str]:
    """Return the names that the packaged feeds define."""
    names: dict[str, None] = {}
    for adapter in registry.ADAPTERS.values():
        packaged = registry.packaged(adapter)
        if packaged and adapter.is_feed and kind in adapter.source.defines:
            claims = registry.read(adapter, packaged.origin, packaged.content).claims
            found = claims.loc[claims["quantity"] == kind, "object"] if kind == "model" else claims["subject"]
            names |= dict.fromkeys(str(name) for name in found)
    return list(names)


@cache
def _bibliography() -> frozenset[str]:
    return frozenset(registry.references()["reference_id"])
