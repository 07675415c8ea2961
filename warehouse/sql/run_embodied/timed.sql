-- Embodied emissions of the hardware that a run used, for the time it used it: accelerators and their share of the server, over the
-- hours in their life that they are in use. Beside an estimate, never in it.
-- grain: run_id
SELECT
    usage.run_id,
    'making of accelerators and servers, by share of their time in use' AS embodied_boundary,
    usage.accelerator_hours_h * (
        world.accelerator_embodied_tco2e + world.server_embodied_tco2e / world.assumed_accelerators_per_server
    ) / (world.hardware_lifetime_h * world.lifetime_utilization) AS embodied_emissions_tco2e
FROM accelerator_time AS usage
JOIN world_facts AS world ON world.world_id = 'world'
