SELECT
  models.comparison_id,
  models.branch,
  models.run_id,
  models.model_id,
  models.other_run_id,
  models.other_model_id,
  models.method,
  models.other_method,
  models.region_id,
  models.other_region_id,
  models.intensity_source_id,
  models.energy_ratio,
  models.energy_ratio_low,
  models.energy_ratio_high,
  models.estimate_row_id,
  models.other_row_id,
  CAST(NULL AS DOUBLE) AS emissions_ratio,
  CAST(NULL AS DOUBLE) AS emissions_ratio_low,
  CAST(NULL AS DOUBLE) AS emissions_ratio_high,
  CAST(NULL AS BIGINT) AS place_row_id,
  CAST(NULL AS BIGINT) AS place_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS lowest_row_id,
  CAST(NULL AS BIGINT) AS lowest_grid_intensity_g_per_kwh_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'comparisons',
      'models',
      COALESCE(CAST(estimate.run_id AS TEXT), ''),
      COALESCE(CAST(other.run_id AS TEXT), ''),
      COALESCE(CAST(NULL AS TEXT), ''),
      COALESCE(CAST(NULL AS TEXT), '')
    )
  ) AS comparison_id,
  'models' AS branch,
  estimate.run_id,
  estimate.model_id,
  other.run_id AS other_run_id,
  other.model_id AS other_model_id,
  estimate.method,
  other.method AS other_method,
  CAST(NULL AS TEXT) AS region_id,
  CAST(NULL AS TEXT) AS other_region_id,
  CAST(NULL AS TEXT) AS intensity_source_id,
  estimate.energy_kwh / other.energy_kwh AS energy_ratio,
  estimate.energy_kwh_low / other.energy_kwh_high AS energy_ratio_low,
  estimate.energy_kwh_high / other.energy_kwh_low AS energy_ratio_high,
  estimate.estimate_id AS estimate_row_id,
  other.estimate_id AS other_row_id
FROM estimates AS estimate
JOIN estimates AS other
  ON other.run_id <> estimate.run_id
  AND other.method = 'disclosed'
  AND other.is_headline
WHERE
  estimate.is_headline
  AND NOT estimate.energy_kwh IS NULL
  AND NOT other.energy_kwh IS NULL
  AND NOT (
    COALESCE(estimate.pue_claim_id = other.pue_claim_id, FALSE)
    AND estimate.pue_low < estimate.pue_high
  )
) AS models
UNION ALL
SELECT
  regions.comparison_id,
  regions.branch,
  regions.run_id,
  regions.model_id,
  regions.other_run_id,
  regions.other_model_id,
  regions.method,
  regions.other_method,
  regions.region_id,
  regions.other_region_id,
  regions.intensity_source_id,
  CAST(NULL AS DOUBLE) AS energy_ratio,
  CAST(NULL AS DOUBLE) AS energy_ratio_low,
  CAST(NULL AS DOUBLE) AS energy_ratio_high,
  CAST(NULL AS BIGINT) AS estimate_row_id,
  CAST(NULL AS BIGINT) AS other_row_id,
  regions.emissions_ratio,
  regions.emissions_ratio_low,
  regions.emissions_ratio_high,
  regions.place_row_id,
  regions.place_grid_intensity_g_per_kwh_claim_id,
  regions.lowest_row_id,
  regions.lowest_grid_intensity_g_per_kwh_claim_id
FROM (
WITH places AS (
  SELECT
    place.run_id,
    place.model_id,
    place.method,
    place.region_id,
    place.intensity_source_id,
    place.provider_id,
    place.pue,
    place.grid_intensity_g_per_kwh,
    place.pue_low AS pue_low,
    place.pue_high AS pue_high,
    place.estimate_by_region_id AS place_row_id,
    place.grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
    place.grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
    place.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
  FROM estimates_by_region AS place
  WHERE
    place.is_headline AND place.grid_intensity_g_per_kwh > 0 AND NOT place.pue IS NULL
), lowest AS (
  SELECT
    place.run_id,
    place.region_id,
    place.intensity_source_id,
    place.provider_id,
    place.pue,
    place.grid_intensity_g_per_kwh,
    place.pue_low AS pue_low,
    place.pue_high AS pue_high,
    place.place_row_id AS place_row_id,
    place.grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
    place.grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
    place.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
  FROM places AS place
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY place.run_id, place.provider_id, place.intensity_source_id
      ORDER BY place.pue * place.grid_intensity_g_per_kwh, place.region_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'comparisons',
      'regions',
      COALESCE(CAST(place.run_id AS TEXT), ''),
      COALESCE(CAST(place.run_id AS TEXT), ''),
      COALESCE(CAST(place.region_id AS TEXT), ''),
      COALESCE(CAST(place.intensity_source_id AS TEXT), '')
    )
  ) AS comparison_id,
  'regions' AS branch,
  place.run_id,
  place.model_id,
  place.run_id AS other_run_id,
  place.model_id AS other_model_id,
  place.method,
  place.method AS other_method,
  place.region_id,
  lowest.region_id AS other_region_id,
  place.intensity_source_id,
  place.pue * place.grid_intensity_g_per_kwh / (
    lowest.pue * lowest.grid_intensity_g_per_kwh
  ) AS emissions_ratio,
  place.pue_low * place.grid_intensity_g_per_kwh_low / (
    lowest.pue_high * lowest.grid_intensity_g_per_kwh_high
  ) AS emissions_ratio_low,
  place.pue_high * place.grid_intensity_g_per_kwh_high / (
    lowest.pue_low * lowest.grid_intensity_g_per_kwh_low
  ) AS emissions_ratio_high,
  place.place_row_id AS place_row_id,
  place.grid_intensity_g_per_kwh_claim_id AS place_grid_intensity_g_per_kwh_claim_id,
  lowest.place_row_id AS lowest_row_id,
  lowest.grid_intensity_g_per_kwh_claim_id AS lowest_grid_intensity_g_per_kwh_claim_id
FROM places AS place
JOIN lowest AS lowest
  ON lowest.run_id = place.run_id
  AND lowest.provider_id = place.provider_id
  AND lowest.intensity_source_id = place.intensity_source_id
  AND lowest.region_id <> place.region_id
) AS regions
