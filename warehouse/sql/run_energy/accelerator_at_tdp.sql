-- Accelerator-hours times thermal design power, as ML CO2 Impact does: accelerators alone, at their nameplate.
-- grain: run_id, method
-- id: run_energy_id
-- method: accelerator_power
SELECT
    run.run_id,
    run.model_id,
    'accelerator_power' AS method,
    'accelerators alone at TDP, final run' AS energy_boundary,
    run.accelerator_id,
    'TDP' AS hardware_basis,
    kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS it_energy_kwh,
    root_sum(usage.accelerator_hours_spread_high, half_log(accelerator.tdp_w_low, accelerator.tdp_w_high)) AS input_spread
FROM training_runs AS run
JOIN accelerator_time AS usage ON usage.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE accelerator.tdp_w IS NOT NULL
