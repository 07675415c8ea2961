"""What views and macros over a derived table need to know of it: its identity, its ids and numbers in slot order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from warehouse.relations import Completed


@dataclass(frozen=True)
class Plan:
    """What one table's views need: its identity, its branches, its id and number columns in slot order.

    pointers: of each other table that feeds it, the columns that hold ids of that table's rows. members: the query of
    the claims that each of its rows sums up, where it does.
    """

    name: str
    id_column: str
    has_branches: bool
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    pointers: Mapping[str, tuple[str, ...]]
    members: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the other tables that feed it, in the order in which they are built."""
        return tuple(self.pointers)

    @property
    def branch(self) -> str:
        """Return the SQL that tells a row's branch."""
        return "t.branch" if self.has_branches else "''"


def plans(completed: Mapping[str, Completed]) -> dict[str, Plan]:
    """Return the plan of every table that holds numbers, in the order in which they are built."""
    found: dict[str, Plan] = {}
    for name, done in completed.items():
        outputs = [output for branch in done.branches for output in branch.outputs]
        if not outputs:
            continue
        ids = dict.fromkeys([done.model.id_column, *(entry.id_column for o in outputs for entry in o.inputs)])
        feeding = {(entry.table, entry.id_column) for o in outputs for entry in o.inputs}
        pointers = {other: tuple(column for column in ids if (other, column) in feeding) for other in found}
        found[name] = Plan(
            name,
            done.model.id_column,
            done.model.is_folder,
            tuple(ids),
            tuple(dict.fromkeys(output.name for output in outputs)),
            {other: columns for other, columns in pointers.items() if columns},
            done.branches[0].members,
        )
    return found


def slots(columns: Iterable[str], ending: str = "") -> str:
    """Return the SQL list of a row's columns, of which a slot picks one."""
    return "[" + ", ".join(f"t.{column}{ending}" for column in columns) + "]"
