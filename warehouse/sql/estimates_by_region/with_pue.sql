-- Every estimate in every region of the run's provider, or of all providers where that is unknown, once for each source
-- of grid intensity: what the same run would have emitted there.
-- grain: run_id, method, region_id, intensity_source_id
-- id: estimate_by_region_id
WITH energy AS (
    SELECT
        estimate.run_id,
        estimate.model_id,
        estimate.method,
        estimate.is_headline,
        run.run_year,
        run.is_own,
        run.provider_id,
        run.region_id AS own_region_id,
        estimate.it_energy_kwh AS run_it_energy_kwh
    FROM run_energy AS estimate
    JOIN training_runs AS run ON run.run_id = estimate.run_id
    WHERE estimate.it_energy_kwh IS NOT NULL
)
SELECT
    energy.run_id,
    energy.model_id,
    energy.method,
    energy.is_headline,
    energy.is_own,
    region.place_id AS region_id,
    region.place_name AS region_name,
    region.provider_id,
    coalesce(region.place_id = energy.own_region_id, false) AS is_own_region,
    intensity.intensity_source_id,
    intensity.is_preferred,
    overhead.pue_basis,
    overhead.pue_match,
    intensity.intensity_boundary,
    intensity.intensity_match,
    energy.run_it_energy_kwh AS it_energy_kwh,
    overhead.place_pue AS pue,
    it_energy_kwh * pue AS energy_kwh,
    intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
    tonnes(energy_kwh * grid_intensity_g_per_kwh) AS emissions_tco2e
FROM energy AS energy
JOIN places AS region ON region.place_kind = 'region'
    AND (energy.provider_id = region.provider_id OR (energy.provider_id IS NULL AND energy.is_headline))
JOIN place_intensity AS intensity ON intensity.place_id = region.place_id AND intensity.run_year = energy.run_year
    AND (energy.provider_id IS NOT NULL OR intensity.is_preferred)
JOIN place_pue AS overhead ON overhead.place_id = region.place_id AND overhead.run_year = energy.run_year
