WITH candidates AS (
  SELECT
    claim.subject_id AS place_id,
    year.run_year,
    claim.source_id AS intensity_source_id,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    claim.boundary AS intensity_boundary,
    period_match(claim.period_start, claim.period_end, year.run_year) AS intensity_match,
    period_distance(claim.period_start, claim.period_end, year.run_year) AS distance,
    claim.rank
  FROM usable_claims AS claim
  JOIN run_years AS year
    ON NOT year.run_year IS NULL
  WHERE
    claim.quantity = 'grid_intensity'
    AND claim.subject_kind IN ('region', 'country', 'world')
    AND is_location_average(claim.boundary)
), nearest AS (
  SELECT
    candidates.place_id,
    candidates.run_year,
    candidates.intensity_source_id,
    candidates.claim_id,
    candidates.low,
    candidates.value,
    candidates.high,
    candidates.intensity_boundary,
    candidates.intensity_match,
    candidates.distance
  FROM candidates AS candidates
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY candidates.place_id, candidates.run_year, candidates.intensity_source_id
      ORDER BY rank_order(candidates.rank), match_order(candidates.intensity_match), candidates.distance, average_order(candidates.intensity_boundary), candidates.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'place_intensity',
      COALESCE(CAST(nearest.place_id AS TEXT), ''),
      COALESCE(CAST(nearest.run_year AS TEXT), ''),
      COALESCE(CAST(nearest.intensity_source_id AS TEXT), '')
    )
  ) AS row_id,
  nearest.place_id,
  nearest.run_year,
  nearest.intensity_source_id,
  nearest.value AS place_grid_intensity_g_per_kwh,
  nearest.low AS place_grid_intensity_g_per_kwh_low,
  nearest.high AS place_grid_intensity_g_per_kwh_high,
  nearest.intensity_boundary,
  nearest.intensity_match,
  ROW_NUMBER() OVER (
    PARTITION BY nearest.place_id, nearest.run_year
    ORDER BY match_order(nearest.intensity_match), nearest.distance, average_order(nearest.intensity_boundary), nearest.claim_id
  ) = 1 AS is_preferred,
  nearest.claim_id AS place_grid_intensity_g_per_kwh_claim_id
FROM nearest AS nearest
