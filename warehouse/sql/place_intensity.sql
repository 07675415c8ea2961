-- Grid intensity of a place (region, country, world) in a year, from each source that states it: location-based, the nearest year of that source.
-- The preferred source is the one whose year is closest, then consumption before what is not told apart before
-- production; an undated figure comes last.
-- grain: place_id, run_year, intensity_source_id
WITH candidates AS (
    SELECT
        claim.subject_id AS place_id,
        year.run_year,
        claim.source_id AS intensity_source_id,
        claim.claim_id,
        claim.low,
        claim.value,
        claim.high,
        claim.boundary AS intensity_boundary,
        period_match(claim.period_start, claim.period_end, year.run_year) AS intensity_match,
        period_distance(claim.period_start, claim.period_end, year.run_year) AS distance,
        claim.rank
    FROM usable_claims AS claim
    JOIN run_years AS year ON year.run_year IS NOT NULL
    WHERE claim.quantity = 'grid_intensity' AND claim.subject_kind IN ('region', 'country', 'world')
        AND is_location_average(claim.boundary)
),
nearest AS (
    SELECT
        candidates.place_id,
        candidates.run_year,
        candidates.intensity_source_id,
        candidates.claim_id,
        candidates.low,
        candidates.value,
        candidates.high,
        candidates.intensity_boundary,
        candidates.intensity_match,
        candidates.distance
    FROM candidates AS candidates
    QUALIFY row_number() OVER (
        PARTITION BY candidates.place_id, candidates.run_year, candidates.intensity_source_id
        ORDER BY
            rank_order(candidates.rank),
            match_order(candidates.intensity_match),
            candidates.distance,
            average_order(candidates.intensity_boundary),
            candidates.claim_id
    ) = 1
)
SELECT
    nearest.place_id,
    nearest.run_year,
    nearest.intensity_source_id,
    nearest.value AS place_grid_intensity_g_per_kwh,
    nearest.intensity_boundary,
    nearest.intensity_match,
    row_number() OVER (
        PARTITION BY nearest.place_id, nearest.run_year
        ORDER BY
            match_order(nearest.intensity_match),
            nearest.distance,
            average_order(nearest.intensity_boundary),
            nearest.claim_id
    ) = 1 AS is_preferred
FROM nearest AS nearest
