-- Accelerator-hours of a run that states how many accelerators ran for how long.
-- grain: run_id
SELECT run.run_id, run.accelerator_count * run.training_duration_h AS accelerator_hours_h
FROM training_runs AS run
WHERE run.stated_accelerator_hours_h IS NULL
    AND run.accelerator_count IS NOT NULL
    AND run.training_duration_h IS NOT NULL
