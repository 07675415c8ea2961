WITH named AS (
  SELECT
    claim.subject_id AS run_id,
    claim.object_id AS country_id,
    claim.claim_id
  FROM usable_claims AS claim
  WHERE
    claim.quantity = 'developer_country' AND NOT claim.object_id IS NULL
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id, claim.object_id
      ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'run_countries',
      COALESCE(CAST(named.run_id AS TEXT), ''),
      COALESCE(CAST(named.country_id AS TEXT), '')
    )
  ) AS row_id,
  named.run_id,
  named.country_id,
  named.claim_id AS country_claim_id
FROM named AS named
