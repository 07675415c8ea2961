-- Cloud regions: where each is, and the latest location-based grid intensity and PUE stated for it.
-- grain: region_id
WITH words AS (
    SELECT
        claim.subject_id AS region_id,
        max(claim.object) FILTER (WHERE claim.quantity = 'country') AS country,
        max(claim.object) FILTER (WHERE claim.quantity = 'state') AS state,
        max(claim.object) FILTER (WHERE claim.quantity = 'city') AS city,
        max(claim.object) FILTER (WHERE claim.quantity = 'grid_zone') AS grid_zone
    FROM chosen_facts AS claim
    WHERE claim.subject_kind = 'region'
    GROUP BY claim.subject_id
),
intensity AS (
    SELECT
        claim.subject_id AS region_id,
        claim.claim_id,
        claim.low,
        claim.value,
        claim.high,
        claim.source_id,
        claim.boundary,
        claim.period_end
    FROM usable_claims AS claim
    WHERE claim.subject_kind = 'region' AND claim.quantity = 'grid_intensity' AND is_location_average(claim.boundary)
    QUALIFY row_number() OVER (
        PARTITION BY claim.subject_id
        ORDER BY rank_order(claim.rank), claim.period_end DESC NULLS LAST, average_order(claim.boundary), claim.claim_id
    ) = 1
),
overhead AS (
    SELECT claim.subject_id AS region_id, claim.claim_id, claim.low, claim.value, claim.high, claim.qualifier, claim.period_end
    FROM usable_claims AS claim
    WHERE claim.subject_kind = 'region' AND claim.quantity = 'pue'
    QUALIFY row_number() OVER (
        PARTITION BY claim.subject_id
        ORDER BY
            rank_order(claim.rank),
            pue_class_order(pue_class(claim.subject_kind, claim.qualifier)),
            claim.period_end DESC NULLS LAST,
            claim.claim_id
    ) = 1
)
SELECT
    region.place_id AS region_id,
    region.place_name AS region_name,
    region.provider_id,
    words.country,
    words.state,
    words.city,
    words.grid_zone,
    intensity.value AS grid_intensity_g_per_kwh,
    intensity.boundary AS intensity_boundary,
    intensity.source_id AS intensity_source_id,
    intensity.period_end AS intensity_until,
    overhead.value AS pue,
    overhead.qualifier AS pue_kind,
    overhead.period_end AS pue_until
FROM places AS region
LEFT JOIN words AS words ON words.region_id = region.place_id
LEFT JOIN intensity AS intensity ON intensity.region_id = region.place_id
LEFT JOIN overhead AS overhead ON overhead.region_id = region.place_id
WHERE region.place_kind = 'region'
