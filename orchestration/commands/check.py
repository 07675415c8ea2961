"""`footnote check`: how sound a release is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import figure
from orchestration.commands.show import FormatOption, HomeOption, home_of, messages, screen, stacked, table, write_data
from warehouse import current, listings
from warehouse.read import release


def _offenders(row: Mapping[str, Any]) -> Text:
    """Return what broke a rule: each row by its key, the id by which it can be traced, and what was found."""
    named = str(row["sample"]).splitlines()
    told = Text(f"{row['table_name']}, {row['expectation_id']}: {row['meaning']}", style="bold")
    told.append("".join(f"\n  {line}" for line in named), style="not bold")
    others = row["failed"] - len(named)
    return told.append(f"\n  and {figure(others)} more\n" if others > 0 else "\n", style="not bold dim")


def _outcomes(records: Sequence[Mapping[str, Any]]) -> Table:
    """Lay out every expectation with its outcome and how many rows it is about."""
    made = table("outcome", "table", "expectation", ("checked", "right"), ("known", "right"), ("failed", "right"))
    for row in records:
        style = "green" if row["is_success"] else "red" if row["severity"] == "blocking" else "yellow"
        outcome = Text("passed" if row["is_success"] else row["severity"], style=style)
        counts = (figure(row[name]) for name in ("checked", "excepted", "failed"))
        made.add_row(outcome, row["table_name"], stacked(row["expectation_id"], row["meaning"]), *counts)
    return made


def check(
    home: HomeOption,
    is_whole: Annotated[
        bool, typer.Option("--all", help="Every expectation, not only those that do not hold.")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Show the id of the release and how its expectations went; exit code 1 if a blocking one failed."""
    with release(home_of(home)) as opened:
        rows = listings.checks(opened)
        about = opened.latest()
    records = rows.records()
    broken = [row for row in records if not row["is_success"]]
    blocked = [row for row in broken if row["severity"] == "blocking"]
    if form != "table":
        write_data(rows, form)
    else:
        console = screen()
        numbers = f"{figure(about['numbers'])} numbers were traced to their references and recomputed"
        console.print(f"release {about['release_id']}: {numbers}", soft_wrap=True)
        excepted = sum(row["is_success"] and row["excepted"] > 0 for row in records)
        console.print(
            f"{len(records)} expectations: {len(records) - len(broken)} hold ({excepted} with known exceptions), "
            f"{len(broken) - len(blocked)} warn, {len(blocked)} fail"
        )
        if is_whole and records:
            console.print(_outcomes(records))
        elif broken:
            console.print()
        for row in broken:
            console.print(_offenders(row), soft_wrap=True)
        if not is_whole:
            console.print(Text("Every expectation: footnote check --all", style="dim"))
    if not current.is_whole(home_of(home)):
        messages().print(
            "the file of the release is not what was released: it was altered or damaged since. "
            "Put it back with: footnote run",
            style="red",
        )
        raise typer.Exit(1)
    if not records:
        messages().print("no expectation was recorded in this release", style="yellow")
    if blocked:
        raise typer.Exit(1)
