WITH others AS (
  SELECT
    scored.run_id,
    scored.method,
    scored.boundary,
    other.run_id AS other_run_id,
    other.error_factor,
    other.method = scored.method AS is_own,
    ROW_NUMBER() OVER (
      PARTITION BY scored.run_id, scored.method, scored.boundary
      ORDER BY other.error_factor, other.run_id, other.method, other.boundary
    ) AS pooled_place,
    COUNT(*) OVER (PARTITION BY scored.run_id, scored.method, scored.boundary) AS pooled_runs,
    ROW_NUMBER() OVER (
      PARTITION BY scored.run_id, scored.method, scored.boundary, other.method = scored.method
      ORDER BY other.error_factor, other.run_id, other.method, other.boundary
    ) AS own_place,
    COUNT(*) OVER (
      PARTITION BY scored.run_id, scored.method, scored.boundary, other.method = scored.method
    ) AS own_runs,
    other.error_factor_low AS error_factor_low,
    other.error_factor_high AS error_factor_high,
    other.row_id AS other_row_id
  FROM error_factors AS scored
  JOIN error_factors AS other
    ON other.is_scored
    AND is_nameplate(other.method) = is_nameplate(scored.method)
    AND other.developer_id IS DISTINCT FROM scored.developer_id
), fitted AS (
  SELECT
    others.run_id,
    others.method,
    others.boundary,
    others.other_run_id,
    others.error_factor,
    CASE
      WHEN others.is_own
      AND enough_runs(others.own_runs)
      AND others.own_place = covering_rank(others.own_runs)
      THEN CAST(others.own_runs AS TEXT) || ' runs of other developers by this method'
      ELSE CAST(others.pooled_runs AS TEXT) || ' misses of methods of its kind on runs of other developers'
    END AS fitted_on,
    others.error_factor_low AS error_factor_low,
    others.error_factor_high AS error_factor_high,
    others.other_row_id AS others_row_id
  FROM others AS others
  WHERE
    others.pooled_place = covering_rank(others.pooled_runs)
    OR (
      others.is_own
      AND enough_runs(others.own_runs)
      AND others.own_place = covering_rank(others.own_runs)
    )
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY others.run_id, others.method, others.boundary
      ORDER BY others.is_own
      AND enough_runs(others.own_runs)
      AND others.own_place = covering_rank(others.own_runs) DESC
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'calibration',
      COALESCE(CAST(miss.run_id AS TEXT), ''),
      COALESCE(CAST(miss.method AS TEXT), ''),
      COALESCE(CAST(miss.boundary AS TEXT), '')
    )
  ) AS row_id,
  miss.run_id,
  miss.model_id,
  miss.method,
  miss.boundary,
  miss.developer_id,
  miss.hardware_type,
  miss.measured_basis,
  miss.measured_by,
  miss.is_scored,
  miss.left_out_because,
  fitted.fitted_on,
  ratio.measured_energy_kwh,
  ratio.measured_energy_kwh_low AS measured_energy_kwh_low,
  ratio.measured_energy_kwh_high AS measured_energy_kwh_high,
  ratio.predicted_energy_kwh,
  ratio.predicted_energy_kwh_low AS predicted_energy_kwh_low,
  ratio.predicted_energy_kwh_high AS predicted_energy_kwh_high,
  ratio.energy_ratio,
  ratio.energy_ratio_low AS energy_ratio_low,
  ratio.energy_ratio_high AS energy_ratio_high,
  miss.error_factor,
  miss.error_factor_low AS error_factor_low,
  miss.error_factor_high AS error_factor_high,
  fitted.error_factor AS method_error,
  fitted.error_factor_low AS method_error_low,
  fitted.error_factor_high AS method_error_high,
  root_sum(ratio.energy_spread, log_error(fitted.error_factor)) AS total_spread,
  root_sum(ratio.energy_spread_low, log_error(fitted.error_factor_low)) AS total_spread_low,
  root_sum(ratio.energy_spread_high, log_error(fitted.error_factor_high)) AS total_spread_high,
  ratio.predicted_energy_kwh / EXP(total_spread) AS predicted_p05_kwh,
  ratio.predicted_energy_kwh_low / EXP(total_spread_high) AS predicted_p05_kwh_low,
  ratio.predicted_energy_kwh_high / EXP(total_spread_low) AS predicted_p05_kwh_high,
  ratio.predicted_energy_kwh * EXP(total_spread) AS predicted_p95_kwh,
  ratio.predicted_energy_kwh_low * EXP(total_spread_low) AS predicted_p95_kwh_low,
  ratio.predicted_energy_kwh_high * EXP(total_spread_high) AS predicted_p95_kwh_high,
  ratio.measured_energy_kwh >= predicted_p05_kwh
  AND ratio.measured_energy_kwh <= predicted_p95_kwh AS is_inside,
  ratio.row_id AS ratio_row_id,
  miss.row_id AS miss_row_id,
  fitted.others_row_id AS fitted_row_id
FROM error_factors AS miss
JOIN method_ratios AS ratio
  ON ratio.run_id = miss.run_id
  AND ratio.method = miss.method
  AND ratio.branch = miss.boundary
LEFT JOIN fitted AS fitted
  ON fitted.run_id = miss.run_id
  AND fitted.method = miss.method
  AND fitted.boundary = miss.boundary
