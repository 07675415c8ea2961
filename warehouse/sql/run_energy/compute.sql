-- Training compute over the accelerator's achieved rate gives accelerator-hours; times its average power.
-- grain: run_id, method
-- id: run_energy_id
-- method: training_compute
SELECT
    run.run_id,
    run.model_id,
    'training_compute' AS method,
    'accelerators with their share of the server at average power, final run' AS energy_boundary,
    run.accelerator_id,
    'compute ' || compute.compute_basis || ', utilization ' || compute.utilization_basis || ', assumed power fraction'
        AS hardware_basis,
    hours(compute.compute_flop / (accelerator.training_peak_flops * compute.hardware_utilization)) AS accelerator_hours_h,
    kwh(accelerator_hours_h * accelerator.tdp_w) AS nameplate_it_energy_kwh,
    nameplate_it_energy_kwh * accelerator.power_fraction AS it_energy_kwh,
    root_sum(
        root_sum(
            half_log(compute.compute_flop_low, compute.compute_flop_high),
            half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
        ),
        root_sum(
            half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
            root_sum(
                half_log(accelerator.tdp_w_low, accelerator.tdp_w_high),
                half_log(accelerator.power_fraction_low, accelerator.power_fraction_high)
            )
        )
    ) AS input_spread
FROM training_runs AS run
JOIN run_compute AS compute ON compute.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE accelerator.tdp_w IS NOT NULL AND accelerator.training_peak_flops IS NOT NULL AND accelerator.power_fraction IS NOT NULL
