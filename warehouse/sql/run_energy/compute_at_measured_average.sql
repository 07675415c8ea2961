-- Training compute over the accelerator's achieved rate gives accelerator-hours; times the average power that the maker measured,
-- for accelerators that have no thermal design power.
-- grain: run_id, method
-- id: run_energy_id
-- method: training_compute
SELECT
    run.run_id,
    run.model_id,
    'training_compute' AS method,
    'accelerators alone at average power, final run' AS energy_boundary,
    run.accelerator_id,
    'compute ' || compute.compute_basis || ', utilization ' || compute.utilization_basis || ', average power of the accelerator'
        AS hardware_basis,
    hours(compute.compute_flop / (accelerator.training_peak_flops * compute.hardware_utilization)) AS accelerator_hours_h,
    kwh(accelerator_hours_h * accelerator.average_power_w) AS it_energy_kwh,
    root_sum(
        root_sum(
            half_log(compute.compute_flop_low, compute.compute_flop_high),
            half_log(accelerator.training_peak_flops_low, accelerator.training_peak_flops_high)
        ),
        root_sum(
            half_log(compute.hardware_utilization_low, compute.hardware_utilization_high),
            half_log(accelerator.average_power_w_low, accelerator.average_power_w_high)
        )
    ) AS input_spread
FROM training_runs AS run
JOIN run_compute AS compute ON compute.run_id = run.run_id
JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE accelerator.tdp_w IS NULL AND accelerator.average_power_w IS NOT NULL AND accelerator.training_peak_flops IS NOT NULL
