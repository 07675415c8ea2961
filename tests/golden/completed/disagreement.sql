WITH stated AS (
  SELECT
    claim.subject_kind,
    claim.subject_id,
    claim.quantity,
    COALESCE(claim.qualifier, '') AS qualifier,
    claim_scope(claim.quantity, claim.boundary) AS scope,
    COALESCE(CAST(claim.period_start AS TEXT) || ' to ' || CAST(claim.period_end AS TEXT), '') AS period,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    claim.source_id,
    claim.rank,
    claim.basis,
    has_token(claim.flags, 'third_party') AS is_third_party,
    has_token(claim.flags, 'secondary') AS is_secondary
  FROM usable_claims AS claim
  WHERE
    NOT claim.value IS NULL
    AND claim.subject_kind <> 'published_claim'
    AND NOT has_token(claim.flags, 'geography')
), lowest AS (
  SELECT
    stated.subject_kind,
    stated.subject_id,
    stated.quantity,
    stated.qualifier,
    stated.scope,
    stated.period,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
      ORDER BY stated.value, stated.claim_id
    ) = 1
), highest AS (
  SELECT
    stated.subject_kind,
    stated.subject_id,
    stated.quantity,
    stated.qualifier,
    stated.scope,
    stated.period,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
      ORDER BY stated.value DESC, stated.claim_id DESC
    ) = 1
), first_choice AS (
  SELECT
    stated.subject_kind,
    stated.subject_id,
    stated.quantity,
    stated.qualifier,
    stated.scope,
    stated.period,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id,
    stated.rank,
    stated.basis,
    stated.is_secondary
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
      ORDER BY stated.is_third_party, rank_order(stated.rank), stated.is_secondary, basis_order(stated.basis), stated.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'disagreement',
      COALESCE(CAST(lowest.subject_kind AS TEXT), ''),
      COALESCE(CAST(lowest.subject_id AS TEXT), ''),
      COALESCE(CAST(lowest.quantity AS TEXT), ''),
      COALESCE(CAST(lowest.qualifier AS TEXT), ''),
      COALESCE(CAST(lowest.scope AS TEXT), ''),
      COALESCE(CAST(lowest.period AS TEXT), '')
    )
  ) AS row_id,
  lowest.subject_kind,
  lowest.subject_id,
  lowest.quantity,
  lowest.qualifier,
  lowest.scope,
  lowest.period,
  lowest.source_id AS lowest_source_id,
  highest.source_id AS highest_source_id,
  first_choice.source_id AS chosen_source_id,
  'rank ' || first_choice.rank || CASE WHEN first_choice.is_secondary THEN ', second-hand' ELSE ', first-hand' END || ', basis ' || first_choice.basis AS chosen_because,
  lowest.value AS lowest,
  lowest.low AS lowest_low,
  lowest.high AS lowest_high,
  highest.value AS highest,
  highest.low AS highest_low,
  highest.high AS highest_high,
  first_choice.value AS chosen,
  first_choice.low AS chosen_low,
  first_choice.high AS chosen_high,
  highest.value / lowest.value AS spread_ratio,
  highest.low / lowest.high AS spread_ratio_low,
  highest.high / lowest.low AS spread_ratio_high,
  lowest.claim_id AS lowest_claim_id,
  highest.claim_id AS highest_claim_id,
  first_choice.claim_id AS chosen_claim_id
FROM lowest AS lowest
JOIN highest AS highest
  ON highest.subject_kind = lowest.subject_kind
  AND highest.subject_id = lowest.subject_id
  AND highest.quantity = lowest.quantity
  AND highest.qualifier = lowest.qualifier
  AND highest.scope = lowest.scope
  AND highest.period = lowest.period
JOIN first_choice AS first_choice
  ON first_choice.subject_kind = lowest.subject_kind
  AND first_choice.subject_id = lowest.subject_id
  AND first_choice.quantity = lowest.quantity
  AND first_choice.qualifier = lowest.qualifier
  AND first_choice.scope = lowest.scope
  AND first_choice.period = lowest.period
WHERE
  highest.value > lowest.value AND lowest.value > 0
