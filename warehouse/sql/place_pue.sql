-- The PUE that holds for a place in a year: the region's in operation, else the provider's average in operation,
-- else what is stated otherwise, else the world's average in surveys; within each the nearest year, earlier before later.
-- grain: place_id, run_year
WITH candidates AS (
    SELECT
        place.place_id,
        year.run_year,
        claim.claim_id,
        claim.low,
        claim.value,
        claim.high,
        pue_class(claim.subject_kind, claim.qualifier) AS pue_basis,
        period_match(claim.period_start, claim.period_end, year.run_year) AS pue_match,
        period_distance(claim.period_start, claim.period_end, year.run_year) AS distance,
        claim.rank
    FROM places AS place
    JOIN usable_claims AS claim ON claim.quantity = 'pue'
        AND claim.subject_id IN (place.place_id, place.provider_id, 'world')
        AND claim.subject_kind IN ('region', 'provider', 'world')
        AND NOT has_token(claim.flags, 'geography')
    JOIN run_years AS year ON year.run_year IS NOT NULL
    WHERE place.place_kind <> 'country'
)
SELECT candidates.place_id, candidates.run_year, candidates.value AS place_pue, candidates.pue_basis, candidates.pue_match
FROM candidates AS candidates
QUALIFY row_number() OVER (
    PARTITION BY candidates.place_id, candidates.run_year
    ORDER BY
        pue_class_order(candidates.pue_basis),
        rank_order(candidates.rank),
        match_order(candidates.pue_match),
        candidates.distance,
        candidates.claim_id
) = 1
