-- Accelerator-hours times the average power that the maker measured, for accelerators that have no thermal design power.
-- grain: run_id, method
-- id: run_energy_id
-- method: accelerator_average_power
SELECT
    run.run_id,
    run.model_id,
    'accelerator_average_power' AS method,
    'accelerators alone at average power, final run' AS energy_boundary,
    run.accelerator_id,
    'average power of the accelerator' AS hardware_basis,
    kwh(usage.accelerator_hours_h * accelerator.average_power_w) AS it_energy_kwh,
    root_sum(
        usage.accelerator_hours_spread_high, half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
    ) AS input_spread
FROM training_runs AS run
JOIN accelerator_time AS usage ON usage.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE run.stated_average_power_w IS NULL AND accelerator.tdp_w IS NULL AND accelerator.average_power_w IS NOT NULL
