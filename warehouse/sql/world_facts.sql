-- Facts about the world and cited assumptions that hold where a run says nothing of its own.
-- grain: world_id
WITH facts AS (
    SELECT
        max(claim.value) FILTER (
            WHERE claim.subject_kind = 'country' AND claim.subject_id = 'us' AND claim.quantity = 'emissions_per_capita'
        ) AS american_emissions_tco2e,
        max(claim.value) FILTER (
            WHERE claim.subject_kind = 'world' AND claim.quantity = 'world_emissions'
        ) AS world_emissions_tco2e,
        max(claim.value) FILTER (
            WHERE claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization'
        ) AS assumed_hardware_utilization,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'server_nameplate'
        ) AS server_power_fraction,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_lowest'
        ) AS lowest_gpu_power_fraction,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_highest'
        ) AS highest_gpu_power_fraction,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_lowest'
        ) AS lowest_tpu_power_fraction,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_highest'
        ) AS highest_tpu_power_fraction,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'embodied_emissions' AND claim.qualifier = 'accelerator'
        ) AS accelerator_embodied_tco2e,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'embodied_emissions' AND claim.qualifier = 'server_without_accelerators'
        ) AS server_embodied_tco2e,
        max(claim.value) FILTER (
            WHERE claim.subject_kind = 'world' AND claim.quantity = 'accelerators_per_server'
        ) AS assumed_accelerators_per_server,
        max(claim.value) FILTER (WHERE claim.quantity = 'hardware_lifetime') AS hardware_lifetime_h,
        max(claim.value) FILTER (WHERE claim.quantity = 'lifetime_utilization') AS lifetime_utilization
    FROM chosen_claims AS claim
    WHERE claim.subject_kind IN ('world', 'country')
)
SELECT
    'world' AS world_id,
    facts.american_emissions_tco2e,
    facts.world_emissions_tco2e,
    facts.assumed_hardware_utilization,
    facts.server_power_fraction,
    facts.lowest_gpu_power_fraction,
    facts.highest_gpu_power_fraction,
    facts.lowest_tpu_power_fraction,
    facts.highest_tpu_power_fraction,
    facts.accelerator_embodied_tco2e,
    facts.server_embodied_tco2e,
    facts.assumed_accelerators_per_server,
    facts.hardware_lifetime_h,
    facts.lifetime_utilization
FROM facts AS facts
