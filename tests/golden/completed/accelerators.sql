SELECT
  family.row_id,
  family.branch,
  family.accelerator_id,
  family.accelerator_name,
  family.hardware_type,
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
  family.training_peak_flops,
  family.training_peak_flops_low,
  family.training_peak_flops_high,
  family.lowest_power_fraction,
  family.lowest_power_fraction_low,
  family.lowest_power_fraction_high,
  family.highest_power_fraction,
  family.highest_power_fraction_low,
  family.highest_power_fraction_high,
  family.power_fraction,
  family.power_fraction_low,
  family.power_fraction_high,
  family.lowest_tdp_w_claim_id,
  family.highest_tdp_w_claim_id,
  family.lowest_peak_flops_claim_id,
  family.highest_peak_flops_claim_id,
  family.lowest_power_fraction_claim_id,
  family.highest_power_fraction_claim_id,
  CAST(NULL AS TEXT) AS family_id,
  CAST(NULL AS DOUBLE) AS average_power_w,
  CAST(NULL AS DOUBLE) AS average_power_w_low,
  CAST(NULL AS DOUBLE) AS average_power_w_high,
  CAST(NULL AS DOUBLE) AS memory_gb,
  CAST(NULL AS DOUBLE) AS memory_gb_low,
  CAST(NULL AS DOUBLE) AS memory_gb_high,
  CAST(NULL AS DOUBLE) AS peak_flops_fp16,
  CAST(NULL AS DOUBLE) AS peak_flops_fp16_low,
  CAST(NULL AS DOUBLE) AS peak_flops_fp16_high,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32_low,
  CAST(NULL AS DOUBLE) AS peak_flops_fp32_high,
  CAST(NULL AS BIGINT) AS tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS average_power_w_claim_id,
  CAST(NULL AS BIGINT) AS memory_gb_claim_id,
  CAST(NULL AS BIGINT) AS peak_flops_fp16_claim_id,
  CAST(NULL AS BIGINT) AS peak_flops_fp32_claim_id,
  CAST(NULL AS BIGINT) AS training_peak_flops_claim_id
FROM (
WITH members AS (
  SELECT
    member.accelerator_id AS family_id,
    claim.quantity,
    claim.qualifier,
    claim.object,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high
  FROM chosen_claims AS claim
  JOIN accelerator_members AS member
    ON member.member_id = claim.subject_id
  WHERE
    claim.subject_kind = 'accelerator'
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
  WHERE
    NOT members.value IS NULL
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
  WHERE
    NOT members.value IS NULL
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY members.family_id, members.quantity, members.qualifier
      ORDER BY members.value DESC, members.claim_id
    ) = 1
), kinds AS (
  SELECT
    members.family_id,
    MAX(members.object) FILTER(WHERE
      members.quantity = 'hardware_type') AS hardware_type,
    MAX(members.claim_id) FILTER(WHERE
      members.quantity = 'hardware_type') AS hardware_type_claim_id
  FROM members AS members
  GROUP BY
    members.family_id
), lowest_facts AS (
  SELECT
    lowest.family_id,
    MAX(lowest.value) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w,
    MAX(lowest.value) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_fp16,
    MAX(lowest.value) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp32') AS lowest_peak_flops_fp32,
    MAX(lowest.low) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_low,
    MAX(lowest.high) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_high,
    MAX(lowest.claim_id) FILTER(WHERE
      lowest.quantity = 'tdp') AS lowest_tdp_w_claim_id,
    MAX(lowest.low) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_fp16_low,
    MAX(lowest.high) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_fp16_high,
    MAX(lowest.claim_id) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_fp16_claim_id,
    MAX(lowest.low) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp32') AS lowest_peak_flops_fp32_low,
    MAX(lowest.high) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp32') AS lowest_peak_flops_fp32_high,
    MAX(lowest.claim_id) FILTER(WHERE
      lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp32') AS lowest_peak_flops_fp32_claim_id
  FROM lowest AS lowest
  GROUP BY
    lowest.family_id
), highest_facts AS (
  SELECT
    highest.family_id,
    MAX(highest.value) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w,
    MAX(highest.value) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_fp16,
    MAX(highest.value) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp32') AS highest_peak_flops_fp32,
    MAX(highest.low) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_low,
    MAX(highest.high) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_high,
    MAX(highest.claim_id) FILTER(WHERE
      highest.quantity = 'tdp') AS highest_tdp_w_claim_id,
    MAX(highest.low) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_fp16_low,
    MAX(highest.high) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_fp16_high,
    MAX(highest.claim_id) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_fp16_claim_id,
    MAX(highest.low) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp32') AS highest_peak_flops_fp32_low,
    MAX(highest.high) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp32') AS highest_peak_flops_fp32_high,
    MAX(highest.claim_id) FILTER(WHERE
      highest.quantity = 'peak_flops' AND highest.qualifier = 'fp32') AS highest_peak_flops_fp32_claim_id
  FROM highest AS highest
  GROUP BY
    highest.family_id
)
SELECT
  row_key(CONCAT_WS('|', 'accelerators', COALESCE(CAST(family.entity_id AS TEXT), ''))) AS row_id,
  'family' AS branch,
  family.entity_id AS accelerator_id,
  family.name AS accelerator_name,
  LOWER(kinds.hardware_type) AS hardware_type,
  lowest_facts.lowest_tdp_w,
  lowest_facts.lowest_tdp_w_low AS lowest_tdp_w_low,
  lowest_facts.lowest_tdp_w_high AS lowest_tdp_w_high,
  highest_facts.highest_tdp_w,
  highest_facts.highest_tdp_w_low AS highest_tdp_w_low,
  highest_facts.highest_tdp_w_high AS highest_tdp_w_high,
  span(lowest_facts.lowest_tdp_w, highest_facts.highest_tdp_w) AS tdp_w,
  if_known(lowest_facts.lowest_tdp_w_low, highest_facts.highest_tdp_w_low) AS tdp_w_low,
  if_known(highest_facts.highest_tdp_w_high, lowest_facts.lowest_tdp_w_high) AS tdp_w_high,
  CASE
    WHEN COALESCE(
      lowest_facts.lowest_peak_flops_fp16 >= lowest_facts.lowest_peak_flops_fp32,
      NOT lowest_facts.lowest_peak_flops_fp16 IS NULL
    )
    THEN lowest_facts.lowest_peak_flops_fp16
    ELSE lowest_facts.lowest_peak_flops_fp32
  END AS lowest_peak_flops,
  CASE
    WHEN COALESCE(
      lowest_facts.lowest_peak_flops_fp16 >= lowest_facts.lowest_peak_flops_fp32,
      NOT lowest_facts.lowest_peak_flops_fp16 IS NULL
    )
    THEN lowest_facts.lowest_peak_flops_fp16_low
    ELSE lowest_facts.lowest_peak_flops_fp32_low
  END AS lowest_peak_flops_low,
  CASE
    WHEN COALESCE(
      lowest_facts.lowest_peak_flops_fp16 >= lowest_facts.lowest_peak_flops_fp32,
      NOT lowest_facts.lowest_peak_flops_fp16 IS NULL
    )
    THEN lowest_facts.lowest_peak_flops_fp16_high
    ELSE lowest_facts.lowest_peak_flops_fp32_high
  END AS lowest_peak_flops_high,
  CASE
    WHEN COALESCE(
      highest_facts.highest_peak_flops_fp16 >= highest_facts.highest_peak_flops_fp32,
      NOT highest_facts.highest_peak_flops_fp16 IS NULL
    )
    THEN highest_facts.highest_peak_flops_fp16
    ELSE highest_facts.highest_peak_flops_fp32
  END AS highest_peak_flops,
  CASE
    WHEN COALESCE(
      highest_facts.highest_peak_flops_fp16 >= highest_facts.highest_peak_flops_fp32,
      NOT highest_facts.highest_peak_flops_fp16 IS NULL
    )
    THEN highest_facts.highest_peak_flops_fp16_low
    ELSE highest_facts.highest_peak_flops_fp32_low
  END AS highest_peak_flops_low,
  CASE
    WHEN COALESCE(
      highest_facts.highest_peak_flops_fp16 >= highest_facts.highest_peak_flops_fp32,
      NOT highest_facts.highest_peak_flops_fp16 IS NULL
    )
    THEN highest_facts.highest_peak_flops_fp16_high
    ELSE highest_facts.highest_peak_flops_fp32_high
  END AS highest_peak_flops_high,
  span(lowest_peak_flops, highest_peak_flops) AS training_peak_flops,
  if_known(lowest_peak_flops_low, highest_peak_flops_low) AS training_peak_flops_low,
  if_known(highest_peak_flops_high, lowest_peak_flops_high) AS training_peak_flops_high,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction
  END AS lowest_power_fraction,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_low
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_low
  END AS lowest_power_fraction_low,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_high
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_high
  END AS lowest_power_fraction_high,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction
  END AS highest_power_fraction,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_low
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_low
  END AS highest_power_fraction_low,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_high
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_high
  END AS highest_power_fraction_high,
  span(lowest_power_fraction, highest_power_fraction) AS power_fraction,
  if_known(lowest_power_fraction_low, highest_power_fraction_low) AS power_fraction_low,
  if_known(highest_power_fraction_high, lowest_power_fraction_high) AS power_fraction_high,
  lowest_facts.lowest_tdp_w_claim_id AS lowest_tdp_w_claim_id,
  highest_facts.highest_tdp_w_claim_id AS highest_tdp_w_claim_id,
  CASE
    WHEN COALESCE(
      lowest_facts.lowest_peak_flops_fp16 >= lowest_facts.lowest_peak_flops_fp32,
      NOT lowest_facts.lowest_peak_flops_fp16 IS NULL
    )
    THEN lowest_facts.lowest_peak_flops_fp16_claim_id
    ELSE lowest_facts.lowest_peak_flops_fp32_claim_id
  END AS lowest_peak_flops_claim_id,
  CASE
    WHEN COALESCE(
      highest_facts.highest_peak_flops_fp16 >= highest_facts.highest_peak_flops_fp32,
      NOT highest_facts.highest_peak_flops_fp16 IS NULL
    )
    THEN highest_facts.highest_peak_flops_fp16_claim_id
    ELSE highest_facts.highest_peak_flops_fp32_claim_id
  END AS highest_peak_flops_claim_id,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_claim_id
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_claim_id
  END AS lowest_power_fraction_claim_id,
  CASE LOWER(kinds.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_claim_id
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_claim_id
  END AS highest_power_fraction_claim_id
FROM entity AS family
JOIN world_facts AS world
  ON world.world_id = 'world'
JOIN kinds AS kinds
  ON kinds.family_id = family.entity_id
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
  product.hardware_type,
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
  product.training_peak_flops,
  product.training_peak_flops_low,
  product.training_peak_flops_high,
  product.lowest_power_fraction,
  product.lowest_power_fraction_low,
  product.lowest_power_fraction_high,
  product.highest_power_fraction,
  product.highest_power_fraction_low,
  product.highest_power_fraction_high,
  product.power_fraction,
  product.power_fraction_low,
  product.power_fraction_high,
  CAST(NULL AS BIGINT) AS lowest_tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS highest_tdp_w_claim_id,
  CAST(NULL AS BIGINT) AS lowest_peak_flops_claim_id,
  CAST(NULL AS BIGINT) AS highest_peak_flops_claim_id,
  product.lowest_power_fraction_claim_id,
  product.highest_power_fraction_claim_id,
  product.family_id,
  product.average_power_w,
  product.average_power_w_low,
  product.average_power_w_high,
  product.memory_gb,
  product.memory_gb_low,
  product.memory_gb_high,
  product.peak_flops_fp16,
  product.peak_flops_fp16_low,
  product.peak_flops_fp16_high,
  product.peak_flops_fp32,
  product.peak_flops_fp32_low,
  product.peak_flops_fp32_high,
  product.tdp_w_claim_id,
  product.average_power_w_claim_id,
  product.memory_gb_claim_id,
  product.peak_flops_fp16_claim_id,
  product.peak_flops_fp32_claim_id,
  product.training_peak_flops_claim_id
FROM (
WITH facts AS (
  SELECT
    claim.subject_id AS accelerator_id,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'hardware_type') AS hardware_type,
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
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'hardware_type') AS hardware_type_claim_id,
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
  LOWER(facts.hardware_type) AS hardware_type,
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
  CASE
    WHEN COALESCE(facts.peak_flops_fp16 >= facts.peak_flops_fp32, NOT facts.peak_flops_fp16 IS NULL)
    THEN facts.peak_flops_fp16
    ELSE facts.peak_flops_fp32
  END AS training_peak_flops,
  CASE
    WHEN COALESCE(facts.peak_flops_fp16 >= facts.peak_flops_fp32, NOT facts.peak_flops_fp16 IS NULL)
    THEN facts.peak_flops_fp16_low
    ELSE facts.peak_flops_fp32_low
  END AS training_peak_flops_low,
  CASE
    WHEN COALESCE(facts.peak_flops_fp16 >= facts.peak_flops_fp32, NOT facts.peak_flops_fp16 IS NULL)
    THEN facts.peak_flops_fp16_high
    ELSE facts.peak_flops_fp32_high
  END AS training_peak_flops_high,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction
  END AS lowest_power_fraction,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_low
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_low
  END AS lowest_power_fraction_low,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_high
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_high
  END AS lowest_power_fraction_high,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction
  END AS highest_power_fraction,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_low
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_low
  END AS highest_power_fraction_low,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_high
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_high
  END AS highest_power_fraction_high,
  span(lowest_power_fraction, highest_power_fraction) AS power_fraction,
  if_known(lowest_power_fraction_low, highest_power_fraction_low) AS power_fraction_low,
  if_known(highest_power_fraction_high, lowest_power_fraction_high) AS power_fraction_high,
  facts.tdp_w_claim_id AS tdp_w_claim_id,
  facts.average_power_w_claim_id AS average_power_w_claim_id,
  facts.memory_gb_claim_id AS memory_gb_claim_id,
  facts.peak_flops_fp16_claim_id AS peak_flops_fp16_claim_id,
  facts.peak_flops_fp32_claim_id AS peak_flops_fp32_claim_id,
  CASE
    WHEN COALESCE(facts.peak_flops_fp16 >= facts.peak_flops_fp32, NOT facts.peak_flops_fp16 IS NULL)
    THEN facts.peak_flops_fp16_claim_id
    ELSE facts.peak_flops_fp32_claim_id
  END AS training_peak_flops_claim_id,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.lowest_gpu_power_fraction_claim_id
    WHEN 'tpu'
    THEN world.lowest_tpu_power_fraction_claim_id
  END AS lowest_power_fraction_claim_id,
  CASE LOWER(facts.hardware_type)
    WHEN 'gpu'
    THEN world.highest_gpu_power_fraction_claim_id
    WHEN 'tpu'
    THEN world.highest_tpu_power_fraction_claim_id
  END AS highest_power_fraction_claim_id
FROM entity AS product
JOIN facts AS facts
  ON facts.accelerator_id = product.entity_id
JOIN world_facts AS world
  ON world.world_id = 'world'
LEFT JOIN accelerator_members AS member
  ON member.accelerator_id = product.entity_id
WHERE
  product.kind = 'accelerator' AND member.accelerator_id IS NULL
) AS product
