-- The cloud regions in a country, by the words that their sources use for the place.
-- grain: country_id, place_id
WITH located AS (
    SELECT claim.subject_id AS place_id, word.entity_id AS country_id, claim.claim_id
    FROM usable_claims AS claim
    JOIN alias AS word ON word.kind = 'country' AND word.alias = claim.object
        AND word.source_id IN ('', claim.source_id)
    WHERE claim.subject_kind = 'region' AND claim.quantity IN ('place_name', 'country', 'grid_zone')
    QUALIFY row_number() OVER (
        PARTITION BY claim.subject_id
        ORDER BY
            CASE claim.quantity WHEN 'place_name' THEN 'a' WHEN 'country' THEN 'b' ELSE 'c' END,
            rank_order(claim.rank),
            claim.period_end DESC NULLS LAST,
            word.source_id DESC,
            claim.claim_id
    ) = 1
)
SELECT located.country_id, located.place_id FROM located AS located
