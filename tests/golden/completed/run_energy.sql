WITH branches AS (
SELECT
  accelerator_at_average.run_energy_id,
  accelerator_at_average.branch,
  accelerator_at_average.run_id,
  accelerator_at_average.model_id,
  accelerator_at_average.method,
  accelerator_at_average.energy_boundary,
  accelerator_at_average.accelerator_id,
  accelerator_at_average.hardware_basis,
  accelerator_at_average.nameplate_it_energy_kwh,
  accelerator_at_average.nameplate_it_energy_kwh_low,
  accelerator_at_average.nameplate_it_energy_kwh_high,
  accelerator_at_average.it_energy_kwh,
  accelerator_at_average.it_energy_kwh_low,
  accelerator_at_average.it_energy_kwh_high,
  accelerator_at_average.input_spread,
  accelerator_at_average.input_spread_low,
  accelerator_at_average.input_spread_high,
  accelerator_at_average.usage_row_id,
  accelerator_at_average.accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_average_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'accelerator_at_average' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_average_power' AS method,
  'accelerators with their share of the server at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'TDP, assumed power fraction' AS hardware_basis,
  kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS nameplate_it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * accelerator.tdp_w_low) AS nameplate_it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * accelerator.tdp_w_high) AS nameplate_it_energy_kwh_high,
  nameplate_it_energy_kwh * accelerator.power_fraction AS it_energy_kwh,
  nameplate_it_energy_kwh_low * accelerator.power_fraction_low AS it_energy_kwh_low,
  nameplate_it_energy_kwh_high * accelerator.power_fraction_high AS it_energy_kwh_high,
  root_sum(
    usage.accelerator_hours_spread_high,
    root_sum(
      half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
      half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
    )
  ) AS input_spread,
  root_sum(
    usage.accelerator_hours_spread_high,
    root_sum(
      half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
      half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
    )
  ) AS input_spread_low,
  root_sum(
    usage.accelerator_hours_spread_high,
    root_sum(
      half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
      half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
    )
  ) AS input_spread_high,
  usage.row_id AS usage_row_id,
  accelerator.row_id AS accelerator_row_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  run.stated_average_power_w IS NULL
  AND NOT accelerator.tdp_w IS NULL
  AND NOT accelerator.power_fraction IS NULL
) AS accelerator_at_average
UNION ALL
SELECT
  accelerator_at_measured_average.run_energy_id,
  accelerator_at_measured_average.branch,
  accelerator_at_measured_average.run_id,
  accelerator_at_measured_average.model_id,
  accelerator_at_measured_average.method,
  accelerator_at_measured_average.energy_boundary,
  accelerator_at_measured_average.accelerator_id,
  accelerator_at_measured_average.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  accelerator_at_measured_average.it_energy_kwh,
  accelerator_at_measured_average.it_energy_kwh_low,
  accelerator_at_measured_average.it_energy_kwh_high,
  accelerator_at_measured_average.input_spread,
  accelerator_at_measured_average.input_spread_low,
  accelerator_at_measured_average.input_spread_high,
  accelerator_at_measured_average.usage_row_id,
  accelerator_at_measured_average.accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_average_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'accelerator_at_measured_average' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_average_power' AS method,
  'accelerators alone at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'average power of the accelerator' AS hardware_basis,
  kwh(usage.accelerator_hours_h * accelerator.average_power_w) AS it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * accelerator.average_power_w_low) AS it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * accelerator.average_power_w_high) AS it_energy_kwh_high,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
  ) AS input_spread,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
  ) AS input_spread_low,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
  ) AS input_spread_high,
  usage.row_id AS usage_row_id,
  accelerator.row_id AS accelerator_row_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  run.stated_average_power_w IS NULL
  AND accelerator.tdp_w IS NULL
  AND NOT accelerator.average_power_w IS NULL
) AS accelerator_at_measured_average
UNION ALL
SELECT
  accelerator_at_stated_average.run_energy_id,
  accelerator_at_stated_average.branch,
  accelerator_at_stated_average.run_id,
  accelerator_at_stated_average.model_id,
  accelerator_at_stated_average.method,
  accelerator_at_stated_average.energy_boundary,
  accelerator_at_stated_average.accelerator_id,
  accelerator_at_stated_average.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  accelerator_at_stated_average.it_energy_kwh,
  accelerator_at_stated_average.it_energy_kwh_low,
  accelerator_at_stated_average.it_energy_kwh_high,
  accelerator_at_stated_average.input_spread,
  accelerator_at_stated_average.input_spread_low,
  accelerator_at_stated_average.input_spread_high,
  accelerator_at_stated_average.usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  accelerator_at_stated_average.stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_average_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'accelerator_at_stated_average' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_average_power' AS method,
  'accelerators with their share of the server at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'stated average power' AS hardware_basis,
  kwh(usage.accelerator_hours_h * run.stated_average_power_w) AS it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * run.stated_average_power_w_low) AS it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * run.stated_average_power_w_high) AS it_energy_kwh_high,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(run.stated_average_power_w_low, run.stated_average_power_w_high)
  ) AS input_spread,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(run.stated_average_power_w_low, run.stated_average_power_w_high)
  ) AS input_spread_low,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(run.stated_average_power_w_low, run.stated_average_power_w_high)
  ) AS input_spread_high,
  usage.row_id AS usage_row_id,
  run.stated_average_power_w_claim_id AS stated_average_power_w_claim_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
WHERE
  NOT run.stated_average_power_w IS NULL
) AS accelerator_at_stated_average
UNION ALL
SELECT
  accelerator_at_tdp.run_energy_id,
  accelerator_at_tdp.branch,
  accelerator_at_tdp.run_id,
  accelerator_at_tdp.model_id,
  accelerator_at_tdp.method,
  accelerator_at_tdp.energy_boundary,
  accelerator_at_tdp.accelerator_id,
  accelerator_at_tdp.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  accelerator_at_tdp.it_energy_kwh,
  accelerator_at_tdp.it_energy_kwh_low,
  accelerator_at_tdp.it_energy_kwh_high,
  accelerator_at_tdp.input_spread,
  accelerator_at_tdp.input_spread_low,
  accelerator_at_tdp.input_spread_high,
  accelerator_at_tdp.usage_row_id,
  accelerator_at_tdp.accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('accelerator_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'accelerator_at_tdp' AS branch,
  run.run_id,
  run.model_id,
  'accelerator_power' AS method,
  'accelerators alone at TDP, final run' AS energy_boundary,
  run.accelerator_id,
  'TDP' AS hardware_basis,
  kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS it_energy_kwh,
  kwh(usage.accelerator_hours_h_low * accelerator.tdp_w_low) AS it_energy_kwh_low,
  kwh(usage.accelerator_hours_h_high * accelerator.tdp_w_high) AS it_energy_kwh_high,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.tdp_w_low, accelerator.tdp_w_high)
  ) AS input_spread,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.tdp_w_low, accelerator.tdp_w_high)
  ) AS input_spread_low,
  root_sum(
    usage.accelerator_hours_spread_high,
    half_log(accelerator.tdp_w_low, accelerator.tdp_w_high)
  ) AS input_spread_high,
  usage.row_id AS usage_row_id,
  accelerator.row_id AS accelerator_row_id
FROM training_runs AS run
JOIN accelerator_time AS usage
  ON usage.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT accelerator.tdp_w IS NULL
) AS accelerator_at_tdp
UNION ALL
SELECT
  compute.run_energy_id,
  compute.branch,
  compute.run_id,
  compute.model_id,
  compute.method,
  compute.energy_boundary,
  compute.accelerator_id,
  compute.hardware_basis,
  compute.nameplate_it_energy_kwh,
  compute.nameplate_it_energy_kwh_low,
  compute.nameplate_it_energy_kwh_high,
  compute.it_energy_kwh,
  compute.it_energy_kwh_low,
  compute.it_energy_kwh_high,
  compute.input_spread,
  compute.input_spread_low,
  compute.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  compute.accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  compute.accelerator_hours_h,
  compute.accelerator_hours_h_low,
  compute.accelerator_hours_h_high,
  compute.compute_row_id,
  compute.hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('training_compute' AS TEXT), '')
    )
  ) AS run_energy_id,
  'compute' AS branch,
  run.run_id,
  run.model_id,
  'training_compute' AS method,
  'accelerators with their share of the server at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'compute ' || compute.compute_basis || ', utilization ' || compute.utilization_basis || ', assumed power fraction' AS hardware_basis,
  hours(
    compute.compute_flop / (
      accelerator.training_peak_flops * compute.hardware_utilization
    )
  ) AS accelerator_hours_h,
  hours(
    compute.compute_flop_low / (
      accelerator.training_peak_flops_high * compute.hardware_utilization_high
    )
  ) AS accelerator_hours_h_low,
  hours(
    compute.compute_flop_high / (
      accelerator.training_peak_flops_low * compute.hardware_utilization_low
    )
  ) AS accelerator_hours_h_high,
  kwh(accelerator_hours_h * accelerator.tdp_w) AS nameplate_it_energy_kwh,
  kwh(accelerator_hours_h_low * accelerator.tdp_w_low) AS nameplate_it_energy_kwh_low,
  kwh(accelerator_hours_h_high * accelerator.tdp_w_high) AS nameplate_it_energy_kwh_high,
  nameplate_it_energy_kwh * accelerator.power_fraction AS it_energy_kwh,
  nameplate_it_energy_kwh_low * accelerator.power_fraction_low AS it_energy_kwh_low,
  nameplate_it_energy_kwh_high * accelerator.power_fraction_high AS it_energy_kwh_high,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      root_sum(
        half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
        half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
      )
    )
  ) AS input_spread,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      root_sum(
        half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
        half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
      )
    )
  ) AS input_spread_low,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      root_sum(
        half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
        half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
      )
    )
  ) AS input_spread_high,
  compute.row_id AS compute_row_id,
  accelerator.row_id AS accelerator_row_id,
  compute.hardware_utilization_claim_id AS hardware_utilization_claim_id
FROM training_runs AS run
JOIN run_compute AS compute
  ON compute.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT accelerator.tdp_w IS NULL
  AND NOT accelerator.training_peak_flops IS NULL
  AND NOT accelerator.power_fraction IS NULL
) AS compute
UNION ALL
SELECT
  compute_at_measured_average.run_energy_id,
  compute_at_measured_average.branch,
  compute_at_measured_average.run_id,
  compute_at_measured_average.model_id,
  compute_at_measured_average.method,
  compute_at_measured_average.energy_boundary,
  compute_at_measured_average.accelerator_id,
  compute_at_measured_average.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  compute_at_measured_average.it_energy_kwh,
  compute_at_measured_average.it_energy_kwh_low,
  compute_at_measured_average.it_energy_kwh_high,
  compute_at_measured_average.input_spread,
  compute_at_measured_average.input_spread_low,
  compute_at_measured_average.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  compute_at_measured_average.accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  compute_at_measured_average.accelerator_hours_h,
  compute_at_measured_average.accelerator_hours_h_low,
  compute_at_measured_average.accelerator_hours_h_high,
  compute_at_measured_average.compute_row_id,
  compute_at_measured_average.hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('training_compute' AS TEXT), '')
    )
  ) AS run_energy_id,
  'compute_at_measured_average' AS branch,
  run.run_id,
  run.model_id,
  'training_compute' AS method,
  'accelerators alone at average power, final run' AS energy_boundary,
  run.accelerator_id,
  'compute ' || compute.compute_basis || ', utilization ' || compute.utilization_basis || ', average power of the accelerator' AS hardware_basis,
  hours(
    compute.compute_flop / (
      accelerator.training_peak_flops * compute.hardware_utilization
    )
  ) AS accelerator_hours_h,
  hours(
    compute.compute_flop_low / (
      accelerator.training_peak_flops_high * compute.hardware_utilization_high
    )
  ) AS accelerator_hours_h_low,
  hours(
    compute.compute_flop_high / (
      accelerator.training_peak_flops_low * compute.hardware_utilization_low
    )
  ) AS accelerator_hours_h_high,
  kwh(accelerator_hours_h * accelerator.average_power_w) AS it_energy_kwh,
  kwh(accelerator_hours_h_low * accelerator.average_power_w_low) AS it_energy_kwh_low,
  kwh(accelerator_hours_h_high * accelerator.average_power_w_high) AS it_energy_kwh_high,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
    )
  ) AS input_spread,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
    )
  ) AS input_spread_low,
  root_sum(
    root_sum(
      half_log(compute.compute_flop_low, compute.compute_flop_high),
      half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
    ),
    root_sum(
      half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
      half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
    )
  ) AS input_spread_high,
  compute.row_id AS compute_row_id,
  accelerator.row_id AS accelerator_row_id,
  compute.hardware_utilization_claim_id AS hardware_utilization_claim_id
FROM training_runs AS run
JOIN run_compute AS compute
  ON compute.run_id = run.run_id
JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  accelerator.tdp_w IS NULL
  AND NOT accelerator.average_power_w IS NULL
  AND NOT accelerator.training_peak_flops IS NULL
) AS compute_at_measured_average
UNION ALL
SELECT
  disclosed_facility.run_energy_id,
  disclosed_facility.branch,
  disclosed_facility.run_id,
  disclosed_facility.model_id,
  disclosed_facility.method,
  disclosed_facility.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  CAST(NULL AS DOUBLE) AS it_energy_kwh,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_high,
  disclosed_facility.input_spread,
  disclosed_facility.input_spread_low,
  disclosed_facility.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  disclosed_facility.energy_basis,
  disclosed_facility.facility_energy_kwh,
  disclosed_facility.facility_energy_kwh_low,
  disclosed_facility.facility_energy_kwh_high,
  disclosed_facility.facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), '')
    )
  ) AS run_energy_id,
  'disclosed_facility' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  'as disclosed, PUE included' AS energy_boundary,
  stated_how(stated.basis, stated.flags) AS energy_basis,
  run.stated_facility_energy_kwh AS facility_energy_kwh,
  run.stated_facility_energy_kwh_low AS facility_energy_kwh_low,
  run.stated_facility_energy_kwh_high AS facility_energy_kwh_high,
  disclosed_half_log(run.stated_facility_energy_kwh_low, run.stated_facility_energy_kwh_high) AS input_spread,
  disclosed_half_log(run.stated_facility_energy_kwh_low, run.stated_facility_energy_kwh_high) AS input_spread_low,
  disclosed_half_log(run.stated_facility_energy_kwh_low, run.stated_facility_energy_kwh_high) AS input_spread_high,
  run.stated_facility_energy_kwh_claim_id AS facility_energy_kwh_claim_id
FROM training_runs AS run
LEFT JOIN usable_claims AS stated
  ON stated.claim_id = run.stated_facility_energy_kwh_claim_id
WHERE
  NOT run.stated_facility_energy_kwh IS NULL
) AS disclosed_facility
UNION ALL
SELECT
  disclosed_it.run_energy_id,
  disclosed_it.branch,
  disclosed_it.run_id,
  disclosed_it.model_id,
  disclosed_it.method,
  disclosed_it.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  disclosed_it.it_energy_kwh,
  disclosed_it.it_energy_kwh_low,
  disclosed_it.it_energy_kwh_high,
  disclosed_it.input_spread,
  disclosed_it.input_spread_low,
  disclosed_it.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  disclosed_it.energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  disclosed_it.it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), '')
    )
  ) AS run_energy_id,
  'disclosed_it' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  'as disclosed without PUE, PUE added' AS energy_boundary,
  stated_how(stated.basis, stated.flags) AS energy_basis,
  run.stated_it_energy_kwh AS it_energy_kwh,
  run.stated_it_energy_kwh_low AS it_energy_kwh_low,
  run.stated_it_energy_kwh_high AS it_energy_kwh_high,
  disclosed_half_log(run.stated_it_energy_kwh_low, run.stated_it_energy_kwh_high) AS input_spread,
  disclosed_half_log(run.stated_it_energy_kwh_low, run.stated_it_energy_kwh_high) AS input_spread_low,
  disclosed_half_log(run.stated_it_energy_kwh_low, run.stated_it_energy_kwh_high) AS input_spread_high,
  run.stated_it_energy_kwh_claim_id AS it_energy_kwh_claim_id
FROM training_runs AS run
LEFT JOIN usable_claims AS stated
  ON stated.claim_id = run.stated_it_energy_kwh_claim_id
WHERE
  NOT run.stated_it_energy_kwh IS NULL AND run.stated_facility_energy_kwh IS NULL
) AS disclosed_it
UNION ALL
SELECT
  disclosed_unstated.run_energy_id,
  disclosed_unstated.branch,
  disclosed_unstated.run_id,
  disclosed_unstated.model_id,
  disclosed_unstated.method,
  disclosed_unstated.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  CAST(NULL AS TEXT) AS hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  CAST(NULL AS DOUBLE) AS it_energy_kwh,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS it_energy_kwh_high,
  disclosed_unstated.input_spread,
  disclosed_unstated.input_spread_low,
  disclosed_unstated.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  disclosed_unstated.energy_basis,
  disclosed_unstated.facility_energy_kwh,
  disclosed_unstated.facility_energy_kwh_low,
  disclosed_unstated.facility_energy_kwh_high,
  disclosed_unstated.facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  CAST(NULL AS TEXT) AS server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerators_per_server_claim_id,
  CAST(NULL AS BIGINT) AS server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('disclosed' AS TEXT), '')
    )
  ) AS run_energy_id,
  'disclosed_unstated' AS branch,
  run.run_id,
  run.model_id,
  'disclosed' AS method,
  'as disclosed, PUE not stated' AS energy_boundary,
  stated_how(stated.basis, stated.flags) AS energy_basis,
  run.stated_other_energy_kwh AS facility_energy_kwh,
  run.stated_other_energy_kwh_low AS facility_energy_kwh_low,
  run.stated_other_energy_kwh_high AS facility_energy_kwh_high,
  disclosed_half_log(run.stated_other_energy_kwh_low, run.stated_other_energy_kwh_high) AS input_spread,
  disclosed_half_log(run.stated_other_energy_kwh_low, run.stated_other_energy_kwh_high) AS input_spread_low,
  disclosed_half_log(run.stated_other_energy_kwh_low, run.stated_other_energy_kwh_high) AS input_spread_high,
  run.stated_other_energy_kwh_claim_id AS facility_energy_kwh_claim_id
FROM training_runs AS run
LEFT JOIN usable_claims AS stated
  ON stated.claim_id = run.stated_other_energy_kwh_claim_id
WHERE
  NOT run.stated_other_energy_kwh IS NULL
  AND run.stated_facility_energy_kwh IS NULL
  AND run.stated_it_energy_kwh IS NULL
) AS disclosed_unstated
UNION ALL
SELECT
  server_hours_at_average.run_energy_id,
  server_hours_at_average.branch,
  server_hours_at_average.run_id,
  server_hours_at_average.model_id,
  server_hours_at_average.method,
  server_hours_at_average.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  server_hours_at_average.hardware_basis,
  server_hours_at_average.nameplate_it_energy_kwh,
  server_hours_at_average.nameplate_it_energy_kwh_low,
  server_hours_at_average.nameplate_it_energy_kwh_high,
  server_hours_at_average.it_energy_kwh,
  server_hours_at_average.it_energy_kwh_low,
  server_hours_at_average.it_energy_kwh_high,
  server_hours_at_average.input_spread,
  server_hours_at_average.input_spread_low,
  server_hours_at_average.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  server_hours_at_average.server_id,
  server_hours_at_average.power_fraction,
  server_hours_at_average.power_fraction_low,
  server_hours_at_average.power_fraction_high,
  server_hours_at_average.power_fraction_claim_id,
  server_hours_at_average.stated_accelerator_hours_h_claim_id,
  server_hours_at_average.accelerators_per_server_claim_id,
  server_hours_at_average.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_average_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'server_hours_at_average' AS branch,
  run.run_id,
  run.model_id,
  'server_average_power' AS method,
  'whole server at average power, final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  world.server_power_fraction AS power_fraction,
  world.server_power_fraction_low AS power_fraction_low,
  world.server_power_fraction_high AS power_fraction_high,
  kwh(
    run.stated_accelerator_hours_h / server.accelerators_per_server * server.server_power_w
  ) AS nameplate_it_energy_kwh,
  kwh(
    run.stated_accelerator_hours_h_low / server.accelerators_per_server_high * server.server_power_w_low
  ) AS nameplate_it_energy_kwh_low,
  kwh(
    run.stated_accelerator_hours_h_high / server.accelerators_per_server_low * server.server_power_w_high
  ) AS nameplate_it_energy_kwh_high,
  nameplate_it_energy_kwh * power_fraction AS it_energy_kwh,
  nameplate_it_energy_kwh_low * power_fraction_low AS it_energy_kwh_low,
  nameplate_it_energy_kwh_high * power_fraction_high AS it_energy_kwh_high,
  root_sum(
    root_sum(
      half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread,
  root_sum(
    root_sum(
      half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread_low,
  root_sum(
    root_sum(
      half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread_high,
  world.server_power_fraction_claim_id AS power_fraction_claim_id,
  run.stated_accelerator_hours_h_claim_id AS stated_accelerator_hours_h_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
JOIN world_facts AS world
  ON world.world_id = 'world'
WHERE
  NOT run.stated_accelerator_hours_h IS NULL
) AS server_hours_at_average
UNION ALL
SELECT
  server_hours_at_maximum.run_energy_id,
  server_hours_at_maximum.branch,
  server_hours_at_maximum.run_id,
  server_hours_at_maximum.model_id,
  server_hours_at_maximum.method,
  server_hours_at_maximum.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  server_hours_at_maximum.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  server_hours_at_maximum.it_energy_kwh,
  server_hours_at_maximum.it_energy_kwh_low,
  server_hours_at_maximum.it_energy_kwh_high,
  server_hours_at_maximum.input_spread,
  server_hours_at_maximum.input_spread_low,
  server_hours_at_maximum.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  server_hours_at_maximum.server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  server_hours_at_maximum.stated_accelerator_hours_h_claim_id,
  server_hours_at_maximum.accelerators_per_server_claim_id,
  server_hours_at_maximum.server_power_w_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'server_hours_at_maximum' AS branch,
  run.run_id,
  run.model_id,
  'server_power' AS method,
  'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  kwh(
    run.stated_accelerator_hours_h / server.accelerators_per_server * server.server_power_w
  ) AS it_energy_kwh,
  kwh(
    run.stated_accelerator_hours_h_low / server.accelerators_per_server_high * server.server_power_w_low
  ) AS it_energy_kwh_low,
  kwh(
    run.stated_accelerator_hours_h_high / server.accelerators_per_server_low * server.server_power_w_high
  ) AS it_energy_kwh_high,
  root_sum(
    half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread,
  root_sum(
    half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread_low,
  root_sum(
    half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread_high,
  run.stated_accelerator_hours_h_claim_id AS stated_accelerator_hours_h_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
WHERE
  NOT run.stated_accelerator_hours_h IS NULL
) AS server_hours_at_maximum
UNION ALL
SELECT
  servers_at_average.run_energy_id,
  servers_at_average.branch,
  servers_at_average.run_id,
  servers_at_average.model_id,
  servers_at_average.method,
  servers_at_average.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  servers_at_average.hardware_basis,
  servers_at_average.nameplate_it_energy_kwh,
  servers_at_average.nameplate_it_energy_kwh_low,
  servers_at_average.nameplate_it_energy_kwh_high,
  servers_at_average.it_energy_kwh,
  servers_at_average.it_energy_kwh_low,
  servers_at_average.it_energy_kwh_high,
  servers_at_average.input_spread,
  servers_at_average.input_spread_low,
  servers_at_average.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  servers_at_average.server_id,
  servers_at_average.power_fraction,
  servers_at_average.power_fraction_low,
  servers_at_average.power_fraction_high,
  servers_at_average.power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  servers_at_average.accelerators_per_server_claim_id,
  servers_at_average.server_power_w_claim_id,
  servers_at_average.accelerator_count_claim_id,
  servers_at_average.training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_average_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'servers_at_average' AS branch,
  run.run_id,
  run.model_id,
  'server_average_power' AS method,
  'whole server at average power, final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  world.server_power_fraction AS power_fraction,
  world.server_power_fraction_low AS power_fraction_low,
  world.server_power_fraction_high AS power_fraction_high,
  kwh(
    run.accelerator_count / server.accelerators_per_server * server.server_power_w * run.training_duration_h
  ) AS nameplate_it_energy_kwh,
  kwh(
    run.accelerator_count_low / server.accelerators_per_server_high * server.server_power_w_low * run.training_duration_h_low
  ) AS nameplate_it_energy_kwh_low,
  kwh(
    run.accelerator_count_high / server.accelerators_per_server_low * server.server_power_w_high * run.training_duration_h_high
  ) AS nameplate_it_energy_kwh_high,
  nameplate_it_energy_kwh * power_fraction AS it_energy_kwh,
  nameplate_it_energy_kwh_low * power_fraction_low AS it_energy_kwh_low,
  nameplate_it_energy_kwh_high * power_fraction_high AS it_energy_kwh_high,
  root_sum(
    root_sum(
      root_sum(
        half_log(run.accelerator_count_low, run.accelerator_count_high),
        half_log(run.training_duration_h_low, run.training_duration_h_high)
      ),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread,
  root_sum(
    root_sum(
      root_sum(
        half_log(run.accelerator_count_low, run.accelerator_count_high),
        half_log(run.training_duration_h_low, run.training_duration_h_high)
      ),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread_low,
  root_sum(
    root_sum(
      root_sum(
        half_log(run.accelerator_count_low, run.accelerator_count_high),
        half_log(run.training_duration_h_low, run.training_duration_h_high)
      ),
      half_log(server.server_power_w_low, server.server_power_w_high)
    ),
    half_log(world.server_power_fraction_low, world.server_power_fraction_high)
  ) AS input_spread_high,
  world.server_power_fraction_claim_id AS power_fraction_claim_id,
  run.accelerator_count_claim_id AS accelerator_count_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id,
  run.training_duration_h_claim_id AS training_duration_h_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
JOIN world_facts AS world
  ON world.world_id = 'world'
WHERE
  run.stated_accelerator_hours_h IS NULL
  AND NOT run.accelerator_count IS NULL
  AND NOT run.training_duration_h IS NULL
) AS servers_at_average
UNION ALL
SELECT
  servers_at_maximum.run_energy_id,
  servers_at_maximum.branch,
  servers_at_maximum.run_id,
  servers_at_maximum.model_id,
  servers_at_maximum.method,
  servers_at_maximum.energy_boundary,
  CAST(NULL AS TEXT) AS accelerator_id,
  servers_at_maximum.hardware_basis,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS nameplate_it_energy_kwh_high,
  servers_at_maximum.it_energy_kwh,
  servers_at_maximum.it_energy_kwh_low,
  servers_at_maximum.it_energy_kwh_high,
  servers_at_maximum.input_spread,
  servers_at_maximum.input_spread_low,
  servers_at_maximum.input_spread_high,
  CAST(NULL AS BIGINT) AS usage_row_id,
  CAST(NULL AS BIGINT) AS accelerator_row_id,
  CAST(NULL AS BIGINT) AS stated_average_power_w_claim_id,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_low,
  CAST(NULL AS DOUBLE) AS accelerator_hours_h_high,
  CAST(NULL AS BIGINT) AS compute_row_id,
  CAST(NULL AS BIGINT) AS hardware_utilization_claim_id,
  CAST(NULL AS TEXT) AS energy_basis,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS facility_energy_kwh_claim_id,
  CAST(NULL AS BIGINT) AS it_energy_kwh_claim_id,
  servers_at_maximum.server_id,
  CAST(NULL AS DOUBLE) AS power_fraction,
  CAST(NULL AS DOUBLE) AS power_fraction_low,
  CAST(NULL AS DOUBLE) AS power_fraction_high,
  CAST(NULL AS BIGINT) AS power_fraction_claim_id,
  CAST(NULL AS BIGINT) AS stated_accelerator_hours_h_claim_id,
  servers_at_maximum.accelerators_per_server_claim_id,
  servers_at_maximum.server_power_w_claim_id,
  servers_at_maximum.accelerator_count_claim_id,
  servers_at_maximum.training_duration_h_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_energy',
      COALESCE(CAST(run.run_id AS TEXT), ''),
      COALESCE(CAST('server_power' AS TEXT), '')
    )
  ) AS run_energy_id,
  'servers_at_maximum' AS branch,
  run.run_id,
  run.model_id,
  'server_power' AS method,
  'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
  housing.server_id,
  housing.server_basis AS hardware_basis,
  kwh(
    run.accelerator_count / server.accelerators_per_server * server.server_power_w * run.training_duration_h
  ) AS it_energy_kwh,
  kwh(
    run.accelerator_count_low / server.accelerators_per_server_high * server.server_power_w_low * run.training_duration_h_low
  ) AS it_energy_kwh_low,
  kwh(
    run.accelerator_count_high / server.accelerators_per_server_low * server.server_power_w_high * run.training_duration_h_high
  ) AS it_energy_kwh_high,
  root_sum(
    root_sum(
      half_log(run.accelerator_count_low, run.accelerator_count_high),
      half_log(run.training_duration_h_low, run.training_duration_h_high)
    ),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread,
  root_sum(
    root_sum(
      half_log(run.accelerator_count_low, run.accelerator_count_high),
      half_log(run.training_duration_h_low, run.training_duration_h_high)
    ),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread_low,
  root_sum(
    root_sum(
      half_log(run.accelerator_count_low, run.accelerator_count_high),
      half_log(run.training_duration_h_low, run.training_duration_h_high)
    ),
    half_log(server.server_power_w_low, server.server_power_w_high)
  ) AS input_spread_high,
  run.accelerator_count_claim_id AS accelerator_count_claim_id,
  server.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  server.server_power_w_claim_id AS server_power_w_claim_id,
  run.training_duration_h_claim_id AS training_duration_h_claim_id
FROM training_runs AS run
JOIN run_servers AS housing
  ON housing.run_id = run.run_id
JOIN servers AS server
  ON server.server_id = housing.server_id
WHERE
  run.stated_accelerator_hours_h IS NULL
  AND NOT run.accelerator_count IS NULL
  AND NOT run.training_duration_h IS NULL
) AS servers_at_maximum
)
SELECT branches.run_energy_id, branches.branch, branches.run_id, branches.model_id, branches.method, branches.energy_boundary, branches.accelerator_id, branches.hardware_basis, branches.nameplate_it_energy_kwh, branches.nameplate_it_energy_kwh_low, branches.nameplate_it_energy_kwh_high, branches.it_energy_kwh, branches.it_energy_kwh_low, branches.it_energy_kwh_high, branches.input_spread, branches.input_spread_low, branches.input_spread_high, branches.usage_row_id, branches.accelerator_row_id, branches.stated_average_power_w_claim_id, branches.accelerator_hours_h, branches.accelerator_hours_h_low, branches.accelerator_hours_h_high, branches.compute_row_id, branches.hardware_utilization_claim_id, branches.energy_basis, branches.facility_energy_kwh, branches.facility_energy_kwh_low, branches.facility_energy_kwh_high, branches.facility_energy_kwh_claim_id, branches.it_energy_kwh_claim_id, branches.server_id, branches.power_fraction, branches.power_fraction_low, branches.power_fraction_high, branches.power_fraction_claim_id, branches.stated_accelerator_hours_h_claim_id, branches.accelerators_per_server_claim_id, branches.server_power_w_claim_id, branches.accelerator_count_claim_id, branches.training_duration_h_claim_id, ROW_NUMBER() OVER (PARTITION BY branches.run_id ORDER BY METHOD_ORDER(branches.method)) = 1 AS is_headline
FROM branches
