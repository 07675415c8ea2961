-- Energy of a run by its accelerators' thermal design power: accelerator-hours x TDP, as ML CO2 Impact does.
-- grain: run_id, method, place_id
-- id: estimate_id
-- method: accelerator_power
SELECT
    run.run_id,
    run.model_id,
    'accelerator_power' AS method,
    run.place_id,
    run.region_id,
    run.place_basis,
    'accelerators alone at TDP, final run' AS energy_boundary,
    run.accelerator_id,
    'TDP' AS hardware_basis,
    CASE WHEN run.stated_pue IS NOT NULL THEN 'stated for the run' ELSE place.pue_basis END AS pue_basis,
    CASE WHEN run.stated_pue IS NOT NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'stated for the run' ELSE intensity.intensity_source_id END
        AS intensity_basis,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'the run' ELSE intensity.intensity_match END
        AS intensity_match,
    kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS it_energy_kwh,
    coalesce(run.stated_pue, place.place_pue) AS pue,
    it_energy_kwh * pue AS energy_kwh,
    coalesce(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
    tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e
FROM training_runs AS run
JOIN accelerator_time AS usage ON usage.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
LEFT JOIN place_pue AS place ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity ON intensity.place_id = run.place_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
WHERE run.stated_average_power_w IS NULL AND accelerator.tdp_w IS NOT NULL
