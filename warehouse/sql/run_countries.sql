-- The countries of the organisations that trained a run: where it may have taken place if nothing more is known.
-- grain: run_id, country_id
WITH named AS (
    SELECT claim.subject_id AS run_id, claim.object_id AS country_id, claim.claim_id
    FROM usable_claims AS claim
    WHERE claim.quantity = 'developer_country' AND claim.object_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY claim.subject_id, claim.object_id
        ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.claim_id
    ) = 1
)
SELECT named.run_id, named.country_id FROM named AS named
