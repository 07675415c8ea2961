SELECT
  from_tokens.row_id,
  from_tokens.branch,
  from_tokens.run_id,
  from_tokens.compute_basis,
  from_tokens.parameters,
  from_tokens.parameters_low,
  from_tokens.parameters_high,
  from_tokens.training_tokens,
  from_tokens.training_tokens_low,
  from_tokens.training_tokens_high,
  from_tokens.compute_flop,
  from_tokens.compute_flop_low,
  from_tokens.compute_flop_high,
  from_tokens.utilization_basis,
  from_tokens.hardware_utilization,
  from_tokens.hardware_utilization_low,
  from_tokens.hardware_utilization_high,
  from_tokens.parameters_claim_id,
  from_tokens.training_tokens_claim_id,
  from_tokens.hardware_utilization_claim_id,
  CAST(NULL AS BIGINT) AS compute_flop_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_compute', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'from_tokens' AS branch,
  run.run_id,
  'parameters x tokens' AS compute_basis,
  run.parameters,
  run.parameters_low AS parameters_low,
  run.parameters_high AS parameters_high,
  run.training_tokens,
  run.training_tokens_low AS training_tokens_low,
  run.training_tokens_high AS training_tokens_high,
  training_operations(run.parameters, run.training_tokens) AS compute_flop,
  training_operations(run.parameters_low, run.training_tokens_low) AS compute_flop_low,
  training_operations(run.parameters_high, run.training_tokens_high) AS compute_flop_high,
  CASE WHEN run.stated_hardware_utilization IS NULL THEN 'assumed' ELSE 'stated' END AS utilization_basis,
  COALESCE(run.stated_hardware_utilization, world.assumed_hardware_utilization) AS hardware_utilization,
  COALESCE(run.stated_hardware_utilization_low, world.assumed_hardware_utilization_low) AS hardware_utilization_low,
  COALESCE(run.stated_hardware_utilization_high, world.assumed_hardware_utilization_high) AS hardware_utilization_high,
  run.parameters_claim_id AS parameters_claim_id,
  run.training_tokens_claim_id AS training_tokens_claim_id,
  COALESCE(
    run.stated_hardware_utilization_claim_id,
    world.assumed_hardware_utilization_claim_id
  ) AS hardware_utilization_claim_id
FROM training_runs AS run
JOIN world_facts AS world
  ON world.world_id = 'world'
WHERE
  run.training_compute_flop IS NULL
  AND NOT run.parameters IS NULL
  AND NOT run.training_tokens IS NULL
) AS from_tokens
UNION ALL
SELECT
  stated.row_id,
  stated.branch,
  stated.run_id,
  stated.compute_basis,
  CAST(NULL AS DOUBLE) AS parameters,
  CAST(NULL AS DOUBLE) AS parameters_low,
  CAST(NULL AS DOUBLE) AS parameters_high,
  CAST(NULL AS DOUBLE) AS training_tokens,
  CAST(NULL AS DOUBLE) AS training_tokens_low,
  CAST(NULL AS DOUBLE) AS training_tokens_high,
  stated.compute_flop,
  stated.compute_flop_low,
  stated.compute_flop_high,
  stated.utilization_basis,
  stated.hardware_utilization,
  stated.hardware_utilization_low,
  stated.hardware_utilization_high,
  CAST(NULL AS BIGINT) AS parameters_claim_id,
  CAST(NULL AS BIGINT) AS training_tokens_claim_id,
  stated.hardware_utilization_claim_id,
  stated.compute_flop_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_compute', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'stated' AS branch,
  run.run_id,
  'stated' AS compute_basis,
  run.training_compute_flop AS compute_flop,
  run.training_compute_flop_low AS compute_flop_low,
  run.training_compute_flop_high AS compute_flop_high,
  CASE WHEN run.stated_hardware_utilization IS NULL THEN 'assumed' ELSE 'stated' END AS utilization_basis,
  COALESCE(run.stated_hardware_utilization, world.assumed_hardware_utilization) AS hardware_utilization,
  COALESCE(run.stated_hardware_utilization_low, world.assumed_hardware_utilization_low) AS hardware_utilization_low,
  COALESCE(run.stated_hardware_utilization_high, world.assumed_hardware_utilization_high) AS hardware_utilization_high,
  run.training_compute_flop_claim_id AS compute_flop_claim_id,
  COALESCE(
    run.stated_hardware_utilization_claim_id,
    world.assumed_hardware_utilization_claim_id
  ) AS hardware_utilization_claim_id
FROM training_runs AS run
JOIN world_facts AS world
  ON world.world_id = 'world'
WHERE
  NOT run.training_compute_flop IS NULL
) AS stated
