"""Complete a SQL model: add to its central formulas their ranges and the id of every input, and say what feeds what.

A file states the central formula; everything here is read out of its tree. What the tree does not tell is refused.
Nothing is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlglot import exp

from warehouse.formula import ENDS, Bound, FormulaError, interval, map_leaves
from warehouse.relations import (
    CLAIM_TRAITS,
    Completed,
    CompletedBranch,
    Input,
    Number,
    Output,
    Relation,
    Trait,
)
from warehouse.scope import Scope
from warehouse.sqlmodel import SqlModel
from warehouse.sums import members, summed

BRANCH_COLUMN = "branch"


def complete(model: SqlModel, relations: Mapping[str, Relation]) -> Completed:
    """Complete a model, given the relations that it reads.

    Raises: SqlModelError naming the table, the column and the remedy, for SQL that lineage cannot follow.
    """
    done = [_Final(model, branch, relations).final() for branch in model.branches]
    names = list(dict.fromkeys(name for branch in done for name in branch.columns))
    across = _across_columns(model)
    if len(done) == 1 and not across:
        sql = _text(done[0].select)
    else:
        sql = "\nUNION ALL\n".join(_padded(branch, names, done) for branch in done)
    if across:
        extra = ", ".join(f"{item.this.sql(dialect='duckdb')} AS {item.alias}" for item in across)
        kept = ", ".join(f"branches.{name}" for name in names)
        sql = f"WITH branches AS (\n{sql}\n)\nSELECT {kept}, {extra}\nFROM branches"
        names += [item.alias for item in across]
    traits: dict[str, Trait] = dict.fromkeys(names)
    for name in names:
        holders = [output for branch in done for output in branch.outputs if output.name == name]
        if model.is_claims:
            traits |= {key: value for key, value in CLAIM_TRAITS.items() if key in names}
        elif holders and all(output.is_claim for output in holders) and len(holders) == len(done):
            traits[name] = Number(f"{name}_low", f"{name}_high", holders[0].inputs[0].id_column)
        elif holders:
            traits[name] = Number(f"{name}_low", f"{name}_high", model.id_column, model.name, name)
    return Completed(model, sql, tuple(done), Relation(traits), tuple(names))


def _text(select: exp.Select) -> str:
    return select.sql(dialect="duckdb", pretty=True, comments=False, normalize_functions=False, copy=False)


def _across_columns(model: SqlModel) -> list[exp.Alias]:
    return [] if model.across is None else [item for item in model.across.expressions if isinstance(item, exp.Alias)]


def _padded(branch: CompletedBranch, names: list[str], all_branches: list[CompletedBranch]) -> str:
    """Return the branch with every column of the union, in one order; what it does not have is NULL."""
    numbers = {f"{o.name}{end}" for b in all_branches for o in b.outputs for end in ("", "_low", "_high")}
    items = []
    for name in names:
        if name in branch.columns:
            items.append(f"{branch.name}.{name}")
        else:
            kind = "DOUBLE" if name in numbers else "BIGINT" if name.endswith(("_claim_id", "_row_id")) else "TEXT"
            items.append(f"CAST(NULL AS {kind}) AS {name}")
    columns = ",\n  ".join(items)
    return f"SELECT\n  {columns}\nFROM (\n{_text(branch.select)}\n) AS {branch.name}"


class _Final(Scope):
    """The SELECT that makes a table, or one branch of it."""

    def final(self) -> CompletedBranch:
        select = self.branch.select.copy()
        self.refuse(select)
        if self.model.is_claims:
            relation = self.nested(select, self.relations)
            return CompletedBranch(self.branch.name, select, tuple(relation.columns), ())
        self.open(select, self.relations)
        if self.model.sums:
            columns, sums = summed(self, select)
            done = self._assemble(select, columns, [], sums)
            return replace(done, members=members(done.select, self.model.id_column, sums))
        outputs: dict[str, Output] = {}
        items: list[exp.Expr] = []
        ids: dict[str, str] = {}  # SQL of an id -> the column that holds it
        id_items: list[exp.Expr] = []
        own_names = [item.alias_or_name for item in select.expressions]
        clashes = self._clashes(select)

        def hold(identity: exp.Expr, wanted: str) -> str:
            key = identity.sql(dialect="duckdb")
            if key not in ids:
                if wanted in ids.values() or wanted in own_names:
                    self.fail(wanted, f"two inputs want the id column {wanted}", "give one of them another name")
                ids[key] = wanted
                id_items.append(exp.alias_(identity.copy(), wanted))
            return ids[key]

        for item in select.expressions:
            name, body = item.alias_or_name, item.this if isinstance(item, exp.Alias) else item
            if not name:
                self.fail(body.sql(dialect="duckdb"), "a column without a name", "add AS name")
            items.append(item)
            kind = self.kind(name, body, outputs)
            if kind == "other":
                continue
            if kind == "thing":
                stem = name.removesuffix("_id")
                hold(self.swap(body, "id"), f"{stem}_claim_id")
                continue
            if f"{name}_claim_id" in own_names:
                self.fail(name, f"{name}_claim_id is written by hand", "leave it out; the build adds it")
            if kind == "claimed":
                column = hold(self.swap(body, "id"), f"{name}_claim_id")
                entry = Input(name, column, None, None, "value")
                outputs[name] = Output(name, True, exp.column(name), (entry,))
                items += [exp.alias_(self.swap(body, end), f"{name}_{end}") for end in ENDS]
                continue
            tree, inputs = self._formula(name, body, outputs, hold, clashes)
            outputs[name] = Output(name, False, tree, inputs)
            items += [exp.alias_(self._bound(name, body, end), f"{name}_{end}") for end in ENDS]
        return self._assemble(select, items, id_items, outputs)

    def _assemble(
        self,
        select: exp.Select,
        items: list[exp.Expr],
        id_items: list[exp.Expr],
        outputs: dict[str, Output],
    ) -> CompletedBranch:
        by_name = {item.alias_or_name: item for item in items}
        parts: list[exp.Expr] = [exp.Literal.string(self.model.name)]
        for column in self.model.grain:
            if column == BRANCH_COLUMN and self.model.is_folder:
                parts.append(exp.Literal.string(self.branch.name))
                continue
            if column not in by_name:
                self.fail(column, "it is in the grain but not selected", "select it")
            item = by_name[column]
            body = item.this if isinstance(item, exp.Alias) else item
            text = exp.cast(body.copy(), "TEXT", dialect="duckdb")
            parts.append(exp.func("coalesce", text, exp.Literal.string("")))
        key = exp.func("concat_ws", exp.Literal.string("|"), *parts, dialect="duckdb")
        head: list[exp.Expr] = [exp.alias_(exp.Anonymous(this="row_key", expressions=[key]), self.model.id_column)]
        if self.model.is_folder:
            head.append(exp.alias_(exp.Literal.string(self.branch.name), BRANCH_COLUMN))
        select.set("expressions", head + items + id_items)
        columns = tuple(item.alias_or_name for item in select.expressions)
        if len(set(columns)) != len(columns):
            doubled = next(name for name in columns if columns.count(name) > 1)
            self.fail(doubled, "two columns have this name", "rename one")
        return CompletedBranch(self.branch.name, select, columns, tuple(outputs.values()))

    def _formula(
        self,
        name: str,
        body: exp.Expr,
        outputs: Mapping[str, Output],
        hold: Callable[[exp.Expr, str], str],
        clashes: set[str],
    ) -> tuple[exp.Expr, tuple[Input, ...]]:
        inputs: dict[str, Input] = {}
        explicit: set[Bound] = set()

        def leaf(column: exp.Column) -> exp.Expr:
            found = self.bound_of(column)
            bound: Bound = found[1] if found else "value"
            explicit.add(bound)
            if not column.table:
                source = outputs[found[0] if found else column.name]
                role = column.name
                if source.is_claim:
                    inputs[role] = Input(role, source.inputs[0].id_column, None, None, bound)
                else:
                    inputs[role] = Input(role, self.model.id_column, self.model.name, source.name, bound)
                return exp.column(role)
            base = found[0] if found else column.name
            number = self.sources[column.table].columns[base]
            if not isinstance(number, Number):
                self.fail(
                    name,
                    f"it reads {column.sql(dialect='duckdb')} but no claim stands behind that column",
                    f"derive {column.name} from claims, so that {column.name}_claim_id can be selected",
                )
            role = f"{column.table}_{column.name}" if base in clashes else column.name
            identity = exp.column(number.id_column, table=column.table)
            if number.table is None:
                wanted = f"{column.table}_{base}" if base in clashes else base
                inputs[role] = Input(role, hold(identity, f"{wanted}_claim_id"), None, None, bound)
            else:
                held = hold(identity, f"{column.table}_row_id")
                inputs[role] = Input(role, held, number.table, number.column, bound)
            return exp.column(role)

        try:
            tree = map_leaves(body, leaf)
        except FormulaError as error:
            self.fail(name, error.found, error.remedy)
        if len(explicit) > 1 and explicit != {"value"} and "value" in explicit:
            self.fail(name, "a bound inside a central formula", "use central columns, or bounds only")
        return tree, tuple(inputs.values())

    def _bound(self, name: str, body: exp.Expr, end: Bound) -> exp.Expr:
        """Return the formula of one end."""
        seen: dict[str, Bound] = {}

        def leaf(column: exp.Column, which: Bound) -> exp.Expr:
            if self.bound_of(column):
                return column.copy()
            key = column.sql(dialect="duckdb")
            if seen.setdefault(key, which) != which:
                self.fail(name, f"{key} enters with opposite signs", "cancel the common factor")
            return self.swap(column, which) if column.table else exp.column(f"{column.name}_{which}")

        return interval(body, end, leaf)

    def _clashes(self, select: exp.Select) -> set[str]:
        """Return the names of columns that the select list takes from more than one alias."""
        aliases: dict[str, set[str]] = {}
        for item in select.expressions:
            for column in item.find_all(exp.Column):
                if column.table:
                    found = self.bound_of(column)
                    aliases.setdefault(found[0] if found else column.name, set()).add(column.table)
        return {name for name, tables in aliases.items() if len(tables) > 1}
