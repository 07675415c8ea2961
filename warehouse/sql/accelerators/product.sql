-- Accelerators: power, memory and peak arithmetic rate of each product, and of each family as the range of its products.
-- grain: accelerator_id
WITH facts AS (
    SELECT
        claim.subject_id AS accelerator_id,
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
    facts.tdp_w,
    facts.average_power_w,
    facts.memory_gb,
    facts.peak_flops_fp16,
    facts.peak_flops_fp32
FROM entity AS product
JOIN facts AS facts ON facts.accelerator_id = product.entity_id
WHERE product.kind = 'accelerator'
