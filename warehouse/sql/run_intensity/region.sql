-- Grid intensity of a run in a known region: the region's, in the nearest year.
-- grain: run_id
SELECT
    run.run_id,
    intensity.intensity_source_id AS intensity_basis,
    intensity.intensity_match,
    intensity.intensity_boundary,
    intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh
FROM training_runs AS run
JOIN place_intensity AS intensity ON intensity.place_id = run.region_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
LEFT JOIN zone_intensity AS own ON own.run_id = run.run_id
WHERE run.stated_grid_intensity_g_per_kwh IS NULL AND own.run_id IS NULL
