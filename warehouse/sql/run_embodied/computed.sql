-- Embodied emissions of the hardware that a run used, where accelerator-hours are known only from training compute.
-- grain: run_id
SELECT
    usage.run_id,
    'making of accelerators and servers, by share of their time in use' AS embodied_boundary,
    usage.accelerator_hours_h * (
        world.accelerator_embodied_tco2e + world.server_embodied_tco2e / world.assumed_accelerators_per_server
    ) / (world.hardware_lifetime_h * world.lifetime_utilization) AS embodied_emissions_tco2e
FROM run_energy AS usage
JOIN world_facts AS world ON world.world_id = 'world'
LEFT JOIN accelerator_time AS timed ON timed.run_id = usage.run_id
WHERE usage.method = 'training_compute' AND timed.run_id IS NULL
