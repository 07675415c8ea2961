-- Servers times maximum system power times hours: an upper bound, since nameplate is not load.
-- grain: run_id, method
-- id: run_energy_id
-- method: server_power
SELECT
    run.run_id,
    run.model_id,
    'server_power' AS method,
    'whole server at nameplate power (an upper bound), final run' AS energy_boundary,
    housing.server_id,
    housing.server_basis AS hardware_basis,
    kwh(
        run.accelerator_count / server.accelerators_per_server * server.server_power_w * run.training_duration_h
    ) AS it_energy_kwh,
    root_sum(root_sum(half_log(run.accelerator_count_low, run.accelerator_count_high), half_log(run.training_duration_h_low, run.training_duration_h_high)), half_log(server.server_power_w_low, server.server_power_w_high)) AS input_spread
FROM training_runs AS run
JOIN run_servers AS housing ON housing.run_id = run.run_id
JOIN servers AS server ON server.server_id = housing.server_id
WHERE run.stated_accelerator_hours_h IS NULL AND run.accelerator_count IS NOT NULL AND run.training_duration_h IS NOT NULL
