"""`footnote trace`: one number, down to the documents, places and bytes that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

import typer
from rich.text import Text
from rich.tree import Tree

from orchestration.commands.estimates import METHODS, RegionOption
from orchestration.commands.figures import figure, span
from orchestration.commands.show import AsOfOption, HomeOption, home_of, screen, write_csv, write_json
from warehouse import traces
from warehouse.read import Rows, release
from warehouse.trace import Node, as_json, collapsed, flag_meanings, tree, with_values
from warehouse.traces import Traced

#: What the brackets behind a number are.
ENDS = (
    "[low - high]: all inputs low, all inputs high; the figure before it: the source's own, else the geometric mean "
    "of both. 90 % interval: footnote estimates"
)


def trace(
    home: HomeOption,
    model: Annotated[str | None, typer.Argument(help="Model id, name or alias, as gpt-4.")] = None,
    column: Annotated[
        str | None,
        typer.Argument(
            help="The number to trace, as energy_kwh, pue, grid_intensity_g_per_kwh.", show_default="emissions_tco2e"
        ),
    ] = None,
    region: RegionOption = None,
    method: Annotated[
        str | None, typer.Option("--method", help=f"By this: {METHODS}.", show_default="the best")
    ] = None,
    form: Annotated[Literal["tree", "json", "csv"], typer.Option("--format", help="How to print the trace.")] = "tree",
    table: Annotated[
        str | None, typer.Option("--table", help="Trace a number of this table instead: --table T --row ID COLUMN.")
    ] = None,
    row: Annotated[int | None, typer.Option("--row", help="Row id in --table.")] = None,
    as_of: AsOfOption = None,
) -> None:
    """Show where a number comes from: every step's formula, and at each end a document and a place in it."""
    if (table is None) != (row is None):
        raise typer.BadParameter("--table and --row go together")
    with release(home_of(home, as_of)) as opened:
        if table is not None and row is not None:
            named = column or model
            if named is None:
                raise typer.BadParameter("give the column of the table to trace")
            found = [Traced(f"{table} row {row}", traces.trace_number(opened, table, row, named))]
        elif model is None:
            raise typer.BadParameter("give a MODEL, or --table and --row")
        else:
            found = traces.traces(opened, model, column or "emissions_tco2e", region, method)
    if form == "csv":
        write_csv(Rows(found[0].rows.columns, [line for traced in found for line in traced.rows.values]))
        return
    nodes = [tree(traced.rows.records()) for traced in found]
    if form == "json":
        told = [as_json(node, traced.choices) for traced, node in zip(found, nodes, strict=True)]
        write_json(told[0] if len(told) == 1 else told)
        return
    console = screen()
    console.print(Text(ENDS, style="dim"))
    for traced, node in zip(found, nodes, strict=True):
        console.print(Text(traced.about, style="dim"))
        console.print(drawn(collapsed(node)))
        if traced.choices:
            console.print(_chosen(traced.choices))


def drawn(node: Node) -> Tree:
    """Draw a tree: formulas with the values in them, and at each leaf its citation."""
    seen: set[int] = set()
    root = Tree(_label(node, seen), guide_style="dim")
    _grow(root, node, seen)
    return root


def _chosen(choices: Iterable[Mapping[str, Any]]) -> Tree:
    """Draw what was chosen for the run besides numbers, each choice with its citation."""
    root = Tree(Text("besides numbers, it rests on", style="bold"), guide_style="dim")
    for claim in choices:
        text = Text(claim["choice"], style="bold").append(f" = {claim['chosen']}", style="not bold")
        text.append(f'\n"{claim["reported_text"]}"', style="not bold green").append(
            f"  {claim['basis']}", style="not bold"
        )
        if claim["scope_note"]:
            text.append(f"\n{claim['scope_note']}", style="not bold")
        root.add(_cited(text, claim))
    return root


def _grow(branch: Tree, node: Node, seen: set[int]) -> None:
    for entry in node.inputs:
        _grow(branch.add(_label(entry, seen)), entry, seen)


def _label(node: Node, seen: set[int]) -> Text:
    """Return the text of a node; a claim that was told in full before is only named."""
    if node.claim is None:
        return _step(node)
    if node.claim["basis"] == "yours":
        return _number(node).append(f"\nyours: {node.claim['reported_text']}", style="not bold magenta")
    if node.row_id in seen:
        claim = node.claim
        known = f'"{claim["reported_text"]}", as above: {claim["source_id"]} line {claim["source_row"]}'
        return _number(node).append(f"\n{known}", style="not bold dim")
    seen.add(node.row_id)
    return _leaf(node, node.claim)


def _number(node: Node) -> Text:
    text = Text(node.role, style="bold").append(" = ", style="not bold").append(figure(node.value))
    shown = span(node.low, node.high)
    if shown != figure(node.value):
        text.append(f" [{shown}]", style="not bold")
    if node.unit not in (None, "1"):
        text.append(f" {node.unit}", style="not bold")
    if node.bound != "value":
        text.append(f"  ({node.bound} end used)", style="dim not bold")
    return text


def _step(node: Node) -> Text:
    text = _number(node)
    for line in (node.formula, with_values(node, figure)):
        if line:
            text.append(f"\n= {line}", style="not bold cyan" if line == node.formula else "not bold")
        if node.claim_count is not None:
            text.append(f"\n{figure(node.claim_count)} claims; they are listed by", style="not bold green")
            return text.append(f"\n{node.claims_query}", style="not bold dim")
    return text


def _leaf(node: Node, claim: Mapping[str, Any]) -> Text:
    text = _number(node)
    text.append(f'\n"{claim["reported_text"]}"', style="not bold green")
    about = dict.fromkeys(
        (claim["subject_kind"].replace("_", " "), claim["subject_id"])
    )  # the world is a kind of its own
    text.append(f"  {claim['basis']}, {' '.join(about)}", style="not bold")
    if claim["period_start"] or claim["period_end"]:
        ends = [str(end) for end in (claim["period_start"], claim["period_end"]) if end]
        text.append(f", {' to '.join(dict.fromkeys(ends))}", style="not bold")
    if claim["scope_note"]:
        text.append(f"\n{claim['scope_note']}", style="not bold")
    return _cited(text, claim)


def _cited(text: Text, claim: Mapping[str, Any]) -> Text:
    """Add to a claim what is said of it, its document, the place in it, and the bytes that it was read from."""
    for flag, meaning in flag_meanings(claim["flags"]):
        text.append(f"\n{flag}: {meaning}" if meaning else f"\n{flag}", style="not bold yellow")
    year = f" ({claim['reference_year']})" if claim["reference_year"] else ""
    author = f"{claim['reference_authors']}{year}: " if claim["reference_authors"] else ""
    text.append(f"\n{author}{claim['reference_title']} [{claim['reference_id']}]", style="not bold")
    if claim["reference_url"] and claim["reference_url"] != claim["reference_title"]:
        text.append(f"\n{claim['reference_url']}", style="not bold blue")
    text.append(f"\nat {claim['locator']}", style="not bold")
    if claim.get("quoted_by"):
        text.append(f"\nas quoted there by {claim['quoted_by']}", style="not bold yellow")
    text.append(
        f"\n{claim['source_id']} line {claim['source_row']}, snapshot {claim['snapshot_id'][:12]}, "
        f"retrieved {claim['retrieved_at']:%Y-%m-%d}",
        style="not bold dim",
    )
    return text
