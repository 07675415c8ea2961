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
  scope_class(claim.quantity, claim.boundary) AS scope,
  claim.qualifier,
  claim.period_start,
  claim.period_end,
  claim.rank,
  claim.flags
FROM claim AS claim
WHERE
  claim.superseded_at IS NULL
  AND claim.rank <> 'deprecated'
  AND NOT claim.subject_id IS NULL
  AND claim.from_at IS NULL
