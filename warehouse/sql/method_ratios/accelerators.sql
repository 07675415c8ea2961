-- What a method gives for a run over the energy that was measured for it: of the accelerators alone, by the one method that
-- counts them alone.
-- grain: run_id, method, branch
SELECT
    energy.run_id,
    energy.model_id,
    run.developer_id,
    energy.method,
    energy.hardware_basis,
    accelerator.hardware_type,
    measured.measured_basis,
    measured.measured_by,
    measured.measured_basis IN ('measured', 'disclosed') AS is_measurement,
    energy.hardware_basis = 'stated average power'
        OR measured.measured_by IN ('TDP x hours', 'assumed power x hours') AS is_circular,
    measured.measured_accelerator_energy_kwh AS measured_energy_kwh,
    energy.it_energy_kwh AS predicted_energy_kwh,
    energy.input_spread AS energy_spread,
    predicted_energy_kwh / measured_energy_kwh AS energy_ratio
FROM run_energy AS energy
JOIN measured_energy AS measured ON measured.run_id = energy.run_id AND measured.measured_accelerator_energy_kwh IS NOT NULL
JOIN training_runs AS run ON run.run_id = energy.run_id
LEFT JOIN accelerators AS accelerator ON accelerator.accelerator_id = run.accelerator_id
WHERE energy.it_energy_kwh IS NOT NULL AND energy.method = 'accelerator_power'
