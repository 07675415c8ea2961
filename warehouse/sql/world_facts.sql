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
        ) AS assumed_hardware_utilization
    FROM chosen_facts AS claim
)
SELECT
    'world' AS world_id,
    facts.american_emissions_tco2e,
    facts.world_emissions_tco2e,
    facts.assumed_hardware_utilization
FROM facts AS facts
