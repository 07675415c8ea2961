"""Prove the numbers: every one has all its inputs, and recomputing it from the claims at its leaves gives it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from sqlglot import exp

from warehouse.formula import Bound, interval
from warehouse.plans import Plan, plans
from warehouse.relations import Completed, CompletedBranch, Input, Output
from warehouse.sums import recomputed

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


def incomplete(
    connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed], limit: int = 20
) -> list[Offender]:
    """Return numbers that lack an input, are not finite, or lie outside their own range."""
    found: list[Offender] = []
    for name, plan in plans(completed).items():
        for branch in completed[name].branches:
            where = f" WHERE t.branch = '{branch.name}'" if plan.has_branches else ""
            conditions = {
                (output.name, problem): f"t.{output.name} IS NOT NULL AND {condition}"
                for output in branch.outputs
                for problem, condition in _problems(plan, output, completed).items()
            }
            counts = ", ".join(f"count(*) FILTER ({condition})" for condition in conditions.values())
            joins = " ".join(_joined(entry, completed) for entry in _inputs(plan, branch).values())
            source = f"FROM {name} AS t {joins}{where}"
            offending = connection.execute(f"SELECT {counts} {source}").fetchall()[0]
            for ((column, problem), condition), count in zip(conditions.items(), offending, strict=True):
                if count:
                    also = f"{' AND' if where else ' WHERE'} {condition} LIMIT {limit}"
                    rows = connection.execute(f"SELECT t.{plan.id_column} {source}{also}").fetchall()
                    found += [Offender(name, column, row[0], problem) for row in rows]
    return found


def _inputs(plan: Plan, branch: CompletedBranch) -> dict[str, Input]:
    """Return the inputs of a branch that stand in other tables, by the alias under which they are joined."""
    return {_alias(entry): entry for output in branch.outputs for entry in output.inputs if entry.table != plan.name}


def _alias(entry: Input) -> str:
    return f"i_{entry.table or 'claim'}_{entry.id_column}"


def _joined(entry: Input, completed: Mapping[str, Completed]) -> str:
    """Return the join of the row that an input's id leads to."""
    alias = _alias(entry)
    table, key = ("claim", "claim_id") if entry.table is None else (entry.table, completed[entry.table].model.id_column)
    return f"LEFT JOIN {table} AS {alias} ON {alias}.{key} = t.{entry.id_column}"


def _problems(plan: Plan, output: Output, completed: Mapping[str, Completed]) -> dict[str, str]:
    """Return what may be wrong with a number, each with its condition."""
    column = f"t.{output.name}"
    problems = {
        f"the row does not say which {entry.table or 'claim'} its input {entry.role} was": (
            f"{_alias(entry)}.{entry.column or 'value'} IS NULL"
        )
        for entry in output.inputs
        if entry.table != plan.name
    }
    inside = f"coalesce({column}_low <= {column} AND {column} <= {column}_high, false)"
    return problems | {
        "it is not finite": f"NOT isfinite({column})",
        "it lies outside its own range": f"NOT {inside}",
    }


def replay(connection: duckdb.DuckDBPyConnection, completed: Mapping[str, Completed], limit: int = 20) -> Replay:
    """Recompute every number of every table from claims alone, in order, each from recomputed inputs, and compare."""
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
        [(count, others)] = connection.execute(f"SELECT {counts}, count(*) FILTER ({differs}) {source}").fetchall()
        numbers += count
        if others:
            off, found = _compared(connection, plan, columns, source, limit)
            worst, offenders = max(worst, off), offenders + found
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

    Of a table that sums up claims it is the same sum, over the claims of each row.
    """
    if branch.members:
        ends = [(output, end) for output in branch.outputs for end in ENDS]
        sums = ", ".join(f"{recomputed(output, end)} AS {output.name}{ENDING[end]}" for output, end in ends)
        return f"""SELECT t.{plan.id_column}, {sums} FROM {plan.name} AS t
            JOIN ({branch.members}) AS member ON member.{plan.id_column} = t.{plan.id_column}
            JOIN claim ON claim.claim_id = member.claim_id GROUP BY t.{plan.id_column}"""
    joins: dict[str, str] = {}
    done: dict[str, dict[Bound, str]] = {}
    items = [f"t.{plan.id_column}"]
    for output in branch.outputs:
        done[output.name] = {end: _end(plan, output, end, joins, done, completed) for end in ENDS}
        items += [f"{sql} AS {output.name}{ENDING[end]}" for end, sql in done[output.name].items()]
    where = f" WHERE branch = '{branch.name}'" if plan.has_branches else ""
    ids = ", ".join(plan.ids)
    return f"SELECT {', '.join(items)} FROM (SELECT {ids} FROM {plan.name}{where}) AS t {' '.join(joins.values())}"


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
            alias = f"i_{entry.table or 'claim'}_{entry.id_column}"
            if entry.table is None:
                joins[alias] = f"LEFT JOIN claim AS {alias} ON {alias}.claim_id = t.{entry.id_column}"
                sql = f"{alias}.{wanted}"
            else:
                key = completed[entry.table].model.id_column
                joins[alias] = f"LEFT JOIN replay_{entry.table} AS {alias} ON {alias}.{key} = t.{entry.id_column}"
                sql = f"{alias}.{entry.column}{ENDING[wanted]}"
        return exp.Paren(this=exp.maybe_parse(sql, dialect="duckdb"))

    return interval(output.tree, end, leaf).sql(dialect="duckdb", normalize_functions=False)
