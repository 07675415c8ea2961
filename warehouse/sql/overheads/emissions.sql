-- Emissions that sources state beside a final run or about more than it, those with the making of hardware among them.
-- Never added to an estimate.
-- grain: branch, run_id, kind
WITH stated AS (
    SELECT claim.subject_id AS run_id, overhead_kind(claim.boundary) AS kind, claim.boundary, claim.claim_id,
        claim.low, claim.value, claim.high
    FROM usable_claims AS claim
    WHERE claim.subject_kind = 'training_run' AND claim.quantity = 'emissions' AND overhead_kind(claim.boundary) IS NOT NULL
        AND NOT has_token(claim.flags, 'third_party')
    QUALIFY row_number() OVER (
        PARTITION BY claim.subject_id, overhead_kind(claim.boundary)
        ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.claim_id
    ) = 1
)
SELECT stated.run_id, stated.kind, contains_run(stated.kind) AS contains_run, stated.boundary, stated.value AS emissions_tco2e
FROM stated AS stated
