-- Energies that were measured or disclosed, against which methods are scored: with the data centre's overhead in them.
-- grain: run_id, branch
WITH found AS (
    SELECT claim.subject_id AS run_id, claim.basis, how.object AS measured_by, claim.claim_id, claim.low, claim.value, claim.high
    FROM chosen_facts AS claim
    LEFT JOIN usable_claims AS how ON how.subject_kind = 'training_run'
        AND how.subject_id = claim.subject_id
        AND how.quantity = 'method'
        AND how.boundary IS NOT DISTINCT FROM claim.boundary
    WHERE claim.subject_kind = 'training_run' AND claim.source_id <> 'own_runs' AND claim.quantity = 'energy'
        AND claim.scope = 'facility'
    QUALIFY row_number() OVER (PARTITION BY claim.subject_id ORDER BY rank_order(how.rank), how.claim_id) = 1
)
SELECT
    found.run_id,
    found.basis AS measured_basis,
    coalesce(found.measured_by, 'undisclosed') AS measured_by,
    found.value AS measured_facility_energy_kwh
FROM found AS found
