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
  claim.scope,
  claim.qualifier,
  claim.period_start,
  claim.period_end,
  claim.flags
FROM usable_claims AS claim
WHERE
  NOT has_token(claim.flags, 'third_party')
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY claim.subject_kind, claim.subject_id, claim.quantity, claim.scope
    ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.period_end DESC, claim.claim_id
  ) = 1
