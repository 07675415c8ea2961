-- Arithmetic operations of a run that states none: six for each parameter and token.
-- grain: run_id
SELECT
    run.run_id,
    'parameters x tokens' AS compute_basis,
    run.parameters,
    run.training_tokens,
    training_operations(run.parameters, run.training_tokens) AS compute_flop,
    CASE WHEN run.stated_hardware_utilization IS NULL THEN 'assumed' ELSE 'stated' END AS utilization_basis,
    coalesce(run.stated_hardware_utilization, world.assumed_hardware_utilization) AS hardware_utilization
FROM training_runs AS run
JOIN world_facts AS world ON world.world_id = 'world'
WHERE run.training_compute_flop IS NULL AND run.parameters IS NOT NULL AND run.training_tokens IS NOT NULL
