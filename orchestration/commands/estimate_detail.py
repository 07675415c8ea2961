"""The estimates of one model in full: what each method gives, what all of them share, and what is not in them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import figure, interval_of, known, known_interval, range_of, span
from orchestration.commands.show import table
from warehouse.footprints import NAMEPLATE
from warehouse.read import Rows

#: What a boundary's tokens say of a grid intensity.
KINDS = {
    "location": "location-based",
    "market": "market-based",
    "average_consumption": "average of consumption",
    "average_production": "average of production",
    "marginal": "marginal",
    "lifecycle": "life-cycle",
    "direct": "direct emissions",
}

#: Digits of an embodied figure, whose assumptions are rough and have no range, and of a factor.
_ROUGH = 2

INTERVAL = (
    "90 % interval: from the ranges of the inputs, and by how much the method misses energies that are known; "
    "see footnote calibration"
)
NO_INTERVAL = "No interval: the energy is disclosed as one figure, and how far it may be off is not known"


def detail(rows: Rows) -> list[RenderableType]:
    """Lay out the estimates of one model: for each run and place, what they share, then a table of the methods."""
    records = rows.records()
    first = records[0]
    about = ", ".join(str(first[name]) for name in ("developer_id", "run_year") if first[name])
    title = Text(f"Training of {first['model_id']}", style="bold")
    parts: list[RenderableType] = [title.append(f"  {about}", style="dim not bold")]
    several_runs = len({row["run_id"] for row in records}) > 1
    for _, found in groupby(records, _block):
        block = list(found)
        parts += [Text(), *([Text(f"run {block[0]['run_id']}", style="bold")] if several_runs else [])]
        parts += [_shared(block), Text(), methods(block)]
        parts += [Text(line) for line in _beside(block[0])]
    return [*parts, Text(), *_footnotes(records)]


def _block(row: Mapping[str, Any]) -> tuple[object, ...]:
    return row["run_id"], row["place_id"], row["intensity_basis"]


def _shared(block: list[dict[str, Any]]) -> Table:
    """Lay out place, PUE and grid intensity, once where all methods have the same."""
    made = Table.grid(padding=(0, 2))
    made.add_column()
    made.add_column(overflow="fold")
    for name, write in (("place", _place), ("PUE", _pue), ("intensity", _intensity)):
        told: dict[str, list[dict[str, Any]]] = {}
        for row in block:
            told.setdefault(write(row).plain, []).append(row)
        for same in told.values():
            cell = write(same[0])
            if len(told) > 1:
                cell.append(f"  ({', '.join(row['method'] for row in same)})", style="dim")
            made.add_row(name, cell)
    return made


def _place(row: Mapping[str, Any]) -> Text:
    basis = str(row["place_basis"])
    if basis == "unknown":
        return Text("unknown, so that the world's average holds")
    where = Text(str(row["place_id"]).replace("+", ", "))
    told = ": where it ran is not known" if basis.startswith("countr") and "developer" in basis else ""
    return where.append(f"  {basis}{told}", style="dim")


def _pue(row: Mapping[str, Any]) -> Text:
    if row["pue"] is None:
        return Text("not stated" if "not stated" in row["energy_boundary"] else "in the energy")
    return _of_place(range_of(row, "pue"), row["pue_basis"], row["pue_match"])


def _intensity(row: Mapping[str, Any]) -> Text:
    if row["grid_intensity_g_per_kwh"] is None:
        return Text("unknown")
    center, ends = figure(row["grid_intensity_g_per_kwh"]), range_of(row, "grid_intensity_g_per_kwh")
    written = center if center == ends else f"{center} ({ends})"
    choice = "" if row.get("is_preferred", True) else "other source, to compare: "
    return _of_place(f"{written} g/kWh", f"{choice}{row['intensity_basis']}", row["intensity_match"], accounting(row))


def accounting(row: Mapping[str, Any]) -> str:
    """Return in words what a grid intensity counts."""
    tokens = [token for token in str(row["intensity_boundary"] or "").split(";") if token]
    words = [KINDS.get(token, token.replace("_", " ")) for token in tokens]
    if "lifecycle" not in tokens and "direct" not in tokens:
        words.append("not said whether life-cycle or direct")
    return ", ".join(words)


def _of_place(written: str, *notes: str | None) -> Text:
    said = dict.fromkeys(note for note in notes if note and note != "the run")
    return Text(written).append(f"  {'; '.join(said)}", style="dim")


def methods(block: Iterable[Mapping[str, Any]]) -> Table:
    """Lay out what each method gives: the figure, its 90 % interval, and the range of its inputs alone."""
    made = table("method", ("energy [kWh]", "right"), ("emissions [t CO2e]", "right"))
    for column in made.columns[1:]:
        column.no_wrap = True
    rows = list(block)
    bounds = {range_of(row, "energy_kwh") for row in rows if row["method"] in NAMEPLATE}
    for row in rows:
        made.add_row(*(Text("\n").join(column) for column in zip(*_lines(row, bounds), strict=True)))
    return made


def _lines(row: Mapping[str, Any], bounds: Container[str]) -> list[tuple[Text, Text, Text]]:
    """Return the lines of a method; a bound at nameplate power is only its range.

    bounds: ranges of methods at nameplate power, which need not be told twice.
    """
    ranges = range_of(row, "energy_kwh"), range_of(row, "emissions_tco2e")
    name = f"{row['method']} *" if row["is_headline"] else str(row["method"])
    if row["method"] in NAMEPLATE:
        return [_line(name, ranges)]
    center = known(row, "energy_kwh"), known(row, "emissions_tco2e")
    lines = [_line(name, center)]
    if row["energy_basis"]:
        lines.append(_line(f"  {row['energy_basis']}", ("", ""), "dim"))
    interval = known_interval(row, "energy_kwh"), known_interval(row, "emissions_tco2e")
    if any(interval):
        lines.append(_line("  90 % interval", interval, "dim"))
    if ranges != center:
        lines.append(_line("  inputs' range alone", ranges, "dim"))
    if row.get("nameplate_energy_kwh") is not None and (most := range_of(row, "nameplate_energy_kwh")) not in bounds:
        label = "  servers at maximum" if "server" in str(row["method"]) else "  accelerators at TDP"
        lines.append(_line(label, (most, ""), "dim"))
    return lines


def _line(label: str, figures: tuple[str, str], style: str = "") -> tuple[Text, Text, Text]:
    return Text(label, style=style), Text(figures[0], style=style), Text(figures[1], style=style)


def _beside(row: Mapping[str, Any]) -> list[str]:
    """Return what is said of a run beneath its figures: which methods do not agree, and what is not in them."""
    lines = []
    if row.get("stated_emissions"):
        lines.append(f'Stated: emissions of "{row["stated_emissions"]}", in {row["stated_emissions_in"]}')
    lines += [
        f"Do not agree: the 90 % intervals of {one['method']} and {one['other_method']} do not meet; "
        f"by the first the energy is {figure(one['energy_ratio'], _ROUGH)} times that by the second"
        for one in row.get("disagreements") or []
    ]
    if row.get("embodied_emissions_tco2e") is not None:
        made = span(row["embodied_emissions_tco2e_low"], row["embodied_emissions_tco2e_high"], _ROUGH)
        lines.append(f"Not included: embodied {made} t CO2e, of making the hardware, by its share of time in use")
    for entry in row.get("overheads") or []:
        figures = [
            f"{figure(entry[column])} {unit}"
            for column, unit in (("energy_kwh", "kWh"), ("emissions_tco2e", "t CO2e"))
            if entry[column] is not None
        ]
        told = f"{entry['kind']} {', '.join(figures)}, as its source states"
        lines.append(
            f"Not to be added, since the run is in it: {told}" if entry["contains_run"] else f"Not included: {told}"
        )
    return lines


def _footnotes(records: list[dict[str, Any]]) -> list[RenderableType]:
    """Return what the figures include, a line per method, and what to ask next."""
    lines = ["* best method for this run"] if any(row["is_headline"] for row in records) else []
    lines += boundaries(records, with_hardware=True)
    lines += intervals(records)
    lines.append(asking(records[0]))
    return [Text(line, style="dim") for line in lines]


def boundaries(records: Iterable[Mapping[str, Any]], with_hardware: bool = False) -> list[str]:
    """Return a line for each method: what its figures include, and where wanted how its hardware is known."""
    said: dict[str, dict[str, None]] = {}
    for row in records:
        hardware = f"; hardware: {row['hardware_basis']}" if with_hardware and row["hardware_basis"] else ""
        said.setdefault(row["method"], {})[f"{row['energy_boundary']}{hardware}"] = None
    return [f"{method}: {', or '.join(words)}" for method, words in said.items()]


def intervals(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what 90 % intervals are, and why some estimates have none, as far as these have any or none."""
    rows = [row for row in records if row["method"] not in NAMEPLATE]
    has_any = [interval_of(row, "energy_kwh") is not None for row in rows]
    lines = [INTERVAL] if any(has_any) else []
    return lines if all(has_any) else [*lines, NO_INTERVAL]


def asking(row: Mapping[str, Any]) -> str:
    """Return the line that says how to trace an estimate."""
    place = f" --region {row['region_id']}" if "is_preferred" in row else ""
    column = "" if row["emissions_tco2e"] is not None else " energy_kwh"
    return f"Where it comes from: footnote trace {row['model_id']}{column}{place} --method {row['method']}"
