SELECT
  with_pue.estimate_by_region_id,
  with_pue.branch,
  with_pue.run_id,
  with_pue.model_id,
  with_pue.method,
  with_pue.is_headline,
  with_pue.is_own,
  with_pue.region_id,
  with_pue.region_name,
  with_pue.provider_id,
  with_pue.is_own_region,
  with_pue.intensity_source_id,
  with_pue.is_preferred,
  with_pue.pue_basis,
  with_pue.pue_match,
  with_pue.intensity_boundary,
  with_pue.intensity_match,
  with_pue.it_energy_kwh,
  with_pue.it_energy_kwh_low,
  with_pue.it_energy_kwh_high,
  with_pue.pue,
  with_pue.pue_low,
  with_pue.pue_high,
  with_pue.energy_kwh,
  with_pue.energy_kwh_low,
  with_pue.energy_kwh_high,
  with_pue.grid_intensity_g_per_kwh,
  with_pue.grid_intensity_g_per_kwh_low,
  with_pue.grid_intensity_g_per_kwh_high,
  with_pue.emissions_tco2e,
  with_pue.emissions_tco2e_low,
  with_pue.emissions_tco2e_high,
  with_pue.energy_row_id,
  with_pue.pue_claim_id,
  with_pue.grid_intensity_g_per_kwh_claim_id
FROM (
WITH energy AS (
  SELECT
    estimate.run_id,
    estimate.model_id,
    estimate.method,
    estimate.is_headline,
    run.run_year,
    run.is_own,
    run.provider_id,
    run.region_id AS own_region_id,
    estimate.it_energy_kwh AS run_it_energy_kwh,
    estimate.it_energy_kwh_low AS run_it_energy_kwh_low,
    estimate.it_energy_kwh_high AS run_it_energy_kwh_high,
    estimate.run_energy_id AS estimate_row_id
  FROM run_energy AS estimate
  JOIN training_runs AS run
    ON run.run_id = estimate.run_id
  WHERE
    NOT estimate.it_energy_kwh IS NULL
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates_by_region',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      COALESCE(CAST(region.place_id AS TEXT), ''),
      COALESCE(CAST(intensity.intensity_source_id AS TEXT), '')
    )
  ) AS estimate_by_region_id,
  'with_pue' AS branch,
  energy.run_id,
  energy.model_id,
  energy.method,
  energy.is_headline,
  energy.is_own,
  region.place_id AS region_id,
  region.place_name AS region_name,
  region.provider_id,
  COALESCE(region.place_id = energy.own_region_id, FALSE) AS is_own_region,
  intensity.intensity_source_id,
  intensity.is_preferred,
  overhead.pue_basis,
  overhead.pue_match,
  intensity.intensity_boundary,
  intensity.intensity_match,
  energy.run_it_energy_kwh AS it_energy_kwh,
  energy.run_it_energy_kwh_low AS it_energy_kwh_low,
  energy.run_it_energy_kwh_high AS it_energy_kwh_high,
  overhead.place_pue AS pue,
  overhead.place_pue_low AS pue_low,
  overhead.place_pue_high AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  intensity.place_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  intensity.place_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  energy.estimate_row_id AS energy_row_id,
  overhead.place_pue_claim_id AS pue_claim_id,
  intensity.place_grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM energy AS energy
JOIN places AS region
  ON region.place_kind = 'region'
  AND (
    energy.provider_id = region.provider_id
    OR (
      energy.provider_id IS NULL AND energy.is_headline
    )
  )
JOIN place_intensity AS intensity
  ON intensity.place_id = region.place_id
  AND intensity.run_year = energy.run_year
  AND (
    NOT energy.provider_id IS NULL OR intensity.is_preferred
  )
JOIN place_pue AS overhead
  ON overhead.place_id = region.place_id AND overhead.run_year = energy.run_year
) AS with_pue
UNION ALL
SELECT
  without_pue.estimate_by_region_id,
  without_pue.branch,
  without_pue.run_id,
  without_pue.model_id,
  without_pue.method,
  without_pue.is_headline,
  without_pue.is_own,
  without_pue.region_id,
  without_pue.region_name,
  without_pue.provider_id,
  without_pue.is_own_region,
  without_pue.intensity_source_id,
  without_pue.is_preferred,
  without_pue.pue_basis,
  without_pue.pue_match,
  without_pue.intensity_boundary,
  without_pue.intensity_match,
  CAST(NULL AS DOUBLE) AS it_energy_kwh,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_high,
  CAST(NULL AS DOUBLE) AS pue,
  CAST(NULL AS DOUBLE) AS pue_low,
  CAST(NULL AS DOUBLE) AS pue_high,
  without_pue.energy_kwh,
  without_pue.energy_kwh_low,
  without_pue.energy_kwh_high,
  without_pue.grid_intensity_g_per_kwh,
  without_pue.grid_intensity_g_per_kwh_low,
  without_pue.grid_intensity_g_per_kwh_high,
  without_pue.emissions_tco2e,
  without_pue.emissions_tco2e_low,
  without_pue.emissions_tco2e_high,
  without_pue.energy_row_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  without_pue.grid_intensity_g_per_kwh_claim_id
FROM (
WITH energy AS (
  SELECT
    estimate.run_id,
    estimate.model_id,
    estimate.method,
    estimate.is_headline,
    run.run_year,
    run.is_own,
    run.provider_id,
    run.region_id AS own_region_id,
    estimate.facility_energy_kwh AS run_energy_kwh,
    estimate.facility_energy_kwh_low AS run_energy_kwh_low,
    estimate.facility_energy_kwh_high AS run_energy_kwh_high,
    estimate.run_energy_id AS estimate_row_id
  FROM run_energy AS estimate
  JOIN training_runs AS run
    ON run.run_id = estimate.run_id
  WHERE
    estimate.it_energy_kwh IS NULL
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates_by_region',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      COALESCE(CAST(region.place_id AS TEXT), ''),
      COALESCE(CAST(intensity.intensity_source_id AS TEXT), '')
    )
  ) AS estimate_by_region_id,
  'without_pue' AS branch,
  energy.run_id,
  energy.model_id,
  energy.method,
  energy.is_headline,
  energy.is_own,
  region.place_id AS region_id,
  region.place_name AS region_name,
  region.provider_id,
  COALESCE(region.place_id = energy.own_region_id, FALSE) AS is_own_region,
  intensity.intensity_source_id,
  intensity.is_preferred,
  'in the energy' AS pue_basis,
  'the run' AS pue_match,
  intensity.intensity_boundary,
  intensity.intensity_match,
  energy.run_energy_kwh AS energy_kwh,
  energy.run_energy_kwh_low AS energy_kwh_low,
  energy.run_energy_kwh_high AS energy_kwh_high,
  intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  intensity.place_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  intensity.place_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  energy.estimate_row_id AS energy_row_id,
  intensity.place_grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM energy AS energy
JOIN places AS region
  ON region.place_kind = 'region'
  AND (
    energy.provider_id = region.provider_id
    OR (
      energy.provider_id IS NULL AND energy.is_headline
    )
  )
JOIN place_intensity AS intensity
  ON intensity.place_id = region.place_id
  AND intensity.run_year = energy.run_year
  AND (
    NOT energy.provider_id IS NULL OR intensity.is_preferred
  )
) AS without_pue
