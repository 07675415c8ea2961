SELECT
  emissions.row_id,
  emissions.branch,
  emissions.run_id,
  emissions.kind,
  emissions.contains_run,
  emissions.boundary,
  emissions.emissions_tco2e,
  emissions.emissions_tco2e_low,
  emissions.emissions_tco2e_high,
  emissions.emissions_tco2e_claim_id,
  CAST(NULL AS DOUBLE) AS energy_kwh,
  CAST(NULL AS DOUBLE) AS energy_kwh_low,
  CAST(NULL AS DOUBLE) AS energy_kwh_high,
  CAST(NULL AS BIGINT) AS energy_kwh_claim_id
FROM (
WITH stated AS (
  SELECT
    claim.subject_id AS run_id,
    overhead_kind(claim.boundary) AS kind,
    claim.boundary,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high
  FROM usable_claims AS claim
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.quantity = 'emissions'
    AND NOT overhead_kind(claim.boundary) IS NULL
    AND NOT has_token(claim.flags, 'third_party')
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id, overhead_kind(claim.boundary)
      ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'overheads',
      'emissions',
      COALESCE(CAST(stated.run_id AS TEXT), ''),
      COALESCE(CAST(stated.kind AS TEXT), '')
    )
  ) AS row_id,
  'emissions' AS branch,
  stated.run_id,
  stated.kind,
  contains_run(stated.kind) AS contains_run,
  stated.boundary,
  stated.value AS emissions_tco2e,
  stated.low AS emissions_tco2e_low,
  stated.high AS emissions_tco2e_high,
  stated.claim_id AS emissions_tco2e_claim_id
FROM stated AS stated
) AS emissions
UNION ALL
SELECT
  energy.row_id,
  energy.branch,
  energy.run_id,
  energy.kind,
  energy.contains_run,
  energy.boundary,
  CAST(NULL AS DOUBLE) AS emissions_tco2e,
  CAST(NULL AS DOUBLE) AS emissions_tco2e_low,
  CAST(NULL AS DOUBLE) AS emissions_tco2e_high,
  CAST(NULL AS BIGINT) AS emissions_tco2e_claim_id,
  energy.energy_kwh,
  energy.energy_kwh_low,
  energy.energy_kwh_high,
  energy.energy_kwh_claim_id
FROM (
WITH stated AS (
  SELECT
    claim.subject_id AS run_id,
    overhead_kind(claim.boundary) AS kind,
    claim.boundary,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high
  FROM usable_claims AS claim
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.quantity = 'energy'
    AND NOT overhead_kind(claim.boundary) IS NULL
    AND NOT has_token(claim.flags, 'third_party')
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id, overhead_kind(claim.boundary)
      ORDER BY rank_order(claim.rank), has_token(claim.flags, 'secondary'), basis_order(claim.basis), claim.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'overheads',
      'energy',
      COALESCE(CAST(stated.run_id AS TEXT), ''),
      COALESCE(CAST(stated.kind AS TEXT), '')
    )
  ) AS row_id,
  'energy' AS branch,
  stated.run_id,
  stated.kind,
  contains_run(stated.kind) AS contains_run,
  stated.boundary,
  stated.value AS energy_kwh,
  stated.low AS energy_kwh_low,
  stated.high AS energy_kwh_high,
  stated.claim_id AS energy_kwh_claim_id
FROM stated AS stated
) AS energy
