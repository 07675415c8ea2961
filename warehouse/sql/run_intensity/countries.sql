-- Grid intensity of a run whose developers sit in several countries: the range over those countries and their cloud regions.
-- `intensity_match` is that of the worst of the figures that the range rests on.
-- grain: run_id
WITH candidates AS (
    SELECT
        run.run_id,
        place.place_id,
        place.place_id = named.country_id AS is_national,
        intensity.place_grid_intensity_g_per_kwh,
        intensity.intensity_source_id,
        intensity.intensity_match,
        intensity.intensity_boundary
    FROM training_runs AS run
    JOIN run_countries AS named ON named.run_id = run.run_id
    JOIN country_places AS place ON place.country_id = named.country_id
    JOIN place_intensity AS intensity ON intensity.place_id = place.place_id
        AND intensity.run_year = run.run_year
        AND intensity.is_preferred
    LEFT JOIN place_intensity AS own ON own.place_id = run.region_id
        AND own.run_year = run.run_year
        AND own.is_preferred
    LEFT JOIN zone_intensity AS own_days ON own_days.run_id = run.run_id
    WHERE run.stated_grid_intensity_g_per_kwh IS NULL AND own.place_id IS NULL AND own_days.run_id IS NULL
        AND intensity.place_grid_intensity_g_per_kwh > 0
),
lowest AS (
    SELECT candidates.run_id, candidates.place_id, candidates.intensity_match,
        candidates.place_grid_intensity_g_per_kwh AS lowest_grid_intensity_g_per_kwh
    FROM candidates AS candidates
    QUALIFY row_number() OVER (
        PARTITION BY candidates.run_id ORDER BY candidates.place_grid_intensity_g_per_kwh, candidates.place_id
    ) = 1
),
highest AS (
    SELECT candidates.run_id, candidates.place_id, candidates.intensity_match,
        candidates.place_grid_intensity_g_per_kwh AS highest_grid_intensity_g_per_kwh
    FROM candidates AS candidates
    QUALIFY row_number() OVER (
        PARTITION BY candidates.run_id ORDER BY candidates.place_grid_intensity_g_per_kwh DESC, candidates.place_id
    ) = 1
)
SELECT
    place.run_id,
    'range over the countries'' averages and regions' AS intensity_basis,
    worse_match(lowest.intensity_match, highest.intensity_match) AS intensity_match,
    'location' AS intensity_boundary,
    lowest.place_id AS lowest_place_id,
    highest.place_id AS highest_place_id,
    lowest.lowest_grid_intensity_g_per_kwh,
    highest.highest_grid_intensity_g_per_kwh,
    span(lowest.lowest_grid_intensity_g_per_kwh, highest.highest_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh
FROM run_places AS place
JOIN lowest AS lowest ON lowest.run_id = place.run_id
JOIN highest AS highest ON highest.run_id = place.run_id
WHERE NOT place.is_one_country
