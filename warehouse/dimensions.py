"""Units of formulas: what the name of a number's column says must follow from the units of its inputs.

Macros are followed into their bodies. Only a step from one unit to another needs to be declared, since the number in
its body is a unit's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

import pint
from sqlglot import exp

from warehouse.errors import SqlModelError
from warehouse.formula import FormulaError
from warehouse.macros import EXTREMES, MONOTONE, STEPS, Macro, macros
from warehouse.relations import Completed, CompletedBranch, Input, Output
from warehouse.units import BY_ROW, in_claims, unit_of
from warehouse.vocabulary import pint_name, registry

#: Macros that step from units, one for each parameter, to another: (units taken, unit given).
UNIT_STEPS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "kwh": (("W*h",), "kWh"),
    "watt_hours": (("kWh",), "W*h"),
    "tonnes": (("g",), "t CO2e"),
    "grams": (("t CO2e",), "g"),
    "hours": (("s",), "h"),
    "mlco2_intensity": (("g/kWh",), "g/kWh"),
    "training_operations": (("1", "1"), "FLOP"),
}

#: What claims of any quantity are called; their unit differs from row to row, as that of the columns in BY_ROW.
ANY_CLAIM = "value"

#: None: it differs from row to row, so it agrees with every other.
Unit: TypeAlias = pint.Unit | None
LeafUnit: TypeAlias = Callable[[exp.Column], Unit]


def check(completed: Completed) -> None:
    """Check that every formula of a table gives what the name of its column says.

    Raises: SqlModelError naming the column, both units and the remedy.
    """
    for branch in completed.branches:
        for output in () if branch.members else branch.outputs:
            try:
                given, told = found(output), _unit(unit_of(output.name))
                if not _agree(given, told):
                    raise FormulaError(
                        f"its formula gives {_shown(given)}, its name says {_shown(told)}", "mend the one or the other"
                    )
            except FormulaError as error:
                raise SqlModelError(f"{_place(completed, branch)}.{output.name}: {error}") from error


def _place(completed: Completed, branch: CompletedBranch) -> str:
    model = completed.model
    return f"{model.name}/{branch.name}" if model.is_folder else model.name


def found(output: Output) -> Unit:
    """Return the unit that a number's formula gives; None where that differs from row to row."""
    inputs = {entry.role: _of_input(entry) for entry in output.inputs}
    return unit(output.tree, lambda column: inputs[column.name])


def _of_input(entry: Input) -> Unit:
    return _unit(_name_of_input(entry))


def _name_of_input(entry: Input) -> str | None:
    if entry.table is None and entry.role.removesuffix("_low").removesuffix("_high").endswith((*BY_ROW, ANY_CLAIM)):
        return None
    return unit_of(entry.column or entry.role)


def unit_of_claim(entry: Input) -> str | None:
    """Return the unit in which the claim behind an input must be; None for another table's number, or where it varies.

    What a claim is of is known only when the tables are there, so replay asks for it.
    """
    return None if entry.table is not None else in_claims(_name_of_input(entry))


def unit(tree: exp.Expr, leaf: LeafUnit) -> Unit:
    """Return the unit of a formula's result.

    leaf: gives the unit of an input.
    Raises: FormulaError where units do not go together: what was found, and the remedy.
    """
    if isinstance(tree, exp.Column):
        return leaf(tree)
    if isinstance(tree, exp.Literal):
        return _unit("1")
    if isinstance(tree, exp.Mul | exp.Div):
        left, right = unit(tree.this, leaf), unit(tree.expression, leaf)
        if left is None or right is None:
            return None
        return left * right if isinstance(tree, exp.Mul) else left / right
    if isinstance(tree, exp.Add | exp.Sub):
        return _same(tree, [unit(tree.this, leaf), unit(tree.expression, leaf)])
    if isinstance(tree, exp.Sqrt):
        inner = unit(tree.this, leaf)
        return None if inner is None else inner**0.5
    if isinstance(tree, exp.Ln | exp.Exp):
        return _same(tree, [unit(tree.this, leaf), _unit("1")])
    if isinstance(tree, EXTREMES):
        return _same(tree, [unit(one, leaf) for one in (tree.this, *tree.expressions)])
    if isinstance(tree, (exp.Paren, *MONOTONE, *STEPS)):
        return unit(tree.this, leaf)
    if isinstance(tree, exp.Anonymous) and tree.name in macros():
        return _of_macro(macros()[tree.name], [unit(one, leaf) for one in tree.expressions])
    raise FormulaError(f"the unit of {_text(tree)} is not known", "add it to warehouse/dimensions.py")


def _of_macro(macro: Macro, given: list[Unit]) -> Unit:
    if macro.name not in UNIT_STEPS:
        by_name = dict(zip(macro.parameters, given, strict=True))
        return unit(macro.body, lambda column: by_name[column.name])
    wanted, result = UNIT_STEPS[macro.name]
    for one, other in zip(given, wanted, strict=True):
        if not _agree(one, _unit(other)):
            raise FormulaError(f"{macro.name} is given {_shown(one)}", f"it takes {_shown(_unit(other))}")
    return _unit(result)


def _same(tree: exp.Expr, found: list[Unit]) -> Unit:
    known = [one for one in found if one is not None]
    for other in known[1:]:
        if not _agree(known[0], other):
            raise FormulaError(
                f"{_text(tree)} puts {_shown(known[0])} and {_shown(other)} together", "both must be of one unit"
            )
    return known[0] if known else None


@cache
def _unit(name: str | None) -> Unit:
    return None if name is None else registry().Unit(pint_name(str(in_claims(name))))


def _agree(one: Unit, other: Unit) -> bool:
    return one is None or other is None or bool(one == other)


def _shown(one: Unit) -> str:
    if one is None or one == _unit("1"):
        return "a plain number"
    powers = [(registry().get_symbol(name), float(power)) for name, power in one._units.items()]
    return "*".join(name if power == 1 else f"{name}**{power:g}" for name, power in powers)


def _text(tree: exp.Expr) -> str:
    return tree.sql(dialect="duckdb", normalize_functions=False)
