"""The macros `trace` and `trace_number`: the whole tree of one number as one query, with no recursion over views.

What is asked for and does not exist is an error in every client: an empty answer would read as "nothing behind it".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from warehouse.plans import Plan, slots
from warehouse.sums import COUNT

#: The tables that `trace` begins with.
ESTIMATES = ("estimates", "estimates_by_region")


def trace_macros(tables: Mapping[str, Plan]) -> Iterator[str]:
    """Yield the statements that create the macros."""
    number = _trace(tables, _ROOT_ROW, tables)
    yield f"CREATE OR REPLACE MACRO trace_number(from_table, from_row, from_column) AS TABLE {number}"
    upstream = _upstream(tables, ESTIMATES)
    if upstream.issuperset(ESTIMATES):
        estimate = _trace({name: tables[name] for name in tables if name in upstream}, _ROOT_ESTIMATE, ESTIMATES)
        yield (
            f"CREATE OR REPLACE MACRO trace(for_model, from_column, method := NULL, region := NULL) AS TABLE {estimate}"
        )
        yield _SHARES
        yield _CHOICES


#: What makes an estimate's emissions uncertain: each range's part of the sum of squared half widths in the logarithm.
#: A range over several products or places is one input; the method's structural error is one more.
_SHARES = """CREATE OR REPLACE MACRO variance_shares(for_model, method := NULL, region := NULL) AS TABLE
    WITH tree AS MATERIALIZED (FROM trace(for_model, 'emissions_tco2e', method := method, region := region)),
    ranges AS (
        SELECT tree.place, tree.role, tree.low, tree.high, tree.reported_text, tree.reference_id, tree.locator,
            tree.claim_id, starts_with(tree.formula, 'SPAN(') OR starts_with(tree.formula, 'span(')
                OR starts_with(tree.formula, 'within(') OR starts_with(tree.formula, 'WITHIN(') AS is_range
        FROM tree
    ),
    inputs AS (
        SELECT one.role, half_log(one.low, one.high) AS half_width,
            coalesce(one.reported_text, 'from ' || shown(one.low) || ' to ' || shown(one.high)) AS reported_text,
            coalesce(one.reference_id, (
                SELECT string_agg(DISTINCT below.reference_id, ', ' ORDER BY below.reference_id)
                FROM ranges AS below WHERE below.place[1:len(one.place)] = one.place)) AS reference_id,
            one.locator, one.claim_id
        FROM ranges AS one
        WHERE one.low > 0 AND one.low < one.high AND (one.is_range OR one.claim_id IS NOT NULL)
            AND NOT EXISTS (
                SELECT 1 FROM ranges AS over_it
                WHERE over_it.is_range AND len(over_it.place) < len(one.place)
                    AND over_it.place = one.place[1:len(over_it.place)])
        UNION ALL
        SELECT 'structural error of the method', ln(error.method_error), error.fitted_on, NULL, NULL, NULL
        FROM method_errors AS error
        JOIN estimates AS e ON e.method = error.method
        WHERE e.model_id = for_model AND ((method IS NULL AND e.is_headline) OR e.method = method)
    )
    SELECT inputs.role,
        inputs.half_width * inputs.half_width / sum(inputs.half_width * inputs.half_width) OVER () AS share,
        exp(inputs.half_width) AS factor, inputs.reported_text, inputs.reference_id, inputs.locator, inputs.claim_id
    FROM inputs ORDER BY share DESC"""


def _no_estimate(more: str = "") -> str:
    """Return the SQL of an error that says of which model there is no such estimate."""
    return f"""error(concat('no estimate of model ', coalesce(for_model, 'NULL'), ' by method ' || method{more},
            '; those with one: SELECT DISTINCT model_id, method FROM estimates'))"""


#: What an estimate rests on besides numbers: which region or provider, server and accelerator, each with its claim.
_CHOICES = f"""CREATE OR REPLACE MACRO choices(for_model, method := NULL) AS TABLE
    WITH chosen AS MATERIALIZED (
        SELECT e.run_id, e.method, unnest([
            coalesce(run.region_claim_id, run.provider_claim_id),
            CASE WHEN e.server_id = run.stated_server_id THEN run.stated_server_claim_id END,
            CASE WHEN e.accelerator_id = run.accelerator_id THEN run.accelerator_claim_id END]) AS claim_id
        FROM estimates AS e
        JOIN training_runs AS run ON run.run_id = e.run_id
        WHERE e.model_id = for_model AND ((method IS NULL AND e.is_headline) OR e.method = method)
    ),
    cited AS (
        SELECT chosen.run_id, chosen.method, chosen.claim_id FROM chosen
        UNION ALL
        SELECT {_no_estimate()}, NULL, NULL WHERE NOT EXISTS (FROM chosen)
    )
    SELECT chosen.run_id, chosen.method, claim.quantity AS choice, claim.object_id AS chosen, claim.claim_id,
        claim.reported_text, claim.basis, claim.scope_note, claim.flags, claim.reference_id,
        reference.title AS reference_title, reference.authors AS reference_authors,
        reference.year AS reference_year, reference.url AS reference_url,
        claim.locator, claim.source_id, claim.source_row, claim.snapshot_id, snapshot.retrieved_at
    FROM cited AS chosen
    JOIN claim ON claim.claim_id = chosen.claim_id
    LEFT JOIN reference ON reference.reference_id = claim.reference_id
    LEFT JOIN snapshot ON snapshot.snapshot_id = claim.snapshot_id AND snapshot.source_id = claim.source_id
    ORDER BY chosen.run_id, claim.quantity DESC"""


def _upstream(tables: Mapping[str, Plan], names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name in tables:
            found |= {name} | _upstream(tables, tables[name].inputs)
    return found


def _root(asked: str, table: str) -> str:
    """Return the start of a trace: what is asked for, or an error that names the numbers of the table.

    Its conditions lean on nothing that is asked for: a join there would make the plan read all claims.
    """
    numbers = f"FROM column_lineage AS l WHERE l.table_name = {table}"
    return f"""root AS MATERIALIZED (
            SELECT asked.table_name, asked.row_id, asked.column_name
            FROM ({asked}) AS asked
            UNION ALL
            SELECT error(concat('no number ', coalesce({table}, 'NULL'), '.', coalesce(from_column, 'NULL'),
                '; known: ' || (SELECT string_agg(DISTINCT l.column_name, ', ' ORDER BY l.column_name) {numbers}))),
                NULL, NULL
            WHERE NOT EXISTS ({numbers} AND l.column_name = from_column))"""


_ROOT_ROW = _root(
    "SELECT from_table AS table_name, CAST(from_row AS BIGINT) AS row_id, from_column AS column_name", "from_table"
)

# The model alone filters each table, since an index answers one condition, not two.
_ROOT_ESTIMATE = f"""of_model AS MATERIALIZED (
            SELECT e.estimate_id, e.method, e.is_headline
            FROM estimates AS e
            WHERE e.model_id = for_model),
        of_model_by_region AS MATERIALIZED (
            SELECT r.estimate_by_region_id, r.method, r.is_headline, r.is_preferred, r.region_id
            FROM estimates_by_region AS r
            WHERE r.model_id = for_model),
        found AS MATERIALIZED (
            SELECT 'estimates' AS table_name, e.estimate_id AS row_id, from_column AS column_name
            FROM of_model AS e
            WHERE region IS NULL AND ((method IS NULL AND e.is_headline) OR e.method = method)
            UNION ALL
            SELECT 'estimates_by_region', r.estimate_by_region_id, from_column
            FROM of_model_by_region AS r
            WHERE region IS NOT NULL AND r.region_id = region AND r.is_preferred
                AND ((method IS NULL AND r.is_headline) OR r.method = method)),
        {
    _root(
        f'''FROM found UNION ALL
            SELECT {_no_estimate(", ' in region ' || region")}, NULL, NULL WHERE NOT EXISTS (FROM found)''',
        "CASE WHEN region IS NULL THEN 'estimates' ELSE 'estimates_by_region' END",
    )
}"""


def _trace(tables: Mapping[str, Plan], root: str, may_begin: Iterable[str]) -> str:
    """Return the body of a trace macro: fetch the rows below the root table by table, then recurse over those few.

    Binding and planning take most of its time, so that each table is named once, and what holds for columns is joined
    once for all tables. Rows are fetched that no wanted column uses; the recursion does not reach them.
    """
    parts = [root]
    order = list(tables)[::-1]
    for name in order:
        plan = tables[name]
        wanted = [f"SELECT root.row_id FROM root WHERE root.table_name = '{name}'"] if name in may_begin else []
        wanted += [
            f"SELECT r.ids[{tables[other].ids.index(column) + 1}] FROM rows_{other} AS r"
            for other in order
            for column in tables[other].pointers.get(name, ())
        ]
        parts.append(f"""rows_{name} AS MATERIALIZED (
            SELECT '{name}' AS table_name, {plan.branch} AS branch, t.{plan.id_column} AS row_id,
                {slots(plan.ids)} AS ids, {slots(plan.numbers)} AS numbers,
                {slots(plan.numbers, "_low")} AS lows, {slots(plan.numbers, "_high")} AS highs,
                {f"t.{COUNT}" if plan.members else "CAST(NULL AS BIGINT)"} AS {COUNT}
            FROM {name} AS t
            SEMI JOIN ({" UNION ALL ".join(wanted)}) AS wanted(row_id) ON t.{plan.id_column} = wanted.row_id)""")
    parts.append(f"""edges AS MATERIALIZED (
        SELECT l.table_name, t.row_id, l.column_name, l.position, l.role, l.bound, l.is_claim, l.formula, l.unit,
            t.numbers[l.number_slot] AS value, t.lows[l.number_slot] AS low, t.highs[l.number_slot] AS high,
            t.{COUNT}, l.input_table, l.input_column,
            CASE WHEN l.input_table IS NULL THEN t.ids[l.id_slot] END AS claim_id,
            CASE WHEN l.input_table IS NOT NULL THEN t.ids[l.id_slot] END AS input_row_id
        FROM ({" UNION ALL ".join(f"FROM rows_{name}" for name in order)}) AS t
        JOIN column_lineage AS l ON l.table_name = t.table_name AND l.branch = t.branch
        WHERE t.numbers[l.number_slot] IS NOT NULL)""")
    parts.append(f"""tree AS (
        SELECT 0 AS depth, [root.column_name] AS path, CAST([] AS BIGINT[]) AS place, root.column_name AS role,
            'value' AS bound, root.table_name, root.row_id, root.column_name, CAST(NULL AS BIGINT) AS claim_id
        FROM root
        UNION ALL
        SELECT tree.depth + 1, list_append(tree.path, e.role), list_append(tree.place, e.position), e.role, e.bound,
            e.input_table, e.input_row_id, e.input_column, e.claim_id
        FROM tree
        JOIN edges AS e ON e.table_name = tree.table_name AND e.row_id = tree.row_id
            AND e.column_name = tree.column_name AND e.{COUNT} IS NULL)""")
    parts.append("""cited AS MATERIALIZED (
        SELECT claim.claim_id, claim.value, claim.low, claim.high, claim.unit, claim.subject_kind, claim.subject_id,
            claim.quantity, claim.reported_text, claim.basis, claim.boundary, claim.scope_note, claim.period_start,
            claim.period_end, claim.flags, claim.reference_id, claim.locator, claim.source_id, claim.source_row,
            claim.snapshot_id
        FROM claim
        SEMI JOIN tree ON tree.claim_id = claim.claim_id)""")
    return f"""WITH RECURSIVE {", ".join(parts)}
        SELECT tree.depth, array_to_string(tree.path, ' < ') AS path, tree.place, tree.role, tree.bound,
            tree.table_name, tree.row_id, tree.column_name,
            coalesce(numbers.value, claim.value) AS value, coalesce(numbers.low, claim.low) AS low,
            coalesce(numbers.high, claim.high) AS high, coalesce(numbers.unit, claim.unit) AS unit,
            CASE WHEN NOT numbers.is_claim THEN numbers.formula END AS formula,
            tree.claim_id, claim.subject_kind, claim.subject_id, claim.quantity, claim.reported_text, claim.basis,
            claim.boundary, claim.scope_note, claim.period_start, claim.period_end, claim.flags, claim.reference_id,
            reference.title AS reference_title, reference.authors AS reference_authors,
            reference.year AS reference_year, reference.url AS reference_url,
            reference.licence AS reference_licence, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id,
            snapshot.retrieved_at, snapshot.url AS snapshot_url, snapshot.upstream_version,
            quoted_by(claim.reference_id, source.reference_id, source.schedule, source.title) AS quoted_by,
            numbers.{COUNT},
            CASE WHEN numbers.{COUNT} IS NOT NULL THEN 'SELECT claim.* FROM claims_of.' || tree.table_name
                || ' AS member JOIN claim ON claim.claim_id = member.claim_id WHERE member.row_id = ' || tree.row_id
                END AS claims_query
        FROM tree
        LEFT JOIN edges AS numbers ON numbers.table_name = tree.table_name AND numbers.row_id = tree.row_id
            AND numbers.column_name = tree.column_name AND numbers.position = 1
        LEFT JOIN cited AS claim ON claim.claim_id = tree.claim_id
        LEFT JOIN reference ON reference.reference_id = claim.reference_id
        LEFT JOIN snapshot ON snapshot.snapshot_id = claim.snapshot_id AND snapshot.source_id = claim.source_id
        LEFT JOIN source ON source.source_id = claim.source_id
        ORDER BY tree.place"""
