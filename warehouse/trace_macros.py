"""The macros `trace` and `trace_number`: the whole tree of one number as one query, with no recursion over views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from warehouse.plans import Plan, slots


def trace_macros(tables: Mapping[str, Plan]) -> Iterator[str]:
    """Yield the statements that create the macros."""
    number = _trace(tables, _ROOT_ROW)
    yield f"CREATE OR REPLACE MACRO trace_number(from_table, from_row, from_column) AS TABLE {number}"
    roots = _upstream(tables, ("estimates", "estimates_by_region"))
    if "estimates_by_region" in roots:
        estimate = _trace({name: plan for name, plan in tables.items() if name in roots}, _ROOT_ESTIMATE)
        yield (
            f"CREATE OR REPLACE MACRO trace(for_model, from_column, method := NULL, region := NULL) AS TABLE {estimate}"
        )
        yield _SHARES


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
        SELECT one.role, half_log(one.low, one.high) AS half_width, one.reported_text, one.reference_id, one.locator,
            one.claim_id
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


def _upstream(tables: Mapping[str, Plan], names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name in tables:
            found |= {name} | _upstream(tables, tables[name].inputs)
    return found


_ROOT_ROW = (
    "root AS MATERIALIZED "
    "(SELECT from_table AS table_name, CAST(from_row AS BIGINT) AS row_id, from_column AS column_name)"
)

# The model alone filters each table, since an index answers one condition, not two.
_ROOT_ESTIMATE = """of_model AS MATERIALIZED (
            SELECT e.estimate_id, e.method, e.is_headline
            FROM estimates AS e
            WHERE e.model_id = for_model),
        of_model_by_region AS MATERIALIZED (
            SELECT r.estimate_by_region_id, r.method, r.is_headline, r.is_preferred, r.region_id
            FROM estimates_by_region AS r
            WHERE r.model_id = for_model),
        root AS MATERIALIZED (
            SELECT 'estimates' AS table_name, e.estimate_id AS row_id, from_column AS column_name
            FROM of_model AS e
            WHERE region IS NULL AND ((method IS NULL AND e.is_headline) OR e.method = method)
            UNION ALL
            SELECT 'estimates_by_region', r.estimate_by_region_id, from_column
            FROM of_model_by_region AS r
            WHERE region IS NOT NULL AND r.region_id = region AND r.is_preferred
                AND ((method IS NULL AND r.is_headline) OR r.method = method))"""


def _trace(tables: Mapping[str, Plan], root: str) -> str:
    """Return the body of a trace macro: fetch the reached rows table by table, then recurse over those few."""
    parts = [root]
    order = list(tables)[::-1]
    for name in order:
        plan = tables[name]
        downstream = [other for other in order if name in tables[other].inputs]
        wanted = [f"SELECT root.row_id, root.column_name FROM root WHERE root.table_name = '{name}'"]
        wanted += [
            f"SELECT e.input_row_id, e.input_column FROM edges_{other} AS e WHERE e.input_table = '{name}'"
            for other in downstream
        ]
        parts.append(f"wanted_{name} AS MATERIALIZED ({' UNION '.join(wanted)})")
        ids = f"{slots(plan.ids)}[l.id_slot]"
        value, low, high = (f"{slots(plan.numbers, end)}[l.number_slot]" for end in ("", "_low", "_high"))
        parts.append(f"""edges_{name} AS MATERIALIZED (
            SELECT DISTINCT l.table_name, t.{plan.id_column} AS row_id, l.column_name, l.position, l.role, l.bound,
                l.is_claim, l.formula, l.unit, {value} AS value, {low} AS low, {high} AS high,
                l.input_table, l.input_column,
                CASE WHEN l.input_table IS NULL THEN {ids} END AS claim_id,
                CASE WHEN l.input_table IS NOT NULL THEN {ids} END AS input_row_id
            FROM wanted_{name} AS w
            JOIN {name} AS t ON t.{plan.id_column} = w.row_id
            JOIN column_reach AS c ON c.table_name = '{name}' AND c.branch = {plan.branch}
                AND c.column_name = w.column_name
            JOIN column_lineage AS l ON l.table_name = '{name}' AND l.branch = c.branch
                AND l.column_name = c.reached_column
            WHERE {value} IS NOT NULL)""")
    union = " UNION ALL ".join(f"SELECT * FROM edges_{name}" for name in order)
    parts.append(f"edges AS MATERIALIZED ({union})")
    parts.append("""tree AS (
        SELECT 0 AS depth, [root.column_name] AS path, CAST([] AS BIGINT[]) AS place, root.column_name AS role,
            'value' AS bound, root.table_name, root.row_id, root.column_name, CAST(NULL AS BIGINT) AS claim_id
        FROM root
        UNION ALL
        SELECT tree.depth + 1, list_append(tree.path, e.role), list_append(tree.place, e.position), e.role, e.bound,
            e.input_table, e.input_row_id, e.input_column, e.claim_id
        FROM tree
        JOIN edges AS e ON e.table_name = tree.table_name AND e.row_id = tree.row_id
            AND e.column_name = tree.column_name)""")
    parts.append("""numbers AS MATERIALIZED (
        SELECT DISTINCT e.table_name, e.row_id, e.column_name, e.value, e.low, e.high, e.unit, e.is_claim, e.formula
        FROM edges AS e)""")
    parts.append("""cited AS MATERIALIZED (
        SELECT claim.claim_id, claim.value, claim.low, claim.high, claim.unit, claim.subject_kind, claim.subject_id,
            claim.quantity, claim.reported_text, claim.basis, claim.boundary, claim.period_start, claim.period_end,
            claim.flags, claim.reference_id, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id
        FROM (SELECT DISTINCT e.claim_id FROM edges AS e WHERE e.claim_id IS NOT NULL) AS wanted
        JOIN claim ON claim.claim_id = wanted.claim_id)""")
    return f"""WITH RECURSIVE {", ".join(parts)}
        SELECT tree.depth, array_to_string(tree.path, ' < ') AS path, tree.place, tree.role, tree.bound,
            tree.table_name, tree.row_id, tree.column_name,
            coalesce(numbers.value, claim.value) AS value, coalesce(numbers.low, claim.low) AS low,
            coalesce(numbers.high, claim.high) AS high, coalesce(numbers.unit, claim.unit) AS unit,
            CASE WHEN NOT numbers.is_claim THEN numbers.formula END AS formula,
            tree.claim_id, claim.subject_kind, claim.subject_id, claim.quantity, claim.reported_text, claim.basis,
            claim.boundary, claim.period_start, claim.period_end, claim.flags, claim.reference_id,
            reference.title AS reference_title, reference.authors AS reference_authors,
            reference.year AS reference_year, reference.url AS reference_url,
            reference.licence AS reference_licence, claim.locator, claim.source_id, claim.source_row, claim.snapshot_id,
            snapshot.retrieved_at, snapshot.url AS snapshot_url, snapshot.upstream_version
        FROM tree
        LEFT JOIN numbers ON numbers.table_name = tree.table_name AND numbers.row_id = tree.row_id
            AND numbers.column_name = tree.column_name
        LEFT JOIN cited AS claim ON claim.claim_id = tree.claim_id
        LEFT JOIN reference ON reference.reference_id = claim.reference_id
        LEFT JOIN snapshot ON snapshot.snapshot_id = claim.snapshot_id AND snapshot.source_id = claim.source_id
        ORDER BY tree.place"""
