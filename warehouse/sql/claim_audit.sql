-- Published figures against their own cited inputs: each recomputed, compared at both ends, with a verdict that comes
-- from the arithmetic and a sentence that says what is wrong, where the error came from, and which input is not stated.
-- grain: published_id
WITH tolerance AS (
    SELECT
        max(claim.value) FILTER (WHERE claim.qualifier = 'follows') AS follows_within,
        max(claim.value) FILTER (WHERE claim.qualifier = 'rounding') AS rounding_within
    FROM chosen_claims AS claim
    WHERE claim.subject_kind = 'world' AND claim.quantity = 'audit_tolerance'
),
children AS (
    SELECT child.builds_on_id AS published_id, string_agg(child.published_name, ', ' ORDER BY child.published_id) AS later_names
    FROM audit_cases AS child
    WHERE child.builds_on_id IS NOT NULL
    GROUP BY child.builds_on_id
)
SELECT
    audit.published_id,
    audit.published_name,
    audit.statement,
    audit.audit_formula,
    audit.unit,
    audit.builds_on_id,
    check_of.published AS published,
    check_of.recomputed AS recomputed,
    relative_difference(check_of.published_low, check_of.recomputed_low) AS low_end_difference,
    relative_difference(check_of.published_high, check_of.recomputed_high) AS high_end_difference,
    prior.published_high * check_of.recomputed_high / prior.recomputed_high AS carried_high_end,
    audit.unstated_input,
    audit.stand_ins,
    audit.inputs_stand_in,
    lacking.implied_factor AS implied_factor,
    check_of.unrounded AS unrounded,
    relative_difference(check_of.unrounded, check_of.recomputed) AS unrounded_difference,
    tolerance.follows_within,
    tolerance.rounding_within,
    audit_outcome(
        audit_verdict(
            check_of.published_low, check_of.published_high, check_of.recomputed_low, check_of.recomputed_high,
            coalesce(prior.published_high * check_of.recomputed_high / prior.recomputed_high, check_of.recomputed_high),
            tolerance.follows_within, tolerance.rounding_within, audit.inputs_open_by
        ),
        audit.stand_ins
    ) AS verdict,
    audit_with_stand_ins(
        verdict,
        audit_sentence(
            audit.published_name, audit.unit,
            check_of.published_low, check_of.published_high, check_of.recomputed_low, check_of.recomputed_high,
            prior.published_high * check_of.recomputed_high / prior.recomputed_high,
            tolerance.follows_within, tolerance.rounding_within, audit.inputs_open_by, audit.inputs_stand_in,
            before.published_name, children.later_names
        ),
        audit.published_name, audit.unit,
        check_of.published_low, check_of.published_high, check_of.recomputed_low, check_of.recomputed_high,
        audit.stand_ins
    )
        || audit_implied(
            verdict, lacking.implied_factor, audit.unstated_input, factor.unit, factor.plausible_low, factor.plausible_high
        )
        || audit_unrounded(check_of.unrounded, check_of.recomputed, audit.unit) AS explanation
FROM audit_cases AS audit
JOIN tolerance AS tolerance ON tolerance.follows_within IS NOT NULL
LEFT JOIN recomputed_claims AS check_of ON check_of.published_id = audit.published_id
LEFT JOIN recomputed_claims AS lacking ON lacking.published_id = audit.published_id AND audit.unstated_input IS NOT NULL
LEFT JOIN quantity AS factor ON factor.name = audit.unstated_input
LEFT JOIN recomputed_claims AS prior ON prior.published_id = audit.builds_on_id
LEFT JOIN audit_cases AS before ON before.published_id = audit.builds_on_id
LEFT JOIN children AS children ON children.published_id = audit.published_id
