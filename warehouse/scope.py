"""One SELECT as completion sees it: what its FROM items offer, and which of its outputs are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from sqlglot import exp

from warehouse.errors import SqlModelError
from warehouse.formula import Bound, is_arithmetic, picks
from warehouse.macros import macros
from warehouse.relations import Number, Output, Relation, Thing, Trait
from warehouse.sqlmodel import Branch, SqlModel

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


@dataclass
class Scope:
    """One SELECT of a SQL model, with the relations that it may read."""

    model: SqlModel
    branch: Branch
    relations: Mapping[str, Relation]
    sources: dict[str, Relation] = field(default_factory=dict)

    def nested(self, select: exp.Select, relations: Mapping[str, Relation]) -> Relation:
        """Complete a CTE or subquery: carry the bounds and ids of the numbers that it passes on."""
        scope = Scope(self.model, self.branch, relations)
        scope.open(select, relations)
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
            return str(existing[key])

        for item in select.expressions:
            name, body = item.alias_or_name, item.this if isinstance(item, exp.Alias) else item
            kind = scope.kind(name, body, {}, nested=True)
            traits[name] = None
            if kind == "thing":
                traits[name] = Thing(carry(scope.swap(body, "id"), f"{name.removesuffix('_id')}_claim_id"))
            elif kind == "claimed":
                low, high = (carry(scope.swap(body, end), f"{name}_{end}") for end in ("low", "high"))
                traits[name] = Number(low, high, carry(scope.swap(body, "id"), f"{name}_claim_id"))
            elif kind == "computed":
                number = scope.trait(body) if isinstance(body, exp.Column) else None
                if not isinstance(number, Number):
                    scope.fail(name, "a formula inside a CTE", "compute it in the final SELECT or a table of its own")
                low, high = (carry(scope.swap(body, end), f"{name}_{end}") for end in ("low", "high"))
                identity = carry(scope.swap(body, "id"), f"{body.table}_row_id")
                traits[name] = Number(low, high, identity, number.table, number.column)
        select.set("expressions", [*select.expressions, *added])
        return Relation({**traits, **{i.alias_or_name: None for i in added}})

    def open(self, select: exp.Select, relations: Mapping[str, Relation]) -> None:
        """Work out what the SELECT's FROM items offer, completing its CTEs and subqueries on the way."""
        known = dict(relations)
        for cte in select.ctes:
            known[cte.alias] = self.nested(cte.this, known)
        from_clause = select.args.get("from_") or select.args.get("from")
        joins = select.args.get("joins") or []
        for item in [*([from_clause] if from_clause else []), *joins]:
            if isinstance(item, exp.Join) and (item.args.get("using") or item.method or item.kind in ("CROSS ASOF",)):
                self.fail(item.sql(dialect="duckdb"), "USING, NATURAL or ASOF", "write ON with both sides")
            source = item.this
            if isinstance(source, exp.Subquery):
                self.sources[source.alias] = self.nested(source.this, known)
            elif isinstance(source, exp.Table) and source.name in known:
                self.sources[source.alias_or_name] = known[source.name]
            else:
                found = source.sql(dialect="duckdb")
                self.fail(found, "no such table", f"known are {', '.join(sorted(known))}")
        outputs = {item.alias_or_name for item in select.expressions}
        for column in _own_columns(select):
            if column.table:
                self.trait(column)
            elif column.name not in outputs:
                self.fail(column.name, "an unqualified name", "write alias.column")
            elif any(column.name in relation.columns for relation in self.sources.values()):
                self.fail(column.name, "it names both an output and an input column", "name the output differently")

    def kind(self, name: str, body: exp.Expr, outputs: Mapping[str, Output], nested: bool = False) -> str:
        """Classify an output: thing, claimed, computed (also a plain copy of a derived number), other."""
        if nested and isinstance(body, exp.Column) and self.bound_of(body):
            return "other"  # a bound passed on beside its number
        leaves = list(picks(body))
        traits = [self.trait(leaf) for leaf in leaves if isinstance(leaf, exp.Column) and leaf.table]
        own = [leaf for leaf in leaves if isinstance(leaf, exp.Column) and not leaf.table and leaf.name in outputs]
        if is_arithmetic(body) or own or (isinstance(body, exp.Column) and self.bound_of(body)):
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
                self.fail(
                    name, f"a choice among derived numbers ({body.sql(dialect='duckdb')})", "copy one in a branch"
                )
        if any(isinstance(trait, Number) for trait in traits):
            self.fail(
                name, f"a number mixed with something untraced ({body.sql(dialect='duckdb')})", "cite it as a claim"
            )
        return "other"

    def swap(self, tree: exp.Expr, part: str) -> exp.Expr:
        """Return the same pick with its numbers or things replaced by their bound or id."""

        def swap(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and id(node) in leaves:  # the same column in a condition is left alone
                trait = self.trait(node)
                assert trait is not None
                name = trait.id_column if part == "id" else getattr(trait, part)
                return exp.column(name, table=node.table)
            return node

        copied = tree.copy()
        leaves = {id(leaf) for leaf in picks(copied)}
        return copied.transform(swap, copy=False)

    def trait(self, column: exp.Column) -> Trait:
        relation = self.sources.get(column.table)
        if relation is None:
            self.fail(column.sql(dialect="duckdb"), f"no alias {column.table}", "add it to FROM")
        if column.name not in relation.columns:
            offered = ", ".join(sorted(relation.columns))
            self.fail(column.sql(dialect="duckdb"), "no such column", f"{column.table} offers {offered}")
        return relation.columns[column.name]

    def bound_of(self, column: exp.Column) -> tuple[str, Bound] | None:
        """Tell of which number, and which end, a column is an explicit bound."""
        if column.table:
            for base, trait in self.sources[column.table].columns.items():
                if isinstance(trait, Number) and column.name in (trait.low, trait.high):
                    return base, "low" if column.name == trait.low else "high"
        return None

    def refuse(self, select: exp.Select) -> None:
        for node in select.walk():
            for kind, what in _REFUSED.items():
                if isinstance(node, kind) and not (isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)):
                    self.fail(node.sql(dialect="duckdb"), what, "see docs/architecture.md, 'What SQL models may say'")
            if isinstance(node, exp.Anonymous) and node.name not in macros():
                self.fail(node.sql(dialect="duckdb"), "a function that is none of ours", "put it into a macro")
            if isinstance(node, exp.Subquery) and not isinstance(node.parent, (exp.From, exp.Join)):
                self.fail(node.sql(dialect="duckdb"), "a subquery outside FROM", "join it")
            if isinstance(node, exp.Literal) and not node.is_string and node.name not in ("0", "1"):
                self.fail(node.sql(dialect="duckdb"), "a bare number", "cite it as a claim, or put it into a macro")
            if isinstance(node, exp.With) and node.args.get("recursive"):
                self.fail("WITH RECURSIVE", "recursion", "flatten it")

    def fail(self, what: str, found: str, remedy: str) -> NoReturn:
        place = self.model.name if not self.model.is_folder else f"{self.model.name}/{self.branch.name}"
        raise SqlModelError(f"{place}.{what}: {found}; {remedy}")


def _own_columns(select: exp.Select) -> Iterator[exp.Column]:
    """Yield the columns of a SELECT but not those of its CTEs and subqueries."""
    for column in select.find_all(exp.Column):
        if column.find_ancestor(exp.Select) is select:
            yield column
