SELECT
  emissions.row_id,
  emissions.branch,
  emissions.published_id,
  emissions.published,
  emissions.published_low,
  emissions.published_high,
  emissions.recomputed,
  emissions.recomputed_low,
  emissions.recomputed_high,
  emissions.published_claim_id,
  emissions.accelerator_count_claim_id,
  emissions.accelerators_per_server_claim_id,
  emissions.server_power_w_claim_id,
  emissions.training_duration_h_claim_id,
  emissions.pue_claim_id,
  emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(
      audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
    ) * audit.pue * audit.grid_intensity_g_per_kwh
  ) AS recomputed,
  tonnes(
    kwh(
      audit.accelerator_count_low / audit.accelerators_per_server_high * audit.server_power_w_low * audit.training_duration_h_low
    ) * audit.pue_low * audit.grid_intensity_g_per_kwh_low
  ) AS recomputed_low,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_low * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'emissions'
) AS emissions
UNION ALL
SELECT
  emissions_headline.row_id,
  emissions_headline.branch,
  emissions_headline.published_id,
  emissions_headline.published,
  emissions_headline.published_low,
  emissions_headline.published_high,
  emissions_headline.recomputed,
  emissions_headline.recomputed_low,
  emissions_headline.recomputed_high,
  emissions_headline.published_claim_id,
  emissions_headline.accelerator_count_claim_id,
  emissions_headline.accelerators_per_server_claim_id,
  emissions_headline.server_power_w_claim_id,
  emissions_headline.training_duration_h_claim_id,
  emissions_headline.pue_claim_id,
  emissions_headline.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'emissions_headline' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_low,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'emissions_headline'
) AS emissions_headline
UNION ALL
SELECT
  energy_ratio.row_id,
  energy_ratio.branch,
  energy_ratio.published_id,
  energy_ratio.published,
  energy_ratio.published_low,
  energy_ratio.published_high,
  energy_ratio.recomputed,
  energy_ratio.recomputed_low,
  energy_ratio.recomputed_high,
  energy_ratio.published_claim_id,
  energy_ratio.accelerator_count_claim_id,
  energy_ratio.accelerators_per_server_claim_id,
  energy_ratio.server_power_w_claim_id,
  energy_ratio.training_duration_h_claim_id,
  energy_ratio.pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  energy_ratio.quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'energy_ratio' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(
    audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
  ) * audit.pue / audit.quoted_energy_kwh AS recomputed,
  kwh(
    audit.accelerator_count_low / audit.accelerators_per_server_high * audit.server_power_w_low * audit.training_duration_h_low
  ) * audit.pue_low / audit.quoted_energy_kwh_high AS recomputed_low,
  kwh(
    audit.accelerator_count_high / audit.accelerators_per_server_low * audit.server_power_w_high * audit.training_duration_h_high
  ) * audit.pue_high / audit.quoted_energy_kwh_low AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.quoted_energy_kwh_claim_id AS quoted_energy_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'energy_ratio'
) AS energy_ratio
UNION ALL
SELECT
  facility_energy.row_id,
  facility_energy.branch,
  facility_energy.published_id,
  facility_energy.published,
  facility_energy.published_low,
  facility_energy.published_high,
  facility_energy.recomputed,
  facility_energy.recomputed_low,
  facility_energy.recomputed_high,
  facility_energy.published_claim_id,
  facility_energy.accelerator_count_claim_id,
  facility_energy.accelerators_per_server_claim_id,
  facility_energy.server_power_w_claim_id,
  facility_energy.training_duration_h_claim_id,
  facility_energy.pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'facility_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(
    audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
  ) * audit.pue AS recomputed,
  kwh(
    audit.accelerator_count_low / audit.accelerators_per_server_high * audit.server_power_w_low * audit.training_duration_h_low
  ) * audit.pue_low AS recomputed_low,
  kwh(
    audit.accelerator_count_high / audit.accelerators_per_server_low * audit.server_power_w_high * audit.training_duration_h_high
  ) * audit.pue_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'facility_energy'
) AS facility_energy
UNION ALL
SELECT
  hours.row_id,
  hours.branch,
  hours.published_id,
  hours.published,
  hours.published_low,
  hours.published_high,
  hours.recomputed,
  hours.recomputed_low,
  hours.recomputed_high,
  hours.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  hours.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'hours' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.training_duration_h AS recomputed,
  audit.training_duration_h_low AS recomputed_low,
  audit.training_duration_h_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.training_duration_h_claim_id AS recomputed_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'hours'
) AS hours
UNION ALL
SELECT
  intensity_ratio.row_id,
  intensity_ratio.branch,
  intensity_ratio.published_id,
  intensity_ratio.published,
  intensity_ratio.published_low,
  intensity_ratio.published_high,
  intensity_ratio.recomputed,
  intensity_ratio.recomputed_low,
  intensity_ratio.recomputed_high,
  intensity_ratio.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  intensity_ratio.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  intensity_ratio.other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'intensity_ratio' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.other_grid_intensity_g_per_kwh / audit.grid_intensity_g_per_kwh AS recomputed,
  audit.other_grid_intensity_g_per_kwh_low / audit.grid_intensity_g_per_kwh_high AS recomputed_low,
  audit.other_grid_intensity_g_per_kwh_high / audit.grid_intensity_g_per_kwh_low AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.other_grid_intensity_g_per_kwh_claim_id AS other_grid_intensity_g_per_kwh_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'intensity_ratio'
) AS intensity_ratio
UNION ALL
SELECT
  it_energy.row_id,
  it_energy.branch,
  it_energy.published_id,
  it_energy.published,
  it_energy.published_low,
  it_energy.published_high,
  it_energy.recomputed,
  it_energy.recomputed_low,
  it_energy.recomputed_high,
  it_energy.published_claim_id,
  it_energy.accelerator_count_claim_id,
  it_energy.accelerators_per_server_claim_id,
  it_energy.server_power_w_claim_id,
  it_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'it_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(
    audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
  ) AS recomputed,
  kwh(
    audit.accelerator_count_low / audit.accelerators_per_server_high * audit.server_power_w_low * audit.training_duration_h_low
  ) AS recomputed_low,
  kwh(
    audit.accelerator_count_high / audit.accelerators_per_server_low * audit.server_power_w_high * audit.training_duration_h_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'it_energy'
) AS it_energy
UNION ALL
SELECT
  lowest_intensity.row_id,
  lowest_intensity.branch,
  lowest_intensity.published_id,
  lowest_intensity.published,
  lowest_intensity.published_low,
  lowest_intensity.published_high,
  lowest_intensity.recomputed,
  lowest_intensity.recomputed_low,
  lowest_intensity.recomputed_high,
  lowest_intensity.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  lowest_intensity.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  lowest_intensity.found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
WITH regions_of AS (
  SELECT
    audit.published_id,
    claim.subject_id AS region_id,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high
  FROM audit_cases AS audit
  JOIN places AS place
    ON place.provider_id = audit.provider_id AND place.place_kind = 'region'
  JOIN usable_claims AS claim
    ON claim.subject_kind = 'region'
    AND claim.subject_id = place.place_id
    AND claim.quantity = 'grid_intensity'
    AND claim.source_id = 'mlco2_impact'
  JOIN regions AS region
    ON region.region_id = place.place_id
    AND (
      audit.country IS NULL OR region.country = audit.country
    )
  WHERE
    audit.audit_formula = 'lowest_intensity'
), lowest AS (
  SELECT
    region.published_id,
    region.region_id,
    region.claim_id,
    region.low,
    region.value,
    region.high
  FROM regions_of AS region
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY region.published_id ORDER BY region.value, region.region_id) = 1
)
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'lowest_intensity' AS branch,
  audit.published_id,
  lowest.region_id AS found_region_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  lowest.value AS recomputed,
  lowest.low AS recomputed_low,
  lowest.high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  lowest.claim_id AS recomputed_claim_id
FROM audit_cases AS audit
JOIN lowest AS lowest
  ON lowest.published_id = audit.published_id
) AS lowest_intensity
UNION ALL
SELECT
  people_equivalent.row_id,
  people_equivalent.branch,
  people_equivalent.published_id,
  people_equivalent.published,
  people_equivalent.published_low,
  people_equivalent.published_high,
  people_equivalent.recomputed,
  people_equivalent.recomputed_low,
  people_equivalent.recomputed_high,
  people_equivalent.published_claim_id,
  people_equivalent.accelerator_count_claim_id,
  people_equivalent.accelerators_per_server_claim_id,
  people_equivalent.server_power_w_claim_id,
  people_equivalent.training_duration_h_claim_id,
  people_equivalent.pue_claim_id,
  people_equivalent.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  people_equivalent.emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'people_equivalent' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.emissions_per_capita_tco2e_high AS recomputed,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.emissions_per_capita_tco2e_high AS recomputed_low,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.emissions_per_capita_tco2e_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id,
  audit.emissions_per_capita_tco2e_claim_id AS emissions_per_capita_tco2e_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'people_equivalent'
) AS people_equivalent
UNION ALL
SELECT
  quoted_energy.row_id,
  quoted_energy.branch,
  quoted_energy.published_id,
  quoted_energy.published,
  quoted_energy.published_low,
  quoted_energy.published_high,
  quoted_energy.recomputed,
  quoted_energy.recomputed_low,
  quoted_energy.recomputed_high,
  quoted_energy.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  quoted_energy.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'quoted_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.quoted_energy_kwh AS recomputed,
  audit.quoted_energy_kwh_low AS recomputed_low,
  audit.quoted_energy_kwh_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_energy_kwh_claim_id AS recomputed_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'quoted_energy'
) AS quoted_energy
UNION ALL
SELECT
  server_energy.row_id,
  server_energy.branch,
  server_energy.published_id,
  server_energy.published,
  server_energy.published_low,
  server_energy.published_high,
  server_energy.recomputed,
  server_energy.recomputed_low,
  server_energy.recomputed_high,
  server_energy.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  server_energy.server_power_w_claim_id,
  server_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'server_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.server_power_w * audit.training_duration_h) AS recomputed,
  kwh(audit.server_power_w_low * audit.training_duration_h_low) AS recomputed_low,
  kwh(audit.server_power_w_high * audit.training_duration_h_high) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'server_energy'
) AS server_energy
UNION ALL
SELECT
  servers.row_id,
  servers.branch,
  servers.published_id,
  servers.published,
  servers.published_low,
  servers.published_high,
  servers.recomputed,
  servers.recomputed_low,
  servers.recomputed_high,
  servers.published_claim_id,
  servers.accelerator_count_claim_id,
  servers.accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'servers' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.accelerator_count / audit.accelerators_per_server AS recomputed,
  audit.accelerator_count_low / audit.accelerators_per_server_high AS recomputed_low,
  audit.accelerator_count_high / audit.accelerators_per_server_low AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'servers'
) AS servers
UNION ALL
SELECT
  world_share.row_id,
  world_share.branch,
  world_share.published_id,
  world_share.published,
  world_share.published_low,
  world_share.published_high,
  world_share.recomputed,
  world_share.recomputed_low,
  world_share.recomputed_high,
  world_share.published_claim_id,
  world_share.accelerator_count_claim_id,
  world_share.accelerators_per_server_claim_id,
  world_share.server_power_w_claim_id,
  world_share.training_duration_h_claim_id,
  world_share.pue_claim_id,
  world_share.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  world_share.world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'world_share' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.world_emissions_tco2e_high AS recomputed,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.world_emissions_tco2e_high AS recomputed_low,
  tonnes(
    kwh(
      audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
    ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) / audit.world_emissions_tco2e_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  audit.server_power_w_claim_id AS server_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id,
  audit.world_emissions_tco2e_claim_id AS world_emissions_tco2e_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'world_share'
) AS world_share
