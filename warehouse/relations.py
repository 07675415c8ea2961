"""The shapes of completion: what relations offer, what feeds a number, what a completed table is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from warehouse.formula import Bound
from warehouse.sqlmodel import SqlModel


@dataclass(frozen=True)
class Number:
    """A traced number in a relation: the names of its bounds and of the column that holds its input's id.

    table, column: the derived table it is a number of; None where it is a claim's.
    """

    low: str
    high: str
    id_column: str
    table: str | None = None
    column: str | None = None


@dataclass(frozen=True)
class Thing:
    """A word or entity that a claim states, with the column that holds the claim's id."""

    id_column: str


Trait = Number | Thing | None


@dataclass(frozen=True)
class Relation:
    """What a FROM item offers: its columns, and which of them are traced."""

    columns: Mapping[str, Trait]


@dataclass(frozen=True)
class Input:
    """One input of a number: its name in the formula, where its id stands in the row, and what it is a number of.

    table None: a claim, found by the id in `id_column`. Otherwise column `column` of that table's row with that id.
    """

    role: str
    id_column: str
    table: str | None
    column: str | None
    bound: Bound


@dataclass(frozen=True)
class Output:
    """One number of a completed table: how it is computed and from what.

    tree: the formula, every leaf a bare column named after an input's role; a claimed or copied number is one leaf.
        Where a row sums up claims it has no inputs, and the tree is the aggregate over them.
    """

    name: str
    is_claim: bool
    tree: exp.Expr
    inputs: tuple[Input, ...]

    @property
    def formula(self) -> str:
        """Return the formula as SQL over its inputs' roles."""
        return self.tree.sql(dialect="duckdb", normalize_functions=False)


@dataclass(frozen=True)
class CompletedBranch:
    """One completed SELECT, its columns in order, and its numbers.

    members: the query of the claims of each row, where rows sum up claims.
    """

    name: str
    select: exp.Select
    columns: tuple[str, ...]
    outputs: tuple[Output, ...]
    members: str = ""


@dataclass(frozen=True)
class Completed:
    """A completed SQL model: runnable SQL, and the relation that later models see."""

    model: SqlModel
    sql: str
    branches: tuple[CompletedBranch, ...]
    relation: Relation
    columns: tuple[str, ...]


CLAIM_TRAITS: dict[str, Trait] = {
    "value": Number("low", "high", "claim_id"),
    "object_id": Thing("claim_id"),
    "object": Thing("claim_id"),
}


def claim_relation(columns: list[str]) -> Relation:
    """Return the relation of the claim table, given its columns."""
    return Relation({**dict.fromkeys(columns), **CLAIM_TRAITS})


def plain_relation(columns: list[str]) -> Relation:
    """Return a relation without traced numbers."""
    return Relation(dict.fromkeys(columns))
