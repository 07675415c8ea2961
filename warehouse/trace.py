"""The rows of a trace as the tree they describe, and that tree as JSON. Plain Python: no database, no layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

#: What each flag says of a claim, in a reader's words.
FLAGS = {
    "broken_chain": "cites no document that can be opened",
    "uncited": "its source cites nothing for it, so the source itself is cited",
    "implausible": "outside the plausible range of its quantity",
    "corrected": "a correction replaces it",
    "deprecated_here": "marked as wrong in this installation",
    "disputed": "other sources give another figure",
    "stale": "its source is past its refresh date",
    "third_party": "stated by others than the developer; shown, and never used for the run",
    "by_others": "worked out by others than the developer, who states none",
    "secondary": "as a database gives it from a document that was not checked here; first-hand figures go before it",
    "inferred": "its source says it in other words; that this is what they mean is our reading",
    "worked_out": "worked out from these words, which do not hold the figure itself",
    "own": "from your own files, not part of the published data",
    "geography": "the source's place does not fit its coordinates or country",
    "short_row": "read from a row with missing cells",
    "zero_intensity": "its source gives an intensity of zero",
}

_REFERENCE = ("reference_id", "title", "authors", "year", "url", "licence")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Node:
    """One number of a trace: computed by a formula from its inputs, or claimed.

    role: its name in the formula that uses it. bound: which of its three numbers that formula takes.
    claim: the row of the trace, where it is a claim. claim_count, claims_query: of a number that sums up many claims,
        how many, and the query that lists them.
    """

    role: str
    bound: str
    table: str
    row_id: int
    column: str
    value: float
    low: float
    high: float
    unit: str | None
    formula: str | None
    claim: Mapping[str, Any] | None
    inputs: tuple[Node, ...]
    claim_count: int | None = None
    claims_query: str | None = None

    @property
    def used(self) -> float:
        """Return the number that the formula above takes."""
        return {"low": self.low, "high": self.high}.get(self.bound, self.value)


def tree(records: Iterable[Mapping[str, Any]]) -> Node:
    """Build the tree of one number from the rows of `trace` or `trace_number`, each at its place."""
    rows = {tuple(record["place"]): record for record in records}
    below: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for place in sorted(rows):
        if place:
            below.setdefault(place[:-1], []).append(place)

    def node(place: tuple[int, ...]) -> Node:
        row = rows[place]
        is_claim = row["claim_id"] is not None
        return Node(
            role=row["role"],
            bound=row["bound"],
            table="claim" if is_claim else row["table_name"],
            row_id=row["claim_id"] if is_claim else row["row_id"],
            column=row["bound"] if is_claim else row["column_name"],
            value=row["value"],
            low=row["low"],
            high=row["high"],
            unit=row["unit"],
            formula=row["formula"],
            claim=row if is_claim else None,
            inputs=tuple(node(child) for child in below.get(place, [])),
            claim_count=row.get("claim_count"),
            claims_query=row.get("claims_query"),
        )

    return node(())


def collapsed(node: Node) -> Node:
    """Leave out the steps that only copy a number: what is copied stands in their place, under their name."""
    inputs = tuple(collapsed(entry) for entry in node.inputs)
    if len(inputs) == 1 and (node.formula is None or node.formula == inputs[0].role) and inputs[0].bound == "value":
        return replace(inputs[0], role=node.role, bound=node.bound)
    return replace(node, inputs=inputs)


def with_values(node: Node, shown: Callable[[float], str]) -> str:
    """Return a node's formula with the numbers that it takes in place of their names."""
    values = {entry.role: shown(entry.used) for entry in node.inputs}
    return _NAME.sub(lambda found: values.get(found[0], found[0]), node.formula or "")


def flag_meanings(flags: str | None) -> list[tuple[str, str]]:
    """Return each flag of a claim with what it says."""
    return [(flag, FLAGS.get(flag, "")) for flag in (flags or "").split(";") if flag]


def as_json(node: Node, choices: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the tree as nested mappings; a leaf carries its claim, the root what was chosen besides numbers."""
    made: dict[str, Any] = {
        "role": node.role,
        "bound": node.bound,
        "table": node.table,
        "row_id": node.row_id,
        "column": node.column,
        "value": node.value,
        "low": node.low,
        "high": node.high,
        "unit": node.unit,
        "formula": node.formula,
        "inputs": [as_json(entry) for entry in node.inputs],
    }
    if node.claim_count is not None:
        made |= {"claim_count": node.claim_count, "claims_query": node.claims_query}
    if node.claim is not None:
        made["claim"] = _claim(node.claim)
    if told := [{**one, "flags": [flag for flag, _ in flag_meanings(one["flags"])]} for one in choices]:
        made["choices"] = told
    return made


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "claim_id": row["claim_id"],
        "subject_kind": row["subject_kind"],
        "subject": row["subject_id"],
        "quantity": row["quantity"],
        "reported_text": row["reported_text"],
        "basis": row["basis"],
        "boundary": row["boundary"],
        "scope_note": row["scope_note"],
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "flags": [flag for flag, _ in flag_meanings(row["flags"])],
        "reference": {name: row[name if name == "reference_id" else f"reference_{name}"] for name in _REFERENCE},
        "locator": row["locator"],
        "quoted_by": row["quoted_by"],
        "source_id": row["source_id"],
        "source_row": row["source_row"],
        "snapshot_id": row["snapshot_id"],
        "retrieved_at": row["retrieved_at"],
    }
