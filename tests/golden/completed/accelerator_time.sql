SELECT
  counted.row_id,
  counted.branch,
  counted.run_id,
  counted.accelerator_hours_h,
  counted.accelerator_hours_h_low,
  counted.accelerator_hours_h_high,
  counted.accelerator_count_claim_id,
  counted.training_duration_h_claim_id,
  CAST(NULL AS BIGINT) AS accelerator_hours_h_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'accelerator_time', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'counted' AS branch,
  run.run_id,
  run.accelerator_count * run.training_duration_h AS accelerator_hours_h,
  run.accelerator_count_low * run.training_duration_h_low AS accelerator_hours_h_low,
  run.accelerator_count_high * run.training_duration_h_high AS accelerator_hours_h_high,
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
  stated.accelerator_hours_h,
  stated.accelerator_hours_h_low,
  stated.accelerator_hours_h_high,
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
  run.stated_accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id
FROM training_runs AS run
WHERE
  NOT run.stated_accelerator_hours_h IS NULL
) AS stated
