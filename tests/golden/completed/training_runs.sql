WITH facts AS (
  SELECT
    claim.subject_id AS run_id,
    BOOL_OR(CAST(claim.source_id = 'own_runs' AS BOOLEAN)) AS is_own,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'model' AND claim.scope = 'plain') AS model_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'accelerator' AND claim.scope = 'plain') AS accelerator_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'server' AND claim.scope = 'plain') AS stated_server_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'provider' AND claim.scope = 'plain') AS provider_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'region' AND claim.scope = 'plain') AS region_id,
    MAX(claim.basis) FILTER(WHERE
      claim.quantity = 'region' AND claim.scope = 'plain') AS region_basis,
    MAX(claim.flags) FILTER(WHERE
      claim.quantity = 'region' AND claim.scope = 'plain') AS region_flags,
    MAX(claim.basis) FILTER(WHERE
      claim.quantity = 'provider' AND claim.scope = 'plain') AS provider_basis,
    MAX(claim.period_start) FILTER(WHERE
      claim.quantity = 'trained_in' AND claim.scope = 'plain') AS trained_from,
    MAX(claim.period_end) FILTER(WHERE
      claim.quantity = 'trained_in' AND claim.scope = 'plain') AS trained_until,
    MAX(claim.period_end) FILTER(WHERE
      claim.quantity = 'released_on' AND claim.scope = 'plain') AS released_on,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.scope = 'plain') AS accelerator_count,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.scope = 'plain') AS training_duration_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.scope = 'plain') AS stated_accelerator_hours_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'average_power' AND claim.scope = 'plain') AS stated_average_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_compute' AND claim.scope = 'plain') AS training_compute_flop,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'hardware_utilization' AND claim.scope = 'plain') AS stated_hardware_utilization,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'parameters' AND claim.scope = 'plain') AS parameters,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.scope = 'plain') AS training_tokens,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'facility') AS stated_facility_energy_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'it') AS stated_it_energy_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'unstated') AS stated_other_energy_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.scope = 'plain') AS stated_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue,
    MAX(claim.basis) FILTER(WHERE
      claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue_basis,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_grid_intensity_g_per_kwh,
    MAX(claim.basis) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_intensity_basis,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'model' AND claim.scope = 'plain') AS model_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator' AND claim.scope = 'plain') AS accelerator_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'server' AND claim.scope = 'plain') AS stated_server_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'provider' AND claim.scope = 'plain') AS provider_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'region' AND claim.scope = 'plain') AS region_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.scope = 'plain') AS accelerator_count_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.scope = 'plain') AS accelerator_count_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.scope = 'plain') AS accelerator_count_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.scope = 'plain') AS training_duration_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.scope = 'plain') AS training_duration_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.scope = 'plain') AS training_duration_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.scope = 'plain') AS stated_accelerator_hours_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.scope = 'plain') AS stated_accelerator_hours_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.scope = 'plain') AS stated_accelerator_hours_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'average_power' AND claim.scope = 'plain') AS stated_average_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'average_power' AND claim.scope = 'plain') AS stated_average_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'average_power' AND claim.scope = 'plain') AS stated_average_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_compute' AND claim.scope = 'plain') AS training_compute_flop_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_compute' AND claim.scope = 'plain') AS training_compute_flop_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_compute' AND claim.scope = 'plain') AS training_compute_flop_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'hardware_utilization' AND claim.scope = 'plain') AS stated_hardware_utilization_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'hardware_utilization' AND claim.scope = 'plain') AS stated_hardware_utilization_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'hardware_utilization' AND claim.scope = 'plain') AS stated_hardware_utilization_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'parameters' AND claim.scope = 'plain') AS parameters_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'parameters' AND claim.scope = 'plain') AS parameters_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'parameters' AND claim.scope = 'plain') AS parameters_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.scope = 'plain') AS training_tokens_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.scope = 'plain') AS training_tokens_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.scope = 'plain') AS training_tokens_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'facility') AS stated_facility_energy_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'facility') AS stated_facility_energy_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'facility') AS stated_facility_energy_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'it') AS stated_it_energy_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'it') AS stated_it_energy_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'it') AS stated_it_energy_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'unstated') AS stated_other_energy_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'unstated') AS stated_other_energy_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'energy' AND claim.scope = 'unstated') AS stated_other_energy_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.scope = 'plain') AS stated_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.scope = 'plain') AS stated_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.scope = 'plain') AS stated_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_grid_intensity_g_per_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_grid_intensity_g_per_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_grid_intensity_g_per_kwh_claim_id
  FROM chosen_facts AS claim
  GROUP BY
    claim.subject_id
)
SELECT
  row_key(CONCAT_WS('|', 'training_runs', COALESCE(CAST(run.entity_id AS TEXT), ''))) AS row_id,
  run.entity_id AS run_id,
  run.name AS run_name,
  facts.is_own,
  facts.model_id,
  model.name AS model_name,
  model.part_of AS developer_id,
  facts.accelerator_id,
  facts.stated_server_id,
  facts.provider_id,
  facts.region_id,
  COALESCE(facts.region_id, facts.provider_id, 'world') AS place_id,
  CASE
    WHEN has_token(facts.region_flags, 'inferred')
    THEN 'region, inferred'
    WHEN NOT facts.region_id IS NULL
    THEN 'region, ' || facts.region_basis
    WHEN NOT facts.provider_id IS NULL
    THEN 'provider only, ' || facts.provider_basis
    ELSE 'unknown'
  END AS place_basis,
  facts.trained_from,
  facts.trained_until,
  facts.released_on,
  CAST(DATE_TRUNC('YEAR', COALESCE(facts.trained_until, facts.released_on)) AS DATE) AS run_year,
  facts.accelerator_count,
  facts.accelerator_count_low AS accelerator_count_low,
  facts.accelerator_count_high AS accelerator_count_high,
  facts.training_duration_h,
  facts.training_duration_h_low AS training_duration_h_low,
  facts.training_duration_h_high AS training_duration_h_high,
  facts.stated_accelerator_hours_h,
  facts.stated_accelerator_hours_h_low AS stated_accelerator_hours_h_low,
  facts.stated_accelerator_hours_h_high AS stated_accelerator_hours_h_high,
  facts.stated_average_power_w,
  facts.stated_average_power_w_low AS stated_average_power_w_low,
  facts.stated_average_power_w_high AS stated_average_power_w_high,
  facts.training_compute_flop,
  facts.training_compute_flop_low AS training_compute_flop_low,
  facts.training_compute_flop_high AS training_compute_flop_high,
  facts.stated_hardware_utilization,
  facts.stated_hardware_utilization_low AS stated_hardware_utilization_low,
  facts.stated_hardware_utilization_high AS stated_hardware_utilization_high,
  facts.parameters,
  facts.parameters_low AS parameters_low,
  facts.parameters_high AS parameters_high,
  facts.training_tokens,
  facts.training_tokens_low AS training_tokens_low,
  facts.training_tokens_high AS training_tokens_high,
  facts.stated_facility_energy_kwh,
  facts.stated_facility_energy_kwh_low AS stated_facility_energy_kwh_low,
  facts.stated_facility_energy_kwh_high AS stated_facility_energy_kwh_high,
  facts.stated_it_energy_kwh,
  facts.stated_it_energy_kwh_low AS stated_it_energy_kwh_low,
  facts.stated_it_energy_kwh_high AS stated_it_energy_kwh_high,
  facts.stated_other_energy_kwh,
  facts.stated_other_energy_kwh_low AS stated_other_energy_kwh_low,
  facts.stated_other_energy_kwh_high AS stated_other_energy_kwh_high,
  facts.stated_emissions_tco2e,
  facts.stated_emissions_tco2e_low AS stated_emissions_tco2e_low,
  facts.stated_emissions_tco2e_high AS stated_emissions_tco2e_high,
  facts.stated_pue,
  facts.stated_pue_low AS stated_pue_low,
  facts.stated_pue_high AS stated_pue_high,
  facts.stated_pue_basis,
  facts.stated_grid_intensity_g_per_kwh,
  facts.stated_grid_intensity_g_per_kwh_low AS stated_grid_intensity_g_per_kwh_low,
  facts.stated_grid_intensity_g_per_kwh_high AS stated_grid_intensity_g_per_kwh_high,
  facts.stated_intensity_basis,
  facts.model_claim_id AS model_claim_id,
  facts.accelerator_claim_id AS accelerator_claim_id,
  facts.stated_server_claim_id AS stated_server_claim_id,
  facts.provider_claim_id AS provider_claim_id,
  facts.region_claim_id AS region_claim_id,
  facts.accelerator_count_claim_id AS accelerator_count_claim_id,
  facts.training_duration_h_claim_id AS training_duration_h_claim_id,
  facts.stated_accelerator_hours_h_claim_id AS stated_accelerator_hours_h_claim_id,
  facts.stated_average_power_w_claim_id AS stated_average_power_w_claim_id,
  facts.training_compute_flop_claim_id AS training_compute_flop_claim_id,
  facts.stated_hardware_utilization_claim_id AS stated_hardware_utilization_claim_id,
  facts.parameters_claim_id AS parameters_claim_id,
  facts.training_tokens_claim_id AS training_tokens_claim_id,
  facts.stated_facility_energy_kwh_claim_id AS stated_facility_energy_kwh_claim_id,
  facts.stated_it_energy_kwh_claim_id AS stated_it_energy_kwh_claim_id,
  facts.stated_other_energy_kwh_claim_id AS stated_other_energy_kwh_claim_id,
  facts.stated_emissions_tco2e_claim_id AS stated_emissions_tco2e_claim_id,
  facts.stated_pue_claim_id AS stated_pue_claim_id,
  facts.stated_grid_intensity_g_per_kwh_claim_id AS stated_grid_intensity_g_per_kwh_claim_id
FROM entity AS run
JOIN facts AS facts
  ON facts.run_id = run.entity_id
LEFT JOIN entity AS model
  ON model.kind = 'model' AND model.entity_id = facts.model_id
WHERE
  run.kind = 'training_run'
