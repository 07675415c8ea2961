-- Energy of a run by its servers' maximum power where only accelerator-hours are stated: server-hours x that power.
-- grain: run_id, method, place_id
-- id: estimate_id
-- method: server_power
SELECT
    run.run_id,
    run.model_id,
    'server_power' AS method,
    run.place_id,
    run.region_id,
    run.place_basis,
    'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
    housing.server_id,
    housing.server_basis AS hardware_basis,
    CASE WHEN run.stated_pue IS NOT NULL THEN 'stated for the run' ELSE place.pue_basis END AS pue_basis,
    CASE WHEN run.stated_pue IS NOT NULL THEN 'the run' ELSE place.pue_match END AS pue_match,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'stated for the run' ELSE intensity.intensity_source_id END
        AS intensity_basis,
    CASE WHEN run.stated_grid_intensity_g_per_kwh IS NOT NULL THEN 'the run' ELSE intensity.intensity_match END
        AS intensity_match,
    kwh(
        run.stated_accelerator_hours_h / server.accelerators_per_server * server.server_power_w
    ) AS it_energy_kwh,
    coalesce(run.stated_pue, place.place_pue) AS pue,
    it_energy_kwh * pue AS energy_kwh,
    coalesce(run.stated_grid_intensity_g_per_kwh, intensity.place_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
    tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e
FROM training_runs AS run
JOIN run_servers AS housing ON housing.run_id = run.run_id
JOIN servers AS server ON server.server_id = housing.server_id
LEFT JOIN place_pue AS place ON place.place_id = run.place_id AND place.run_year = run.run_year
LEFT JOIN place_intensity AS intensity ON intensity.place_id = run.place_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
WHERE run.stated_accelerator_hours_h IS NOT NULL
    AND (run.accelerator_count IS NULL OR run.training_duration_h IS NULL)
