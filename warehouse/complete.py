"""Complete a SQL model: add to its central formulas their ranges and the id of every input, and say what feeds what.

A file states the central formula; everything here is read out of its tree. What the tree does not tell is refused.
Nothing is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from sqlglot import exp

from warehouse.errors import SqlModelError
from warehouse.formula import ENDS, Bound, FormulaError, interval, is_arithmetic, map_leaves, picks
from warehouse.macros import macros
from warehouse.sqlmodel import Branch, SqlModel

BRANCH_COLUMN = "branch"

_REFUSED: dict[type[exp.Expr], str] = {
    exp.Star: "SELECT * (name the columns)",
    exp.Pivot: "PIVOT (use max(x) FILTER)",
    exp.Lateral: "LATERAL",
    exp.Unnest: "UNNEST",
    exp.Explode: "UNNEST",
    exp.SetOperation: "UNION (put the branches into files of one folder)",
    exp.TableSample: "a sample",
    exp.ArgMax: "arg_max (value and id can part; use QUALIFY row_number())",
    exp.ArgMin: "arg_min (value and id can part; use QUALIFY row_number())",
    exp.Struct: "a struct",
    exp.Distinct: "DISTINCT (use GROUP BY)",
    exp.Rand: "a random number",
    exp.Uuid: "a random number",
    exp.CurrentDate: "the current date",
    exp.CurrentTimestamp: "the current time",
    exp.CurrentTime: "the current time",
    exp.Localtimestamp: "the current time",
    exp.Exists: "EXISTS (join instead)",
}


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
    """One completed SELECT, its columns in order, and its numbers."""

    name: str
    select: exp.Select
    columns: tuple[str, ...]
    outputs: tuple[Output, ...]


@dataclass(frozen=True)
class Completed:
    """A completed SQL model: runnable SQL, and the relation that later models see."""

    model: SqlModel
    sql: str
    branches: tuple[CompletedBranch, ...]
    relation: Relation
    columns: tuple[str, ...]


def complete(model: SqlModel, relations: Mapping[str, Relation]) -> Completed:
    """Complete a model, given the relations that it reads.

    Raises: SqlModelError naming the table, the column and the remedy, for SQL that lineage cannot follow.
    """
    done = [_Scope(model, branch, relations).final() for branch in model.branches]
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
            traits |= {key: value for key, value in _CLAIM_TRAITS.items() if key in names}
        elif holders and all(output.is_claim for output in holders) and len(holders) == len(done):
            traits[name] = Number(f"{name}_low", f"{name}_high", holders[0].inputs[0].id_column)
        elif holders:
            traits[name] = Number(f"{name}_low", f"{name}_high", model.id_column, model.name, name)
    return Completed(model, sql, tuple(done), Relation(traits), tuple(names))


_CLAIM_TRAITS: dict[str, Trait] = {
    "value": Number("low", "high", "claim_id"),
    "object_id": Thing("claim_id"),
    "object": Thing("claim_id"),
}


def claim_relation(columns: list[str]) -> Relation:
    """Return the relation of the claim table, given its columns."""
    return Relation({**dict.fromkeys(columns), **_CLAIM_TRAITS})


def plain_relation(columns: list[str]) -> Relation:
    """Return a relation without traced numbers."""
    return Relation(dict.fromkeys(columns))


def _text(select: exp.Select) -> str:
    return select.sql(dialect="duckdb", pretty=True, comments=False, normalize_functions=False)


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


@dataclass
class _Scope:
    """One SELECT on its way to completion."""

    model: SqlModel
    branch: Branch
    relations: Mapping[str, Relation]
    sources: dict[str, Relation] = field(default_factory=dict)

    def final(self) -> CompletedBranch:
        select = self.branch.select.copy()
        self._refuse(select)
        if self.model.is_claims:
            relation = self._nested(select, self.relations)
            return CompletedBranch(self.branch.name, select, tuple(relation.columns), ())
        self._open(select, self.relations)
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
                    self._fail(wanted, f"two inputs want the id column {wanted}", "give one of them another name")
                ids[key] = wanted
                id_items.append(exp.alias_(identity.copy(), wanted))
            return ids[key]

        for item in select.expressions:
            name, body = item.alias_or_name, item.this if isinstance(item, exp.Alias) else item
            if not name:
                self._fail(body.sql(dialect="duckdb"), "a column without a name", "add AS name")
            items.append(item)
            kind = self._kind(name, body, outputs)
            if kind == "other":
                continue
            if kind == "thing":
                stem = name.removesuffix("_id")
                hold(self._swap(body, "id"), f"{stem}_claim_id")
                continue
            if f"{name}_claim_id" in own_names:
                self._fail(name, f"{name}_claim_id is written by hand", "leave it out; the build adds it")
            if kind == "claimed":
                column = hold(self._swap(body, "id"), f"{name}_claim_id")
                entry = Input(name, column, None, None, "value")
                outputs[name] = Output(name, True, exp.column(name), (entry,))
                items += [exp.alias_(self._swap(body, end), f"{name}_{end}") for end in ENDS]
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
                self._fail(column, "it is in the grain but not selected", "select it")
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
            self._fail(doubled, "two columns have this name", "rename one")
        return CompletedBranch(self.branch.name, select, columns, tuple(outputs.values()))

    def _nested(self, select: exp.Select, relations: Mapping[str, Relation]) -> Relation:
        """Complete a CTE or subquery: carry the bounds and ids of the numbers that it passes on."""
        scope = _Scope(self.model, self.branch, relations)
        scope._open(select, relations)
        existing = {
            (i.this if isinstance(i, exp.Alias) else i).sql(dialect="duckdb"): i.alias_or_name
            for i in select.expressions
        }
        traits: dict[str, Trait] = {}
        added: list[exp.Expr] = []

        def carry(body: exp.Expr, wanted: str) -> str:
            key = body.sql(dialect="duckdb")
            if key not in existing:
                existing[key] = wanted
                added.append(exp.alias_(body, wanted))
            return existing[key]

        for item in select.expressions:
            name, body = item.alias_or_name, item.this if isinstance(item, exp.Alias) else item
            kind = scope._kind(name, body, {}, nested=True)
            traits[name] = None
            if kind == "thing":
                traits[name] = Thing(carry(scope._swap(body, "id"), f"{name.removesuffix('_id')}_claim_id"))
            elif kind == "claimed":
                low, high = (carry(scope._swap(body, end), f"{name}_{end}") for end in ("low", "high"))
                traits[name] = Number(low, high, carry(scope._swap(body, "id"), f"{name}_claim_id"))
            elif kind == "computed":
                number = scope._trait(body) if isinstance(body, exp.Column) else None
                if not isinstance(number, Number):
                    scope._fail(name, "a formula inside a CTE", "compute it in the final SELECT or a table of its own")
                low, high = (carry(scope._swap(body, end), f"{name}_{end}") for end in ("low", "high"))
                identity = carry(scope._swap(body, "id"), f"{body.table}_row_id")
                traits[name] = Number(low, high, identity, number.table, number.column)
        select.set("expressions", [*select.expressions, *added])
        return Relation({**traits, **{i.alias_or_name: None for i in added}})

    def _open(self, select: exp.Select, relations: Mapping[str, Relation]) -> None:
        """Work out what the SELECT's FROM items offer, completing its CTEs and subqueries on the way."""
        known = dict(relations)
        for cte in select.ctes:
            known[cte.alias] = self._nested(cte.this, known)
        from_clause = select.args.get("from_") or select.args.get("from")
        joins = select.args.get("joins") or []
        for item in [*([from_clause] if from_clause else []), *joins]:
            if isinstance(item, exp.Join) and (item.args.get("using") or item.method or item.kind in ("CROSS ASOF",)):
                self._fail(item.sql(dialect="duckdb"), "USING, NATURAL or ASOF", "write ON with both sides")
            source = item.this
            if isinstance(source, exp.Subquery):
                self.sources[source.alias] = self._nested(source.this, known)
            elif isinstance(source, exp.Table) and source.name in known:
                self.sources[source.alias_or_name] = known[source.name]
            else:
                found = source.sql(dialect="duckdb")
                self._fail(found, "no such table", f"known are {', '.join(sorted(known))}")
        outputs = {item.alias_or_name for item in select.expressions}
        for column in _own_columns(select):
            if column.table:
                self._trait(column)
            elif column.name not in outputs:
                self._fail(column.name, "an unqualified name", "write alias.column")
            elif any(column.name in relation.columns for relation in self.sources.values()):
                self._fail(column.name, "it names both an output and an input column", "name the output differently")

    def _kind(self, name: str, body: exp.Expr, outputs: Mapping[str, Output], nested: bool = False) -> str:
        """Classify an output: thing, claimed, computed (also a plain copy of a derived number), other."""
        if nested and isinstance(body, exp.Column) and self._bound_of(body):
            return "other"  # a bound passed on beside its number
        leaves = list(picks(body))
        traits = [self._trait(leaf) for leaf in leaves if isinstance(leaf, exp.Column) and leaf.table]
        own = [leaf for leaf in leaves if isinstance(leaf, exp.Column) and not leaf.table and leaf.name in outputs]
        if is_arithmetic(body) or own or (isinstance(body, exp.Column) and self._bound_of(body)):
            return "computed"
        if traits and len(traits) == len([leaf for leaf in leaves if not isinstance(leaf, exp.Null)]):
            if all(isinstance(trait, Thing) for trait in traits):
                return "thing"
            numbers = [trait for trait in traits if isinstance(trait, Number)]
            if len(numbers) == len(traits):
                if all(number.table is None for number in numbers):
                    return "claimed"
                if isinstance(body, exp.Column):
                    return "computed"
                self._fail(
                    name, f"a choice among derived numbers ({body.sql(dialect='duckdb')})", "copy one in a branch"
                )
        if any(isinstance(trait, Number) for trait in traits):
            self._fail(
                name, f"a number mixed with something untraced ({body.sql(dialect='duckdb')})", "cite it as a claim"
            )
        return "other"

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
            found = self._bound_of(column)
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
                self._fail(
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
            self._fail(name, error.found, error.remedy)
        if len(explicit) > 1 and explicit != {"value"} and "value" in explicit:
            self._fail(name, "a bound inside a central formula", "use central columns, or bounds only")
        return tree, tuple(inputs.values())

    def _bound(self, name: str, body: exp.Expr, end: Bound) -> exp.Expr:
        """Return the formula of one end."""
        seen: dict[str, Bound] = {}

        def leaf(column: exp.Column, which: Bound) -> exp.Expr:
            if self._bound_of(column):
                return column.copy()
            key = column.sql(dialect="duckdb")
            if seen.setdefault(key, which) != which:
                self._fail(name, f"{key} enters with opposite signs", "cancel the common factor")
            return self._swap(column, which) if column.table else exp.column(f"{column.name}_{which}")

        return interval(body, end, leaf)

    def _swap(self, tree: exp.Expr, part: str) -> exp.Expr:
        """Return the same pick with its numbers or things replaced by their bound or id."""

        def swap(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node in leaves:
                trait = self._trait(node)
                assert trait is not None
                name = trait.id_column if part == "id" else getattr(trait, part)
                return exp.column(name, table=node.table)
            return node

        copied = tree.copy()
        leaves = list(picks(copied))
        return copied.transform(swap, copy=False)

    def _trait(self, column: exp.Column) -> Trait:
        relation = self.sources.get(column.table)
        if relation is None:
            self._fail(column.sql(dialect="duckdb"), f"no alias {column.table}", "add it to FROM")
        if column.name not in relation.columns:
            offered = ", ".join(sorted(relation.columns))
            self._fail(column.sql(dialect="duckdb"), "no such column", f"{column.table} offers {offered}")
        return relation.columns[column.name]

    def _bound_of(self, column: exp.Column) -> tuple[str, Bound] | None:
        """Tell of which number, and which end, a column is an explicit bound."""
        if column.table:
            for base, trait in self.sources[column.table].columns.items():
                if isinstance(trait, Number) and column.name in (trait.low, trait.high):
                    return base, "low" if column.name == trait.low else "high"
        return None

    def _clashes(self, select: exp.Select) -> set[str]:
        """Return the names of columns that the select list takes from more than one alias."""
        aliases: dict[str, set[str]] = {}
        for item in select.expressions:
            for column in item.find_all(exp.Column):
                if column.table:
                    found = self._bound_of(column)
                    aliases.setdefault(found[0] if found else column.name, set()).add(column.table)
        return {name for name, tables in aliases.items() if len(tables) > 1}

    def _refuse(self, select: exp.Select) -> None:
        for node in select.walk():
            for kind, what in _REFUSED.items():
                if isinstance(node, kind) and not (isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)):
                    self._fail(node.sql(dialect="duckdb"), what, "see docs/architecture.md, 'What SQL models may say'")
            if isinstance(node, exp.Anonymous) and node.name not in macros():
                self._fail(node.sql(dialect="duckdb"), "a function that is none of ours", "put it into a macro")
            if isinstance(node, exp.Subquery) and not isinstance(node.parent, (exp.From, exp.Join)):
                self._fail(node.sql(dialect="duckdb"), "a subquery outside FROM", "join it")
            if isinstance(node, exp.Literal) and not node.is_string and node.name not in ("0", "1"):
                self._fail(node.sql(dialect="duckdb"), "a bare number", "cite it as a claim, or put it into a macro")
            if isinstance(node, exp.With) and node.args.get("recursive"):
                self._fail("WITH RECURSIVE", "recursion", "flatten it")

    def _fail(self, what: str, found: str, remedy: str) -> NoReturn:
        place = self.model.name if not self.model.is_folder else f"{self.model.name}/{self.branch.name}"
        raise SqlModelError(f"{place}.{what}: {found}; {remedy}")


def _own_columns(select: exp.Select) -> Iterator[exp.Column]:
    """Yield the columns of a SELECT but not those of its CTEs and subqueries."""
    for column in select.find_all(exp.Column):
        if column.find_ancestor(exp.Select) is select:
            yield column
