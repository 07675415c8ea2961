"""`footnote coverage`: what became of everything that sources name, and why the rest is in no estimate."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from orchestration.commands.figures import figure
from orchestration.commands.show import (
    AsOfOption,
    FormatOption,
    HomeOption,
    LimitOption,
    PageOption,
    credits,
    home_of,
    paged,
    print_parts,
    screen,
    stacked,
    table,
    write_data,
)
from warehouse import covered
from warehouse.read import Rows, release

#: What kinds of subjects are called, where adding an s is not enough.
PLURALS = {"country": "countries", "developer_country": "developers' countries"}


def coverage(
    home: HomeOption,
    source: Annotated[str | None, typer.Option("--source", help="Only this source, as epoch_models.")] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="List what has this in its outcome or reason, as 'no hardware'.")
    ] = None,
    limit: LimitOption = None,
    page: PageOption = 1,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
) -> None:
    """Show what became of every row, run, accelerator and place that sources name: used, estimated, or why not."""
    with release(home_of(home, as_of)) as opened:
        listed = covered.subjects(opened, source, reason) if form != "table" or reason else None
        counts, names = covered.counts(opened, source), covered.unresolved(opened, source)
        runs = covered.runs(opened, source)
        data = credits(opened.feeds())
    if listed is not None:
        shown, more = paged(listed, form, limit, page)
        if form != "table":
            write_data(shown, form)
        else:
            print_parts(screen(), [*_subjects(listed, shown), *([more] if more else []), data])
        return
    if not counts.values:
        screen().print(f"nothing is read from {source} yet, so there is nothing to cover")
        return
    hint = Text("Which ones: footnote coverage --reason TEXT; every row: --format csv", style="dim")
    print_parts(screen(), [*_title(*runs, is_of_all=source is None), *_counts(counts, names.records()), hint, data])


def _counts(counts: Rows, names: list[dict[str, Any]]) -> list[RenderableType]:
    """Lay out, for each source, what was read and what became of it, by reason."""
    made = table("source", ("rows", "right"), ("named", "right"), ("of these", "right"), "what became of them")
    for source_id, found in groupby(counts.records(), lambda row: str(row["source_id"])):
        about = [source_id, "", ""]
        for row in found:
            about[1:] = [figure(row["rows_read"]), figure(row["subjects"])] if about[0] else ["", ""]
            made.add_row(*about, figure(row["found"]), _end(row))
            about = ["", "", ""]
        for kind, unknown in groupby(_of(names, source_id), lambda row: str(row["kind"])):
            aliases = [str(row["alias"]) for row in unknown]
            said = f"names of {_plural(kind)} that stand for nothing known: {', '.join(aliases)}"
            made.add_row("", "", "", figure(len(aliases)), Text(said, style="yellow"))
        made.add_section()
    return [made, Text()]


def _of(names: list[dict[str, Any]], source_id: str) -> list[dict[str, Any]]:
    return [row for row in names if row["source_id"] == source_id]


def _plural(kind: str) -> str:
    return PLURALS.get(kind, f"{kind.replace('_', ' ')}s")


def _end(row: dict[str, Any]) -> Text:
    kind = _plural(row["subject_kind"]) if row["found"] > 1 else str(row["subject_kind"]).replace("_", " ")
    text = Text(f"{kind}, {row['outcome']}")
    return text if row["reason"] is None else text.append(f": {row['reason']}", style="dim")


def _title(named: int, estimated: int, is_of_all: bool) -> list[RenderableType]:
    """Return in a sentence how many of the training runs that are named became estimates, each counted once."""
    if not named:
        return []
    title = Text(f"{figure(estimated)} of {figure(named)} training runs are estimated", style="bold")
    if is_of_all:
        title.append("; below, each source counts those that it names", style="not bold dim")
    return [title]


def _subjects(listed: Rows, shown: Rows) -> list[RenderableType]:
    made = table("source", "kind", "named", "outcome")
    for row in shown.records():
        identity = None if row["subject_id"] == row["subject"] else row["subject_id"]
        made.add_row(
            row["source_id"],
            row["subject_kind"].replace("_", " "),
            stacked(row["subject"], identity),
            stacked(row["outcome"], row["reason"]),
        )
    return [Text(f"{figure(len(listed.values))} found", style="bold"), made]
