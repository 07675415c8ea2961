-- Arithmetic operations of a run: as stated.
-- grain: run_id
SELECT
    run.run_id,
    'stated' AS compute_basis,
    run.training_compute_flop AS compute_flop,
    CASE WHEN run.stated_hardware_utilization IS NULL THEN 'assumed' ELSE 'stated' END AS utilization_basis,
    coalesce(run.stated_hardware_utilization, world.assumed_hardware_utilization) AS hardware_utilization
FROM training_runs AS run
JOIN world_facts AS world ON world.world_id = 'world'
WHERE run.training_compute_flop IS NOT NULL
