"""The trace of a reader's figure, drawn short and marked: which inputs are the reader's."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from rich.tree import Tree

from orchestration.commands.figures import figure
from warehouse.trace import Node, with_values


def short(node: Node) -> Tree:
    """Draw a tree with a line for each number: formula, or what is the reader's, or the words of a claim."""

    def label(entry: Node) -> Text:
        text = Text(entry.role, style="bold").append(f" = {figure(entry.value)}", style="not bold")
        if entry.unit not in (None, "1"):
            text.append(f" {entry.unit}", style="not bold")
        if entry.claim is None:
            return text.append(f"  = {with_values(entry, figure)}", style="not bold dim")
        if entry.claim["basis"] == "yours":
            return text.append(f"  yours: {entry.claim['reported_text']}", style="not bold magenta")
        said = f'  "{entry.claim["reported_text"]}"  {entry.claim["basis"]}, {entry.claim["reference_id"]}'
        return text.append(said, style="not bold green")

    def grow(branch: Tree, entry: Node) -> Tree:
        for below in entry.inputs:
            grow(branch.add(label(below)), below)
        return branch

    return grow(Tree(label(node), guide_style="dim"), node)


def used_inputs(node: Node) -> set[str]:
    """Return the names of the reader's inputs that a number is made of."""
    own = {node.claim["quantity"]} if node.claim is not None and node.claim["basis"] == "yours" else set()
    return own.union(*(used_inputs(entry) for entry in node.inputs))


def marked(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node of a trace with the reader's inputs as such, instead of as claims."""
    claim = node.get("claim")
    made = {**node, "inputs": [marked(entry) for entry in node["inputs"]]}
    if claim is None or claim["basis"] != "yours":
        return made
    del made["claim"]
    return {**made, "table": None, "row_id": None, "column": None, "yours": claim["reported_text"]}
