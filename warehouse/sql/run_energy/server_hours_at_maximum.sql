-- Server-hours, from stated accelerator-hours, times maximum system power: an upper bound, since nameplate is not load.
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
        run.stated_accelerator_hours_h / server.accelerators_per_server * server.server_power_w
    ) AS it_energy_kwh,
    root_sum(half_log(run.stated_accelerator_hours_h_low, run.stated_accelerator_hours_h_high), half_log(server.server_power_w_low, server.server_power_w_high)) AS input_spread
FROM training_runs AS run
JOIN run_servers AS housing ON housing.run_id = run.run_id
JOIN servers AS server ON server.server_id = housing.server_id
WHERE run.stated_accelerator_hours_h IS NOT NULL
