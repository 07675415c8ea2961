-- Energy and emissions of runs whose energy is disclosed with the data centre's overhead in it, at the place where they ran.
-- grain: run_id, method, place_id
-- id: estimate_id
SELECT
    energy.run_id,
    energy.model_id,
    energy.method,
    run.is_own,
    place.place_id,
    run.region_id,
    place.place_basis,
    energy.is_headline,
    energy.energy_boundary,
    energy.energy_basis,
    energy.server_id,
    energy.accelerator_id,
    energy.hardware_basis,
    'in the energy' AS pue_basis,
    'the run' AS pue_match,
    intensity.intensity_basis,
    intensity.intensity_match,
    intensity.intensity_boundary,
    energy.facility_energy_kwh AS energy_kwh,
    intensity.grid_intensity_g_per_kwh,
    tonnes(energy_kwh * intensity.grid_intensity_g_per_kwh) AS emissions_tco2e,
    energy.input_spread AS energy_spread,
    energy_kwh / exp(energy_spread) AS energy_p05_kwh,
    energy_kwh * exp(energy_spread) AS energy_p95_kwh,
    embodied.embodied_emissions_tco2e,
    half_log(intensity.grid_intensity_g_per_kwh_low, intensity.grid_intensity_g_per_kwh_high) AS intensity_spread,
    emissions_tco2e / exp(root_sum(energy_spread, intensity_spread)) AS emissions_p05_tco2e,
    emissions_tco2e * exp(root_sum(energy_spread, intensity_spread)) AS emissions_p95_tco2e,
    energy.facility_energy_kwh_claim_id AS disclosed_energy_claim_id
FROM run_energy AS energy
JOIN training_runs AS run ON run.run_id = energy.run_id
JOIN run_places AS place ON place.run_id = energy.run_id
LEFT JOIN run_embodied AS embodied ON embodied.run_id = energy.run_id
LEFT JOIN run_intensity AS intensity ON intensity.run_id = energy.run_id
WHERE energy.facility_energy_kwh IS NOT NULL
