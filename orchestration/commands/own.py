"""`footnote add`, `remove` and `own`: a user's own training runs, beside the published ones in every table.

The warehouse is imported only when asked for: readers' commands share this program and do not wait for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from orchestration.commands.figures import figure, known, known_interval
from orchestration.commands.show import FormatOption, HomeOption, home_of, messages, screen, stacked, table, write_data

if TYPE_CHECKING:
    from warehouse.own import Change

BuildOption = Annotated[bool, typer.Option("--run/--no-run", help="Build a release with the change at once.")]

#: How many names a line of an answer spells out.
NAMED = 6


def add(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, YAML, or CodeCarbon's emissions.csv."),
    ],
    home: HomeOption,
    is_built: BuildOption = True,
) -> None:
    """Add your own training runs from a file: all of its rows, or none if one of them is wrong."""
    from warehouse import own

    change = own.add(home_of(home), file.name, file.read_bytes())
    told = screen()
    for words, names in (("added", change.added), ("updated", change.updated), ("unchanged", change.unchanged)):
        if names:
            told.print(f"{words}: {_runs(names)}", soft_wrap=True)
    told.print(f"{figure(change.claims)} claims from {file.name}", soft_wrap=True)
    for notice in change.notices:
        told.print(Text(notice, style="yellow"), soft_wrap=True)
    _build(home, change, is_built)


def remove(
    name: Annotated[str, typer.Argument(help="Name of a run of yours, or of a file that was added.")],
    home: HomeOption,
    is_built: BuildOption = True,
) -> None:
    """Remove runs of your own: one by its name, or all of a file. Adding the file again brings them back."""
    from warehouse import own

    change = own.remove(home_of(home), name)
    screen().print(f"removed: {_runs(change.removed)}, {figure(change.claims)} claims", soft_wrap=True)
    _build(home, change, is_built)


def own(home: HomeOption, form: FormatOption = "table") -> None:
    """List your own runs, the file of each, and the best estimate that the current release has of it."""
    from warehouse import own

    rows = own.listing(home_of(home))
    if form != "table":
        write_data(rows, form)
        return
    if not rows.values:
        screen().print("no run of your own; add some with: footnote add FILE")
        return
    made = table("run", ("energy [kWh]", "right"), ("emissions [t CO2e]", "right"))
    for row in rows.records():
        if row["in_release"]:
            energy, emissions = (
                stacked(known(row, column) if row[column] is not None else "unknown", known_interval(row, column))
                for column in ("energy_kwh", "emissions_tco2e")
            )
        else:
            energy, emissions = stacked("not built yet"), stacked("")
        place = f"{row['file']} line {row['line']}, {row['claims']} claims"
        made.add_row(stacked(row["run"], place, row["method"]), energy, emissions)
    screen().print(made)
    screen().print(Text("Below a figure: its 90 % interval, where there is one", style="dim"))


def _runs(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{len(names)} {'run' if len(names) == 1 else 'runs'} ({', '.join(names[:NAMED])}{more})"


def _build(home: Path, change: Change, is_built: bool) -> None:
    """Build a release with the change, or say how to."""
    from orchestration import pipeline
    from warehouse.own import is_released

    installed = home_of(home)
    if not change.is_any and installed.release.exists() and is_released(installed):
        screen().print("nothing has changed")
        return
    if not is_built:
        option = "" if home == Path("data") else f" --home {home}"
        screen().print(f"Not in any table yet; build them with: footnote run{option}", soft_wrap=True)
        return
    with messages().status("building the release"):
        report = pipeline.run(home)
    screen().print(
        f"Release {report.release_id}: {figure(report.numbers)} numbers, in {report.seconds:.1f} s. "
        "Your runs: footnote own",
        soft_wrap=True,
    )
