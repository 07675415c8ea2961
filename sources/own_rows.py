"""One row of a user's file as claims: each cell that states a fact, with the row's citation, basis and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from sources import own_cells
from sources.claimfile import BASES
from sources.own_cells import CONTROL, NUMBERS, THINGS
from sources.own_claims import OWN_FLAG, Problem, claim, locator, nearest
from sources.own_runs import SOURCE

Claims = list[dict[str, object]]
Read = TypeVar("Read")


class Row:
    """One row: reading it collects its claims and everything that is wrong with it."""

    def __init__(self, name: str, line: int, cells: Mapping[str, str]) -> None:
        self.name, self.line, self.cells = name, line, cells
        self.claims: Claims = []
        self.problems: list[Problem] = []

    def read(self) -> None:
        """Read every cell."""
        for column, text in self.cells.items():
            if CONTROL.search(text):
                self._refuse(column, "one line of text", "Take line breaks and control characters out.")
        if not re.search(r"[A-Za-z0-9]", self._cell("run")):
            self._refuse("run", "a name with a letter or digit", "Give each run a name of its own.")
        shared = self._shared()
        for column, quantity in THINGS.items():
            if text := self._cell(column):
                self._state(column, quantity, {**shared, "object": text})
        self._numbers(shared)
        self._period(shared)
        if not self.claims and not self.problems:
            self._refuse("", "at least one fact", "Fill what is known of the run, or take the row out.")
        if not self._cell("model"):  # a run without a model's name trained a model of its own
            self._state("run", "model", {**shared, "object": self._cell("run")})

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _refuse(self, column: str, expected: str, remedy: str) -> None:
        found = repr(self._cell(column)[:60]) if column else "nothing about the run"
        self.problems.append(Problem(self.line, column or None, found, expected, remedy))

    def _state(self, column: str, quantity: str, facts: Mapping[str, object], text: str = "") -> None:
        place = locator(self.name, self.line, column, self._cell("locator"))
        self.claims.append(claim(self._cell("run"), self.line, place, quantity, facts, text or self._cell(column)))

    def _try(self, column: str, read: Callable[[str], Read], remedy: str) -> Read | None:
        """Return what a filled cell says; a problem is noted."""
        if not self._cell(column):
            return None
        try:
            return read(self._cell(column))
        except ValueError as error:
            self._refuse(column, str(error), remedy)
            return None

    def _shared(self) -> dict[str, object]:
        """Return what holds for every claim of the row: basis, citation, flags, notes."""
        basis = self._cell("basis") or "disclosed"
        if basis not in BASES:
            self._refuse("basis", f"one of {', '.join(BASES)}", nearest(basis, BASES))
        citation: str | None = self._cell("citation") or None
        uncited = bool(self._try("uncited", own_cells.answer, "Leave it empty where a citation is given."))
        if citation is not None and citation.lower() == "uncited":
            citation, uncited = None, True
        if citation is None and not uncited:
            remedy = "Name the document or its address, or write yes in a column `uncited`."
            self._refuse("citation", "a citation, or an explicit uncited", remedy)
        if citation is not None and uncited:
            self._refuse("uncited", "no citation beside it", "Keep one of them.")
        return {
            "basis": basis,
            "citation": citation,
            "reference_id": None if citation else SOURCE.reference_id,
            "flags": OWN_FLAG if citation else f"{OWN_FLAG};uncited",
            "scope_note": self._cell("notes") or None,
        }

    def _numbers(self, shared: Mapping[str, object]) -> None:
        with_pue = self._try("energy_includes_pue", own_cells.answer, "Leave it empty if it is not known.")
        scopes: dict[str, dict[str, object]] = {"pue": {"qualifier": "unknown"}}
        if with_pue is not None:
            scopes["energy"] = scopes["emissions"] = {"boundary": "pue_included" if with_pue else "pue_excluded"}
        for column, bare in NUMBERS.items():
            unit = "a plain number" if bare == "1" else bare
            remedy = f"Write 12.5, 90-100 or 1,250, with a unit if it is not {unit}."
            found = self._try(column, lambda text, column=column: own_cells.figure(column, text), remedy)  # type: ignore[misc]
            if found is not None:
                self._state(column, column, {**shared, **scopes.get(column, {}), **found})

    def _period(self, shared: Mapping[str, object]) -> None:
        remedy = "Write year, month and day, the month alone or the year alone."
        start = self._try("trained_from", lambda text: own_cells.day(text, is_end=False), remedy)
        end = self._try("trained_until", lambda text: own_cells.day(text, is_end=True), remedy)
        if start and end and start > end:
            self._refuse("trained_until", f"no day before {start}", "Swap the two, or mend the year.")
        if start or end:
            ends = {"period_start": start and start.isoformat(), "period_end": end and end.isoformat()}
            columns = [column for column in ("trained_from", "trained_until") if self._cell(column)]
            words = " to ".join(self._cell(column) for column in columns)
            self._state(columns[-1], "trained_in", {**shared, "object": words, **ends}, words)
