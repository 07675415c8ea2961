"""`footnote run` and `footnote dagster`: what needs the scheduler, which is imported only here, when asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.commands.audit import counted
from orchestration.commands.calibration import inside_of, missed
from orchestration.commands.figures import figure, known, known_interval, range_of
from orchestration.commands.refresh import WORDS
from orchestration.commands.show import HomeOption, home_of, messages, screen
from warehouse import footprints, scores
from warehouse.read import Rows, release

if TYPE_CHECKING:
    from orchestration.elimination import Built
    from orchestration.pipeline import RunReport

#: What the summary of a run shows: the run's own place, and the two regions of the article that it audits.
MODEL, REGIONS, METHOD = "gpt-4", ("azure/westus", "azure/canadaeast"), "server_power"


def run(home: HomeOption) -> None:
    """Build everything that has changed, from the sources to the release, and show GPT-4's figures."""
    built = _run(home)
    summary(screen(), home, built.report)
    for one in built.withheld:
        place = f"{one.source_id} {one.part}".rstrip()
        messages().print(f"{place}: {WORDS[one.outcome]}. {one.detail}", style="yellow", soft_wrap=True)


def _run(home: Path) -> Built:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from orchestration import elimination

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=messages(), transient=True) as progress:
        task = progress.add_task("starting", total=None)

        def step(name: str, done: int, total: int) -> None:
            progress.update(task, description=name, completed=done, total=total)

        return elimination.run(home, step)


def summary(console: Console, home: Path, report: RunReport) -> None:
    """Print what a run did, GPT-4's figures, the scores and the audit's counts, and where to go on."""
    with release(home_of(home)) as opened:
        own = footprints.estimates(opened, MODEL).records()[0]
        moved = [footprints.estimates(opened, MODEL, region, METHOD).records()[0] for region in REGIONS]
        best, twice = footprints.estimates(opened), footprints.estimates(opened, at_least_methods=2)
        scored, audit = scores.summary(opened), opened.audit()
    place = f"{own['place_id']} ({own['place_basis']})"
    console.print(Text(f"Training of {MODEL} where it ran, {place}, by {own['method']}", style="bold"))
    console.print(_figures(own))
    console.print()
    console.print(Text(f"The same run in the two regions of the article, by {METHOD}, as there", style="bold"))
    console.print(_regions(moved))
    console.print()
    console.print(f"models estimated: {_models(best)}, by two or more methods: {_models(twice)}")
    if scored.values:
        console.print(f"calibration: {inside_of(scored)}, {missed(scored)}")
    console.print(counted(audit))
    if report.written:
        news = f"{len(report.written)} steps written"
    else:
        news = "put back as it was" if report.ran else "nothing had changed"
    warned = f"; warnings: {report.warnings}, see footnote check" if report.warnings else ""
    console.print(
        f"Release {report.release_id}: {figure(report.numbers)} numbers, traced to their references and recomputed "
        f"for it; {news} in {report.seconds:.1f} s{warned}"
    )
    console.print(f"File: {report.release_path}", soft_wrap=True)
    option = "" if home == Path("data") else f" --home {home}"
    footnote = _own_name()
    console.print(
        f"Next: {footnote} estimates{option}\n      {footnote} trace {MODEL}{option}\n"
        f"      {footnote} claims{option}\n"
        f"      {footnote} sql{option} \"SELECT role, value, reported_text FROM trace('{MODEL}', 'energy_kwh')\"",
        soft_wrap=True,
    )


def _figures(row: Mapping[str, Any]) -> Table:
    """Lay out energy and emissions, each with its 90 % interval."""
    made = Table.grid(padding=(0, 2, 0, 0))
    for name, column, unit in (("energy", "energy_kwh", "kWh"), ("emissions", "emissions_tco2e", "t CO2e")):
        interval = Text(f"90 % interval {known_interval(row, column)}", style="dim")
        made.add_row(f"  {name}", f"{known(row, column)} {unit}", interval)
    return made


def _regions(records: Sequence[Mapping[str, Any]]) -> Table:
    made = Table.grid(padding=(0, 2, 0, 0))
    for row in records:
        energy, emissions = range_of(row, "energy_kwh"), range_of(row, "emissions_tco2e")
        made.add_row(f"  {row['place_id']}", f"{energy} kWh", f"{emissions} t CO2e")
    return made


def _models(rows: Rows) -> int:
    """Return of how many models these estimates are."""
    return len({row["model_id"] for row in rows.records()})


def _own_name() -> str:
    """Return how the command was called, if the shell would not find it by its name."""
    called = Path(sys.argv[0])
    if shutil.which("footnote") or called.name != "footnote":
        return "footnote"
    return os.path.relpath(called)


def dagster(
    home: HomeOption,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the web interface.")] = 3000,
) -> None:
    """Open Dagster's web interface on this installation, with the runs made here."""
    from orchestration import pipeline

    raise typer.Exit(pipeline.open_dagster(home, port))
