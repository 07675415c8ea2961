-- Accelerator-hours of a run: as stated, else the number of accelerators times the duration.
-- grain: run_id
SELECT run.run_id, run.stated_accelerator_hours_h AS accelerator_hours_h
FROM training_runs AS run
WHERE run.stated_accelerator_hours_h IS NOT NULL
