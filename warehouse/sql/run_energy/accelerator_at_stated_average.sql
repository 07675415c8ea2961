-- Accelerator-hours times the average power per accelerator that the run's source states, hosts and network included.
-- grain: run_id, method
-- id: run_energy_id
-- method: accelerator_average_power
SELECT
    run.run_id,
    run.model_id,
    'accelerator_average_power' AS method,
    'accelerators with their share of the server at average power, final run' AS energy_boundary,
    run.accelerator_id,
    'stated average power' AS hardware_basis,
    kwh(usage.accelerator_hours_h * run.stated_average_power_w) AS it_energy_kwh,
    root_sum(
        usage.accelerator_hours_spread_high, half_log(run.stated_average_power_w_low, run.stated_average_power_w_high)
    ) AS input_spread
FROM training_runs AS run
JOIN accelerator_time AS usage ON usage.run_id = run.run_id
WHERE run.stated_average_power_w IS NOT NULL
