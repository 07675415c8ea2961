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
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'server_nameplate') AS server_power_fraction,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_lowest') AS lowest_gpu_power_fraction,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_highest') AS highest_gpu_power_fraction,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_lowest') AS lowest_tpu_power_fraction,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_highest') AS highest_tpu_power_fraction,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'embodied_emissions' AND claim.qualifier = 'accelerator') AS accelerator_embodied_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'embodied_emissions'
      AND claim.qualifier = 'server_without_accelerators') AS server_embodied_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'accelerators_per_server') AS assumed_accelerators_per_server,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'hardware_lifetime') AS hardware_lifetime_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'lifetime_utilization') AS lifetime_utilization,
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
      claim.subject_kind = 'world' AND claim.quantity = 'hardware_utilization') AS assumed_hardware_utilization_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'server_nameplate') AS server_power_fraction_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'server_nameplate') AS server_power_fraction_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'server_nameplate') AS server_power_fraction_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_lowest') AS lowest_gpu_power_fraction_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_lowest') AS lowest_gpu_power_fraction_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_lowest') AS lowest_gpu_power_fraction_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_highest') AS highest_gpu_power_fraction_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_highest') AS highest_gpu_power_fraction_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'gpu_tdp_highest') AS highest_gpu_power_fraction_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_lowest') AS lowest_tpu_power_fraction_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_lowest') AS lowest_tpu_power_fraction_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_lowest') AS lowest_tpu_power_fraction_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_highest') AS highest_tpu_power_fraction_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_highest') AS highest_tpu_power_fraction_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'tpu_tdp_highest') AS highest_tpu_power_fraction_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'embodied_emissions' AND claim.qualifier = 'accelerator') AS accelerator_embodied_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'embodied_emissions' AND claim.qualifier = 'accelerator') AS accelerator_embodied_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'embodied_emissions' AND claim.qualifier = 'accelerator') AS accelerator_embodied_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'embodied_emissions'
      AND claim.qualifier = 'server_without_accelerators') AS server_embodied_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'embodied_emissions'
      AND claim.qualifier = 'server_without_accelerators') AS server_embodied_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'embodied_emissions'
      AND claim.qualifier = 'server_without_accelerators') AS server_embodied_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'accelerators_per_server') AS assumed_accelerators_per_server_low,
    MAX(claim.high) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'accelerators_per_server') AS assumed_accelerators_per_server_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.subject_kind = 'world' AND claim.quantity = 'accelerators_per_server') AS assumed_accelerators_per_server_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'hardware_lifetime') AS hardware_lifetime_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'hardware_lifetime') AS hardware_lifetime_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'hardware_lifetime') AS hardware_lifetime_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'lifetime_utilization') AS lifetime_utilization_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'lifetime_utilization') AS lifetime_utilization_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'lifetime_utilization') AS lifetime_utilization_claim_id
  FROM chosen_claims AS claim
  WHERE
    claim.subject_kind IN ('world', 'country')
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
  facts.server_power_fraction,
  facts.server_power_fraction_low AS server_power_fraction_low,
  facts.server_power_fraction_high AS server_power_fraction_high,
  facts.lowest_gpu_power_fraction,
  facts.lowest_gpu_power_fraction_low AS lowest_gpu_power_fraction_low,
  facts.lowest_gpu_power_fraction_high AS lowest_gpu_power_fraction_high,
  facts.highest_gpu_power_fraction,
  facts.highest_gpu_power_fraction_low AS highest_gpu_power_fraction_low,
  facts.highest_gpu_power_fraction_high AS highest_gpu_power_fraction_high,
  facts.lowest_tpu_power_fraction,
  facts.lowest_tpu_power_fraction_low AS lowest_tpu_power_fraction_low,
  facts.lowest_tpu_power_fraction_high AS lowest_tpu_power_fraction_high,
  facts.highest_tpu_power_fraction,
  facts.highest_tpu_power_fraction_low AS highest_tpu_power_fraction_low,
  facts.highest_tpu_power_fraction_high AS highest_tpu_power_fraction_high,
  facts.accelerator_embodied_tco2e,
  facts.accelerator_embodied_tco2e_low AS accelerator_embodied_tco2e_low,
  facts.accelerator_embodied_tco2e_high AS accelerator_embodied_tco2e_high,
  facts.server_embodied_tco2e,
  facts.server_embodied_tco2e_low AS server_embodied_tco2e_low,
  facts.server_embodied_tco2e_high AS server_embodied_tco2e_high,
  facts.assumed_accelerators_per_server,
  facts.assumed_accelerators_per_server_low AS assumed_accelerators_per_server_low,
  facts.assumed_accelerators_per_server_high AS assumed_accelerators_per_server_high,
  facts.hardware_lifetime_h,
  facts.hardware_lifetime_h_low AS hardware_lifetime_h_low,
  facts.hardware_lifetime_h_high AS hardware_lifetime_h_high,
  facts.lifetime_utilization,
  facts.lifetime_utilization_low AS lifetime_utilization_low,
  facts.lifetime_utilization_high AS lifetime_utilization_high,
  facts.american_emissions_tco2e_claim_id AS american_emissions_tco2e_claim_id,
  facts.world_emissions_tco2e_claim_id AS world_emissions_tco2e_claim_id,
  facts.assumed_hardware_utilization_claim_id AS assumed_hardware_utilization_claim_id,
  facts.server_power_fraction_claim_id AS server_power_fraction_claim_id,
  facts.lowest_gpu_power_fraction_claim_id AS lowest_gpu_power_fraction_claim_id,
  facts.highest_gpu_power_fraction_claim_id AS highest_gpu_power_fraction_claim_id,
  facts.lowest_tpu_power_fraction_claim_id AS lowest_tpu_power_fraction_claim_id,
  facts.highest_tpu_power_fraction_claim_id AS highest_tpu_power_fraction_claim_id,
  facts.accelerator_embodied_tco2e_claim_id AS accelerator_embodied_tco2e_claim_id,
  facts.server_embodied_tco2e_claim_id AS server_embodied_tco2e_claim_id,
  facts.assumed_accelerators_per_server_claim_id AS assumed_accelerators_per_server_claim_id,
  facts.hardware_lifetime_h_claim_id AS hardware_lifetime_h_claim_id,
  facts.lifetime_utilization_claim_id AS lifetime_utilization_claim_id
FROM facts AS facts
