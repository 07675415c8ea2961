-- Accelerator-hours of a run that states how many accelerators ran for how long.
-- grain: run_id
SELECT
    run.run_id,
    run.accelerator_count,
    run.training_duration_h,
    run.accelerator_count * run.training_duration_h AS accelerator_hours_h,
    root_sum(
        half_log(run.accelerator_count_low, run.accelerator_count_high),
        half_log(run.training_duration_h_low, run.training_duration_h_high)
    ) AS accelerator_hours_spread
FROM training_runs AS run
WHERE run.stated_accelerator_hours_h IS NULL
    AND run.accelerator_count IS NOT NULL
    AND run.training_duration_h IS NOT NULL
