"""Arithmetic trees: which nodes are arithmetic, how to replace their leaves, how ranges go through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from sqlglot import exp

from warehouse.macros import DIRECTIONS, MONOTONE, macros

Bound = Literal["value", "low", "high"]
OTHER: dict[Bound, Bound] = {"low": "high", "high": "low", "value": "value"}
#: Macros that make a range of numbers: their last two arguments are its ends.
RANGES = ("span", "within")
ENDS: tuple[Bound, Bound] = ("low", "high")

Leaf = Callable[[exp.Column], exp.Expr]
LeafEnd = Callable[[exp.Column, Bound], exp.Expr]


class FormulaError(ValueError):
    """A node that lineage cannot follow: what was found, and the remedy."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(f"{found}; {remedy}")
        self.found, self.remedy = found, remedy


def is_arithmetic(tree: exp.Expr) -> bool:
    """Tell whether the root of an expression is arithmetic, parentheses left out."""
    if isinstance(tree, exp.Paren):
        return is_arithmetic(tree.this)
    if isinstance(tree, exp.Anonymous):
        return bool(tree.name in macros() and macros()[tree.name].directions)
    return type(tree) in DIRECTIONS or isinstance(tree, MONOTONE)


def picks(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the leaves among which an expression picks one, conditions left out."""
    if isinstance(tree, exp.Column | exp.Literal | exp.Null):
        yield tree
    elif isinstance(tree, exp.Paren | exp.Filter | exp.Max | exp.Min | exp.AnyValue):
        yield from picks(tree.this)
    elif isinstance(tree, exp.Coalesce):
        for part in (tree.this, *tree.expressions):
            yield from picks(part)
    elif isinstance(tree, exp.Case):
        for branch in tree.args["ifs"]:
            yield from picks(branch.args["true"])
        yield from picks(tree.args.get("default") or exp.null())


def map_leaves(tree: exp.Expr, leaf: Leaf) -> exp.Expr:
    """Rebuild an arithmetic tree with its columns replaced.

    Raises: FormulaError for every node that is no known arithmetic.
    """
    if isinstance(tree, exp.Column):
        return leaf(tree)
    if isinstance(tree, (exp.Paren, *MONOTONE)):
        return type(tree)(this=map_leaves(tree.this, leaf))
    if type(tree) in DIRECTIONS:
        left, right = (map_leaves(side, leaf) for side in (tree.this, tree.expression))
        return type(tree)(this=left, expression=right)
    if isinstance(tree, exp.Anonymous) and is_arithmetic(tree):
        return exp.Anonymous(this=tree.name, expressions=[map_leaves(arg, leaf) for arg in tree.expressions])
    if isinstance(tree, exp.Literal):
        raise FormulaError(f"the bare number {tree.name}", "cite it as a claim, or put a unit step into a macro")
    if isinstance(tree, exp.Coalesce | exp.Case):
        raise FormulaError("a choice inside arithmetic", "choose in a column of its own first")
    raise FormulaError(f"{tree.sql(dialect='duckdb')}, which lineage cannot follow", "use + - * / and macros")


def interval(tree: exp.Expr, end: Bound, leaf: LeafEnd) -> exp.Expr:
    """Return one end of a formula by interval arithmetic; all inputs are taken to be positive.

    leaf: gives the column or expression that stands for one end of an input.
    """
    if isinstance(tree, exp.Column):
        return leaf(tree, end)
    if isinstance(tree, (exp.Paren, *MONOTONE)):
        return type(tree)(this=interval(tree.this, end, leaf))
    if type(tree) in DIRECTIONS:
        sides = zip((tree.this, tree.expression), DIRECTIONS[type(tree)], strict=True)
        left, right = (interval(side, end if way > 0 else OTHER[end], leaf) for side, way in sides)
        return type(tree)(this=left, expression=right)
    macro = macros()[tree.name]
    if macro.name in RANGES and end != "value":  # the last two are its ends
        wanted = tree.expressions[-2:][ENDS.index(end)]
        bound = interval(wanted, end, leaf)
        for other in tree.expressions:  # a range with an argument unknown is unknown, ends and all
            if other is not wanted:
                bound = exp.Anonymous(this="if_known", expressions=[bound, interval(other, end, leaf)])
        return bound
    ways = zip(tree.expressions, macro.directions, strict=True)
    args = [interval(arg, end if way > 0 else OTHER[end], leaf) for arg, way in ways]
    return exp.Anonymous(this=macro.name, expressions=args)
