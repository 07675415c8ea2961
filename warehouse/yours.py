"""What if a reader's own figures stood in an estimate: the inputs as they are written, the answer, and its trace.

Everything is asked of the release's own macros (`warehouse.what_if`); nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from sources.own_cells import figure
from warehouse.errors import LoadError, NotFoundError, WarehouseError
from warehouse.naming import choose, resolve
from warehouse.read import Release, Rows
from warehouse.vocabulary import factor
from warehouse.yours_traced import Given, Walk

QUANTITIES = ("energy_kwh", "emissions_tco2e", "it_energy_kwh", "pue", "grid_intensity_g_per_kwh")
#: What counts in millions and billions, and what lies between which ends.
_COUNTS = ("parameters", "training_tokens")
_LIMITS = {"pue": (1.0, None), "utilization": (0.0, 1.0)}
_LISTING = 'All inputs: footnote sql "FROM what_if_inputs()"'


@dataclass(frozen=True)
class Answer:
    """An estimate as released and with the reader's inputs; either may be None."""

    run_id: str
    method: str
    released: Mapping[str, Any] | None
    yours: Mapping[str, Any] | None

    def factor(self, column: str) -> float | None:
        """Return how many times the released figure the reader's is."""
        if self.released is None or self.yours is None or not self.released[column] or self.yours[column] is None:
            return None
        return float(self.yours[column] / self.released[column])

    @property
    def is_moved(self) -> bool:
        """Tell whether the reader's inputs change it."""
        if self.released is None or self.yours is None:
            return True
        ends = [f"{name}{end}" for name in QUANTITIES for end in ("", "_low", "_high")]
        return any(self.released[name] != self.yours[name] for name in ends)


class WhatIfRead:
    """A model with a reader's inputs."""

    def __init__(self, opened: Release, model: str, asked: Mapping[str, str]) -> None:
        self._opened = opened
        if not opened.words("SELECT 1 FROM duckdb_functions() WHERE function_name = 'what_if_inputs'"):
            raise WarehouseError("the release is of a version without what-if; make it anew with: footnote run")
        self.model = opened.model_id(model)
        self.given = tuple(self._parse(name, text) for name, text in asked.items())

    def _parse(self, asked: str, text: str) -> Given:
        """Read one input. Raises: NotFoundError or LoadError saying what is expected."""
        inputs = self._opened.rows("FROM what_if_inputs()").records()
        names = {name: row for row in reversed(inputs) for name in (row["column_name"], row["name"])}
        row = names[choose("input", asked, names) if asked in names else resolve(
            "input", asked, [(name, entry["name"]) for name, entry in names.items()], _LISTING
        )]  # fmt: skip
        name, column, unit = row["name"], row["column_name"], row["unit"]
        if row["kind"] is not None:
            return Given(name, row["table_name"], column, row["position"], None, self._thing(row["kind"], text), None)
        try:
            found = figure("parameters" if column in _COUNTS else "pue", text.strip())
            if found["unit"] == "1" != unit:
                raise LoadError(f"expected a unit with it, as '{text} {unit}' or another that converts to {unit}")
            step = factor(str(found["unit"]), unit.removesuffix(" CO2e"))
        except ValueError as error:
            raise LoadError(f"{name}: found '{text}', expected {error}, as 1.1, 6.5 kW or 90-100 d") from error
        except LoadError as error:
            raise LoadError(f"{name}: found '{text}': {error}") from error
        ends = [float(Fraction(str(found[end])) * step) for end in ("low", "value", "high") if end in found]
        low, high = ends[0], ends[-1]
        least, most = next((ends for word, ends in _LIMITS.items() if word in column), (0.0, None))
        if low < least or (most is not None and high > most) or low <= 0:
            said = f"from {least:g} to {most:g}" if most else f"at least {least:g}" if least else "more than 0"
            raise LoadError(f"{name}: found '{text}', expected {said}{'' if unit == '1' else f' {unit}'}")
        said = "-".join(str(found[end]) for end in ("low", "value", "high") if end in found)
        written = str(found["unit"]).replace("percent", "%")
        return Given(
            name, row["table_name"], column, row["position"], unit, said if written == "1" else f"{said} {written}",
            (low, low if low == high else (low * high) ** 0.5, high),
        )  # fmt: skip

    def _thing(self, kind: str, text: str) -> str:
        if kind == "region":
            return self._opened.region_id(text)
        names = self._opened.rows(
            """SELECT entity_id, entity_id FROM entity WHERE kind = $kind
            UNION SELECT name, entity_id FROM entity WHERE kind = $kind
            UNION SELECT alias, entity_id FROM alias WHERE kind = $kind""",
            {"kind": kind},
        )
        pairs = [(name, identity) for name, identity in names.values if name and identity]
        return resolve(kind, text, pairs, f"All: footnote sql \"FROM entity WHERE kind = '{kind}'\"")

    @cached_property
    def _call(self) -> str:
        """Return the arguments of the macros in `what_if_of`: the model, numbers by name, words by name."""
        numbers = ", ".join(f"{_quoted(one.name)}: {list(one.ends)}" for one in self.given if one.ends)
        words = ", ".join(f"{_quoted(one.name)}: {_quoted(one.text)}" for one in self.given if not one.ends)
        return (
            f"{_quoted(self.model)}, CAST(MAP {{{numbers}}} AS MAP(TEXT, DOUBLE[])), "
            f"CAST(MAP {{{words}}} AS MAP(TEXT, TEXT))"
        )

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Return the estimates of the model by every method, released and the reader's side by side.

        Raises: NotFoundError if there are none on either side.
        """
        order = "ORDER BY method_order(made.method), made.run_id"
        released = self._opened.rows(
            f"SELECT made.* FROM estimates AS made WHERE made.model_id = ? {order}", [self.model]
        )
        made = self._opened.rows(f"SELECT made.* FROM what_if_of.estimates({self._call}) AS made {order}")
        before, after = ({(row["run_id"], row["method"]): row for row in rows.records()} for rows in (released, made))
        keys = list(dict.fromkeys([*after, *before]))
        if not keys:
            raise NotFoundError(
                f"no estimate for {self.model}, with your inputs either: that takes an energy, or an accelerator with "
                "its hours, its count and duration, or training compute; give them with --set. " + _LISTING
            )
        return tuple(Answer(*key, before.get(key), after.get(key)) for key in keys)

    @cached_property
    def set_aside(self) -> list[str]:
        """Return the inputs of the runs that no longer hold, since the reader's take their place."""
        return self._opened.words(
            f"SELECT DISTINCT unnest(run.set_aside) AS name FROM what_if_of.training_runs({self._call}) AS run "
            "ORDER BY name"
        )

    def method(self, asked: str) -> str:
        """Return a method by which there is an answer."""
        return choose("method", asked, dict.fromkeys(answer.method for answer in self.answers))

    def trace(self, answer: Answer, column: str) -> Rows:
        """Return the trace of one of the reader's figures, as the rows of the trace macros."""
        assert answer.yours is not None
        records = list(Walk(self._opened, self._call, self.given).of("estimates", answer.yours, column))
        columns = tuple(dict.fromkeys(name for record in records for name in record))
        return Rows(columns, [tuple(record.get(name) for name in columns) for record in records])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
