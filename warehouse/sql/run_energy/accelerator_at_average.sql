-- Accelerator-hours times thermal design power, times what an accelerator with its share of the server draws of it.
-- grain: run_id, method
-- id: run_energy_id
-- method: accelerator_average_power
SELECT
    run.run_id,
    run.model_id,
    'accelerator_average_power' AS method,
    'accelerators with their share of the server at average power, final run' AS energy_boundary,
    run.accelerator_id,
    'TDP, assumed power fraction' AS hardware_basis,
    kwh(usage.accelerator_hours_h * accelerator.tdp_w) AS nameplate_it_energy_kwh,
    nameplate_it_energy_kwh * accelerator.power_fraction AS it_energy_kwh,
    root_sum(
        usage.accelerator_hours_spread_high,
        root_sum(
            half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
            half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
        )
    ) AS input_spread
FROM training_runs AS run
JOIN accelerator_time AS usage ON usage.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE run.stated_average_power_w IS NULL AND accelerator.tdp_w IS NOT NULL AND accelerator.power_fraction IS NOT NULL
