-- Disclosed without the data centre's overhead.
-- grain: run_id, method
-- id: run_energy_id
-- method: disclosed
SELECT
    run.run_id,
    run.model_id,
    'disclosed' AS method,
    'as disclosed without PUE, PUE added' AS energy_boundary,
    run.stated_it_energy_kwh AS it_energy_kwh,
    disclosed_half_log(run.stated_it_energy_kwh_low, run.stated_it_energy_kwh_high) AS input_spread
FROM training_runs AS run
WHERE run.stated_it_energy_kwh IS NOT NULL AND run.stated_facility_energy_kwh IS NULL
