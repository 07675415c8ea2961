SELECT
  row_key(
    CONCAT_WS(
      '|',
      'equivalences',
      COALESCE(CAST(estimate.run_id AS TEXT), ''),
      COALESCE(CAST(estimate.method AS TEXT), ''),
      COALESCE(CAST(estimate.place_id AS TEXT), '')
    )
  ) AS row_id,
  estimate.run_id,
  estimate.model_id,
  estimate.method,
  estimate.place_id,
  estimate.is_headline,
  estimate.emissions_tco2e / world.american_emissions_tco2e AS american_years,
  estimate.emissions_tco2e_low / world.american_emissions_tco2e_high AS american_years_low,
  estimate.emissions_tco2e_high / world.american_emissions_tco2e_low AS american_years_high,
  estimate.emissions_tco2e / world.world_emissions_tco2e AS share_of_world,
  estimate.emissions_tco2e_low / world.world_emissions_tco2e_high AS share_of_world_low,
  estimate.emissions_tco2e_high / world.world_emissions_tco2e_low AS share_of_world_high,
  estimate.estimate_id AS estimate_row_id,
  world.american_emissions_tco2e_claim_id AS american_emissions_tco2e_claim_id,
  world.world_emissions_tco2e_claim_id AS world_emissions_tco2e_claim_id
FROM estimates AS estimate
JOIN world_facts AS world
  ON world.world_id = 'world'
WHERE
  NOT estimate.emissions_tco2e IS NULL
