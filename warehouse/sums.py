"""SQL models that sum up many claims: each row is one number, and the claims that it sums up are those of its group.

Such a number names no single input. What it was made of is read out of the same SELECT, its grouping taken away: a view
of the claims of each row, which lineage, references and replay go by.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from warehouse.formula import ENDS
from warehouse.relations import Number, Output
from warehouse.scope import Scope

#: Macros that sum up the figure in their first argument.
AGGREGATES = ("mean_over_time",)
#: The column that counts the claims of a row, and what stands for them where lineage names an input's table.
COUNT, CLAIMS = "claim_count", "claims"


def summed(scope: Scope, select: exp.Select) -> tuple[list[exp.Expr], dict[str, Output]]:
    """Return the columns of a model that sums up claims, with the ends of its numbers, and these numbers."""
    items: list[exp.Expr] = []
    outputs: dict[str, Output] = {}
    for item in select.expressions:
        name, body = item.alias_or_name, item.this if isinstance(item, exp.Alias) else item
        items.append(item)
        if isinstance(body, exp.Anonymous) and body.name in AGGREGATES:
            figure = body.expressions[0]
            trait = scope.trait(figure) if isinstance(figure, exp.Column) else None
            if not isinstance(trait, Number) or trait.table is not None:
                scope.fail(name, f"{body.name} of {figure.sql(dialect='duckdb')}", "sum up the value of claims")
            outputs[name] = Output(name, False, body.copy(), ())
            for end in ENDS:
                ends = [scope.swap(figure, end), *(part.copy() for part in body.expressions[1:])]
                items.append(exp.alias_(exp.Anonymous(this=body.name, expressions=ends), f"{name}_{end}"))
        elif scope.kind(name, body, outputs) != "other":
            scope.fail(name, f"a number beside sums ({body.sql(dialect='duckdb')})", "give it a table of its own")
    if len({_alias(output) for output in outputs.values()}) != 1:
        scope.fail(scope.model.name, "sums of none, or of several sets of claims", "sum up one set in each table")
    return [*items, exp.alias_(exp.Count(this=exp.Star()), COUNT)], outputs


def members(select: exp.Select, id_column: str, outputs: Mapping[str, Output]) -> str:
    """Return the query of the claims that each row of a completed model sums up: its id and theirs."""
    alias = _alias(next(iter(outputs.values())))
    opened = select.copy()
    identity = next(item for item in opened.expressions if item.alias_or_name == id_column)
    opened.set("expressions", [identity, exp.alias_(exp.column("claim_id", table=alias), "claim_id")])
    opened.set("group", None)
    opened.set("having", None)
    return opened.sql(dialect="duckdb", comments=False, normalize_functions=False)


def recomputed(output: Output, end: str) -> str:
    """Return the formula of one end of a number over the claims of its row, as `claim`."""
    alias = _alias(output)

    def of_claim(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.table == alias:
            return exp.column(node.name, table="claim")
        return node

    tree = output.tree.copy()
    tree.expressions[0].replace(exp.column(end, table=alias))
    return tree.transform(of_claim).sql(dialect="duckdb", normalize_functions=False)


def _alias(output: Output) -> str:
    return str(output.tree.expressions[0].table)
