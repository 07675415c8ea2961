-- Grid intensity of a run: as its own source states it.
-- grain: run_id
SELECT
    run.run_id,
    stated_or_assumed(run.stated_intensity_basis) AS intensity_basis,
    'the run' AS intensity_match,
    'location' AS intensity_boundary,
    run.stated_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh
FROM training_runs AS run
WHERE run.stated_grid_intensity_g_per_kwh IS NOT NULL
