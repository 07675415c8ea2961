WITH facts AS (
  SELECT
    claim.subject_id AS server_id,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'server_power') AS server_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerators_per_server') AS accelerators_per_server,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'accelerator') AS accelerator_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'server_power') AS server_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'server_power') AS server_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'server_power') AS server_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerators_per_server') AS accelerators_per_server_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerators_per_server') AS accelerators_per_server_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerators_per_server') AS accelerators_per_server_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator') AS accelerator_claim_id
  FROM chosen_facts AS claim
  WHERE
    claim.subject_kind = 'server'
  GROUP BY
    claim.subject_id
)
SELECT
  row_key(CONCAT_WS('|', 'servers', COALESCE(CAST(server.entity_id AS TEXT), ''))) AS row_id,
  server.entity_id AS server_id,
  server.name AS server_name,
  facts.accelerator_id,
  facts.server_power_w,
  facts.server_power_w_low AS server_power_w_low,
  facts.server_power_w_high AS server_power_w_high,
  facts.accelerators_per_server,
  facts.accelerators_per_server_low AS accelerators_per_server_low,
  facts.accelerators_per_server_high AS accelerators_per_server_high,
  facts.memory_gb,
  facts.memory_gb_low AS memory_gb_low,
  facts.memory_gb_high AS memory_gb_high,
  facts.accelerator_claim_id AS accelerator_claim_id,
  facts.server_power_w_claim_id AS server_power_w_claim_id,
  facts.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  facts.memory_gb_claim_id AS memory_gb_claim_id
FROM entity AS server
JOIN facts AS facts
  ON facts.server_id = server.entity_id
WHERE
  server.kind = 'server'
