-- Servers times maximum system power times hours, times the share of it that a server draws on average.
-- grain: run_id, method
-- id: run_energy_id
-- method: server_average_power
SELECT
    run.run_id,
    run.model_id,
    'server_average_power' AS method,
    'whole server at average power, final run' AS energy_boundary,
    housing.server_id,
    housing.server_basis AS hardware_basis,
    world.server_power_fraction AS power_fraction,
    kwh(
        run.accelerator_count / server.accelerators_per_server * server.server_power_w * run.training_duration_h
    ) AS nameplate_it_energy_kwh,
    nameplate_it_energy_kwh * power_fraction AS it_energy_kwh,
    root_sum(root_sum(root_sum(half_log(run.accelerator_count_low, run.accelerator_count_high), half_log(run.training_duration_h_low, run.training_duration_h_high)), half_log(server.server_power_w_low, server.server_power_w_high)), half_log(world.server_power_fraction_low, world.server_power_fraction_high)) AS input_spread
FROM training_runs AS run
JOIN run_servers AS housing ON housing.run_id = run.run_id
JOIN servers AS server ON server.server_id = housing.server_id
JOIN world_facts AS world ON world.world_id = 'world'
WHERE run.stated_accelerator_hours_h IS NULL AND run.accelerator_count IS NOT NULL AND run.training_duration_h IS NOT NULL
