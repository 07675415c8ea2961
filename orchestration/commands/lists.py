"""`footnote sources`, `models` and `disagreements`: what a release holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from textwrap import fill
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import figure
from orchestration.commands.show import (
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
from orchestration.settings import lacks_token, token_name
from warehouse import attempts, listings
from warehouse.read import Rows, release

#: What is known of the last attempt to refresh a source, from the home's record.
ATTEMPT = ("attempted_at", "outcome", "failing_since", "reason", "held_back_parts")


def sources(home: HomeOption, form: FormatOption = "table") -> None:
    """Show every source: what was read from it, when, and whether it is stale."""
    with release(home_of(home)) as opened:
        found = listings.sources(opened)
    now = datetime.now(UTC).replace(tzinfo=None)
    tried = attempts.read(home_of(home))
    states = {row["source_id"]: attempts.state(tried, row["source_id"]) for row in found.records()}
    rows = Rows(
        (*found.columns, "is_stale", "age_days", *ATTEMPT),
        [
            (
                *row,
                record["finding"] is not None or (record["stale_on"] is not None and now.date() > record["stale_on"]),
                _age(record["retrieved_at"], states[record["source_id"]]["read_at"], now),
                *(states[record["source_id"]][name] for name in ATTEMPT),
            )
            for row, record in zip(found.values, found.records(), strict=True)
        ],
    )
    if form != "table":
        write_data(rows, form)
        return
    made = table("source", "snapshot", "read")
    for row in rows.records():
        licence = None if row["licence"] in row["attribution"] else row["licence"]
        made.add_row(stacked(row["source_id"], row["title"], row["attribution"], licence), _snapshot(row), _read(row))
    console = screen()
    console.print(made)
    console.print(
        Text(
            "names unresolved: names in the source that stand for nothing known here; listed by footnote coverage",
            style="dim",
        )
    )


def _snapshot(row: Mapping[str, Any]) -> Text:
    if row["retrieved_at"] is None:
        return _add_attempts(stacked("nothing read yet: footnote refresh", _lacking(row["source_id"])), row)
    version = row["upstream_version"] or row["snapshot_id"][:12]
    if row["days"]:
        version = f"{figure(row['days'])} days, {row['first_day']} to {row['last_day']}"
    cell = _add_attempts(stacked(version, f"retrieved {row['retrieved_at']:%Y-%m-%d}"), row)
    if row["finding"] is not None:
        since = f"{row['finding_since']:%Y-%m-%d}"
        return cell.append(f"\nstale since {since} ({str(row['finding']).replace('_', ' ')})", style="yellow")
    if row["is_stale"]:
        return cell.append(f"\nstale since {row['stale_on']}", style="yellow")
    if row["source_id"] == "own_runs":  # they stay as true as they were
        return cell
    return cell.append(f"\nfresh until {row['stale_on']}", style="dim")


def _lacking(source_id: str) -> str | None:
    """Return what must be set before a source can be read, if anything must."""
    from sources import registry  # which takes as long to import as other lists may take

    adapter = registry.ADAPTERS.get(source_id)
    return f"first set {token_name(source_id)}" if adapter is not None and lacks_token(adapter) else None


def _add_attempts(cell: Text, row: Mapping[str, Any]) -> Text:
    """Add what came of the last attempts to refresh a source."""
    if row["attempted_at"] is not None:
        outcome, style = str(row["outcome"]).replace("_", " "), "yellow" if row["failing_since"] else "dim"
        cell.append(f"\nlast attempt {row['attempted_at']:%Y-%m-%d}: {outcome}", style=style)
    if row["failing_since"] is not None:
        cell.append(f"\nsince {row['failing_since']:%Y-%m-%d}: {row['reason']}", style="yellow")
    if row["held_back_parts"] is not None:
        cell.append(f"\nheld back: {row['held_back_parts']}", style="yellow")
    return cell


def _age(retrieved_at: datetime | None, read_at: object, now: datetime) -> int | None:
    """Return how many days ago a source was last read with success, changed or not."""
    known = [at for at in (retrieved_at, read_at) if isinstance(at, datetime)]
    return max(0, (now - max(known)).days) if known else None


def _read(row: Mapping[str, Any]) -> Text:
    """Return what came of a snapshot: always rows and claims, the rest where there is any."""
    if row["rows_read"] is None:
        return Text()
    cell = Text(f"{figure(row['rows_read'])} rows\n{figure(row['claims'])} claims")
    for name, words in (
        ("rows_flagged", "rows flagged"),
        ("rows_quarantined", "rows quarantined"),
        ("unresolved_names", "names unresolved"),
    ):
        if row[name]:
            cell.append(f"\n{figure(row[name])} {words}", style="yellow")
    return cell


def models(
    home: HomeOption,
    text: Annotated[
        str | None, typer.Argument(help="Only models whose id, name or developer holds this.", show_default="all")
    ] = None,
    is_whole: Annotated[
        bool,
        typer.Option("--all", help="Those without an estimate too, as TEXT, csv and json list them in any case."),
    ] = False,
    limit: LimitOption = None,
    page: PageOption = 1,
    form: FormatOption = "table",
) -> None:
    """List the models, and by which methods each can be estimated."""
    with release(home_of(home)) as opened:
        rows = listings.models(opened, text)
        if text and not rows.values:
            rows = listings.models(opened, opened.model_id(text))
        data = credits(opened.feeds())
    if form != "table":
        write_data(paged(rows, form, limit, page)[0], form)
        return
    place = rows.columns.index("methods")
    estimated = Rows(rows.columns, [row for row in rows.values if row[place] is not None])
    title = f"{figure(len(rows.values))} models, {figure(len(estimated.values))} with an estimate"
    is_whole = is_whole or text is not None
    shown, more = paged(rows if is_whole else estimated, form, limit, page)
    console = screen()
    without = _without(len(rows.values) - len(estimated.values), is_whole)
    parts: list[RenderableType] = [
        Text(title, style="bold"),
        _by_methods(shown, console.width),
        *([more] if more else []),
    ]
    print_parts(console, [*parts, *without, data])


def _by_methods(rows: Rows, width: int) -> Table:
    """Lay out models with their methods on a third of the width or what the longest name takes; no name is broken."""
    made = table("model", "name", "developer", "methods")
    made.columns[-1].no_wrap = True
    for row in rows.records():
        methods = fill(row["methods"], width // 3, break_long_words=False) if row["methods"] else ""
        cell = Text(methods) if methods else Text("none", style="dim")
        made.add_row(row["model_id"], Text(row["name"]), row["developer"], cell)
    return made


def _without(count: int, is_whole: bool) -> list[Text]:
    """Return the line on the models that have no estimate, if there are any: how many, and how to see them or why."""
    if not count:
        return []
    told = "none: no estimate" if is_whole else f"{figure(count)} others have no estimate: footnote models --all"
    return [Text(f"{told}; why: footnote estimates MODEL, or footnote coverage", style="dim")]


def _years(period: str) -> str:
    """Return a whole calendar year as its number, any other period as it is."""
    first, _, last = period.partition(" to ")
    return first[:4] if (first[4:], last) == ("-01-01", f"{first[:4]}-12-31") else period


def disagreements(home: HomeOption, form: FormatOption = "table") -> None:
    """Show facts on which sources differ, each in its widest period, and which figure is used and why."""
    with release(home_of(home)) as opened:
        rows = listings.disagreements(opened)
        data = credits(opened.credits("disagreement"))
    if form != "table":
        write_data(rows, form)
        return
    made = table("fact", ("lowest", "right"), ("highest", "right"), ("ratio", "right"), "used")
    for row in rows.records():
        measure = row["quantity"] if row["unit"] in (None, "1") else f"{row['quantity']} [{row['unit']}]"
        scope = "" if row["scope"] == "plain" else row["scope"].replace(";", ", ").replace("_", " ")
        about = ", ".join(part for part in (row["qualifier"], scope, _years(row["period"])) if part)
        others = f"other periods: {row['periods'] - 1}" if row["periods"] > 1 else None
        undated = {end: "undated" if row["period_match"] == f"{end} undated" else None for end in ("lowest", "highest")}
        made.add_row(
            stacked(row["subject_id"], measure, about, others),
            stacked(figure(row["lowest"]), row["lowest_source_id"], undated["lowest"]),
            stacked(figure(row["highest"]), row["highest_source_id"], undated["highest"]),
            figure(row["spread_ratio"]),
            stacked(f"{figure(row['chosen'])}  {row['chosen_source_id']}", row["chosen_because"]),
        )
    print_parts(screen(), [made, data])
