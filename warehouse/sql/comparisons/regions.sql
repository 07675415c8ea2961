-- Emissions of a run in one region over those in the lowest region of the same provider: PUE x grid intensity of the one
-- over the other; the run's own energy cancels.
-- grain: branch, run_id, other_run_id, region_id, intensity_source_id
-- id: comparison_id
WITH places AS (
    SELECT
        place.run_id,
        place.model_id,
        place.method,
        place.region_id,
        place.intensity_source_id,
        place.provider_id,
        place.pue,
        place.grid_intensity_g_per_kwh
    FROM estimates_by_region AS place
    WHERE place.is_headline AND place.grid_intensity_g_per_kwh > 0 AND place.pue IS NOT NULL
),
lowest AS (
    SELECT
        place.run_id,
        place.region_id,
        place.intensity_source_id,
        place.provider_id,
        place.pue,
        place.grid_intensity_g_per_kwh
    FROM places AS place
    QUALIFY row_number() OVER (
        PARTITION BY place.run_id, place.provider_id, place.intensity_source_id
        ORDER BY place.pue * place.grid_intensity_g_per_kwh, place.region_id
    ) = 1
)
SELECT
    place.run_id,
    place.model_id,
    place.run_id AS other_run_id,
    place.model_id AS other_model_id,
    place.method,
    place.method AS other_method,
    place.region_id,
    lowest.region_id AS other_region_id,
    place.intensity_source_id,
    place.pue * place.grid_intensity_g_per_kwh / (lowest.pue * lowest.grid_intensity_g_per_kwh) AS emissions_ratio
FROM places AS place
JOIN lowest AS lowest ON lowest.run_id = place.run_id
    AND lowest.provider_id = place.provider_id
    AND lowest.intensity_source_id = place.intensity_source_id
    AND lowest.region_id <> place.region_id
