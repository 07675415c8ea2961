-- Accelerators: power, memory and peak arithmetic rate of each product, and of each family as the range of its products.
-- grain: accelerator_id
WITH facts AS (
    SELECT
        claim.subject_id AS accelerator_id,
        max(claim.object) FILTER (WHERE claim.quantity = 'hardware_type') AS hardware_type,
        max(claim.value) FILTER (WHERE claim.quantity = 'tdp') AS tdp_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'average_power') AS average_power_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'memory') AS memory_gb,
        max(claim.value) FILTER (WHERE claim.quantity = 'peak_flops' AND claim.qualifier = 'fp16_bf16') AS peak_flops_fp16,
        max(claim.value) FILTER (WHERE claim.quantity = 'peak_flops' AND claim.qualifier = 'fp32') AS peak_flops_fp32
    FROM chosen_claims AS claim
    WHERE claim.subject_kind = 'accelerator'
    GROUP BY claim.subject_id
)
SELECT
    product.entity_id AS accelerator_id,
    product.name AS accelerator_name,
    product.part_of AS family_id,
    lower(facts.hardware_type) AS hardware_type,
    facts.tdp_w,
    facts.average_power_w,
    facts.memory_gb,
    facts.peak_flops_fp16,
    facts.peak_flops_fp32,
    CASE WHEN coalesce(facts.peak_flops_fp16 >= facts.peak_flops_fp32, facts.peak_flops_fp16 IS NOT NULL)
        THEN facts.peak_flops_fp16 ELSE facts.peak_flops_fp32 END AS training_peak_flops,
    CASE lower(facts.hardware_type) WHEN 'gpu' THEN world.lowest_gpu_power_fraction WHEN 'tpu' THEN world.lowest_tpu_power_fraction END
        AS lowest_power_fraction,
    CASE lower(facts.hardware_type) WHEN 'gpu' THEN world.highest_gpu_power_fraction WHEN 'tpu' THEN world.highest_tpu_power_fraction END
        AS highest_power_fraction,
    span(lowest_power_fraction, highest_power_fraction) AS power_fraction
FROM entity AS product
JOIN facts AS facts ON facts.accelerator_id = product.entity_id
JOIN world_facts AS world ON world.world_id = 'world'
LEFT JOIN accelerator_members AS member ON member.accelerator_id = product.entity_id
WHERE product.kind = 'accelerator' AND member.accelerator_id IS NULL
