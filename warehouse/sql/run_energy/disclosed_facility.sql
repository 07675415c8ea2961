-- Energy of each training run by every method that applies. Disclosed, with the data centre's overhead in it.
-- grain: run_id, method
-- id: run_energy_id
-- method: disclosed
SELECT
    run.run_id,
    run.model_id,
    'disclosed' AS method,
    'as disclosed, PUE included' AS energy_boundary,
    stated_how(stated.basis, stated.flags) AS energy_basis,
    run.stated_facility_energy_kwh AS facility_energy_kwh,
    disclosed_half_log(run.stated_facility_energy_kwh_low, run.stated_facility_energy_kwh_high) AS input_spread
FROM training_runs AS run
LEFT JOIN usable_claims AS stated ON stated.claim_id = run.stated_facility_energy_kwh_claim_id
WHERE run.stated_facility_energy_kwh IS NOT NULL
