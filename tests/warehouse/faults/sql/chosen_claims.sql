-- The claim that tables use for a fact, by the one precedence: rank, first-hand before second-hand, basis, recency, then the claim's id.
-- Figures with different scopes are no alternatives; a third party's figure never stands in for a developer's.
-- grain: claim_id
SELECT
    claim.claim_id,
    claim.source_id,
    claim.subject_kind,
    claim.subject_id,
    claim.quantity,
    claim.low,
    claim.value,
    claim.high,
    claim.object,
    claim.object_id,
    claim.basis,
    claim.boundary,
    claim.qualifier,
    claim.period_start,
    claim.period_end
FROM usable_claims AS claim
WHERE NOT has_token(claim.flags, 'third_party')
QUALIFY row_number() OVER (
    PARTITION BY claim.subject_kind, claim.subject_id, claim.quantity, claim.qualifier, scope_class(claim.quantity, claim.boundary)
    ORDER BY
            rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.period_end DESC NULLS LAST, claim.claim_id
) = 1
