-- Grid intensity of a run of which no place at all is known: the world's average in its year.
-- grain: run_id
SELECT
    run.run_id,
    intensity.intensity_source_id || ', world average' AS intensity_basis,
    intensity.intensity_match,
    intensity.intensity_boundary,
    intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh
FROM training_runs AS run
JOIN run_places AS place ON place.run_id = run.run_id AND place.place_id = 'world'
JOIN place_intensity AS intensity ON intensity.place_id = 'world'
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
WHERE run.stated_grid_intensity_g_per_kwh IS NULL
