SELECT
  row_key(
    CONCAT_WS(
      '|',
      'method_disagreement',
      COALESCE(CAST(estimate.run_id AS TEXT), ''),
      COALESCE(CAST(estimate.method AS TEXT), ''),
      COALESCE(CAST(other.method AS TEXT), '')
    )
  ) AS row_id,
  estimate.run_id,
  estimate.model_id,
  estimate.is_own,
  estimate.method,
  other.method AS other_method,
  estimate.energy_kwh / other.energy_kwh AS energy_ratio,
  estimate.energy_kwh_low / other.energy_kwh_high AS energy_ratio_low,
  estimate.energy_kwh_high / other.energy_kwh_low AS energy_ratio_high,
  estimate.estimate_id AS estimate_row_id,
  other.estimate_id AS other_row_id
FROM estimates AS estimate
JOIN estimates AS other
  ON other.run_id = estimate.run_id
WHERE
  estimate.energy_p05_kwh > other.energy_p95_kwh
  AND NOT is_nameplate(estimate.method)
  AND NOT is_nameplate(other.method)
