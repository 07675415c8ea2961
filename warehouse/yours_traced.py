"""The way from a figure of the reader's to its leaves, as `trace` gives it of a released one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.read import Release

#: The basis of a leaf that is the reader's.
YOURS = "yours"
_CLAIM = """SELECT claim.claim_id, claim.value, claim.low, claim.high, claim.unit, claim.subject_kind, claim.subject_id,
    claim.quantity, claim.reported_text, claim.basis, claim.boundary, claim.scope_note, claim.period_start,
    claim.period_end, claim.flags, claim.reference_id, reference.title AS reference_title,
    reference.authors AS reference_authors, reference.year AS reference_year, reference.url AS reference_url,
    reference.licence AS reference_licence, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id,
    snapshot.retrieved_at, snapshot.url AS snapshot_url, snapshot.upstream_version,
    quoted_by(claim.reference_id, source.reference_id, source.schedule, source.title) AS quoted_by
FROM claim
LEFT JOIN reference ON reference.reference_id = claim.reference_id
LEFT JOIN snapshot ON snapshot.snapshot_id = claim.snapshot_id AND snapshot.source_id = claim.source_id
LEFT JOIN source ON source.source_id = claim.source_id
WHERE claim.claim_id = ?"""


@dataclass(frozen=True)
class Given:
    """An input of the reader's.

    name: as the macro calls it. text: as the reader wrote it. ends: low end, centre, high end; none for a thing.
    """

    name: str
    table: str
    column: str
    position: int
    unit: str | None
    text: str
    ends: tuple[float, float, float] | None


class Walk:
    """The way from a figure of the reader's to its leaves: rows of `what_if_of`, then those of the release."""

    def __init__(self, opened: Release, call: str, given: tuple[Given, ...]) -> None:
        self._opened, self._call = opened, call
        self._by_place = {(one.table, one.column): one for one in given if one.ends}
        self._by_position = {one.position: one for one in given}
        self._rows: dict[str, dict[int, Mapping[str, Any]]] = {}
        self._own = set(opened.words("SELECT DISTINCT function_name FROM duckdb_functions() "
                                     "WHERE schema_name = 'what_if_of'"))  # fmt: skip
        self._empty = dict.fromkeys(opened.rows("FROM trace_number('estimates', 0, 'energy_kwh') LIMIT 0").columns)
        self._edges: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        lineage = opened.rows("FROM column_lineage ORDER BY table_name, branch, column_name, position")
        for edge in lineage.records():
            self._edges.setdefault((edge["table_name"], edge["branch"], edge["column_name"]), []).append(edge)

    def of(
        self,
        table: str,
        row: Mapping[str, Any],
        column: str,
        place: tuple[int, ...] = (),
        role: str | None = None,
        bound: str = "value",
    ) -> Iterator[dict[str, Any]]:
        """Yield the records of a number and of all below it."""
        edges = self._edges[table, row.get("branch") or "", column]
        about = {
            "depth": len(place),
            "place": list(place),
            "role": role or column,
            "bound": bound,
            "path": role or column,
        }
        numbers = {"value": row[column], "low": row[f"{column}_low"], "high": row[f"{column}_high"]}
        mine = self._by_place.get((table, column))
        if mine is not None and mine.ends == (numbers["low"], numbers["value"], numbers["high"]):
            yield self._yours(mine, about)
            return
        yield self._empty | about | numbers | {
            "table_name": table, "row_id": next(iter(row.values())), "column_name": column,
            "unit": edges[0]["unit"], "formula": None if edges[0]["is_claim"] else edges[0]["formula"],
        }  # fmt: skip
        for edge in edges:
            below = {"place": (*place, edge["position"]), "role": edge["role"], "bound": edge["bound"]}
            yield from self._input(table, row, edge, row[edge["id_column"]], below)

    def _input(
        self, table: str, row: Mapping[str, Any], edge: Mapping[str, Any], identity: int | None, below: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        about = {"depth": len(below["place"]), "path": below["role"], **below, "place": list(below["place"])}
        other = edge["input_table"]
        if identity is None:
            return
        if other is None and identity < 0:
            yield self._yours(self._by_position[-identity], about)
        elif other is None:
            (claim,) = self._opened.rows(_CLAIM, [identity]).records()
            yield self._empty | claim | about
        elif other == table:
            yield from self.of(table, row, edge["input_column"], **below)
        elif other in self._own:
            yield from self.of(other, self._row(other, identity), edge["input_column"], **below)
        else:
            found = self._opened.rows("FROM trace_number(?, ?, ?)", [other, identity, edge["input_column"]])
            for record in found.records():
                at = [*below["place"], *record["place"]]
                own = {} if record["place"] else {"role": below["role"], "bound": below["bound"]}
                yield record | own | {"place": at, "depth": len(at)}

    def _row(self, table: str, identity: int) -> Mapping[str, Any]:
        if table not in self._rows:
            rows = self._opened.rows(f"FROM what_if_of.{table}({self._call})")
            self._rows[table] = {next(iter(row.values())): row for row in rows.records()}
        return self._rows[table][identity]

    def _yours(self, one: Given, about: dict[str, Any]) -> dict[str, Any]:
        low, value, high = one.ends or (None, None, None)
        return self._empty | about | {
            "value": value, "low": low, "high": high, "unit": one.unit, "claim_id": -one.position, "basis": YOURS,
            "quantity": one.name, "reported_text": one.text,
        }  # fmt: skip
