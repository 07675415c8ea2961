SELECT
  counted.row_id,
  counted.branch,
  counted.run_id,
  counted.accelerator_count,
  counted.accelerator_count_low,
  counted.accelerator_count_high,
  counted.training_duration_h,
  counted.training_duration_h_low,
  counted.training_duration_h_high,
  counted.accelerator_hours_h,
  counted.accelerator_hours_h_low,
  counted.accelerator_hours_h_high,
  counted.accelerator_hours_spread,
  counted.accelerator_hours_spread_low,
  counted.accelerator_hours_spread_high,
  counted.accelerator_count_claim_id,
  counted.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'accelerator_time', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'counted' AS branch,
  run.run_id,
  run.accelerator_count,
  run.accelerator_count_low AS accelerator_count_low,
  run.accelerator_count_high AS accelerator_count_high,
  run.training_duration_h,
  run.training_duration_h_low AS training_duration_h_low,
  run.training_duration_h_high AS training_duration_h_high,
  run.accelerator_count * run.training_duration_h AS accelerator_hours_h,
  run.accelerator_count_low * run.training_duration_h_low AS accelerator_hours_h_low,
  run.accelerator_count_high * run.training_duration_h_high AS accelerator_hours_h_high,
  root_sum(
    half_log(run.accelerator_count_low, run.accelerator_count_high),
    half_log(run.training_duration_h_low, run.training_duration_h_high)
  ) AS accelerator_hours_spread,
  root_sum(
    half_log(run.accelerator_count_low, run.accelerator_count_high),
    half_log(run.training_duration_h_low, run.training_duration_h_high)
  ) AS accelerator_hours_spread_low,
  root_sum(
    half_log(run.accelerator_count_low, run.accelerator_count_high),
    half_log(run.training_duration_h_low, run.training_duration_h_high)
  ) AS accelerator_hours_spread_high,
  run.accelerator_count_claim_id AS accelerator_count_claim_id,
  run.training_duration_h_claim_id AS training_duration_h_claim_id
FROM training_runs AS run
WHERE
  run.stated_accelerator_hours_h IS NULL
  AND NOT run.accelerator_count IS NULL
  AND NOT run.training_duration_h IS NULL
) AS counted
UNION ALL
SELECT
  stated.row_id,
  stated.branch,
  stated.run_id,
  CAST(NULL AS DOUBLE) AS accelerator_count,
  CAST(NULL AS DOUBLE) AS accelerator_count_low,
  CAST(NULL AS DOUBLE) AS accelerator_count_high,
  CAST(NULL AS DOUBLE) AS training_duration_h,
  CAST(NULL AS DOUBLE) AS training_duration_h_low,
  CAST(NULL AS DOUBLE) AS training_duration_h_high,
  stated.accelerator_hours_h,
  stated.accelerator_hours_h_low,
  stated.accelerator_hours_h_high,
  stated.accelerator_hours_spread,
  stated.accelerator_hours_spread_low,
  stated.accelerator_hours_spread_high,
  CAST(NULL AS BIGINT) AS accelerator_count_claim_id,
  CAST(NULL AS BIGINT) AS training_duration_h_claim_id,
  stated.accelerator_hours_h_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'accelerator_time', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'stated' AS branch,
  run.run_id,
  run.stated_accelerator_hours_h AS accelerator_hours_h,
  run.stated_accelerator_hours_h_low AS accelerator_hours_h_low,
  run.stated_accelerator_hours_h_high AS accelerator_hours_h_high,
  half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high) AS accelerator_hours_spread,
  half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high) AS accelerator_hours_spread_low,
  half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high) AS accelerator_hours_spread_high,
  run.stated_accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id
FROM training_runs AS run
WHERE
  NOT run.stated_accelerator_hours_h IS NULL
) AS stated
