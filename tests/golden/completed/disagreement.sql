SELECT
  facts.row_id,
  facts.branch,
  facts.subject_kind,
  facts.subject_id,
  facts.quantity,
  facts.qualifier,
  facts.scope,
  facts.period,
  facts.period_match,
  facts.lowest_source_id,
  facts.highest_source_id,
  facts.chosen_source_id,
  facts.chosen_because,
  facts.lowest,
  facts.lowest_low,
  facts.lowest_high,
  facts.highest,
  facts.highest_low,
  facts.highest_high,
  facts.chosen,
  facts.chosen_low,
  facts.chosen_high,
  facts.spread_ratio,
  facts.spread_ratio_low,
  facts.spread_ratio_high,
  facts.is_within_reported,
  facts.lowest_claim_id,
  facts.highest_claim_id,
  facts.chosen_claim_id
FROM (
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
    AND NOT (
      is_dated_average(claim.subject_kind, claim.quantity, claim.boundary, claim.period_start, claim.period_end)
    )
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
  'facts' AS branch,
  lowest.subject_kind,
  lowest.subject_id,
  lowest.quantity,
  lowest.qualifier,
  lowest.scope,
  lowest.period,
  CASE lowest.period WHEN '' THEN 'undated' ELSE 'same period' END AS period_match,
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
  agree_as_reported(
    lowest.value,
    lowest.high,
    lower.reported_text,
    highest.value,
    highest.low,
    higher.reported_text
  ) AS is_within_reported,
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
JOIN claim AS lower
  ON lower.claim_id = lowest.claim_id
JOIN claim AS higher
  ON higher.claim_id = highest.claim_id
WHERE
  highest.value > lowest.value AND lowest.value > 0
) AS facts
UNION ALL
SELECT
  places.row_id,
  places.branch,
  places.subject_kind,
  places.subject_id,
  places.quantity,
  places.qualifier,
  places.scope,
  places.period,
  places.period_match,
  places.lowest_source_id,
  places.highest_source_id,
  places.chosen_source_id,
  places.chosen_because,
  places.lowest,
  places.lowest_low,
  places.lowest_high,
  places.highest,
  places.highest_low,
  places.highest_high,
  places.chosen,
  places.chosen_low,
  places.chosen_high,
  places.spread_ratio,
  places.spread_ratio_low,
  places.spread_ratio_high,
  places.is_within_reported,
  places.lowest_claim_id,
  places.highest_claim_id,
  places.chosen_claim_id
FROM (
WITH stated AS (
  SELECT
    claim.subject_kind AS place_kind,
    placed.place_id,
    average_scope(claim.boundary) AS scope,
    placed.run_year,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    claim.boundary,
    placed.intensity_source_id AS source_id,
    placed.intensity_match,
    placed.is_preferred
  FROM place_intensity AS placed
  JOIN usable_claims AS claim
    ON claim.claim_id = placed.place_grid_intensity_g_per_kwh_claim_id
  WHERE
    placed.intensity_match IN ('same year', 'undated')
), lowest AS (
  SELECT
    stated.place_id,
    stated.place_kind,
    stated.scope,
    stated.run_year,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id,
    stated.intensity_match
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.place_id, stated.scope, stated.run_year
      ORDER BY stated.value, stated.claim_id
    ) = 1
), highest AS (
  SELECT
    stated.place_id,
    stated.place_kind,
    stated.scope,
    stated.run_year,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id,
    stated.intensity_match
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.place_id, stated.scope, stated.run_year
      ORDER BY stated.value DESC, stated.claim_id DESC
    ) = 1
), first_choice AS (
  SELECT
    stated.place_id,
    stated.place_kind,
    stated.scope,
    stated.run_year,
    stated.claim_id,
    stated.low,
    stated.value,
    stated.high,
    stated.source_id,
    stated.intensity_match,
    stated.boundary
  FROM stated AS stated
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY stated.place_id, stated.scope, stated.run_year
      ORDER BY stated.is_preferred DESC, match_order(stated.intensity_match), average_order(stated.boundary), stated.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'disagreement',
      COALESCE(CAST(lowest.place_kind AS TEXT), ''),
      COALESCE(CAST(lowest.place_id AS TEXT), ''),
      COALESCE(CAST('grid_intensity' AS TEXT), ''),
      COALESCE(CAST('' AS TEXT), ''),
      COALESCE(CAST(lowest.scope AS TEXT), ''),
      COALESCE(CAST(whole_year(lowest.run_year) AS TEXT), '')
    )
  ) AS row_id,
  'places' AS branch,
  lowest.place_kind AS subject_kind,
  lowest.place_id AS subject_id,
  'grid_intensity' AS quantity,
  '' AS qualifier,
  lowest.scope,
  whole_year(lowest.run_year) AS period,
  CASE
    WHEN lowest.intensity_match = 'undated'
    THEN 'lowest undated'
    WHEN highest.intensity_match = 'undated'
    THEN 'highest undated'
    ELSE 'same period'
  END AS period_match,
  lowest.source_id AS lowest_source_id,
  highest.source_id AS highest_source_id,
  first_choice.source_id AS chosen_source_id,
  'same year, ' || average_kind(first_choice.boundary) AS chosen_because,
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
  agree_as_reported(
    lowest.value,
    lowest.high,
    lower.reported_text,
    highest.value,
    highest.low,
    higher.reported_text
  ) AS is_within_reported,
  lowest.claim_id AS lowest_claim_id,
  highest.claim_id AS highest_claim_id,
  first_choice.claim_id AS chosen_claim_id
FROM lowest AS lowest
JOIN highest AS highest
  ON highest.place_id = lowest.place_id
  AND highest.scope = lowest.scope
  AND highest.run_year = lowest.run_year
JOIN first_choice AS first_choice
  ON first_choice.place_id = lowest.place_id
  AND first_choice.scope = lowest.scope
  AND first_choice.run_year = lowest.run_year
JOIN claim AS lower
  ON lower.claim_id = lowest.claim_id
JOIN claim AS higher
  ON higher.claim_id = highest.claim_id
WHERE
  highest.value > lowest.value
  AND lowest.value > 0
  AND first_choice.intensity_match = 'same year'
) AS places
