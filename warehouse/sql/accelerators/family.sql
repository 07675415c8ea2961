-- A name that several products share ("NVIDIA A100", "A100, then H100"): the range over them, each end with its own claim.
-- grain: accelerator_id
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
    JOIN accelerator_members AS member ON member.member_id = claim.subject_id
    WHERE claim.subject_kind = 'accelerator'
),
lowest AS (
    SELECT members.family_id, members.quantity, members.qualifier, members.claim_id, members.low, members.value, members.high
    FROM members AS members
    WHERE members.value IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY members.family_id, members.quantity, members.qualifier ORDER BY members.value, members.claim_id
    ) = 1
),
highest AS (
    SELECT members.family_id, members.quantity, members.qualifier, members.claim_id, members.low, members.value, members.high
    FROM members AS members
    WHERE members.value IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY members.family_id, members.quantity, members.qualifier ORDER BY members.value DESC, members.claim_id
    ) = 1
),
kinds AS (
    SELECT members.family_id, max(members.object) FILTER (WHERE members.quantity = 'hardware_type') AS hardware_type
    FROM members AS members
    GROUP BY members.family_id
),
lowest_facts AS (
    SELECT
        lowest.family_id,
        max(lowest.value) FILTER (WHERE lowest.quantity = 'tdp') AS lowest_tdp_w,
        max(lowest.value) FILTER (WHERE lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops_fp16,
        max(lowest.value) FILTER (WHERE lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp32') AS lowest_peak_flops_fp32
    FROM lowest AS lowest
    GROUP BY lowest.family_id
),
highest_facts AS (
    SELECT
        highest.family_id,
        max(highest.value) FILTER (WHERE highest.quantity = 'tdp') AS highest_tdp_w,
        max(highest.value) FILTER (WHERE highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops_fp16,
        max(highest.value) FILTER (WHERE highest.quantity = 'peak_flops' AND highest.qualifier = 'fp32') AS highest_peak_flops_fp32
    FROM highest AS highest
    GROUP BY highest.family_id
)
SELECT
    family.entity_id AS accelerator_id,
    family.name AS accelerator_name,
    lower(kinds.hardware_type) AS hardware_type,
    lowest_facts.lowest_tdp_w,
    highest_facts.highest_tdp_w,
    span(lowest_facts.lowest_tdp_w, highest_facts.highest_tdp_w) AS tdp_w,
    CASE WHEN coalesce(
        lowest_facts.lowest_peak_flops_fp16 >= lowest_facts.lowest_peak_flops_fp32, lowest_facts.lowest_peak_flops_fp16 IS NOT NULL
    ) THEN lowest_facts.lowest_peak_flops_fp16 ELSE lowest_facts.lowest_peak_flops_fp32 END AS lowest_peak_flops,
    CASE WHEN coalesce(
        highest_facts.highest_peak_flops_fp16 >= highest_facts.highest_peak_flops_fp32, highest_facts.highest_peak_flops_fp16 IS NOT NULL
    ) THEN highest_facts.highest_peak_flops_fp16 ELSE highest_facts.highest_peak_flops_fp32 END AS highest_peak_flops,
    span(lowest_peak_flops, highest_peak_flops) AS training_peak_flops,
    CASE lower(kinds.hardware_type) WHEN 'gpu' THEN world.lowest_gpu_power_fraction WHEN 'tpu' THEN world.lowest_tpu_power_fraction END
        AS lowest_power_fraction,
    CASE lower(kinds.hardware_type) WHEN 'gpu' THEN world.highest_gpu_power_fraction WHEN 'tpu' THEN world.highest_tpu_power_fraction END
        AS highest_power_fraction,
    span(lowest_power_fraction, highest_power_fraction) AS power_fraction
FROM entity AS family
JOIN world_facts AS world ON world.world_id = 'world'
JOIN kinds AS kinds ON kinds.family_id = family.entity_id
JOIN lowest_facts AS lowest_facts ON lowest_facts.family_id = family.entity_id
JOIN highest_facts AS highest_facts ON highest_facts.family_id = family.entity_id
WHERE family.kind = 'accelerator'
