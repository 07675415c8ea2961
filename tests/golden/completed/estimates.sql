WITH branches AS (
SELECT
  accelerator_average.estimate_id,
  accelerator_average.branch,
  accelerator_average.run_id,
  accelerator_average.model_id,
  accelerator_average.method,
  accelerator_average.place_id,
  accelerator_average.region_id,
  accelerator_average.place_basis,
  accelerator_average.energy_boundary,
  accelerator_average.accelerator_id,
  accelerator_average.hardware_basis,
  accelerator_average.pue_basis,
  accelerator_average.pue_match,
  accelerator_average.intensity_basis,
  accelerator_average.intensity_match,
  accelerator_average.it_energy_kwh,
  accelerator_average.it_energy_kwh_low,
  accelerator_average.it_energy_kwh_high,
  accelerator_average.pue,
  accelerator_average.pue_low,
  accelerator_average.pue_high,
  accelerator_average.energy_kwh,
  accelerator_average.energy_kwh_low,
  accelerator_average.energy_kwh_high,
  accelerator_average.grid_intensity_g_per_kwh,
  accelerator_average.grid_intensity_g_per_kwh_low,
  accelerator_average.grid_intensity_g_per_kwh_high,
  accelerator_average.emissions_tco2e,
  accelerator_average.emissions_tco2e_low,
  accelerator_average.emissions_tco2e_high,
  accelerator_average.usage_row_id,
  accelerator_average.stated_average_power_w_claim_id,
  accelerator_average.pue_claim_id,
  accelerator_average.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_power' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'accelerator_average' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_power' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'accelerators with their share of the server at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'stated average power' AS hardware_basis,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  kwh(usage.accelerator_hours_h * run.stated_average_power_w) AS it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * run.stated_average_power_w_low) AS it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * run.stated_average_power_w_high) AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  usage.row_id AS usage_row_id,
  run.stated_average_power_w_claim_id AS stated_average_power_w_claim_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.stated_average_power_w IS NULL
) AS accelerator_average
UNION ALL
SELECT
  accelerator_tdp.estimate_id,
  accelerator_tdp.branch,
  accelerator_tdp.run_id,
  accelerator_tdp.model_id,
  accelerator_tdp.method,
  accelerator_tdp.place_id,
  accelerator_tdp.region_id,
  accelerator_tdp.place_basis,
  accelerator_tdp.energy_boundary,
  accelerator_tdp.accelerator_id,
  accelerator_tdp.hardware_basis,
  accelerator_tdp.pue_basis,
  accelerator_tdp.pue_match,
  accelerator_tdp.intensity_basis,
  accelerator_tdp.intensity_match,
  accelerator_tdp.it_energy_kwh,
  accelerator_tdp.it_energy_kwh_low,
  accelerator_tdp.it_energy_kwh_high,
  accelerator_tdp.pue,
  accelerator_tdp.pue_low,
  accelerator_tdp.pue_high,
  accelerator_tdp.energy_kwh,
  accelerator_tdp.energy_kwh_low,
  accelerator_tdp.energy_kwh_high,
  accelerator_tdp.grid_intensity_g_per_kwh,
  accelerator_tdp.grid_intensity_g_per_kwh_low,
  accelerator_tdp.grid_intensity_g_per_kwh_high,
  accelerator_tdp.emissions_tco2e,
  accelerator_tdp.emissions_tco2e_low,
  accelerator_tdp.emissions_tco2e_high,
  accelerator_tdp.usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  accelerator_tdp.pue_claim_id,
  accelerator_tdp.grid_intensity_g_per_kwh_claim_id,
  accelerator_tdp.accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_power' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'accelerator_tdp' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_power' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'accelerators alone at TDP, final run' AS energy_boundary,
  run.accelerator_id,
  'TDP' AS hardware_basis,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * accelerator.tdp_w_low) AS it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * accelerator.tdp_w_high) AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  usage.row_id AS usage_row_id,
  accelerator.row_id AS accelerator_row_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  run.stated_average_power_w IS NULL AND NOT accelerator.tdp_w IS NULL
) AS accelerator_tdp
UNION ALL
SELECT
  disclosed_facility.estimate_id,
  disclosed_facility.branch,
  disclosed_facility.run_id,
  disclosed_facility.model_id,
  disclosed_facility.method,
  disclosed_facility.place_id,
  disclosed_facility.region_id,
  disclosed_facility.place_basis,
  disclosed_facility.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  CAST(NULL AS TEXT) AS pue_basis,
  CAST(NULL AS TEXT) AS pue_match,
  disclosed_facility.intensity_basis,
  disclosed_facility.intensity_match,
  CAST(NULL AS DOUBLE) AS it_energy_kwh,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_high,
  CAST(NULL AS DOUBLE) AS pue,
  CAST(NULL AS DOUBLE) AS pue_low,
  CAST(NULL AS DOUBLE) AS pue_high,
  disclosed_facility.energy_kwh,
  disclosed_facility.energy_kwh_low,
  disclosed_facility.energy_kwh_high,
  disclosed_facility.grid_intensity_g_per_kwh,
  disclosed_facility.grid_intensity_g_per_kwh_low,
  disclosed_facility.grid_intensity_g_per_kwh_high,
  disclosed_facility.emissions_tco2e,
  disclosed_facility.emissions_tco2e_low,
  disclosed_facility.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  disclosed_facility.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  disclosed_facility.energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'disclosed_facility' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'as disclosed, PUE included' AS energy_boundary,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  run.stated_facility_energy_kwh AS energy_kwh,
  run.stated_facility_energy_kwh_low AS energy_kwh_low,
  run.stated_facility_energy_kwh_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  run.stated_facility_energy_kwh_claim_id AS energy_kwh_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.stated_facility_energy_kwh IS NULL
) AS disclosed_facility
UNION ALL
SELECT
  disclosed_it.estimate_id,
  disclosed_it.branch,
  disclosed_it.run_id,
  disclosed_it.model_id,
  disclosed_it.method,
  disclosed_it.place_id,
  disclosed_it.region_id,
  disclosed_it.place_basis,
  disclosed_it.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  disclosed_it.pue_basis,
  disclosed_it.pue_match,
  disclosed_it.intensity_basis,
  disclosed_it.intensity_match,
  disclosed_it.it_energy_kwh,
  disclosed_it.it_energy_kwh_low,
  disclosed_it.it_energy_kwh_high,
  disclosed_it.pue,
  disclosed_it.pue_low,
  disclosed_it.pue_high,
  disclosed_it.energy_kwh,
  disclosed_it.energy_kwh_low,
  disclosed_it.energy_kwh_high,
  disclosed_it.grid_intensity_g_per_kwh,
  disclosed_it.grid_intensity_g_per_kwh_low,
  disclosed_it.grid_intensity_g_per_kwh_high,
  disclosed_it.emissions_tco2e,
  disclosed_it.emissions_tco2e_low,
  disclosed_it.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  disclosed_it.pue_claim_id,
  disclosed_it.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  disclosed_it.it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'disclosed_it' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'as disclosed without PUE, PUE added' AS energy_boundary,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  run.stated_it_energy_kwh AS it_energy_kwh,
  run.stated_it_energy_kwh_low AS it_energy_kwh_low,
  run.stated_it_energy_kwh_high AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  run.stated_it_energy_kwh_claim_id AS it_energy_kwh_claim_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.stated_it_energy_kwh IS NULL AND run.stated_facility_energy_kwh IS NULL
) AS disclosed_it
UNION ALL
SELECT
  disclosed_unstated.estimate_id,
  disclosed_unstated.branch,
  disclosed_unstated.run_id,
  disclosed_unstated.model_id,
  disclosed_unstated.method,
  disclosed_unstated.place_id,
  disclosed_unstated.region_id,
  disclosed_unstated.place_basis,
  disclosed_unstated.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  CAST(NULL AS TEXT) AS pue_basis,
  CAST(NULL AS TEXT) AS pue_match,
  disclosed_unstated.intensity_basis,
  disclosed_unstated.intensity_match,
  CAST(NULL AS DOUBLE) AS it_energy_kwh,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_high,
  CAST(NULL AS DOUBLE) AS pue,
  CAST(NULL AS DOUBLE) AS pue_low,
  CAST(NULL AS DOUBLE) AS pue_high,
  disclosed_unstated.energy_kwh,
  disclosed_unstated.energy_kwh_low,
  disclosed_unstated.energy_kwh_high,
  disclosed_unstated.grid_intensity_g_per_kwh,
  disclosed_unstated.grid_intensity_g_per_kwh_low,
  disclosed_unstated.grid_intensity_g_per_kwh_high,
  disclosed_unstated.emissions_tco2e,
  disclosed_unstated.emissions_tco2e_low,
  disclosed_unstated.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS BIGINT) AS pue_claim_id,
  disclosed_unstated.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  disclosed_unstated.energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'disclosed_unstated' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'as disclosed, PUE not stated' AS energy_boundary,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  run.stated_other_energy_kwh AS energy_kwh,
  run.stated_other_energy_kwh_low AS energy_kwh_low,
  run.stated_other_energy_kwh_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  run.stated_other_energy_kwh_claim_id AS energy_kwh_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.stated_other_energy_kwh IS NULL
  AND run.stated_facility_energy_kwh IS NULL
  AND run.stated_it_energy_kwh IS NULL
) AS disclosed_unstated
UNION ALL
SELECT
  server_hours.estimate_id,
  server_hours.branch,
  server_hours.run_id,
  server_hours.model_id,
  server_hours.method,
  server_hours.place_id,
  server_hours.region_id,
  server_hours.place_basis,
  server_hours.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  server_hours.hardware_basis,
  server_hours.pue_basis,
  server_hours.pue_match,
  server_hours.intensity_basis,
  server_hours.intensity_match,
  server_hours.it_energy_kwh,
  server_hours.it_energy_kwh_low,
  server_hours.it_energy_kwh_high,
  server_hours.pue,
  server_hours.pue_low,
  server_hours.pue_high,
  server_hours.energy_kwh,
  server_hours.energy_kwh_low,
  server_hours.energy_kwh_high,
  server_hours.grid_intensity_g_per_kwh,
  server_hours.grid_intensity_g_per_kwh_low,
  server_hours.grid_intensity_g_per_kwh_high,
  server_hours.emissions_tco2e,
  server_hours.emissions_tco2e_low,
  server_hours.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  server_hours.pue_claim_id,
  server_hours.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  server_hours.server_id,
  server_hours.stated_accelerator_hours_h_claim_id,
  server_hours.accelerators_per_server_claim_id,
  server_hours.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_power' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'server_hours' AS branch,
  run.run_id,
  run.model_id,
  'server_power' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  kwh(
    run.stated_accelerator_hours_h / server.accelerators_per_server * server.server_power_w
  ) AS it_energy_kwh,
  kwh(
    run.stated_accelerator_hours_h_low / server.accelerators_per_server_high * server.server_power_w_low
  ) AS it_energy_kwh_low,
  kwh(
    run.stated_accelerator_hours_h_high / server.accelerators_per_server_low * server.server_power_w_high
  ) AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  run.stated_accelerator_hours_h_claim_id AS stated_accelerator_hours_h_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.stated_accelerator_hours_h IS NULL
  AND (
    run.accelerator_count IS NULL OR run.training_duration_h IS NULL
  )
) AS server_hours
UNION ALL
SELECT
  server_power.estimate_id,
  server_power.branch,
  server_power.run_id,
  server_power.model_id,
  server_power.method,
  server_power.place_id,
  server_power.region_id,
  server_power.place_basis,
  server_power.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  server_power.hardware_basis,
  server_power.pue_basis,
  server_power.pue_match,
  server_power.intensity_basis,
  server_power.intensity_match,
  server_power.it_energy_kwh,
  server_power.it_energy_kwh_low,
  server_power.it_energy_kwh_high,
  server_power.pue,
  server_power.pue_low,
  server_power.pue_high,
  server_power.energy_kwh,
  server_power.energy_kwh_low,
  server_power.energy_kwh_high,
  server_power.grid_intensity_g_per_kwh,
  server_power.grid_intensity_g_per_kwh_low,
  server_power.grid_intensity_g_per_kwh_high,
  server_power.emissions_tco2e,
  server_power.emissions_tco2e_low,
  server_power.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  server_power.pue_claim_id,
  server_power.grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  server_power.server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  server_power.accelerators_per_server_claim_id,
  server_power.server_power_w_claim_id,
  server_power.accelerator_count_claim_id,
  server_power.training_duration_h_claim_id,
  CAST(NULL AS DOUBLE) AS hardware_utilization,
  CAST(NULL AS DOUBLE) AS hardware_utilization_low,
  CAST(NULL AS DOUBLE) AS hardware_utilization_high,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_power' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'server_power' AS branch,
  run.run_id,
  run.model_id,
  'server_power' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  kwh(
    run.accelerator_count / server.accelerators_per_server * server.server_power_w * run.training_duration_h
  ) AS it_energy_kwh,
  kwh(
    run.accelerator_count_low / server.accelerators_per_server_high * server.server_power_w_low * run.training_duration_h_low
  ) AS it_energy_kwh_low,
  kwh(
    run.accelerator_count_high / server.accelerators_per_server_low * server.server_power_w_high * run.training_duration_h_high
  ) AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  run.accelerator_count_claim_id AS accelerator_count_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id,
  run.training_duration_h_claim_id AS training_duration_h_claim_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.accelerator_count IS NULL AND NOT run.training_duration_h IS NULL
) AS server_power
UNION ALL
SELECT
  training_compute.estimate_id,
  training_compute.branch,
  training_compute.run_id,
  training_compute.model_id,
  training_compute.method,
  training_compute.place_id,
  training_compute.region_id,
  training_compute.place_basis,
  training_compute.energy_boundary,
  training_compute.accelerator_id,
  training_compute.hardware_basis,
  training_compute.pue_basis,
  training_compute.pue_match,
  training_compute.intensity_basis,
  training_compute.intensity_match,
  training_compute.it_energy_kwh,
  training_compute.it_energy_kwh_low,
  training_compute.it_energy_kwh_high,
  training_compute.pue,
  training_compute.pue_low,
  training_compute.pue_high,
  training_compute.energy_kwh,
  training_compute.energy_kwh_low,
  training_compute.energy_kwh_high,
  training_compute.grid_intensity_g_per_kwh,
  training_compute.grid_intensity_g_per_kwh_low,
  training_compute.grid_intensity_g_per_kwh_high,
  training_compute.emissions_tco2e,
  training_compute.emissions_tco2e_low,
  training_compute.emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  training_compute.pue_claim_id,
  training_compute.grid_intensity_g_per_kwh_claim_id,
  training_compute.accelerator_row_id,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  training_compute.hardware_utilization,
  training_compute.hardware_utilization_low,
  training_compute.hardware_utilization_high,
  training_compute.accelerator_hours_h,
  training_compute.accelerator_hours_h_low,
  training_compute.accelerator_hours_h_high,
  training_compute.hardware_utilization_claim_id,
  training_compute.training_compute_flop_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'estimates',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('training_compute' AS TEXT), ''),
      COALESCE(CAST(run.place_id AS TEXT), '')
    )
  ) AS estimate_id,
  'training_compute' AS branch,
  run.run_id,
  run.model_id,
  'training_compute' AS method,
  run.place_id,
  run.region_id,
  run.place_basis,
  'accelerators alone at TDP, final run' AS energy_boundary,
  run.accelerator_id,
  CASE
    WHEN NOT run.stated_hardware_utilization IS NULL
    THEN 'stated utilization'
    ELSE 'assumed utilization'
  END AS hardware_basis,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN 'stated for the run'
    ELSE place.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'stated for the run'
    ELSE intensity.intensity_source_id
  END AS intensity_basis,
  CASE
    WHEN NOT run.stated_grid_intensity_g_per_kwh IS NULL
    THEN 'the run'
    ELSE intensity.intensity_match
  END AS intensity_match,
  COALESCE(run.stated_hardware_utilization, world.assumed_hardware_utilization) AS hardware_utilization,
  COALESCE(run.stated_hardware_utilization_low, world.assumed_hardware_utilization_low) AS hardware_utilization_low,
  COALESCE(run.stated_hardware_utilization_high, world.assumed_hardware_utilization_high) AS hardware_utilization_high,
  hours(
    run.training_compute_flop / (
      accelerator.peak_flops_fp16 * hardware_utilization
    )
  ) AS accelerator_hours_h,
  hours(
    run.training_compute_flop_low / (
      accelerator.peak_flops_fp16_high * hardware_utilization_high
    )
  ) AS accelerator_hours_h_low,
  hours(
    run.training_compute_flop_high / (
      accelerator.peak_flops_fp16_low * hardware_utilization_low
    )
  ) AS accelerator_hours_h_high,
  kwh(accelerator_hours_h * accelerator.tdp_w) AS it_energy_kwh,
  kwh(accelerator_hours_h_low * accelerator.tdp_w_low) AS it_energy_kwh_low,
  kwh(accelerator_hours_h_high * accelerator.tdp_w_high) AS it_energy_kwh_high,
  COALESCE(run.stated_pue, place.place_pue) AS pue,
  COALESCE(run.stated_pue_low, place.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, place.place_pue_high) AS pue_high,
  it_energy_kwh * pue AS energy_kwh,
  it_energy_kwh_low * pue_low AS energy_kwh_low,
  it_energy_kwh_high * pue_high AS energy_kwh_high,
  COALESCE(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e,
  tonnes(energy_kwh_low * grid_intensity_g_per_kwh_low) AS emissions_tco2e_low,
  tonnes(energy_kwh_high * grid_intensity_g_per_kwh_high) AS emissions_tco2e_high,
  COALESCE(
    run.stated_hardware_utilization_claim_id,
    world.assumed_hardware_utilization_claim_id
  ) AS hardware_utilization_claim_id,
  run.training_compute_flop_claim_id AS training_compute_flop_claim_id,
  accelerator.row_id AS accelerator_row_id,
  COALESCE(run.stated_pue_claim_id, place.place_pue_claim_id) AS pue_claim_id,
  COALESCE(
    run.stated_grid_intensity_g_per_kwh_claim_id,
    intensity.place_grid_intensity_g_per_kwh_claim_id
  ) AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
JOIN world_facts AS world
  ON world.world_id = 'world'
LEFT JOIN place_pue AS place
  ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity
  ON intensity.place_id = run.place_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  NOT run.training_compute_flop IS NULL
  AND NOT accelerator.peak_flops_fp16 IS NULL
  AND NOT accelerator.tdp_w IS NULL
) AS training_compute
)
SELECT branches.estimate_id, branches.branch, branches.run_id, branches.model_id, branches.method, branches.place_id, branches.region_id, branches.place_basis, branches.energy_boundary, branches.accelerator_id, branches.hardware_basis, branches.pue_basis, branches.pue_match, branches.intensity_basis, branches.intensity_match, branches.it_energy_kwh, branches.it_energy_kwh_low, branches.it_energy_kwh_high, branches.pue, branches.pue_low, branches.pue_high, branches.energy_kwh, branches.energy_kwh_low, branches.energy_kwh_high, branches.grid_intensity_g_per_kwh, branches.grid_intensity_g_per_kwh_low, branches.grid_intensity_g_per_kwh_high, branches.emissions_tco2e, branches.emissions_tco2e_low, branches.emissions_tco2e_high, branches.usage_row_id, branches.stated_average_power_w_claim_id, branches.pue_claim_id, branches.grid_intensity_g_per_kwh_claim_id, branches.accelerator_row_id, branches.energy_kwh_claim_id, branches.it_energy_kwh_claim_id, branches.server_id, branches.stated_accelerator_hours_h_claim_id, branches.accelerators_per_server_claim_id, branches.server_power_w_claim_id, branches.accelerator_count_claim_id, branches.training_duration_h_claim_id, branches.hardware_utilization, branches.hardware_utilization_low, branches.hardware_utilization_high, branches.accelerator_hours_h, branches.accelerator_hours_h_low, branches.accelerator_hours_h_high, branches.hardware_utilization_claim_id, branches.training_compute_flop_claim_id, ROW_NUMBER() OVER (PARTITION BY branches.run_id ORDER BY METHOD_ORDER(branches.method)) = 1 AS is_headline
FROM branches
