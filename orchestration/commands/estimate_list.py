"""Many estimates, a line each, with as many columns as the screen has room for."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from orchestration.commands.estimate_detail import asking, boundaries, intervals
from orchestration.commands.figures import figure, known, known_interval, range_of
from orchestration.commands.show import table
from warehouse.footprints import NAMEPLATE
from warehouse.read import Rows

#: The mark of each caution, behind the name of the row, and what it says of an input.
MARKS = {
    "undated": ("*", "an intensity without a date"),
    "second-hand": ("\N{DAGGER}", "figures that a database quotes, not checked in their documents"),
    "by others": ("\N{DOUBLE DAGGER}", "figures worked out by others than the developer"),
    "leaked": ("!", "leaked figures"),
}

#: The mark of a run whose methods do not agree, behind the others.
APART = "\N{NOT EQUAL TO}"

#: Columns, with their headings, in the order in which they stand.
COLUMNS = {
    "model": "model",
    "place": "place",
    "method": "method",
    "pue": "PUE",
    "intensity": "g/kWh",
    "energy": "energy\n[kWh]",
    "energy_interval": "energy\n90 % interval",
    "emissions": "emissions\n[t CO2e]",
    "emissions_interval": "emissions\n90 % interval",
}
RIGHT = ("pue", "intensity", "energy", "energy_interval", "emissions", "emissions_interval")

#: Which columns give way where there is no room, the first first; the method last where rows differ in nothing else.
GIVE_WAY = ("pue", "intensity", "method", "place", "emissions_interval", "energy_interval")
GIVE_WAY_BY_REGION = ("method", "energy_interval", "emissions_interval", "intensity", "pue")

#: Space between columns; room that models may claim before they fold; how many countries are named.
GAP, MODEL, COUNTRIES = 2, 28, 3


def listing(
    rows: Rows,
    width: int,
    *,
    by_region: bool,
    all_of: Rows,
    cautions: Mapping[int, Sequence[str]],
    disagreeing: Container[str],
) -> list[RenderableType]:
    """Lay out many estimates: one line each; the place's figures where there is room or where they are the point.

    all_of: the rows of all pages. cautions: which of MARKS a row bears, by its id. disagreeing: runs that bear APART.
    """
    records = rows.records()
    is_moved = "is_preferred" in records[0]
    places = {row["place_id"] for row in records}
    cautious = [cautions.get(row[0], ()) for row in rows.values]
    marks = ["".join(MARKS[name][0] for name in names) for names in cautious]
    marks = [f"{mark}{APART if row['run_id'] in disagreeing else ''}" for mark, row in zip(marks, records, strict=True)]
    cells = [_cells(row) for row in records]
    for row, mark in zip(cells, marks, strict=True):
        named = "place" if by_region else "model"
        row[named] = f"{row[named]} {mark}".rstrip()
    unused = {"model"} if by_region else set()
    unused |= {"place"} if is_moved and len(places) == 1 else set()
    unused |= {name for name in COLUMNS if not any(row[name] for row in cells)}
    used = [name for name in COLUMNS if name not in unused]
    names = _fitting(cells, used, width, _give_way(records, by_region))
    made = table(*((COLUMNS[name], "right" if name in RIGHT else "left") for name in names))
    for name, column in zip(names, made.columns, strict=True):
        column.no_wrap = name in RIGHT
    for row in cells:
        made.add_row(*(row[name] for name in names))
    where = f" in {records[0]['place_id']}" if is_moved and len(places) == 1 else ""
    title = f"Training of {records[0]['model_id']} by region" if by_region else f"{counted(all_of)}{where}"
    left_out = _left_out([name for name in used if name not in names])
    legend = _legend({name for names in cautious for name in names}, any(APART in mark for mark in marks))
    lines = [*left_out, *legend, *_footnotes(records, names, is_moved)]
    return [Text(title, style="bold"), made, Text(), *(Text(line, style="dim") for line in lines)]


def counted(rows: Rows) -> str:
    """Return in words how many estimates of how many runs and models these are."""
    records = rows.records()
    runs, models = len({row["run_id"] for row in records}), len({row["model_id"] for row in records})
    of_runs = f"{figure(runs)} training run{'' if runs == 1 else 's'}"
    of_models = f"{figure(models)} model{'' if models == 1 else 's'}"
    if runs != len(records):
        return f"{figure(len(records))} estimates of {of_runs} of {of_models}"
    is_best = all(row["is_headline"] for row in records)
    return f"{of_runs} of {of_models}{', each by its best method' if is_best else ''}"


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "model": row["model_id"] if row["run_id"] == row["model_id"] else f"{row['model_id']}\n  {row['run_id']}",
        "place": _place(row),
        "method": row["method"],
        "pue": "" if row["pue"] is None else range_of(row, "pue"),
        "intensity": "" if row["grid_intensity_g_per_kwh"] is None else figure(row["grid_intensity_g_per_kwh"]),
        "energy": known(row, "energy_kwh"),
        "energy_interval": "upper bound" if row["method"] in NAMEPLATE else known_interval(row, "energy_kwh"),
        "emissions": known(row, "emissions_tco2e"),
        "emissions_interval": "" if row["method"] in NAMEPLATE else known_interval(row, "emissions_tco2e"),
    }


def _place(row: Mapping[str, Any]) -> str:
    """Return where a run was, and whether that is only where its developers are."""
    basis, countries = str(row["place_basis"]), str(row["place_id"]).split("+")
    if basis == "unknown":
        return "unknown"
    named = "+".join(countries) if len(countries) <= COUNTRIES else f"{len(countries)} countries"
    return f"{named} (developer)" if "developer" in basis else named


def _give_way(records: list[dict[str, Any]], by_region: bool) -> list[str]:
    """Return which columns of these rows may give way, the first first."""
    is_by_method = len({(row["run_id"], row["place_id"]) for row in records}) < len(records)
    return sorted(GIVE_WAY_BY_REGION if by_region else GIVE_WAY, key=lambda name: is_by_method and name == "method")


def _fitting(cells: list[dict[str, str]], names: list[str], width: int, give_way: Sequence[str]) -> list[str]:
    """Leave out columns until the rest has room."""
    widths = {
        name: max(len(line) for text in (COLUMNS[name], *(row[name] for row in cells)) for line in text.split("\n"))
        for name in names
    }
    widths["model"] = min(widths.get("model", 0), MODEL)
    for name in give_way:
        if sum(widths[kept] for kept in names) + GAP * (len(names) - 1) <= width:
            break
        if name in names:
            names = [kept for kept in names if kept != name]
    return names


def _left_out(names: list[str]) -> list[str]:
    """Return the line that says which columns had no room, if any had none."""
    told = ", ".join(COLUMNS[name].replace("\n", " ") for name in names)
    return [f"No room for: {told}. A wider terminal shows them, --format csv has all"] if told else []


def _legend(found: Container[str], is_any_apart: bool) -> list[str]:
    """Return the lines that explain the marks, if there are any."""
    told = "; ".join(f"{mark} {said}" for name, (mark, said) in MARKS.items() if name in found)
    lines = [f"Rests in part on: {told}"] if told else []
    if is_any_apart:
        lines.append(
            f"{APART} methods do not agree: their 90 % intervals of energy do not meet; which: footnote estimates MODEL"
        )
    return lines


def _footnotes(records: list[dict[str, Any]], names: list[str], is_moved: bool) -> list[str]:
    lines = boundaries(records)
    if any("interval" in name for name in names):
        lines += intervals(records)
    spreads = [row["energy_spread"] for row in records if is_moved and row["method"] not in NAMEPLATE]
    if any(spreads) and "energy_interval" not in names:
        widest = figure(math.exp(max(spread for spread in spreads if spread)), 2)
        lines.append(f"90 % interval of each energy: within a factor {widest} or less; see footnote calibration")
    if "place" in names and any("developer" in str(row["place_basis"]) for row in records):
        lines.append("(developer): where it ran is not known; its developers are there, and so is the grid intensity")
    return [*lines, asking(records[0]), *([] if is_moved else ["One model in full: footnote estimates MODEL"])]
