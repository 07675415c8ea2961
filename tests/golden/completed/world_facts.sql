WITH facts AS (
  SELECT
    MAX(claim.value) FILTER(WHERE
      claim.subject_kind = 'country'
      AND claim.subject_id = 'us'
      AND claim.quantity = 'emissions_per_capita') AS american_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'world_emissions') AS world_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization') AS assumed_hardware_utilization,
    MAX(claim.low) FILTER(WHERE
      claim.subject_kind = 'country'
      AND claim.subject_id = 'us'
      AND claim.quantity = 'emissions_per_capita') AS american_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.subject_kind = 'country'
      AND claim.subject_id = 'us'
      AND claim.quantity = 'emissions_per_capita') AS american_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.subject_kind = 'country'
      AND claim.subject_id = 'us'
      AND claim.quantity = 'emissions_per_capita') AS american_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'world_emissions') AS world_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'world_emissions') AS world_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'world_emissions') AS world_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization') AS assumed_hardware_utilization_low,
    MAX(claim.high) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization') AS assumed_hardware_utilization_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization') AS assumed_hardware_utilization_claim_id
  FROM chosen_facts AS claim
)
SELECT
  row_key(CONCAT_WS('|', 'world_facts', COALESCE(CAST('world' AS TEXT), ''))) AS row_id,
  'world' AS world_id,
  facts.american_emissions_tco2e,
  facts.american_emissions_tco2e_low AS american_emissions_tco2e_low,
  facts.american_emissions_tco2e_high AS american_emissions_tco2e_high,
  facts.world_emissions_tco2e,
  facts.world_emissions_tco2e_low AS world_emissions_tco2e_low,
  facts.world_emissions_tco2e_high AS world_emissions_tco2e_high,
  facts.assumed_hardware_utilization,
  facts.assumed_hardware_utilization_low AS assumed_hardware_utilization_low,
  facts.assumed_hardware_utilization_high AS assumed_hardware_utilization_high,
  facts.american_emissions_tco2e_claim_id AS american_emissions_tco2e_claim_id,
  facts.world_emissions_tco2e_claim_id AS world_emissions_tco2e_claim_id,
  facts.assumed_hardware_utilization_claim_id AS assumed_hardware_utilization_claim_id
FROM facts AS facts
