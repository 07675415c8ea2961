"""The scalar macros as trees: which are arithmetic, and which way each argument moves the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp

MACRO_FILE = Path(__file__).parent / "schema" / "macros.sql"
_CREATE = re.compile(r"CREATE OR REPLACE MACRO (\w+)\(([^)]*)\) AS\s+(.*?);$", re.DOTALL | re.MULTILINE)

#: Arithmetic that lineage follows; each side's direction: +1 moves with the result, -1 against it.
DIRECTIONS: dict[type[exp.Expr], tuple[int, int]] = {
    exp.Add: (1, 1),
    exp.Mul: (1, 1),
    exp.Sub: (1, -1),
    exp.Div: (1, -1),
}
MONOTONE = (exp.Sqrt, exp.Ln, exp.Exp)
#: Steps that never fall as their number rises, or leave it unknown at one place; only inside a macro, which says where.
STEPS = (exp.Round, exp.Trunc, exp.Nullif)
#: The smallest or the largest of several, which never falls as one of them rises.
EXTREMES = (exp.Least, exp.Greatest)


@dataclass(frozen=True)
class Macro:
    """One scalar macro: its parameters, its body, and the direction of each parameter (empty: not arithmetic)."""

    name: str
    parameters: tuple[str, ...]
    body: exp.Expr
    directions: tuple[int, ...]


@cache
def macros() -> dict[str, Macro]:
    """Return the macros of `schema/macros.sql` by name."""
    found = {}
    for name, parameters, body in _CREATE.findall(MACRO_FILE.read_text()):
        names = tuple(part.strip() for part in parameters.split(","))
        tree = sqlglot.parse_one(body, dialect="duckdb")
        directions = _directions(tree)
        arithmetic = directions is not None and set(directions) == set(names)
        found[name] = Macro(
            name, names, tree, tuple(directions[key] for key in names) if directions and arithmetic else ()
        )
    return found


def _directions(tree: exp.Expr, sign: int = 1) -> dict[str, int] | None:
    """Return the direction of each column of an arithmetic tree, None for anything that is not monotone arithmetic."""
    if isinstance(tree, exp.Column):
        return {tree.name: sign}
    if isinstance(tree, exp.Literal):
        return None if tree.is_string else {}
    if isinstance(tree, (exp.Paren, *MONOTONE, *STEPS)):
        return _directions(tree.this, sign)
    sides: list[tuple[exp.Expr, int]] = []
    if type(tree) in DIRECTIONS:
        sides = list(zip((tree.this, tree.expression), DIRECTIONS[type(tree)], strict=True))
    elif isinstance(tree, EXTREMES):
        sides = [(side, 1) for side in (tree.this, *tree.expressions)]
    if sides:
        merged: dict[str, int] = {}
        for side, way in sides:
            part = _directions(side, sign * way)
            if part is None or any(merged.get(key, value) != value for key, value in part.items()):
                return None
            merged |= part
        return merged
    return None
