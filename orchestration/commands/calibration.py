"""`footnote calibration`: how far each method is from energies that are known otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import digits_known, figure, span
from orchestration.commands.show import (
    AsOfOption,
    FormatOption,
    HomeOption,
    credits,
    home_of,
    print_parts,
    screen,
    table,
    write_data,
)
from warehouse import scores
from warehouse.read import Rows, release

#: The share that a 90 % interval promises, and the parts of the summary that are laid out.
PROMISED = 0.9
PARTS = ("overall", "by_hardware", "by_method")


def calibration(
    home: HomeOption,
    only_summary: Annotated[bool, typer.Option("--summary", help="Only the scores, without the runs.")] = False,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
) -> None:
    """Show how well methods do: each against every energy that is known, scored or left out and why."""
    with release(home_of(home, as_of)) as opened:
        summary, runs = scores.summary(opened), scores.runs(opened)
        data = credits(opened.credits("calibration"))
    if form != "table":
        write_data(summary if only_summary else runs, form)
        return
    parts: list[RenderableType] = [Text("Scores", style="bold"), _summary(summary)]
    if not only_summary:
        parts += [Text(), *_scored(runs.records()), Text(), *_left_out(runs.records())]
    print_parts(screen(), [*parts, Text(), Text(reading(summary, runs), style="bold"), *_notes(), data])


def _summary(summary: Rows) -> Table:
    made = table("method", "hardware", "inside", ("median\nmiss", "right"), ("nine in\nten", "right"), "on median")
    told = None
    for row in summary.records():
        if row["part"] not in PARTS:
            continue
        if told not in (None, row["part"]):
            made.add_section()
        told = row["part"]
        made.add_row(
            row["method"],
            row["hardware_type"],
            row["inside_their_interval"],
            _factor(row["median_error_factor"]),
            _factor(row["covering_error_factor"]) if row["is_enough"] else "too few",
            _lean(row["median_energy_ratio"]),
        )
    return made


def _factor(number: float) -> str:
    return f"{number:,.2f}"


def _lean(ratio: float) -> str:
    """Return in words whether an estimate is above or below what is known."""
    percent = round(100 * (ratio - 1))
    return "even" if percent == 0 else f"{abs(percent)} % {'above' if percent > 0 else 'below'}"


def _scored(records: Iterable[Mapping[str, Any]]) -> list[RenderableType]:
    scored = [row for row in records if row["is_scored"]]
    figures = ("known\n[kWh]", "estimate\n[kWh]", "miss", "90 % interval")
    made = table("run", *((name, "right") for name in figures), "")
    for column in made.columns[1:]:
        column.no_wrap = True
    for method, rows in groupby(scored, lambda row: str(row["method"])):
        made.add_row(Text(method, style="bold"))
        for row in rows:
            digits = digits_known(row["predicted_energy_kwh"], row["predicted_p05_kwh"], row["predicted_p95_kwh"])
            made.add_row(
                Text(f"  {row['run_id']}"),
                span(row["measured_energy_kwh_low"], row["measured_energy_kwh_high"]),
                figure(row["predicted_energy_kwh"], digits),
                _factor(row["error_factor"]),
                span(row["predicted_p05_kwh"], row["predicted_p95_kwh"], digits),
                Text("inside", style="green") if row["is_inside"] else Text("outside", style="red"),
            )
    return [Text(f"{len(scored)} scores, on energies that were measured or disclosed", style="bold"), made]


def _left_out(records: Iterable[Mapping[str, Any]]) -> list[RenderableType]:
    """Lay out what is not scored, by reason and run: each method's estimate over the energy that is stated."""
    left = sorted(
        (row for row in records if not row["is_scored"]), key=lambda row: (row["left_out_because"], row["run_id"])
    )
    parts: list[RenderableType] = [Text(f"{len(left)} left out of the scores, and why", style="bold")]
    for why, rows in groupby(left, lambda row: str(row["left_out_because"])):
        made = table("run", ("stated [kWh]", "right"), "estimate over stated")
        for run_id, found in groupby(rows, lambda row: str(row["run_id"])):
            same = list(found)
            ratios = [f"{row['method']} {_factor(row['energy_ratio'])}" for row in same]
            stated = span(same[0]["measured_energy_kwh_low"], same[0]["measured_energy_kwh_high"])
            made.add_row(run_id, stated, Text(", ".join(ratios)))
        parts += [Text(), Text(why, style="yellow"), made]
    return parts


def reading(summary: Rows, runs: Rows) -> str:
    """Return the scores in a sentence, with how little they rest on."""
    if not summary.values:
        return "No energy is known against which a method could be scored."
    overall = summary.records()[0]
    inside, count = (int(part) for part in str(overall["inside_their_interval"]).split(" of "))
    scored = [row for row in runs.records() if row["is_scored"]]
    developers = {row["developer_id"] for row in scored}
    verdict = "as promised or more" if inside >= PROMISED * count else "fewer than the nine in ten promised"
    return (
        f"Reading: {inside_of(summary)}, {verdict}; {missed(summary)}, and on median they are "
        f"{_lean(overall['median_energy_ratio'])}. All {len(scored)} scores are on runs of {len(developers)} "
        f"developer{'' if len(developers) == 1 else 's'}, which is few: take the intervals as provisional."
    )


def inside_of(summary: Rows) -> str:
    """Return the overall score in a clause."""
    inside = summary.records()[0]["inside_their_interval"]
    return f"{inside} known energies lie inside the 90 % interval of their estimate"


def missed(summary: Rows) -> str:
    """Return the overall miss in a clause."""
    return f"half of the estimates miss by less than a factor {_factor(summary.records()[0]['median_error_factor'])}"


def _notes() -> list[RenderableType]:
    lines = (
        "miss: the factor by which an estimate is too high or too low; nine in ten: what nine in ten misses are within",
        "90 % interval: as it would have been without that developer's runs, which fit no interval of their own",
        "Where one comes from: footnote trace --table calibration --row ID energy_ratio, "
        'with ID from footnote sql "FROM calibration"',
    )
    return [Text(line, style="dim") for line in lines]
