-- Accelerator-hours of a run: as stated, else the number of accelerators times the duration.
-- grain: run_id
SELECT
    run.run_id,
    run.stated_accelerator_hours_h AS accelerator_hours_h,
    half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high) AS accelerator_hours_spread
FROM training_runs AS run
WHERE run.stated_accelerator_hours_h IS NOT NULL
