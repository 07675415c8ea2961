SELECT
  accelerators.row_id,
  accelerators.branch,
  accelerators.run_id,
  accelerators.model_id,
  accelerators.developer_id,
  accelerators.method,
  accelerators.hardware_basis,
  accelerators.hardware_type,
  accelerators.measured_basis,
  accelerators.measured_by,
  accelerators.is_measurement,
  accelerators.is_circular,
  accelerators.measured_energy_kwh,
  accelerators.measured_energy_kwh_low,
  accelerators.measured_energy_kwh_high,
  accelerators.predicted_energy_kwh,
  accelerators.predicted_energy_kwh_low,
  accelerators.predicted_energy_kwh_high,
  accelerators.energy_spread,
  accelerators.energy_spread_low,
  accelerators.energy_spread_high,
  accelerators.energy_ratio,
  accelerators.energy_ratio_low,
  accelerators.energy_ratio_high,
  accelerators.measured_row_id,
  accelerators.energy_row_id,
  CAST(NULL AS BIGINT) AS pue_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'method_ratios',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      'accelerators'
    )
  ) AS row_id,
  'accelerators' AS branch,
  energy.run_id,
  energy.model_id,
  run.developer_id,
  energy.method,
  energy.hardware_basis,
  accelerator.hardware_type,
  measured.measured_basis,
  measured.measured_by,
  measured.measured_basis IN ('measured', 'disclosed') AS is_measurement,
  energy.hardware_basis = 'stated average power'
  OR measured.measured_by IN ('TDP x hours', 'assumed power x hours') AS is_circular,
  measured.measured_accelerator_energy_kwh AS measured_energy_kwh,
  measured.measured_accelerator_energy_kwh_low AS measured_energy_kwh_low,
  measured.measured_accelerator_energy_kwh_high AS measured_energy_kwh_high,
  energy.it_energy_kwh AS predicted_energy_kwh,
  energy.it_energy_kwh_low AS predicted_energy_kwh_low,
  energy.it_energy_kwh_high AS predicted_energy_kwh_high,
  energy.input_spread AS energy_spread,
  energy.input_spread_low AS energy_spread_low,
  energy.input_spread_high AS energy_spread_high,
  predicted_energy_kwh / measured_energy_kwh AS energy_ratio,
  predicted_energy_kwh_low / measured_energy_kwh_high AS energy_ratio_low,
  predicted_energy_kwh_high / measured_energy_kwh_low AS energy_ratio_high,
  measured.row_id AS measured_row_id,
  energy.run_energy_id AS energy_row_id
FROM run_energy AS energy
JOIN measured_energy AS measured
  ON measured.run_id = energy.run_id
  AND NOT measured.measured_accelerator_energy_kwh IS NULL
JOIN training_runs AS run
  ON run.run_id = energy.run_id
LEFT JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT energy.it_energy_kwh IS NULL AND energy.method = 'accelerator_power'
) AS accelerators
UNION ALL
SELECT
  facility.row_id,
  facility.branch,
  facility.run_id,
  facility.model_id,
  facility.developer_id,
  facility.method,
  facility.hardware_basis,
  facility.hardware_type,
  facility.measured_basis,
  facility.measured_by,
  facility.is_measurement,
  facility.is_circular,
  facility.measured_energy_kwh,
  facility.measured_energy_kwh_low,
  facility.measured_energy_kwh_high,
  facility.predicted_energy_kwh,
  facility.predicted_energy_kwh_low,
  facility.predicted_energy_kwh_high,
  facility.energy_spread,
  facility.energy_spread_low,
  facility.energy_spread_high,
  facility.energy_ratio,
  facility.energy_ratio_low,
  facility.energy_ratio_high,
  facility.measured_row_id,
  facility.energy_row_id,
  facility.pue_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'method_ratios',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      'facility'
    )
  ) AS row_id,
  'facility' AS branch,
  energy.run_id,
  energy.model_id,
  run.developer_id,
  energy.method,
  energy.hardware_basis,
  accelerator.hardware_type,
  measured.measured_basis,
  measured.measured_by,
  measured.measured_basis IN ('measured', 'disclosed') AS is_measurement,
  energy.hardware_basis = 'stated average power'
  OR measured.measured_by IN ('TDP x hours', 'assumed power x hours') AS is_circular,
  measured.measured_facility_energy_kwh AS measured_energy_kwh,
  measured.measured_facility_energy_kwh_low AS measured_energy_kwh_low,
  measured.measured_facility_energy_kwh_high AS measured_energy_kwh_high,
  energy.it_energy_kwh * overhead.pue AS predicted_energy_kwh,
  energy.it_energy_kwh_low * overhead.pue_low AS predicted_energy_kwh_low,
  energy.it_energy_kwh_high * overhead.pue_high AS predicted_energy_kwh_high,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread_low,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread_high,
  predicted_energy_kwh / measured_energy_kwh AS energy_ratio,
  predicted_energy_kwh_low / measured_energy_kwh_high AS energy_ratio_low,
  predicted_energy_kwh_high / measured_energy_kwh_low AS energy_ratio_high,
  measured.row_id AS measured_row_id,
  energy.run_energy_id AS energy_row_id,
  overhead.pue_claim_id AS pue_claim_id
FROM run_energy AS energy
JOIN measured_energy AS measured
  ON measured.run_id = energy.run_id
  AND NOT measured.measured_facility_energy_kwh IS NULL
JOIN training_runs AS run
  ON run.run_id = energy.run_id
JOIN run_pue AS overhead
  ON overhead.run_id = energy.run_id
LEFT JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT energy.it_energy_kwh IS NULL AND energy.method <> 'disclosed'
) AS facility
UNION ALL
SELECT
  it.row_id,
  it.branch,
  it.run_id,
  it.model_id,
  it.developer_id,
  it.method,
  it.hardware_basis,
  it.hardware_type,
  it.measured_basis,
  it.measured_by,
  it.is_measurement,
  it.is_circular,
  it.measured_energy_kwh,
  it.measured_energy_kwh_low,
  it.measured_energy_kwh_high,
  it.predicted_energy_kwh,
  it.predicted_energy_kwh_low,
  it.predicted_energy_kwh_high,
  it.energy_spread,
  it.energy_spread_low,
  it.energy_spread_high,
  it.energy_ratio,
  it.energy_ratio_low,
  it.energy_ratio_high,
  it.measured_row_id,
  it.energy_row_id,
  CAST(NULL AS BIGINT) AS pue_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'method_ratios',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      'it'
    )
  ) AS row_id,
  'it' AS branch,
  energy.run_id,
  energy.model_id,
  run.developer_id,
  energy.method,
  energy.hardware_basis,
  accelerator.hardware_type,
  measured.measured_basis,
  measured.measured_by,
  measured.measured_basis IN ('measured', 'disclosed') AS is_measurement,
  energy.hardware_basis = 'stated average power'
  OR measured.measured_by IN ('TDP x hours', 'assumed power x hours') AS is_circular,
  measured.measured_it_energy_kwh AS measured_energy_kwh,
  measured.measured_it_energy_kwh_low AS measured_energy_kwh_low,
  measured.measured_it_energy_kwh_high AS measured_energy_kwh_high,
  energy.it_energy_kwh AS predicted_energy_kwh,
  energy.it_energy_kwh_low AS predicted_energy_kwh_low,
  energy.it_energy_kwh_high AS predicted_energy_kwh_high,
  energy.input_spread AS energy_spread,
  energy.input_spread_low AS energy_spread_low,
  energy.input_spread_high AS energy_spread_high,
  predicted_energy_kwh / measured_energy_kwh AS energy_ratio,
  predicted_energy_kwh_low / measured_energy_kwh_high AS energy_ratio_low,
  predicted_energy_kwh_high / measured_energy_kwh_low AS energy_ratio_high,
  measured.row_id AS measured_row_id,
  energy.run_energy_id AS energy_row_id
FROM run_energy AS energy
JOIN measured_energy AS measured
  ON measured.run_id = energy.run_id AND NOT measured.measured_it_energy_kwh IS NULL
JOIN training_runs AS run
  ON run.run_id = energy.run_id
LEFT JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT energy.it_energy_kwh IS NULL AND energy.method <> 'disclosed'
) AS it
UNION ALL
SELECT
  unstated.row_id,
  unstated.branch,
  unstated.run_id,
  unstated.model_id,
  unstated.developer_id,
  unstated.method,
  unstated.hardware_basis,
  unstated.hardware_type,
  unstated.measured_basis,
  unstated.measured_by,
  unstated.is_measurement,
  unstated.is_circular,
  unstated.measured_energy_kwh,
  unstated.measured_energy_kwh_low,
  unstated.measured_energy_kwh_high,
  unstated.predicted_energy_kwh,
  unstated.predicted_energy_kwh_low,
  unstated.predicted_energy_kwh_high,
  unstated.energy_spread,
  unstated.energy_spread_low,
  unstated.energy_spread_high,
  unstated.energy_ratio,
  unstated.energy_ratio_low,
  unstated.energy_ratio_high,
  unstated.measured_row_id,
  unstated.energy_row_id,
  unstated.pue_claim_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'method_ratios',
      COALESCE(CAST(energy.run_id AS TEXT), ''),
      COALESCE(CAST(energy.method AS TEXT), ''),
      'unstated'
    )
  ) AS row_id,
  'unstated' AS branch,
  energy.run_id,
  energy.model_id,
  run.developer_id,
  energy.method,
  energy.hardware_basis,
  accelerator.hardware_type,
  measured.measured_basis,
  measured.measured_by,
  measured.measured_basis IN ('measured', 'disclosed') AS is_measurement,
  energy.hardware_basis = 'stated average power'
  OR measured.measured_by IN ('TDP x hours', 'assumed power x hours') AS is_circular,
  measured.measured_other_energy_kwh AS measured_energy_kwh,
  measured.measured_other_energy_kwh_low AS measured_energy_kwh_low,
  measured.measured_other_energy_kwh_high AS measured_energy_kwh_high,
  energy.it_energy_kwh * overhead.pue AS predicted_energy_kwh,
  energy.it_energy_kwh_low * overhead.pue_low AS predicted_energy_kwh_low,
  energy.it_energy_kwh_high * overhead.pue_high AS predicted_energy_kwh_high,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread_low,
  root_sum(energy.input_spread_high, half_log(overhead.pue_low, overhead.pue_high)) AS energy_spread_high,
  predicted_energy_kwh / measured_energy_kwh AS energy_ratio,
  predicted_energy_kwh_low / measured_energy_kwh_high AS energy_ratio_low,
  predicted_energy_kwh_high / measured_energy_kwh_low AS energy_ratio_high,
  measured.row_id AS measured_row_id,
  energy.run_energy_id AS energy_row_id,
  overhead.pue_claim_id AS pue_claim_id
FROM run_energy AS energy
JOIN measured_energy AS measured
  ON measured.run_id = energy.run_id
  AND NOT measured.measured_other_energy_kwh IS NULL
JOIN training_runs AS run
  ON run.run_id = energy.run_id
JOIN run_pue AS overhead
  ON overhead.run_id = energy.run_id
LEFT JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
WHERE
  NOT energy.it_energy_kwh IS NULL AND energy.method <> 'disclosed'
) AS unstated
