SELECT
  family.row_id,
  family.branch,
  family.accelerator_id,
  family.accelerator_name,
  family.lowest_tdp_w,
  family.lowest_tdp_w_low,
  family.lowest_tdp_w_high,
  family.highest_tdp_w,
  family.highest_tdp_w_low,
  family.highest_tdp_w_high,
  family.tdp_w,
  family.tdp_w_low,
  family.tdp_w_high,
  family.lowest_peak_flops,
  family.lowest_peak_flops_low,
  family.lowest_peak_flops_high,
  family.highest_peak_flops,
  family.highest_peak_flops_low,
  family.highest_peak_flops_high,
  family.peak_flops_fp16,
  family.peak_flops_fp16_low,
  family.peak_flops_fp16_high,
  family.lowest_tdp_w_claim_id,
  family.highest_tdp_w_claim_id,
  family.lowest_peak_flops_claim_id,
  family.highest_peak_flops_claim_id,
  CAST(NULL AS TEXT) AS family_id,
  CAST(NULL AS DOUBLE) AS average_power_w,
  CAST(NULL AS DOUBLE) AS average_power_w_low,
  CAST(NULL AS DOUBLE) AS average_power_w_high,
  CAST(NULL AS DOUBLE) AS memory_gb,
  CAST(NULL AS DOUBLE) AS memory_gb_low,
  CAST(NULL AS DOUBLE) AS memory_gb_high,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32_low,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32_high,
  CAST(NULL AS BIGINT) AS tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS average_power_w_claim_id,
  CAST(NULL AS BIGINT) AS memory_gb_claim_id,
  CAST(NULL AS BIGINT) AS peak_flops_fp16_claim_id,
  CAST(NULL AS BIGINT) AS peak_flops_fp32_claim_id
FROM (
WITH members AS (
  SELECT
    product.part_of AS family_id,
    claim.quantity,
    claim.qualifier,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high
  FROM chosen_claims AS claim
  JOIN entity AS product
    ON product.kind = 'accelerator' AND product.entity_id = claim.subject_id
  WHERE
    claim.subject_kind = 'accelerator' AND NOT product.part_of IS NULL
), lowest AS (
  SELECT
    members.family_id,
    members.quantity,
    members.qualifier,
    members.claim_id,
    members.low,
    members.value,
    members.high
  FROM members AS members
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY members.family_id, members.quantity, members.qualifier
      ORDER BY members.value, members.claim_id
    ) = 1
), highest AS (
  SELECT
    members.family_id,
    members.quantity,
    members.qualifier,
    members.claim_id,
    members.low,
    members.value,
    members.high
  FROM members AS members
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY members.family_id, members.quantity, members.qualifier
      ORDER BY members.value DESC, members.claim_id
    ) = 1
), lowest_facts AS (
  SELECT
    lowest.family_id,
    MAX(lowest.value) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w,
    MAX(lowest.value) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops,
    MAX(lowest.low) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_low,
    MAX(lowest.high) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_high,
    MAX(lowest.claim_id) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_claim_id,
    MAX(lowest.low) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_low,
    MAX(lowest.high) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_high,
    MAX(lowest.claim_id) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_claim_id
  FROM lowest AS lowest
  GROUP BY
    lowest.family_id
), highest_facts AS (
  SELECT
    highest.family_id,
    MAX(highest.value) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w,
    MAX(highest.value) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops,
    MAX(highest.low) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_low,
    MAX(highest.high) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_high,
    MAX(highest.claim_id) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_claim_id,
    MAX(highest.low) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_low,
    MAX(highest.high) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_high,
    MAX(highest.claim_id) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_claim_id
  FROM highest AS highest
  GROUP BY
    highest.family_id
)
SELECT
  row_key(CONCAT_WS('|', 'accelerators', COALESCE(CAST(family.entity_id AS TEXT), ''))) AS row_id,
  'family' AS branch,
  family.entity_id AS accelerator_id,
  family.name AS accelerator_name,
  lowest_facts.lowest_tdp_w,
  lowest_facts.lowest_tdp_w_low AS lowest_tdp_w_low,
  lowest_facts.lowest_tdp_w_high AS lowest_tdp_w_high,
  highest_facts.highest_tdp_w,
  highest_facts.highest_tdp_w_low AS highest_tdp_w_low,
  highest_facts.highest_tdp_w_high AS highest_tdp_w_high,
  span(lowest_facts.lowest_tdp_w, highest_facts.highest_tdp_w) AS tdp_w,
  lowest_facts.lowest_tdp_w_low AS tdp_w_low,
  highest_facts.highest_tdp_w_high AS tdp_w_high,
  lowest_facts.lowest_peak_flops,
  lowest_facts.lowest_peak_flops_low AS lowest_peak_flops_low,
  lowest_facts.lowest_peak_flops_high AS lowest_peak_flops_high,
  highest_facts.highest_peak_flops,
  highest_facts.highest_peak_flops_low AS highest_peak_flops_low,
  highest_facts.highest_peak_flops_high AS highest_peak_flops_high,
  span(lowest_facts.lowest_peak_flops, highest_facts.highest_peak_flops) AS peak_flops_fp16,
  lowest_facts.lowest_peak_flops_low AS peak_flops_fp16_low,
  highest_facts.highest_peak_flops_high AS peak_flops_fp16_high,
  lowest_facts.lowest_tdp_w_claim_id AS lowest_tdp_w_claim_id,
  highest_facts.highest_tdp_w_claim_id AS highest_tdp_w_claim_id,
  lowest_facts.lowest_peak_flops_claim_id AS lowest_peak_flops_claim_id,
  highest_facts.highest_peak_flops_claim_id AS highest_peak_flops_claim_id
FROM entity AS family
JOIN lowest_facts AS lowest_facts
  ON lowest_facts.family_id = family.entity_id
JOIN highest_facts AS highest_facts
  ON highest_facts.family_id = family.entity_id
WHERE
  family.kind = 'accelerator'
) AS family
UNION ALL
SELECT
  product.row_id,
  product.branch,
  product.accelerator_id,
  product.accelerator_name,
  CAST(NULL AS DOUBLE) AS lowest_tdp_w,
  CAST(NULL AS DOUBLE) AS lowest_tdp_w_low,
  CAST(NULL AS DOUBLE) AS lowest_tdp_w_high,
  CAST(NULL AS DOUBLE) AS highest_tdp_w,
  CAST(NULL AS DOUBLE) AS highest_tdp_w_low,
  CAST(NULL AS DOUBLE) AS highest_tdp_w_high,
  product.tdp_w,
  product.tdp_w_low,
  product.tdp_w_high,
  CAST(NULL AS DOUBLE) AS lowest_peak_flops,
  CAST(NULL AS DOUBLE) AS lowest_peak_flops_low,
  CAST(NULL AS DOUBLE) AS lowest_peak_flops_high,
  CAST(NULL AS DOUBLE) AS highest_peak_flops,
  CAST(NULL AS DOUBLE) AS highest_peak_flops_low,
  CAST(NULL AS DOUBLE) AS highest_peak_flops_high,
  product.peak_flops_fp16,
  product.peak_flops_fp16_low,
  product.peak_flops_fp16_high,
  CAST(NULL AS BIGINT) AS lowest_tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS highest_tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS lowest_peak_flops_claim_id,
  CAST(NULL AS BIGINT) AS highest_peak_flops_claim_id,
  product.family_id,
  product.average_power_w,
  product.average_power_w_low,
  product.average_power_w_high,
  product.memory_gb,
  product.memory_gb_low,
  product.memory_gb_high,
  product.peak_flops_fp32,
  product.peak_flops_fp32_low,
  product.peak_flops_fp32_high,
  product.tdp_w_claim_id,
  product.average_power_w_claim_id,
  product.memory_gb_claim_id,
  product.peak_flops_fp16_claim_id,
  product.peak_flops_fp32_claim_id
FROM (
WITH facts AS (
  SELECT
    claim.subject_id AS accelerator_id,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'tdp') AS tdp_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'average_power') AS average_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp16_bf16') AS peak_flops_fp16,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp32') AS peak_flops_fp32,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'tdp') AS tdp_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'tdp') AS tdp_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'tdp') AS tdp_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'average_power') AS average_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'average_power') AS average_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'average_power') AS average_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'memory') AS memory_gb_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp16_bf16') AS peak_flops_fp16_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp16_bf16') AS peak_flops_fp16_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp16_bf16') AS peak_flops_fp16_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp32') AS peak_flops_fp32_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp32') AS peak_flops_fp32_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'peak_flops' AND claim.qualifier = 'fp32') AS peak_flops_fp32_claim_id
  FROM chosen_claims AS claim
  WHERE
    claim.subject_kind = 'accelerator'
  GROUP BY
    claim.subject_id
)
SELECT
  row_key(CONCAT_WS('|', 'accelerators', COALESCE(CAST(product.entity_id AS TEXT), ''))) AS row_id,
  'product' AS branch,
  product.entity_id AS accelerator_id,
  product.name AS accelerator_name,
  product.part_of AS family_id,
  facts.tdp_w,
  facts.tdp_w_low AS tdp_w_low,
  facts.tdp_w_high AS tdp_w_high,
  facts.average_power_w,
  facts.average_power_w_low AS average_power_w_low,
  facts.average_power_w_high AS average_power_w_high,
  facts.memory_gb,
  facts.memory_gb_low AS memory_gb_low,
  facts.memory_gb_high AS memory_gb_high,
  facts.peak_flops_fp16,
  facts.peak_flops_fp16_low AS peak_flops_fp16_low,
  facts.peak_flops_fp16_high AS peak_flops_fp16_high,
  facts.peak_flops_fp32,
  facts.peak_flops_fp32_low AS peak_flops_fp32_low,
  facts.peak_flops_fp32_high AS peak_flops_fp32_high,
  facts.tdp_w_claim_id AS tdp_w_claim_id,
  facts.average_power_w_claim_id AS average_power_w_claim_id,
  facts.memory_gb_claim_id AS memory_gb_claim_id,
  facts.peak_flops_fp16_claim_id AS peak_flops_fp16_claim_id,
  facts.peak_flops_fp32_claim_id AS peak_flops_fp32_claim_id
FROM entity AS product
JOIN facts AS facts
  ON facts.accelerator_id = product.entity_id
WHERE
  product.kind = 'accelerator'
) AS product
