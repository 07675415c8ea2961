-- Energy of each training run by every method that applies. Disclosed, with the data centre's overhead in it.
-- grain: run_id, method
-- id: run_energy_id
-- method: disclosed
SELECT
    run.run_id,
    run.model_id,
    'disclosed' AS method,
    'as disclosed, PUE included' AS energy_boundary,
    run.stated_facility_energy_kwh AS facility_energy_kwh,
    disclosed_half_log(run.stated_facility_energy_kwh_low, run.stated_facility_energy_kwh_high) AS input_spread
FROM training_runs AS run
WHERE run.stated_facility_energy_kwh IS NOT NULL
