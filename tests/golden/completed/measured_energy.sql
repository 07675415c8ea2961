SELECT
  accelerators.row_id,
  accelerators.branch,
  accelerators.run_id,
  accelerators.measured_basis,
  accelerators.measured_by,
  accelerators.measured_accelerator_energy_kwh,
  accelerators.measured_accelerator_energy_kwh_low,
  accelerators.measured_accelerator_energy_kwh_high,
  accelerators.measured_by_claim_id,
  accelerators.measured_accelerator_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_facility_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_it_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_other_energy_kwh_claim_id
FROM (
WITH found AS (
  SELECT
    claim.subject_id AS run_id,
    claim.basis,
    how.object AS measured_by,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    how.claim_id AS measured_by_claim_id
  FROM usable_claims AS claim
  JOIN usable_claims AS how
    ON how.subject_kind = 'training_run'
    AND how.subject_id = claim.subject_id
    AND how.quantity = 'method'
    AND how.object = 'sensor extrapolated'
    AND how.boundary IS NOT DISTINCT FROM claim.boundary
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.source_id <> 'own_runs'
    AND claim.quantity = 'energy'
    AND claim.basis = 'measured'
    AND has_token(claim.boundary, 'lower_bound')
    AND has_token(claim.boundary, 'pue_excluded')
    AND has_token(claim.boundary, 'final_run')
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id
      ORDER BY rank_order(claim.rank), claim.claim_id, how.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS('|', 'measured_energy', COALESCE(CAST(found.run_id AS TEXT), ''), 'accelerators')
  ) AS row_id,
  'accelerators' AS branch,
  found.run_id,
  found.basis AS measured_basis,
  found.measured_by,
  found.value AS measured_accelerator_energy_kwh,
  found.low AS measured_accelerator_energy_kwh_low,
  found.high AS measured_accelerator_energy_kwh_high,
  found.measured_by_claim_id AS measured_by_claim_id,
  found.claim_id AS measured_accelerator_energy_kwh_claim_id
FROM found AS found
) AS accelerators
UNION ALL
SELECT
  facility.row_id,
  facility.branch,
  facility.run_id,
  facility.measured_basis,
  facility.measured_by,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_by_claim_id,
  CAST(NULL AS BIGINT) AS measured_accelerator_energy_kwh_claim_id,
  facility.measured_facility_energy_kwh,
  facility.measured_facility_energy_kwh_low,
  facility.measured_facility_energy_kwh_high,
  facility.measured_facility_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_it_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_other_energy_kwh_claim_id
FROM (
WITH found AS (
  SELECT
    claim.subject_id AS run_id,
    claim.basis,
    how.object AS measured_by,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    how.claim_id AS measured_by_claim_id
  FROM chosen_facts AS claim
  LEFT JOIN usable_claims AS how
    ON how.subject_kind = 'training_run'
    AND how.subject_id = claim.subject_id
    AND how.quantity = 'method'
    AND how.boundary IS NOT DISTINCT FROM claim.boundary
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.source_id <> 'own_runs'
    AND claim.quantity = 'energy'
    AND claim.scope = 'facility'
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY claim.subject_id ORDER BY rank_order(how.rank), how.claim_id) = 1
)
SELECT
  row_key(
    CONCAT_WS('|', 'measured_energy', COALESCE(CAST(found.run_id AS TEXT), ''), 'facility')
  ) AS row_id,
  'facility' AS branch,
  found.run_id,
  found.basis AS measured_basis,
  COALESCE(found.measured_by, 'undisclosed') AS measured_by,
  found.value AS measured_facility_energy_kwh,
  found.low AS measured_facility_energy_kwh_low,
  found.high AS measured_facility_energy_kwh_high,
  found.claim_id AS measured_facility_energy_kwh_claim_id
FROM found AS found
) AS facility
UNION ALL
SELECT
  it.row_id,
  it.branch,
  it.run_id,
  it.measured_basis,
  it.measured_by,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_by_claim_id,
  CAST(NULL AS BIGINT) AS measured_accelerator_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_facility_energy_kwh_claim_id,
  it.measured_it_energy_kwh,
  it.measured_it_energy_kwh_low,
  it.measured_it_energy_kwh_high,
  it.measured_it_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_other_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_other_energy_kwh_claim_id
FROM (
WITH found AS (
  SELECT
    claim.subject_id AS run_id,
    claim.basis,
    how.object AS measured_by,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    how.claim_id AS measured_by_claim_id
  FROM chosen_facts AS claim
  LEFT JOIN usable_claims AS how
    ON how.subject_kind = 'training_run'
    AND how.subject_id = claim.subject_id
    AND how.quantity = 'method'
    AND how.boundary IS NOT DISTINCT FROM claim.boundary
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.source_id <> 'own_runs'
    AND claim.quantity = 'energy'
    AND claim.scope = 'it'
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY claim.subject_id ORDER BY rank_order(how.rank), how.claim_id) = 1
)
SELECT
  row_key(
    CONCAT_WS('|', 'measured_energy', COALESCE(CAST(found.run_id AS TEXT), ''), 'it')
  ) AS row_id,
  'it' AS branch,
  found.run_id,
  found.basis AS measured_basis,
  COALESCE(found.measured_by, 'undisclosed') AS measured_by,
  found.value AS measured_it_energy_kwh,
  found.low AS measured_it_energy_kwh_low,
  found.high AS measured_it_energy_kwh_high,
  found.claim_id AS measured_it_energy_kwh_claim_id
FROM found AS found
) AS it
UNION ALL
SELECT
  unstated.row_id,
  unstated.branch,
  unstated.run_id,
  unstated.measured_basis,
  unstated.measured_by,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_accelerator_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_by_claim_id,
  CAST(NULL AS BIGINT) AS measured_accelerator_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_facility_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_facility_energy_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_low,
  CAST(NULL AS DOUBLE) AS measured_it_energy_kwh_high,
  CAST(NULL AS BIGINT) AS measured_it_energy_kwh_claim_id,
  unstated.measured_other_energy_kwh,
  unstated.measured_other_energy_kwh_low,
  unstated.measured_other_energy_kwh_high,
  unstated.measured_other_energy_kwh_claim_id
FROM (
WITH found AS (
  SELECT
    claim.subject_id AS run_id,
    claim.basis,
    how.object AS measured_by,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    how.claim_id AS measured_by_claim_id
  FROM chosen_facts AS claim
  LEFT JOIN usable_claims AS how
    ON how.subject_kind = 'training_run'
    AND how.subject_id = claim.subject_id
    AND how.quantity = 'method'
    AND how.boundary IS NOT DISTINCT FROM claim.boundary
  WHERE
    claim.subject_kind = 'training_run'
    AND claim.source_id <> 'own_runs'
    AND claim.quantity = 'energy'
    AND claim.scope = 'unstated'
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY claim.subject_id ORDER BY rank_order(how.rank), how.claim_id) = 1
)
SELECT
  row_key(
    CONCAT_WS('|', 'measured_energy', COALESCE(CAST(found.run_id AS TEXT), ''), 'unstated')
  ) AS row_id,
  'unstated' AS branch,
  found.run_id,
  found.basis AS measured_basis,
  COALESCE(found.measured_by, 'undisclosed') AS measured_by,
  found.value AS measured_other_energy_kwh,
  found.low AS measured_other_energy_kwh_low,
  found.high AS measured_other_energy_kwh_high,
  found.claim_id AS measured_other_energy_kwh_claim_id
FROM found AS found
) AS unstated
