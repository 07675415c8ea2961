-- The lowest grid intensity among a provider's regions, of one country where it names one, in the table that it cites.
-- grain: published_id
WITH regions_of AS (
    SELECT audit.published_id, claim.subject_id AS region_id, claim.claim_id, claim.low, claim.value, claim.high
    FROM audit_cases AS audit
    JOIN places AS place ON place.provider_id = audit.provider_id AND place.place_kind = 'region'
    JOIN usable_claims AS claim ON claim.subject_kind = 'region'
        AND claim.subject_id = place.place_id
        AND claim.quantity = 'grid_intensity'
        AND claim.source_id = 'mlco2_impact'
    JOIN regions AS region ON region.region_id = place.place_id
        AND (audit.country IS NULL OR region.country = audit.country)
    WHERE audit.audit_formula = 'lowest_intensity'
),
lowest AS (
    SELECT region.published_id, region.region_id, region.claim_id, region.low, region.value, region.high
    FROM regions_of AS region
    QUALIFY row_number() OVER (PARTITION BY region.published_id ORDER BY region.value, region.region_id) = 1
)
SELECT
    audit.published_id,
    lowest.region_id AS found_region_id,
    audit.published,
    lowest.value AS recomputed
FROM audit_cases AS audit
JOIN lowest AS lowest ON lowest.published_id = audit.published_id
