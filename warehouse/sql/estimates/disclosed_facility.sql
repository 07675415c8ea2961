-- Energy of a run as its developer discloses it, the data centre's overhead included.
-- grain: run_id, method, place_id
-- id: estimate_id
-- method: disclosed
SELECT
    run.run_id,
    run.model_id,
    'disclosed' AS method,
    run.place_id,
    run.region_id,
    run.place_basis,
    'as disclosed, PUE included' AS energy_boundary,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'stated for the run' ELSE intensity.intensity_source_id END
        AS intensity_basis,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'the run' ELSE intensity.intensity_match END
        AS intensity_match,
    run.stated_facility_energy_kwh AS energy_kwh,
    coalesce(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
    tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e
FROM training_runs AS run
LEFT JOIN place_intensity AS intensity ON intensity.place_id = run.place_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
WHERE run.stated_facility_energy_kwh IS NOT NULL
