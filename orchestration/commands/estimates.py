"""`footnote estimates`: energy and emissions of training runs, at their own place or in a region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.commands.show import (
    AsOfOption,
    FormatOption,
    HomeOption,
    figure,
    home_of,
    range_of,
    screen,
    stacked,
    table,
    write_data,
)
from warehouse import footprints
from warehouse.read import Rows, release

#: Widths, in characters, from which a few estimates fit side by side, and from which a long list shows every column.
SIDE_BY_SIDE, FULL_LIST = 124, 132

ModelArgument = Annotated[
    str | None, typer.Argument(help="Model id, name or alias, as gpt-4.", show_default="all models")
]
RegionOption = Annotated[
    str | None, typer.Option("--region", help="Place the run there: provider/region, as azure/westus.")
]
MethodOption = Annotated[
    str | None, typer.Option("--method", help="disclosed, server_power, accelerator_power or training_compute.")
]


def estimates(
    home: HomeOption,
    model: ModelArgument = None,
    region: RegionOption = None,
    method: MethodOption = None,
    provider: Annotated[
        str | None,
        typer.Option("--provider", help="With MODEL: all regions of this provider. Without: runs on this provider."),
    ] = None,
    all_methods: Annotated[bool, typer.Option("--all-methods", help="Every method, not only each run's best.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Show this many rows.")] = None,
    sort: Annotated[
        str | None, typer.Option("--sort", help="Sort by a column of the csv format; numbers from the largest.")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
) -> None:
    """Show energy and emissions of training runs, with ranges.

    Without MODEL: the best estimate of every run where it ran. With MODEL: every method, where it ran. With --region or
    --provider: as if the run had been there, with that place's PUE and grid intensity.
    """
    with release(home_of(home, as_of)) as opened:
        rows = footprints.estimates(
            opened, model, region, method, provider, all_methods=all_methods, sort=sort, limit=limit
        )
    if form != "table":
        write_data(rows, form)
        return
    console = screen()
    is_detail = model is not None and (region is not None or provider is None)
    width = console.width
    print_parts(console, detail(rows, width) if is_detail else listing(rows, width, by_region=model is not None))


def detail(rows: Rows, width: int) -> list[RenderableType]:
    """Lay out the estimates of one model: side by side where there is room, else one below the other."""
    records = rows.records()
    parts: list[RenderableType] = [Text(f"Training of {records[0]['model_id']}", style="bold")]
    if width >= SIDE_BY_SIDE:
        parts += [Text(), _side_by_side(records), Text()]
    else:
        for record in records:
            parts += [Text(), _title(record), _card(record)]
        parts.append(Text())
    return parts + _footnotes(records)


def _side_by_side(records: list[dict[str, Any]]) -> Table:
    made = table(
        "method", "place", ("energy [kWh]", "right"), "PUE", "intensity [g/kWh]", ("emissions [t CO2e]", "right")
    )
    for column in (2, 5):
        made.columns[column].no_wrap = True
    for row in records:
        made.add_row(
            stacked(_method(row), row["hardware_basis"]),
            stacked(*_place(row)),
            range_of(row, "energy_kwh"),
            stacked(_pue(row), *_matched(row["pue_basis"], row["pue_match"])),
            stacked(range_of(row, "grid_intensity_g_per_kwh"), *_matched(_intensity(row), row["intensity_match"])),
            range_of(row, "emissions_tco2e"),
        )
    return made


def _title(row: Mapping[str, Any]) -> Text:
    title = Text(_method(row), style="bold")
    return title.append(f"  {', '.join(_place(row))}", style="dim")


def _card(row: Mapping[str, Any]) -> Table:
    made = Table.grid(padding=(0, 2))
    made.add_column(min_width=11)
    made.add_column(overflow="fold")
    notes = {
        "PUE": "; ".join(_matched(row["pue_basis"], row["pue_match"])),
        "intensity": "; ".join(_matched(_intensity(row), row["intensity_match"])),
    }
    for name, text in (
        ("energy", _with_unit(range_of(row, "energy_kwh"), "kWh")),
        ("PUE", _pue(row)),
        ("intensity", _with_unit(range_of(row, "grid_intensity_g_per_kwh"), "g/kWh")),
        ("emissions", _with_unit(range_of(row, "emissions_tco2e"), "t CO2e")),
        ("hardware", row["hardware_basis"]),
    ):
        if text:
            cell = Text(text)
            if notes.get(name):
                cell.append(f"  {notes[name]}", style="dim")
            made.add_row(f"  {name}", cell)
    return made


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where a run was and how that is known; with the place unknown, the figures are those of the run itself."""
    return ("place unknown",) if row["place_basis"] == "unknown" else (row["place_id"], row["place_basis"])


def _method(row: Mapping[str, Any]) -> str:
    return f"{row['method']} *" if row["is_headline"] else str(row["method"])


def _pue(row: Mapping[str, Any]) -> str:
    included = row["pue"] is None and row["energy_kwh"] is not None
    return (
        ("in the energy" if "not stated" not in row["energy_boundary"] else "not stated")
        if included
        else range_of(row, "pue")
    )


def _matched(basis: str | None, match: str | None) -> list[str]:
    """Return what a figure of a place is and how close it is, leaving out what says the same twice."""
    return [word for word in (basis, match) if word and word not in ("in the energy", "the run")]


def _intensity(row: Mapping[str, Any]) -> str | None:
    if not row.get("intensity_boundary"):
        return str(row["intensity_basis"]) if row["intensity_basis"] else None
    kind = str(row["intensity_boundary"]).replace(";", ", ").replace("_", " ")
    choice = "" if row["is_preferred"] else "other source: "
    return f"{choice}{row['intensity_basis']}, {kind}"


def _with_unit(text: str, unit: str) -> str:
    return text if text == "unknown" else f"{text} {unit}"


def listing(rows: Rows, width: int, *, by_region: bool) -> list[RenderableType]:
    """Lay out many estimates: one line each; the place's figures where there is room or where they are the point."""
    records = rows.records()
    is_full = width >= FULL_LIST
    is_one_place = len({row["place_id"] for row in records}) == 1 and "is_preferred" in records[0]
    shows_place = by_region or (is_full and not is_one_place)
    names: list[str | tuple[str, str]] = [] if by_region else ["model"]
    names += [] if by_region and len({row["method"] for row in records}) == 1 else ["method"]
    names += (["region"] if by_region else ["place"]) if shows_place else []
    names += [("PUE", "right"), ("g/kWh", "right")] if is_full or by_region else []
    made = table(*names, ("energy [kWh]", "right"), ("emissions [t CO2e]", "right"))
    for column in made.columns[-2:]:
        column.no_wrap = True
    for row in records:
        cells = {
            "model": row["model_id"],
            "method": row["method"],
            "region": row["place_id"],
            "place": _place(row)[0],
            "PUE": "" if row["pue"] is None else range_of(row, "pue"),
            "g/kWh": "" if row["grid_intensity_g_per_kwh"] is None else range_of(row, "grid_intensity_g_per_kwh"),
        }
        picked = [cells[name if isinstance(name, str) else name[0]] for name in names]
        made.add_row(*picked, range_of(row, "energy_kwh"), range_of(row, "emissions_tco2e"))
    where = f" in {records[0]['place_id']}" if is_one_place else ""
    title = (
        f"Training of {records[0]['model_id']} by region" if by_region else f"{figure(len(records))} estimates{where}"
    )
    parts: list[RenderableType] = [Text(title, style="bold"), made, Text()]
    if by_region and len({row["method"] for row in records}) == 1:
        return parts + _footnotes(records, marked=False)
    parts += _footnotes(records, marked=False)
    parts.append(
        Text(
            "unknown: no grid intensity is cited for where the run was. One model in full: footnote estimates MODEL",
            style="dim",
        )
    )
    return parts


def _footnotes(records: list[dict[str, Any]], *, marked: bool = True) -> list[RenderableType]:
    """Return what the figures include, a line per method, and what to ask next."""
    lines = ["* best method for this run"] if marked and any(row["is_headline"] for row in records) else []
    lines += list(dict.fromkeys(f"{row['method']}: {row['energy_boundary']}" for row in records))
    if any("is_preferred" in row and not row["is_preferred"] for row in records):
        lines.append("other source: not the preferred grid intensity there; shown to compare")
    first = records[0]
    place = f" --region {first['region_id']}" if "is_preferred" in first else ""
    column = "" if first["emissions_tco2e"] is not None else " energy_kwh"
    lines.append(f"Where it comes from: footnote trace {first['model_id']}{column}{place} --method {first['method']}")
    return [Text(line, style="dim") for line in lines]


def print_detail(console: Console, rows: Rows) -> None:
    """Print the estimates of one model."""
    print_parts(console, detail(rows, console.width))


def print_parts(console: Console, parts: list[RenderableType]) -> None:
    """Print tables within the width, and lines of text whole, so that commands in them can be copied."""
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text))
