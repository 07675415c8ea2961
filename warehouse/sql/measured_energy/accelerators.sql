-- Energies of the accelerators alone, as their sensors showed it: no host, no network, no overhead.
-- grain: run_id, branch
WITH found AS (
    SELECT claim.subject_id AS run_id, claim.basis, how.object AS measured_by, claim.claim_id, claim.low, claim.value, claim.high
    FROM usable_claims AS claim
    JOIN usable_claims AS how ON how.subject_kind = 'training_run'
        AND how.subject_id = claim.subject_id
        AND how.quantity = 'method'
        AND how.object = 'sensor extrapolated'
        AND how.boundary IS NOT DISTINCT FROM claim.boundary
    WHERE claim.subject_kind = 'training_run' AND claim.source_id <> 'own_runs' AND claim.quantity = 'energy' AND claim.basis = 'measured'
        AND has_token(claim.boundary, 'lower_bound')
        AND has_token(claim.boundary, 'pue_excluded')
        AND has_token(claim.boundary, 'final_run')
    QUALIFY row_number() OVER (PARTITION BY claim.subject_id ORDER BY rank_order(claim.rank), claim.claim_id, how.claim_id) = 1
)
SELECT found.run_id, found.basis AS measured_basis, found.measured_by, found.value AS measured_accelerator_energy_kwh
FROM found AS found
