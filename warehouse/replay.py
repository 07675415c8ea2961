"""Prove the numbers: every one has all its inputs, and recomputing it from the claims at its leaves gives it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from warehouse.dimensions import unit_of_claim
from warehouse.formula import Bound, interval
from warehouse.plans import Plan, plans
from warehouse.relations import Completed, CompletedBranch, Input, Output
from warehouse.sums import recomputed
from warehouse.units import in_claims, unit_of

TOLERANCE = 1e-12
ENDS: tuple[Bound, ...] = ("value", "low", "high")
ENDING = {"value": "", "low": "_low", "high": "_high"}


@dataclass(frozen=True)
class Offender:
    """A number that is not proved: where it stands and what is wrong with it."""

    table_name: str
    column_name: str
    row_id: int
    problem: str

    def __str__(self) -> str:
        return f"{self.table_name}.{self.column_name}, row {self.row_id}: {self.problem}"


@dataclass(frozen=True)
class Replay:
    """How many numbers were recomputed, how far the worst was off, and the ones that disagree."""

    numbers: int
    worst: float
    offenders: tuple[Offender, ...]


def _lacking(
    connection: duckdb.DuckDBPyConnection, plan: Plan, completed: Mapping[str, Completed], limit: int
) -> list[Offender]:
    """Return a table's numbers that lack an input, or have one in a unit that their columns do not tell."""
    found: list[Offender] = []
    for branch in completed[plan.name].branches:
        joins = " ".join(_joined(entry, completed) for entry in _inputs(plan, branch).values())
        of_branch = f" AND t.branch = '{branch.name}'" if plan.has_branches else ""
        for output, entry in _needed(plan, branch):
            unit = f"{_alias(entry)}.unit" if entry.table is None else "NULL"
            rows = connection.execute(
                f"SELECT t.{plan.id_column}, CASE WHEN NOT {_is_missing(entry)} THEN {unit} END "
                f"FROM {plan.name} AS t {joins} WHERE {_lacks(output, entry)}{of_branch} LIMIT {limit}"
            ).fetchall()
            missing = f"the row does not say which {entry.table or 'claim'} its input {entry.role} was"
            for row_id, other in rows:
                problem = f"its input {entry.role} is a claim in {other}, not in {unit_of_claim(entry)}"
                found.append(Offender(plan.name, output.name, row_id, problem if other else missing))
        for output in branch.outputs if branch.members else ():
            rows = connection.execute(
                f"SELECT {plan.id_column}, any_value(unit) FROM ({branch.members}) AS member "
                f"JOIN claim USING (claim_id) WHERE {_is_other(output)} GROUP BY ALL LIMIT {limit}"
            ).fetchall()
            problem = f"it sums up claims in {{}}, not in {in_claims(unit_of(output.name))}"
            found += [Offender(plan.name, output.name, row_id, problem.format(other)) for row_id, other in rows]
    return found


def _is_other(output: Output) -> str:
    """Return the condition under which a claim that a number sums up is in another unit than its column tells."""
    unit = in_claims(unit_of(output.name))
    return f"claim.unit <> '{unit}'" if unit else "false"


def _unsound(connection: duckdb.DuckDBPyConnection, plan: Plan, limit: int) -> list[Offender]:
    """Return a table's numbers that are not finite, or lie outside their own range."""
    found: list[Offender] = []
    for number in plan.numbers:
        rows = connection.execute(
            f"SELECT t.{plan.id_column}, {_is_finite(number)} FROM {plan.name} AS t "
            f"WHERE {_is_unsound(number)} LIMIT {limit}"
        ).fetchall()
        for row_id, is_finite in rows:
            problem = "it lies outside its own range" if is_finite else "it is not finite"
            found.append(Offender(plan.name, number, row_id, problem))
    return found


def _is_unsound(number: str) -> str:
    inside = f"coalesce(t.{number}_low <= t.{number} AND t.{number} <= t.{number}_high, false)"
    return f"(t.{number} IS NOT NULL AND NOT ({_is_finite(number)} AND {inside}))"


def _is_finite(number: str) -> str:
    return " AND ".join(f"coalesce(isfinite(t.{number}{ending}), true)" for ending in ENDING.values())


def _needed(plan: Plan, branch: CompletedBranch) -> list[tuple[Output, Input]]:
    """Return the inputs of each number that stand in other tables."""
    return [(output, entry) for output in branch.outputs for entry in output.inputs if entry.table != plan.name]


def _lacks(output: Output, entry: Input) -> str:
    wrong, unit = _is_missing(entry), unit_of_claim(entry)
    if unit:
        wrong = f"({wrong} OR {_alias(entry)}.unit <> '{unit}')"
    return f"(t.{output.name} IS NOT NULL AND {wrong})"


def _is_missing(entry: Input) -> str:
    return f"{_alias(entry)}.{entry.column or 'value'} IS NULL"


def _inputs(plan: Plan, branch: CompletedBranch) -> dict[str, Input]:
    """Return the inputs of a branch that stand in other tables, by the alias under which they are joined."""
    return {_alias(entry): entry for _, entry in _needed(plan, branch)}


def _alias(entry: Input) -> str:
    return f"i_{entry.table or 'claim'}_{entry.id_column}"


def _joined(entry: Input, completed: Mapping[str, Completed], prefix: str = "") -> str:
    """Return the join of the row that an input's id leads to, of a table whose name has the prefix or of the claims."""
    alias, table, key = _alias(entry), "claim", "claim_id"
    if entry.table is not None:
        table, key = f"{prefix}{entry.table}", completed[entry.table].model.id_column
    return f"LEFT JOIN {table} AS {alias} ON {alias}.{key} = t.{entry.id_column}"


def replay(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed], limit: int = 20) -> Replay:
    """Recompute every number of every table from claims alone, in order, each from recomputed inputs, and compare.

    A number is proved if it is given again, has all its inputs, is finite, and lies in its own range.
    """
    numbers, worst = 0, 0.0
    offenders: list[Offender] = []
    tables = plans(completed)
    for name, plan in tables.items():
        branches = [_recomputed(plan, branch, completed) for branch in completed[name].branches]
        connection.execute(f"CREATE OR REPLACE TEMP TABLE replay_{name} AS {' UNION ALL BY NAME '.join(branches)}")
        columns = [f"{number}{ENDING[end]}" for number in plan.numbers for end in ENDS]
        source = f"FROM {name} AS t LEFT JOIN replay_{name} AS r ON r.{plan.id_column} = t.{plan.id_column}"
        counts = " + ".join(f"count(t.{column})" for column in columns)
        differs = " OR ".join(f"t.{column} IS DISTINCT FROM r.{column}" for column in columns)
        unsound = " OR ".join(map(_is_unsound, plan.numbers))
        [(count, *wrong)] = connection.execute(
            f"SELECT {counts}, count(*) FILTER ({differs}), count(*) FILTER (r.lacks), count(*) FILTER ({unsound}) "
            f"{source}"
        ).fetchall()
        numbers += count
        if any(wrong):
            off, differing = _compared(connection, plan, columns, source, limit)
            worst = max(worst, off)
            found = [*differing, *_unsound(connection, plan, limit), *_lacking(connection, plan, completed, limit)]
            offenders += {(one.column_name, one.row_id): one for one in found}.values()  # what says most of each
    for name in tables:
        connection.execute(f"DROP TABLE replay_{name}")
    return Replay(numbers, worst, tuple(offenders))


def _compared(
    connection: duckdb.DuckDBPyConnection, plan: Plan, columns: Sequence[str], source: str, limit: int
) -> tuple[float, list[Offender]]:
    """Tell how far the worst of a table's numbers is off, and which ones by more than the tolerance."""
    worst, offenders, key = 0.0, [], plan.id_column
    for column in columns:
        off = f"abs(t.{column} - r.{column}) / greatest(abs(t.{column}), 1e-300)"
        wrong = (
            f"(t.{column} IS NULL) <> (r.{column} IS NULL) OR (t.{column} <> r.{column} AND NOT {off} < {TOLERANCE})"
        )
        [(most,)] = connection.execute(f"SELECT max({off}) FILTER (t.{column} <> r.{column}) {source}").fetchall()
        worst = max(worst, most or 0)
        rows = connection.execute(
            f"SELECT t.{key}, t.{column}, r.{column} {source} WHERE {wrong} LIMIT {limit}"
        ).fetchall()
        offenders += [
            Offender(plan.name, column, row[0], f"the table says {row[1]}, its claims give {row[2]}") for row in rows
        ]
    return worst, offenders


def _recomputed(plan: Plan, branch: CompletedBranch, completed: Mapping[str, Completed]) -> str:
    """Return the SELECT that recomputes one branch from claims and recomputed inputs, joined by the ids in its rows.

    Its column `lacks` tells of rows with a number of which an input is missing, or a claim in another unit.
    Of a table that sums up claims it is the same sum, over the claims of each row.
    """
    if branch.members:
        ends = [(output, end) for output in branch.outputs for end in ENDS]
        sums = ", ".join(f"{recomputed(output, end)} AS {output.name}{ENDING[end]}" for output, end in ends)
        others = " OR ".join(f"bool_or({_is_other(output)})" for output in branch.outputs)
        return f"""SELECT t.{plan.id_column}, {sums}, {others} AS lacks FROM {plan.name} AS t
            JOIN ({branch.members}) AS member ON member.{plan.id_column} = t.{plan.id_column}
            JOIN claim ON claim.claim_id = member.claim_id GROUP BY t.{plan.id_column}"""
    joins: dict[str, str] = {}
    done: dict[str, dict[Bound, str]] = {}
    items = [f"t.{plan.id_column}"]
    for output in branch.outputs:
        done[output.name] = {end: _end(plan, output, end, joins, done, completed) for end in ENDS}
        items += [f"{sql} AS {output.name}{ENDING[end]}" for end, sql in done[output.name].items()]
    lacking = [_lacks(output, entry) for output, entry in _needed(plan, branch)]
    items.append(f"{' OR '.join(lacking) or 'false'} AS lacks")
    where = f" WHERE branch = '{branch.name}'" if plan.has_branches else ""
    kept = ", ".join([*plan.ids, *(output.name for output in branch.outputs)])
    return f"SELECT {', '.join(items)} FROM (SELECT {kept} FROM {plan.name}{where}) AS t {' '.join(joins.values())}"


def _end(
    plan: Plan,
    output: Output,
    end: Bound,
    joins: dict[str, str],
    done: Mapping[str, Mapping[Bound, str]],
    completed: Mapping[str, Completed],
) -> str:
    inputs = {entry.role: entry for entry in output.inputs}

    def leaf(column: exp.Column, which: Bound) -> exp.Expr:
        entry = inputs[column.name]
        wanted: Bound = which if entry.bound == "value" else entry.bound
        if entry.table == plan.name and entry.id_column == plan.id_column:
            sql = done[str(entry.column)][wanted]
        else:
            alias = _alias(entry)
            joins[alias] = _joined(entry, completed, "replay_")
            sql = f"{alias}.{wanted}" if entry.table is None else f"{alias}.{entry.column}{ENDING[wanted]}"
        return exp.Paren(this=exp.maybe_parse(sql, dialect="duckdb"))

    return interval(output.tree, end, leaf).sql(dialect="duckdb", normalize_functions=False)
