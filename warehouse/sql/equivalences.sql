-- What an estimate's emissions compare to: the yearly emissions of so many Americans, and a share of the world's.
-- grain: run_id, method, place_id
SELECT
    estimate.run_id,
    estimate.model_id,
    estimate.method,
    estimate.place_id,
    estimate.is_headline,
    estimate.emissions_tco2e / world.american_emissions_tco2e AS american_years,
    estimate.emissions_tco2e / world.world_emissions_tco2e AS share_of_world
FROM estimates AS estimate
JOIN world_facts AS world ON world.world_id = 'world'
WHERE estimate.emissions_tco2e IS NOT NULL
