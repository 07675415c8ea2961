SELECT
  computed.row_id,
  computed.branch,
  computed.run_id,
  computed.embodied_boundary,
  computed.embodied_emissions_tco2e,
  computed.embodied_emissions_tco2e_low,
  computed.embodied_emissions_tco2e_high,
  computed.usage_row_id,
  computed.accelerator_embodied_tco2e_claim_id,
  computed.server_embodied_tco2e_claim_id,
  computed.assumed_accelerators_per_server_claim_id,
  computed.hardware_lifetime_h_claim_id,
  computed.lifetime_utilization_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_embodied', COALESCE(CAST(usage.run_id AS TEXT), ''))) AS row_id,
  'computed' AS branch,
  usage.run_id,
  'making of accelerators and servers, by share of their time in use' AS embodied_boundary,
  usage.accelerator_hours_h * (
    world.accelerator_embodied_tco2e + world.server_embodied_tco2e / world.assumed_accelerators_per_server
  ) / (
    world.hardware_lifetime_h * world.lifetime_utilization
  ) AS embodied_emissions_tco2e,
  usage.accelerator_hours_h_low * (
    world.accelerator_embodied_tco2e_low + world.server_embodied_tco2e_low / world.assumed_accelerators_per_server_high
  ) / (
    world.hardware_lifetime_h_high * world.lifetime_utilization_high
  ) AS embodied_emissions_tco2e_low,
  usage.accelerator_hours_h_high * (
    world.accelerator_embodied_tco2e_high + world.server_embodied_tco2e_high / world.assumed_accelerators_per_server_low
  ) / (
    world.hardware_lifetime_h_low * world.lifetime_utilization_low
  ) AS embodied_emissions_tco2e_high,
  usage.run_energy_id AS usage_row_id,
  world.accelerator_embodied_tco2e_claim_id AS accelerator_embodied_tco2e_claim_id,
  world.server_embodied_tco2e_claim_id AS server_embodied_tco2e_claim_id,
  world.assumed_accelerators_per_server_claim_id AS assumed_accelerators_per_server_claim_id,
  world.hardware_lifetime_h_claim_id AS hardware_lifetime_h_claim_id,
  world.lifetime_utilization_claim_id AS lifetime_utilization_claim_id
FROM run_energy AS usage
JOIN world_facts AS world
  ON world.world_id = 'world'
LEFT JOIN accelerator_time AS timed
  ON timed.run_id = usage.run_id
WHERE
  usage.method = 'training_compute' AND timed.run_id IS NULL
) AS computed
UNION ALL
SELECT
  timed.row_id,
  timed.branch,
  timed.run_id,
  timed.embodied_boundary,
  timed.embodied_emissions_tco2e,
  timed.embodied_emissions_tco2e_low,
  timed.embodied_emissions_tco2e_high,
  timed.usage_row_id,
  timed.accelerator_embodied_tco2e_claim_id,
  timed.server_embodied_tco2e_claim_id,
  timed.assumed_accelerators_per_server_claim_id,
  timed.hardware_lifetime_h_claim_id,
  timed.lifetime_utilization_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_embodied', COALESCE(CAST(usage.run_id AS TEXT), ''))) AS row_id,
  'timed' AS branch,
  usage.run_id,
  'making of accelerators and servers, by share of their time in use' AS embodied_boundary,
  usage.accelerator_hours_h * (
    world.accelerator_embodied_tco2e + world.server_embodied_tco2e / world.assumed_accelerators_per_server
  ) / (
    world.hardware_lifetime_h * world.lifetime_utilization
  ) AS embodied_emissions_tco2e,
  usage.accelerator_hours_h_low * (
    world.accelerator_embodied_tco2e_low + world.server_embodied_tco2e_low / world.assumed_accelerators_per_server_high
  ) / (
    world.hardware_lifetime_h_high * world.lifetime_utilization_high
  ) AS embodied_emissions_tco2e_low,
  usage.accelerator_hours_h_high * (
    world.accelerator_embodied_tco2e_high + world.server_embodied_tco2e_high / world.assumed_accelerators_per_server_low
  ) / (
    world.hardware_lifetime_h_low * world.lifetime_utilization_low
  ) AS embodied_emissions_tco2e_high,
  usage.row_id AS usage_row_id,
  world.accelerator_embodied_tco2e_claim_id AS accelerator_embodied_tco2e_claim_id,
  world.server_embodied_tco2e_claim_id AS server_embodied_tco2e_claim_id,
  world.assumed_accelerators_per_server_claim_id AS assumed_accelerators_per_server_claim_id,
  world.hardware_lifetime_h_claim_id AS hardware_lifetime_h_claim_id,
  world.lifetime_utilization_claim_id AS lifetime_utilization_claim_id
FROM accelerator_time AS usage
JOIN world_facts AS world
  ON world.world_id = 'world'
) AS timed
