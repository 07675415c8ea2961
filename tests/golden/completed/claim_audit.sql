WITH tolerance AS (
  SELECT
    MAX(claim.value) FILTER(WHERE
      claim.qualifier = 'follows') AS follows_within,
    MAX(claim.value) FILTER(WHERE
      claim.qualifier = 'rounding') AS rounding_within,
    MAX(claim.low) FILTER(WHERE
      claim.qualifier = 'follows') AS follows_within_low,
    MAX(claim.high) FILTER(WHERE
      claim.qualifier = 'follows') AS follows_within_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.qualifier = 'follows') AS follows_within_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.qualifier = 'rounding') AS rounding_within_low,
    MAX(claim.high) FILTER(WHERE
      claim.qualifier = 'rounding') AS rounding_within_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.qualifier = 'rounding') AS rounding_within_claim_id
  FROM chosen_claims AS claim
  WHERE
    claim.subject_kind = 'world' AND claim.quantity = 'audit_tolerance'
), children AS (
  SELECT
    child.builds_on_id AS published_id,
    LISTAGG(child.published_name, ', '
    ORDER BY
      child.published_id) AS later_names
  FROM audit_cases AS child
  WHERE
    NOT child.builds_on_id IS NULL
  GROUP BY
    child.builds_on_id
)
SELECT
  row_key(CONCAT_WS('|', 'claim_audit', COALESCE(CAST(audit.published_id AS TEXT), ''))) AS row_id,
  audit.published_id,
  audit.published_name,
  audit.statement,
  audit.audit_formula,
  audit.unit,
  audit.builds_on_id,
  check_of.published AS published,
  check_of.published_low AS published_low,
  check_of.published_high AS published_high,
  check_of.recomputed AS recomputed,
  check_of.recomputed_low AS recomputed_low,
  check_of.recomputed_high AS recomputed_high,
  relative_difference(check_of.published_low, check_of.recomputed_low) AS low_end_difference,
  relative_difference(check_of.published_low, check_of.recomputed_low) AS low_end_difference_low,
  relative_difference(check_of.published_low, check_of.recomputed_low) AS low_end_difference_high,
  relative_difference(check_of.published_high, check_of.recomputed_high) AS high_end_difference,
  relative_difference(check_of.published_high, check_of.recomputed_high) AS high_end_difference_low,
  relative_difference(check_of.published_high, check_of.recomputed_high) AS high_end_difference_high,
  prior.published_high * check_of.recomputed_high / prior.recomputed_high AS carried_high_end,
  prior.published_high * check_of.recomputed_high / prior.recomputed_high AS carried_high_end_low,
  prior.published_high * check_of.recomputed_high / prior.recomputed_high AS carried_high_end_high,
  audit.unstated_input,
  audit.stand_ins,
  audit.inputs_stand_in,
  lacking.implied_factor AS implied_factor,
  lacking.implied_factor_low AS implied_factor_low,
  lacking.implied_factor_high AS implied_factor_high,
  check_of.unrounded AS unrounded,
  check_of.unrounded_low AS unrounded_low,
  check_of.unrounded_high AS unrounded_high,
  relative_difference(check_of.unrounded, check_of.recomputed) AS unrounded_difference,
  relative_difference(check_of.unrounded_low, check_of.recomputed_high) AS unrounded_difference_low,
  relative_difference(check_of.unrounded_high, check_of.recomputed_low) AS unrounded_difference_high,
  tolerance.follows_within,
  tolerance.follows_within_low AS follows_within_low,
  tolerance.follows_within_high AS follows_within_high,
  tolerance.rounding_within,
  tolerance.rounding_within_low AS rounding_within_low,
  tolerance.rounding_within_high AS rounding_within_high,
  audit_outcome(
    audit_verdict(
      check_of.published_low,
      check_of.published_high,
      check_of.recomputed_low,
      check_of.recomputed_high,
      COALESCE(
        prior.published_high * check_of.recomputed_high / prior.recomputed_high,
        check_of.recomputed_high
      ),
      tolerance.follows_within,
      tolerance.rounding_within,
      audit.inputs_open_by
    ),
    audit.stand_ins
  ) AS verdict,
  audit_with_stand_ins(
    verdict,
    audit_sentence(
      audit.published_name,
      audit.unit,
      check_of.published_low,
      check_of.published_high,
      check_of.recomputed_low,
      check_of.recomputed_high,
      prior.published_high * check_of.recomputed_high / prior.recomputed_high,
      tolerance.follows_within,
      tolerance.rounding_within,
      audit.inputs_open_by,
      audit.inputs_stand_in,
      before.published_name,
      children.later_names
    ),
    audit.published_name,
    audit.unit,
    check_of.published_low,
    check_of.published_high,
    check_of.recomputed_low,
    check_of.recomputed_high,
    audit.stand_ins
  ) || audit_implied(
    verdict,
    lacking.implied_factor,
    audit.unstated_input,
    factor.unit,
    factor.plausible_low,
    factor.plausible_high
  ) || audit_unrounded(check_of.unrounded, check_of.recomputed, audit.unit) AS explanation,
  check_of.published_claim_id AS published_claim_id,
  check_of.row_id AS check_of_row_id,
  prior.published_claim_id AS prior_published_claim_id,
  prior.row_id AS prior_row_id,
  lacking.row_id AS lacking_row_id,
  tolerance.follows_within_claim_id AS follows_within_claim_id,
  tolerance.rounding_within_claim_id AS rounding_within_claim_id
FROM audit_cases AS audit
JOIN tolerance AS tolerance
  ON NOT tolerance.follows_within IS NULL
LEFT JOIN recomputed_claims AS check_of
  ON check_of.published_id = audit.published_id
LEFT JOIN recomputed_claims AS lacking
  ON lacking.published_id = audit.published_id AND NOT audit.unstated_input IS NULL
LEFT JOIN quantity AS factor
  ON factor.name = audit.unstated_input
LEFT JOIN recomputed_claims AS prior
  ON prior.published_id = audit.builds_on_id
LEFT JOIN audit_cases AS before
  ON before.published_id = audit.builds_on_id
LEFT JOIN children AS children
  ON children.published_id = audit.published_id
