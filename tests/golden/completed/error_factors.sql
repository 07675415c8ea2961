SELECT
  over.row_id,
  over.branch,
  over.run_id,
  over.model_id,
  over.developer_id,
  over.method,
  over.boundary,
  over.hardware_type,
  over.is_scored,
  over.left_out_because,
  over.measured_basis,
  over.measured_by,
  over.error_factor,
  over.error_factor_low,
  over.error_factor_high,
  over.ratio_row_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'error_factors',
      COALESCE(CAST(ratio.run_id AS TEXT), ''),
      COALESCE(CAST(ratio.method AS TEXT), ''),
      COALESCE(CAST(ratio.branch AS TEXT), '')
    )
  ) AS row_id,
  'over' AS branch,
  ratio.run_id,
  ratio.model_id,
  ratio.developer_id,
  ratio.method,
  ratio.branch AS boundary,
  ratio.hardware_type,
  ratio.is_measurement AND NOT ratio.is_circular AND ratio.branch <> 'unstated' AS is_scored,
  CASE
    WHEN NOT ratio.is_measurement
    THEN 'the stated energy is itself calculated'
    WHEN ratio.is_circular
    THEN 'the stated energy is this method''s own arithmetic'
    WHEN ratio.branch = 'unstated'
    THEN 'what the stated energy includes is not stated'
  END AS left_out_because,
  ratio.measured_basis,
  ratio.measured_by,
  ratio.energy_ratio AS error_factor,
  ratio.energy_ratio_low AS error_factor_low,
  ratio.energy_ratio_high AS error_factor_high,
  ratio.row_id AS ratio_row_id
FROM method_ratios AS ratio
WHERE
  ratio.energy_ratio >= 1
) AS over
UNION ALL
SELECT
  under.row_id,
  under.branch,
  under.run_id,
  under.model_id,
  under.developer_id,
  under.method,
  under.boundary,
  under.hardware_type,
  under.is_scored,
  under.left_out_because,
  under.measured_basis,
  under.measured_by,
  under.error_factor,
  under.error_factor_low,
  under.error_factor_high,
  under.ratio_row_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'error_factors',
      COALESCE(CAST(ratio.run_id AS TEXT), ''),
      COALESCE(CAST(ratio.method AS TEXT), ''),
      COALESCE(CAST(ratio.branch AS TEXT), '')
    )
  ) AS row_id,
  'under' AS branch,
  ratio.run_id,
  ratio.model_id,
  ratio.developer_id,
  ratio.method,
  ratio.branch AS boundary,
  ratio.hardware_type,
  ratio.is_measurement AND NOT ratio.is_circular AND ratio.branch <> 'unstated' AS is_scored,
  CASE
    WHEN NOT ratio.is_measurement
    THEN 'the stated energy is itself calculated'
    WHEN ratio.is_circular
    THEN 'the stated energy is this method''s own arithmetic'
    WHEN ratio.branch = 'unstated'
    THEN 'what the stated energy includes is not stated'
  END AS left_out_because,
  ratio.measured_basis,
  ratio.measured_by,
  ratio.measured_energy_kwh / ratio.predicted_energy_kwh AS error_factor,
  ratio.measured_energy_kwh_low / ratio.predicted_energy_kwh_high AS error_factor_low,
  ratio.measured_energy_kwh_high / ratio.predicted_energy_kwh_low AS error_factor_high,
  ratio.row_id AS ratio_row_id
FROM method_ratios AS ratio
WHERE
  ratio.energy_ratio < 1
) AS under
