"""The macro `what_if`: the estimates of a model with any of its inputs replaced by the reader's own.

It is made of the completed SQL of the tables themselves: every table that depends on the runs is computed again, from
that model's runs and the reader's values. So it says what the tables would say, and cannot drift from them. What no run
decides (places, hardware, assumptions, errors of methods) is read from the release.

A claim's id is that of the claim behind a number; where the reader's value stands, it is the negative position of the
parameter, which the public macro shows as unknown. `what_if_of` holds the tables in between, for the trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from warehouse.relations import Completed, Number
from warehouse.units import unit_of

TARGET, RUNS = "estimates", "training_runs"
SCHEMA = "what_if_of"

#: Columns of the runs that name a thing but are what the question is about.
_FIXED = {"model_id", "developer_id", "run_id"}
_STEMS = ("stated_", "training_")
_RESERVED = {"model", "yours", "set_aside"}


@dataclass(frozen=True)
class Parameter:
    """An input that a reader may replace.

    name: its name in the macro. id_column: where the id of its claim stands; None if it is computed in its table.
    position: its place among all, from 1.
    """

    name: str
    table: str
    column: str
    is_number: bool
    id_column: str | None
    position: int

    @property
    def given(self) -> str:
        """Return the SQL that is the reader's value, or NULL."""
        return f"given.numbers['{self.name}'][2]" if self.is_number else f"given.words['{self.name}']"


class WhatIf:
    """What there is to replace in a set of tables, and the SQL that does it."""

    def __init__(self, completed: Mapping[str, Completed]) -> None:
        self.completed = completed

    @cached_property
    def recomputed(self) -> tuple[str, ...]:
        """Return the tables that are computed again: those of single runs, between the runs and the estimates."""
        found: set[str] = set()

        def walk(name: str) -> None:
            for other in [name, *self.completed[name].model.reads]:
                is_of_runs = other in self.completed and "run_id" in self.completed[other].model.grain
                if is_of_runs and other not in found and RUNS in self._upstream(other):
                    found.add(other)
                    walk(other)

        walk(TARGET)
        return tuple(name for name in self.completed if name in found)

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return all that can be replaced: what is claimed of a run, and what its tables take from beyond the runs."""
        found: list[Parameter] = []
        taken = {*_RESERVED, *self._unqualified()}
        for table, columns in self._replaceable().items():
            for column in columns:
                trait = self.completed[table].relation.columns[column]
                plain = column.removesuffix("_id")
                short = next((plain.removeprefix(stem) for stem in _STEMS if plain.startswith(stem)), plain)
                wanted = [short, plain, f"{table.removesuffix('s')}_{short}", f"your_{table}_{plain}"]
                name = next(name for name in wanted if name not in taken)
                taken.add(name)
                if isinstance(trait, Number):
                    id_column = trait.id_column if trait.table is None else None
                else:
                    id_column = f"{column.removesuffix('_id')}_claim_id"
                found.append(Parameter(name, table, column, isinstance(trait, Number), id_column, len(found) + 1))
        return tuple(found)

    def statements(self) -> Iterator[str]:
        """Yield the statements that create the macros; none where there are no estimates of runs."""
        if TARGET not in self.completed or RUNS not in self._upstream(TARGET):
            return
        yield f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"
        yield f"CREATE SCHEMA {SCHEMA}"
        yield (
            f"CREATE MACRO {SCHEMA}.range_of(given) AS list_transform("
            "[CAST(string_split(trim(CAST(given AS TEXT), '[]'), ',') AS DOUBLE[])], lambda ends: [ends[1], "
            "CASE WHEN len(ends) = 3 THEN ends[2] WHEN ends[1] = ends[-1] THEN ends[1] "
            "ELSE sqrt(ends[1] * ends[-1]) END, ends[-1]])[1]"
        )
        for name in self.tables:
            yield (
                f"CREATE MACRO {SCHEMA}.{name}(given_model, given_numbers, given_words) AS TABLE "
                f"WITH {self._ctes(name)} SELECT made.* FROM {name} AS made"
            )
        yield self._public()
        yield self._inputs()

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables that a what-if has of its own."""
        return tuple(dict.fromkeys([RUNS, *(entry.table for entry in self.parameters), *self.recomputed]))

    def _upstream(self, name: str) -> set[str]:
        found: set[str] = set()
        for other in self.completed[name].model.reads & self.completed.keys():
            found |= {other} | self._upstream(other)
        return found

    def _replaceable(self) -> dict[str, list[str]]:
        runs = self.completed[RUNS]
        named = [
            column for column in runs.columns
            if column.endswith("_id") and f"{column.removesuffix('_id')}_claim_id" in runs.columns
            and column not in _FIXED
        ]  # fmt: skip
        found = {RUNS: named}
        for name in self.recomputed:
            for table, column in _columns_read(self.completed[name]):
                beyond = self.completed.get(table)
                if beyond is None or beyond.model.is_claims or RUNS in self._upstream(table):
                    continue
                if isinstance(beyond.relation.columns.get(column), Number) and column not in found.get(table, []):
                    found.setdefault(table, []).append(column)
        return {name: found[name] for name in [RUNS, *self.completed] if name in found}

    def _unqualified(self) -> set[str]:
        """Return the names without a table in the SQL: in a macro, a parameter of that name would take their place."""
        return {
            column.name
            for name in self.recomputed
            for branch in self.completed[name].branches
            for column in branch.select.find_all(exp.Column)
            if not column.table
        }

    def _ctes(self, wanted: str) -> str:
        """Return the WITH list down to a table."""
        needed = {RUNS, wanted, *(self._upstream(wanted) if wanted in self.recomputed else ())}
        parts = [
            "given AS MATERIALIZED (SELECT given_model AS model, given_numbers AS numbers, given_words AS words)",
            f"{RUNS} AS MATERIALIZED ({self._runs()})",
        ]
        for name in self.completed:
            if name in needed and name != RUNS and name in self.tables:
                sql = self.completed[name].sql if name in self.recomputed else self._beyond(name)
                parts.append(f"{name} AS ({sql})")
        return ",\n".join(parts)

    def _of(self, table: str) -> dict[str, Parameter]:
        return {entry.column: entry for entry in self.parameters if entry.table == table}

    def _runs(self) -> str:
        """Return the runs of the model, with the reader's values in them, and what these set aside."""
        own = self._of(RUNS)
        items: dict[str, str] = {}
        gone = {column: condition for column, condition in self._set_aside(own).items() if column in own}
        for column, entry in own.items():
            aside = gone.get(column, "false")
            identity = (
                f"CASE WHEN {aside} THEN NULL WHEN {entry.given} IS NULL THEN t.{entry.id_column} "
                f"ELSE -{entry.position} END"
            )
            for place, ending in enumerate(("_low", "", "_high") if entry.is_number else ("",), start=1):
                value = f"given.numbers['{entry.name}'][{place}]" if entry.is_number else entry.given
                items[f"{column}{ending}"] = (
                    f"CASE WHEN {aside} THEN NULL ELSE coalesce({value}, t.{column}{ending}) END"
                )
            if entry.id_column:
                items[entry.id_column] = identity
        items |= self._place(own)
        replaced = ",\n".join(f"{sql} AS {column}" for column, sql in items.items() if self._has(column))
        asides = ", ".join(
            f"CASE WHEN ({condition}) AND t.{column} IS NOT NULL THEN '{own[column].name}' END"
            for column, condition in gone.items()
        )
        return (
            f"SELECT t.* REPLACE ({replaced}),\n"
            f"list_filter([{asides or 'NULL'}], lambda name: name IS NOT NULL) AS set_aside\n"
            f"FROM main.{RUNS} AS t CROSS JOIN given WHERE t.model_id = given.model"
        )

    def _has(self, column: str) -> bool:
        return column in self.completed[RUNS].columns

    def _place(self, own: Mapping[str, Parameter]) -> dict[str, str]:
        """Return the columns of where a run is, which go together."""
        if "region_id" not in own or "provider_id" not in own:
            return {}
        region, provider = own["region_id"].given, own["provider_id"].given
        moved = f"coalesce({region}, {provider}) IS NOT NULL"
        home = f"coalesce({provider}, split_part({region}, '/', 1))"
        return {
            "region_id": f"CASE WHEN {moved} THEN {region} ELSE t.region_id END",
            "region_claim_id": f"CASE WHEN {region} IS NOT NULL THEN -{own['region_id'].position} "
            f"WHEN {moved} THEN NULL ELSE t.region_claim_id END",
            "provider_id": f"CASE WHEN {moved} THEN {home} ELSE t.provider_id END",
            "provider_claim_id": f"CASE WHEN {moved} THEN -{own['provider_id'].position} ELSE t.provider_claim_id END",
            "place_id": f"CASE WHEN {moved} THEN coalesce({region}, {provider}) ELSE t.place_id END",
            "place_basis": f"CASE WHEN {moved} THEN 'yours' ELSE t.place_basis END",
        }

    def _set_aside(self, own: Mapping[str, Parameter]) -> dict[str, str]:
        """Return, for each column that the reader's values take the place of, the condition under which they do.

        A figure of the old place does not hold at the new one, nor one of the old hardware for other hardware; where a
        product and its factors are both stated, the tables take one of the two, which must be the reader's.
        """

        def given(*columns: str) -> str:
            return " OR ".join(f"{own[column].given} IS NOT NULL" for column in columns if column in own) or "false"

        def known(*columns: str) -> str:
            held = (f"coalesce({own[column].given}, t.{column}) IS NOT NULL" for column in columns if column in own)
            return " AND ".join(held) or "false"

        def other(*columns: str) -> str:
            return " OR ".join(
                f"({own[column].given} IS NOT NULL AND {own[column].given} IS DISTINCT FROM t.{column})"
                for column in columns if column in own
            ) or "false"  # fmt: skip

        hours, factors = "stated_accelerator_hours_h", ("accelerator_count", "training_duration_h")
        compute, amounts = "training_compute_flop", ("parameters", "training_tokens")
        rules = {
            "stated_pue": other("region_id", "provider_id"),
            "stated_grid_intensity_g_per_kwh": other("region_id", "provider_id"),
            "stated_server_id": other("accelerator_id"),
            "stated_average_power_w": other("accelerator_id"),
            hours: f"({given(*factors)}) AND {known(*factors)}",
            "training_duration_h": given(hours),
            compute: f"({given(*amounts)}) AND {known(*amounts)}",
        }
        return {
            column: f"(({condition}) AND NOT ({given(column)}))" for column, condition in rules.items() if column in own
        }

    def _beyond(self, name: str) -> str:
        """Return a table from beyond the runs with the reader's values, in rows that have one or that a run names."""
        key = self.completed[name].model.grain[0]
        naming = [column for column in self._of(RUNS) if column == key or column.endswith(f"_{key}")]
        named = " OR ".join(f"t.{key} IN (SELECT run.{column} FROM {RUNS} AS run)" for column in naming) or "false"
        items = []
        for column, entry in self._of(name).items():
            holds = f"{entry.given} IS NOT NULL AND (t.{column} IS NOT NULL OR {named})"
            for place, ending in enumerate(("_low", "", "_high"), start=1):
                items.append(
                    f"CASE WHEN {holds} THEN given.numbers['{entry.name}'][{place}] ELSE t.{column}{ending} END "
                    f"AS {column}{ending}"
                )
            if entry.id_column:
                items.append(
                    f"CASE WHEN {holds} THEN -{entry.position} ELSE t.{entry.id_column} END AS {entry.id_column}"
                )
        return f"SELECT t.* REPLACE ({', '.join(items)}) FROM main.{name} AS t CROSS JOIN given"

    def _public(self) -> str:
        signature = ", ".join(["model", *(f"{entry.name} := NULL" for entry in self.parameters)])
        numbers = ", ".join(
            f"'{entry.name}': {SCHEMA}.range_of({entry.name})" for entry in self.parameters if entry.is_number
        )
        words = ", ".join(
            f"'{entry.name}': CAST({entry.name} AS TEXT)" for entry in self.parameters if not entry.is_number
        )
        given = f"model, MAP {{{numbers}}}, MAP {{{words}}}"
        ids = [column for column in self.completed[TARGET].columns if column.endswith("_claim_id")]
        shown = ", ".join(f"CASE WHEN made.{column} >= 0 THEN made.{column} END AS {column}" for column in ids)
        said = ", ".join(f"CASE WHEN {entry.name} IS NOT NULL THEN '{entry.name}' END" for entry in self.parameters)
        return f"""CREATE OR REPLACE MACRO what_if({signature}) AS TABLE
            SELECT made.* {f"REPLACE ({shown})" if shown else ""},
                list_filter([{said}], lambda name: name IS NOT NULL) AS yours, run.set_aside
            FROM {SCHEMA}.{TARGET}({given}) AS made
            JOIN {SCHEMA}.{RUNS}({given}) AS run ON run.run_id = made.run_id"""

    def _inputs(self) -> str:
        """Return the macro that lists what can be replaced: numbers with their unit, things with their kind."""
        rows = ", ".join(
            f"({entry.position}, '{entry.name}', '{entry.table}', '{entry.column}', "
            + (
                f"'{unit_of(entry.column)}', NULL)" if entry.is_number
                else f"NULL, '{entry.column.removeprefix('stated_').removesuffix('_id')}')"
            )
            for entry in self.parameters
        )  # fmt: skip
        return (
            "CREATE OR REPLACE MACRO what_if_inputs() AS TABLE SELECT inputs.* FROM (VALUES "
            f"{rows}) AS inputs(position, name, table_name, column_name, unit, kind) ORDER BY inputs.position"
        )


def _columns_read(completed: Completed) -> Iterator[tuple[str, str]]:
    """Yield the table and name of every column that a table's SQL takes from another."""
    for branch in completed.branches:
        for select in branch.select.find_all(exp.Select):
            clauses = [select.args.get("from_") or select.args.get("from"), *(select.args.get("joins") or [])]
            sources = {
                clause.this.alias_or_name: clause.this.name
                for clause in clauses
                if clause is not None and isinstance(clause.this, exp.Table)
            }
            for column in select.find_all(exp.Column):
                if column.table in sources and column.find_ancestor(exp.Select) is select:
                    yield sources[column.table], column.name
