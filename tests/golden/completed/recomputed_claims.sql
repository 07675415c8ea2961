SELECT
  accelerator_energy.row_id,
  accelerator_energy.branch,
  accelerator_energy.published_id,
  accelerator_energy.published,
  accelerator_energy.published_low,
  accelerator_energy.published_high,
  accelerator_energy.recomputed,
  accelerator_energy.recomputed_low,
  accelerator_energy.recomputed_high,
  accelerator_energy.published_claim_id,
  accelerator_energy.accelerator_count_claim_id,
  accelerator_energy.accelerator_power_w_claim_id,
  accelerator_energy.training_duration_h_claim_id,
  accelerator_energy.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) * audit.pue AS recomputed,
  kwh(
    audit.accelerator_count_low * audit.accelerator_power_w_low * audit.training_duration_h_low
  ) * audit.pue_low AS recomputed_low,
  kwh(
    audit.accelerator_count_high * audit.accelerator_power_w_high * audit.training_duration_h_high
  ) * audit.pue_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.pue_claim_id AS pue_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_energy'
) AS accelerator_energy
UNION ALL
SELECT
  accelerator_hours.row_id,
  accelerator_hours.branch,
  accelerator_hours.published_id,
  accelerator_hours.published,
  accelerator_hours.published_low,
  accelerator_hours.published_high,
  accelerator_hours.recomputed,
  accelerator_hours.recomputed_low,
  accelerator_hours.recomputed_high,
  accelerator_hours.published_claim_id,
  accelerator_hours.accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  accelerator_hours.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_hours' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.accelerator_count * audit.training_duration_h AS recomputed,
  audit.accelerator_count_low * audit.training_duration_h_low AS recomputed_low,
  audit.accelerator_count_high * audit.training_duration_h_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_hours'
) AS accelerator_hours
UNION ALL
SELECT
  accelerator_hours_emissions.row_id,
  accelerator_hours_emissions.branch,
  accelerator_hours_emissions.published_id,
  accelerator_hours_emissions.published,
  accelerator_hours_emissions.published_low,
  accelerator_hours_emissions.published_high,
  accelerator_hours_emissions.recomputed,
  accelerator_hours_emissions.recomputed_low,
  accelerator_hours_emissions.recomputed_high,
  accelerator_hours_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  accelerator_hours_emissions.accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  accelerator_hours_emissions.pue_claim_id,
  accelerator_hours_emissions.accelerator_hours_h_claim_id,
  accelerator_hours_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_hours_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * audit.pue * audit.grid_intensity_g_per_kwh
  ) AS recomputed,
  tonnes(
    kwh(audit.accelerator_hours_h_low * audit.accelerator_power_w_low) * audit.pue_low * audit.grid_intensity_g_per_kwh_low
  ) AS recomputed_low,
  tonnes(
    kwh(audit.accelerator_hours_h_high * audit.accelerator_power_w_high) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_hours_emissions'
) AS accelerator_hours_emissions
UNION ALL
SELECT
  accelerator_hours_energy.row_id,
  accelerator_hours_energy.branch,
  accelerator_hours_energy.published_id,
  accelerator_hours_energy.published,
  accelerator_hours_energy.published_low,
  accelerator_hours_energy.published_high,
  accelerator_hours_energy.recomputed,
  accelerator_hours_energy.recomputed_low,
  accelerator_hours_energy.recomputed_high,
  accelerator_hours_energy.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  accelerator_hours_energy.accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  accelerator_hours_energy.pue_claim_id,
  accelerator_hours_energy.accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_hours_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * audit.pue AS recomputed,
  kwh(audit.accelerator_hours_h_low * audit.accelerator_power_w_low) * audit.pue_low AS recomputed_low,
  kwh(audit.accelerator_hours_h_high * audit.accelerator_power_w_high) * audit.pue_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.pue_claim_id AS pue_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_hours_energy'
) AS accelerator_hours_energy
UNION ALL
SELECT
  accelerator_hours_it_energy.row_id,
  accelerator_hours_it_energy.branch,
  accelerator_hours_it_energy.published_id,
  accelerator_hours_it_energy.published,
  accelerator_hours_it_energy.published_low,
  accelerator_hours_it_energy.published_high,
  accelerator_hours_it_energy.recomputed,
  accelerator_hours_it_energy.recomputed_low,
  accelerator_hours_it_energy.recomputed_high,
  accelerator_hours_it_energy.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  accelerator_hours_it_energy.accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  accelerator_hours_it_energy.accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_hours_it_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.accelerator_hours_h * audit.accelerator_power_w) AS recomputed,
  kwh(audit.accelerator_hours_h_low * audit.accelerator_power_w_low) AS recomputed_low,
  kwh(audit.accelerator_hours_h_high * audit.accelerator_power_w_high) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_hours_it_energy'
) AS accelerator_hours_it_energy
UNION ALL
SELECT
  accelerator_it_energy.row_id,
  accelerator_it_energy.branch,
  accelerator_it_energy.published_id,
  accelerator_it_energy.published,
  accelerator_it_energy.published_low,
  accelerator_it_energy.published_high,
  accelerator_it_energy.recomputed,
  accelerator_it_energy.recomputed_low,
  accelerator_it_energy.recomputed_high,
  accelerator_it_energy.published_claim_id,
  accelerator_it_energy.accelerator_count_claim_id,
  accelerator_it_energy.accelerator_power_w_claim_id,
  accelerator_it_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  accelerator_it_energy.implied_factor,
  accelerator_it_energy.implied_factor_low,
  accelerator_it_energy.implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'accelerator_it_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) AS recomputed,
  kwh(
    audit.accelerator_count_low * audit.accelerator_power_w_low * audit.training_duration_h_low
  ) AS recomputed_low,
  kwh(
    audit.accelerator_count_high * audit.accelerator_power_w_high * audit.training_duration_h_high
  ) AS recomputed_high,
  audit.published / kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) AS implied_factor,
  audit.published_low / kwh(
    audit.accelerator_count_high * audit.accelerator_power_w_high * audit.training_duration_h_high
  ) AS implied_factor_low,
  audit.published_high / kwh(
    audit.accelerator_count_low * audit.accelerator_power_w_low * audit.training_duration_h_low
  ) AS implied_factor_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'accelerator_it_energy'
) AS accelerator_it_energy
UNION ALL
SELECT
  duration.row_id,
  duration.branch,
  duration.published_id,
  duration.published,
  duration.published_low,
  duration.published_high,
  duration.recomputed,
  duration.recomputed_low,
  duration.recomputed_high,
  duration.published_claim_id,
  duration.accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  duration.accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'duration' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.accelerator_hours_h / audit.accelerator_count AS recomputed,
  audit.accelerator_hours_h_low / audit.accelerator_count_high AS recomputed_low,
  audit.accelerator_hours_h_high / audit.accelerator_count_low AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'duration'
) AS duration
UNION ALL
SELECT
  duration_from_energy.row_id,
  duration_from_energy.branch,
  duration_from_energy.published_id,
  duration_from_energy.published,
  duration_from_energy.published_low,
  duration_from_energy.published_high,
  duration_from_energy.recomputed,
  duration_from_energy.recomputed_low,
  duration_from_energy.recomputed_high,
  duration_from_energy.published_claim_id,
  duration_from_energy.accelerator_count_claim_id,
  duration_from_energy.accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  duration_from_energy.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  duration_from_energy.implied_factor,
  duration_from_energy.implied_factor_low,
  duration_from_energy.implied_factor_high,
  duration_from_energy.quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'duration_from_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  watt_hours(audit.quoted_energy_kwh) / (
    audit.accelerator_count * audit.accelerator_power_w * audit.pue
  ) AS recomputed,
  watt_hours(audit.quoted_energy_kwh_low) / (
    audit.accelerator_count_high * audit.accelerator_power_w_high * audit.pue_high
  ) AS recomputed_low,
  watt_hours(audit.quoted_energy_kwh_high) / (
    audit.accelerator_count_low * audit.accelerator_power_w_low * audit.pue_low
  ) AS recomputed_high,
  watt_hours(audit.quoted_energy_kwh) / (
    audit.accelerator_count * audit.accelerator_power_w * audit.pue
  ) / audit.published AS implied_factor,
  watt_hours(audit.quoted_energy_kwh_low) / (
    audit.accelerator_count_high * audit.accelerator_power_w_high * audit.pue_high
  ) / audit.published_high AS implied_factor_low,
  watt_hours(audit.quoted_energy_kwh_high) / (
    audit.accelerator_count_low * audit.accelerator_power_w_low * audit.pue_low
  ) / audit.published_low AS implied_factor_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_energy_kwh_claim_id AS quoted_energy_kwh_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.pue_claim_id AS pue_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'duration_from_energy'
) AS duration_from_energy
UNION ALL
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  emissions.training_duration_h_claim_id,
  emissions.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  emissions.accelerators_per_server_claim_id,
  emissions.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  emissions_headline.training_duration_h_claim_id,
  emissions_headline.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  emissions_headline.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  emissions_headline.accelerators_per_server_claim_id,
  emissions_headline.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  emissions_sum.row_id,
  emissions_sum.branch,
  emissions_sum.published_id,
  emissions_sum.published,
  emissions_sum.published_low,
  emissions_sum.published_high,
  emissions_sum.recomputed,
  emissions_sum.recomputed_low,
  emissions_sum.recomputed_high,
  emissions_sum.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  emissions_sum.quoted_emissions_tco2e_claim_id,
  emissions_sum.second_emissions_tco2e_claim_id,
  emissions_sum.third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'emissions_sum' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.quoted_emissions_tco2e + audit.second_emissions_tco2e + audit.third_emissions_tco2e AS recomputed,
  audit.quoted_emissions_tco2e_low + audit.second_emissions_tco2e_low + audit.third_emissions_tco2e_low AS recomputed_low,
  audit.quoted_emissions_tco2e_high + audit.second_emissions_tco2e_high + audit.third_emissions_tco2e_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_emissions_tco2e_claim_id AS quoted_emissions_tco2e_claim_id,
  audit.second_emissions_tco2e_claim_id AS second_emissions_tco2e_claim_id,
  audit.third_emissions_tco2e_claim_id AS third_emissions_tco2e_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'emissions_sum'
) AS emissions_sum
UNION ALL
SELECT
  emissions_with_pue.row_id,
  emissions_with_pue.branch,
  emissions_with_pue.published_id,
  emissions_with_pue.published,
  emissions_with_pue.published_low,
  emissions_with_pue.published_high,
  emissions_with_pue.recomputed,
  emissions_with_pue.recomputed_low,
  emissions_with_pue.recomputed_high,
  emissions_with_pue.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  emissions_with_pue.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  emissions_with_pue.quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'emissions_with_pue' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.quoted_emissions_tco2e * audit.pue AS recomputed,
  audit.quoted_emissions_tco2e_low * audit.pue_low AS recomputed_low,
  audit.quoted_emissions_tco2e_high * audit.pue_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_emissions_tco2e_claim_id AS quoted_emissions_tco2e_claim_id,
  audit.pue_claim_id AS pue_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'emissions_with_pue'
) AS emissions_with_pue
UNION ALL
SELECT
  energy_emissions.row_id,
  energy_emissions.branch,
  energy_emissions.published_id,
  energy_emissions.published,
  energy_emissions.published_low,
  energy_emissions.published_high,
  energy_emissions.recomputed,
  energy_emissions.recomputed_low,
  energy_emissions.recomputed_high,
  energy_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  energy_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  energy_emissions.quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'energy_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(audit.quoted_energy_kwh * audit.grid_intensity_g_per_kwh) AS recomputed,
  tonnes(audit.quoted_energy_kwh_low * audit.grid_intensity_g_per_kwh_low) AS recomputed_low,
  tonnes(audit.quoted_energy_kwh_high * audit.grid_intensity_g_per_kwh_high) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_energy_kwh_claim_id AS quoted_energy_kwh_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'energy_emissions'
) AS energy_emissions
UNION ALL
SELECT
  energy_pue_emissions.row_id,
  energy_pue_emissions.branch,
  energy_pue_emissions.published_id,
  energy_pue_emissions.published,
  energy_pue_emissions.published_low,
  energy_pue_emissions.published_high,
  energy_pue_emissions.recomputed,
  energy_pue_emissions.recomputed_low,
  energy_pue_emissions.recomputed_high,
  energy_pue_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  energy_pue_emissions.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  energy_pue_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  energy_pue_emissions.quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'energy_pue_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(audit.quoted_energy_kwh * audit.pue * audit.grid_intensity_g_per_kwh) AS recomputed,
  tonnes(audit.quoted_energy_kwh_low * audit.pue_low * audit.grid_intensity_g_per_kwh_low) AS recomputed_low,
  tonnes(
    audit.quoted_energy_kwh_high * audit.pue_high * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_energy_kwh_claim_id AS quoted_energy_kwh_claim_id,
  audit.pue_claim_id AS pue_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'energy_pue_emissions'
) AS energy_pue_emissions
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  energy_ratio.training_duration_h_claim_id,
  energy_ratio.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  energy_ratio.quoted_energy_kwh_claim_id,
  energy_ratio.accelerators_per_server_claim_id,
  energy_ratio.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  energy_without_power.row_id,
  energy_without_power.branch,
  energy_without_power.published_id,
  energy_without_power.published,
  energy_without_power.published_low,
  energy_without_power.published_high,
  CAST(NULL AS DOUBLE) AS recomputed,
  CAST(NULL AS DOUBLE) AS recomputed_low,
  CAST(NULL AS DOUBLE) AS recomputed_high,
  energy_without_power.published_claim_id,
  energy_without_power.accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  energy_without_power.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  energy_without_power.implied_factor,
  energy_without_power.implied_factor_low,
  energy_without_power.implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'energy_without_power' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  watt_hours(audit.published) / (
    audit.accelerator_count * audit.training_duration_h
  ) AS implied_factor,
  watt_hours(audit.published_low) / (
    audit.accelerator_count_high * audit.training_duration_h_high
  ) AS implied_factor_low,
  watt_hours(audit.published_high) / (
    audit.accelerator_count_low * audit.training_duration_h_low
  ) AS implied_factor_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'energy_without_power'
) AS energy_without_power
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  facility_energy.training_duration_h_claim_id,
  facility_energy.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  facility_energy.accelerators_per_server_claim_id,
  facility_energy.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  hours.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  hours_by_tokens.row_id,
  hours_by_tokens.branch,
  hours_by_tokens.published_id,
  hours_by_tokens.published,
  hours_by_tokens.published_low,
  hours_by_tokens.published_high,
  hours_by_tokens.recomputed,
  hours_by_tokens.recomputed_low,
  hours_by_tokens.recomputed_high,
  hours_by_tokens.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  hours_by_tokens.accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  hours_by_tokens.training_tokens_claim_id,
  hours_by_tokens.second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'hours_by_tokens' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.accelerator_hours_h * audit.training_tokens / audit.second_training_tokens AS recomputed,
  audit.accelerator_hours_h_low * audit.training_tokens_low / audit.second_training_tokens_high AS recomputed_low,
  audit.accelerator_hours_h_high * audit.training_tokens_high / audit.second_training_tokens_low AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.training_tokens_claim_id AS training_tokens_claim_id,
  audit.second_training_tokens_claim_id AS second_training_tokens_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'hours_by_tokens'
) AS hours_by_tokens
UNION ALL
SELECT
  hours_of_stages.row_id,
  hours_of_stages.branch,
  hours_of_stages.published_id,
  hours_of_stages.published,
  hours_of_stages.published_low,
  hours_of_stages.published_high,
  hours_of_stages.recomputed,
  hours_of_stages.recomputed_low,
  hours_of_stages.recomputed_high,
  hours_of_stages.published_claim_id,
  hours_of_stages.accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  hours_of_stages.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  hours_of_stages.accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  hours_of_stages.second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'hours_of_stages' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.accelerator_count * (
    audit.training_duration_h + audit.second_training_duration_h
  ) + audit.accelerator_hours_h AS recomputed,
  audit.accelerator_count_low * (
    audit.training_duration_h_low + audit.second_training_duration_h_low
  ) + audit.accelerator_hours_h_low AS recomputed_low,
  audit.accelerator_count_high * (
    audit.training_duration_h_high + audit.second_training_duration_h_high
  ) + audit.accelerator_hours_h_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.second_training_duration_h_claim_id AS second_training_duration_h_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'hours_of_stages'
) AS hours_of_stages
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  intensity_ratio.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  intensity_ratio.other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  it_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  it_energy.accelerators_per_server_claim_id,
  it_energy.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  lowest_intensity.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  lowest_intensity.found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  mlco2_emissions.row_id,
  mlco2_emissions.branch,
  mlco2_emissions.published_id,
  mlco2_emissions.published,
  mlco2_emissions.published_low,
  mlco2_emissions.published_high,
  mlco2_emissions.recomputed,
  mlco2_emissions.recomputed_low,
  mlco2_emissions.recomputed_high,
  mlco2_emissions.published_claim_id,
  mlco2_emissions.accelerator_count_claim_id,
  mlco2_emissions.accelerator_power_w_claim_id,
  mlco2_emissions.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  mlco2_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  mlco2_emissions.unrounded,
  mlco2_emissions.unrounded_low,
  mlco2_emissions.unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'mlco2_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) * mlco2_intensity(audit.grid_intensity_g_per_kwh)
  ) AS recomputed,
  tonnes(
    kwh(
      audit.accelerator_count_low * audit.accelerator_power_w_low * audit.training_duration_h_low
    ) * mlco2_intensity(audit.grid_intensity_g_per_kwh_low)
  ) AS recomputed_low,
  tonnes(
    kwh(
      audit.accelerator_count_high * audit.accelerator_power_w_high * audit.training_duration_h_high
    ) * mlco2_intensity(audit.grid_intensity_g_per_kwh_high)
  ) AS recomputed_high,
  tonnes(
    kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) * audit.grid_intensity_g_per_kwh
  ) AS unrounded,
  tonnes(
    kwh(
      audit.accelerator_count_low * audit.accelerator_power_w_low * audit.training_duration_h_low
    ) * audit.grid_intensity_g_per_kwh_low
  ) AS unrounded_low,
  tonnes(
    kwh(
      audit.accelerator_count_high * audit.accelerator_power_w_high * audit.training_duration_h_high
    ) * audit.grid_intensity_g_per_kwh_high
  ) AS unrounded_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_count_claim_id AS accelerator_count_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'mlco2_emissions'
) AS mlco2_emissions
UNION ALL
SELECT
  mlco2_hours_emissions.row_id,
  mlco2_hours_emissions.branch,
  mlco2_hours_emissions.published_id,
  mlco2_hours_emissions.published,
  mlco2_hours_emissions.published_low,
  mlco2_hours_emissions.published_high,
  mlco2_hours_emissions.recomputed,
  mlco2_hours_emissions.recomputed_low,
  mlco2_hours_emissions.recomputed_high,
  mlco2_hours_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  mlco2_hours_emissions.accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  mlco2_hours_emissions.accelerator_hours_h_claim_id,
  mlco2_hours_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  mlco2_hours_emissions.unrounded,
  mlco2_hours_emissions.unrounded_low,
  mlco2_hours_emissions.unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'mlco2_hours_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * mlco2_intensity(audit.grid_intensity_g_per_kwh)
  ) AS recomputed,
  tonnes(
    kwh(audit.accelerator_hours_h_low * audit.accelerator_power_w_low) * mlco2_intensity(audit.grid_intensity_g_per_kwh_low)
  ) AS recomputed_low,
  tonnes(
    kwh(audit.accelerator_hours_h_high * audit.accelerator_power_w_high) * mlco2_intensity(audit.grid_intensity_g_per_kwh_high)
  ) AS recomputed_high,
  tonnes(
    kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * audit.grid_intensity_g_per_kwh
  ) AS unrounded,
  tonnes(
    kwh(audit.accelerator_hours_h_low * audit.accelerator_power_w_low) * audit.grid_intensity_g_per_kwh_low
  ) AS unrounded_low,
  tonnes(
    kwh(audit.accelerator_hours_h_high * audit.accelerator_power_w_high) * audit.grid_intensity_g_per_kwh_high
  ) AS unrounded_high,
  audit.published_claim_id AS published_claim_id,
  audit.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  audit.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'mlco2_hours_emissions'
) AS mlco2_hours_emissions
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  people_equivalent.training_duration_h_claim_id,
  people_equivalent.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  people_equivalent.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  people_equivalent.accelerators_per_server_claim_id,
  people_equivalent.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  people_equivalent.emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  quoted_emissions.row_id,
  quoted_emissions.branch,
  quoted_emissions.published_id,
  quoted_emissions.published,
  quoted_emissions.published_low,
  quoted_emissions.published_high,
  quoted_emissions.recomputed,
  quoted_emissions.recomputed_low,
  quoted_emissions.recomputed_high,
  quoted_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  quoted_emissions.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'quoted_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  audit.quoted_emissions_tco2e AS recomputed,
  audit.quoted_emissions_tco2e_low AS recomputed_low,
  audit.quoted_emissions_tco2e_high AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.quoted_emissions_tco2e_claim_id AS recomputed_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'quoted_emissions'
) AS quoted_emissions
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  quoted_energy.recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  run_emissions.row_id,
  run_emissions.branch,
  run_emissions.published_id,
  run_emissions.published,
  run_emissions.published_low,
  run_emissions.published_high,
  run_emissions.recomputed,
  run_emissions.recomputed_low,
  run_emissions.recomputed_high,
  run_emissions.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  run_emissions.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  run_emissions.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  run_emissions.run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'run_emissions' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  tonnes(
    kwh(audit.run_power_w * audit.training_duration_h) * audit.grid_intensity_g_per_kwh
  ) AS recomputed,
  tonnes(
    kwh(audit.run_power_w_low * audit.training_duration_h_low) * audit.grid_intensity_g_per_kwh_low
  ) AS recomputed_low,
  tonnes(
    kwh(audit.run_power_w_high * audit.training_duration_h_high) * audit.grid_intensity_g_per_kwh_high
  ) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.run_power_w_claim_id AS run_power_w_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id,
  audit.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'run_emissions'
) AS run_emissions
UNION ALL
SELECT
  run_energy.row_id,
  run_energy.branch,
  run_energy.published_id,
  run_energy.published,
  run_energy.published_low,
  run_energy.published_high,
  run_energy.recomputed,
  run_energy.recomputed_low,
  run_energy.recomputed_high,
  run_energy.published_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  run_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  run_energy.run_power_w_claim_id,
  run_energy.load_ratio_claim_id,
  CAST(NULL AS BIGINT) AS world_emissions_tco2e_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS('|', 'recomputed_claims', COALESCE(CAST(audit.published_id AS TEXT), ''))
  ) AS row_id,
  'run_energy' AS branch,
  audit.published_id,
  audit.published,
  audit.published_low AS published_low,
  audit.published_high AS published_high,
  kwh(audit.run_power_w * audit.load_ratio * audit.training_duration_h) AS recomputed,
  kwh(audit.run_power_w_low * audit.load_ratio_low * audit.training_duration_h_low) AS recomputed_low,
  kwh(audit.run_power_w_high * audit.load_ratio_high * audit.training_duration_h_high) AS recomputed_high,
  audit.published_claim_id AS published_claim_id,
  audit.run_power_w_claim_id AS run_power_w_claim_id,
  audit.load_ratio_claim_id AS load_ratio_claim_id,
  audit.training_duration_h_claim_id AS training_duration_h_claim_id
FROM audit_cases AS audit
WHERE
  audit.audit_formula = 'run_energy'
) AS run_energy
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  server_energy.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  server_energy.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  servers.accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
  CAST(NULL AS BIGINT) AS accelerator_power_w_claim_id,
  world_share.training_duration_h_claim_id,
  world_share.pue_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id,
  world_share.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS implied_factor,
  CAST(NULL AS DOUBLE) AS implied_factor_low,
  CAST(NULL AS DOUBLE) AS implied_factor_high,
  CAST(NULL AS BIGINT) AS quoted_energy_kwh_claim_id,
  world_share.accelerators_per_server_claim_id,
  world_share.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS quoted_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS second_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS third_emissions_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS recomputed_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_tokens_claim_id,
  CAST(NULL AS BIGINT) AS second_training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS other_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS TEXT) AS found_region_id,
  CAST(NULL AS DOUBLE) AS unrounded,
  CAST(NULL AS DOUBLE) AS unrounded_low,
  CAST(NULL AS DOUBLE) AS unrounded_high,
  CAST(NULL AS BIGINT) AS emissions_per_capita_tco2e_claim_id,
  CAST(NULL AS BIGINT) AS run_power_w_claim_id,
  CAST(NULL AS BIGINT) AS load_ratio_claim_id,
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
