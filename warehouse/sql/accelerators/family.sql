-- A name that several products share ("NVIDIA A100"): the range over them, each end with its own claim.
-- grain: accelerator_id
WITH members AS (
    SELECT product.part_of AS family_id, claim.quantity, claim.qualifier, claim.claim_id, claim.low, claim.value, claim.high
    FROM chosen_claims AS claim
    JOIN entity AS product ON product.kind = 'accelerator' AND product.entity_id = claim.subject_id
    WHERE claim.subject_kind = 'accelerator' AND product.part_of IS NOT NULL
),
lowest AS (
    SELECT members.family_id, members.quantity, members.qualifier, members.claim_id, members.low, members.value, members.high
    FROM members AS members
    QUALIFY row_number() OVER (
        PARTITION BY members.family_id, members.quantity, members.qualifier ORDER BY members.value, members.claim_id
    ) = 1
),
highest AS (
    SELECT members.family_id, members.quantity, members.qualifier, members.claim_id, members.low, members.value, members.high
    FROM members AS members
    QUALIFY row_number() OVER (
        PARTITION BY members.family_id, members.quantity, members.qualifier ORDER BY members.value DESC, members.claim_id
    ) = 1
),
lowest_facts AS (
    SELECT
        lowest.family_id,
        max(lowest.value) FILTER (WHERE lowest.quantity = 'tdp') AS lowest_tdp_w,
        max(lowest.value) FILTER (WHERE lowest.quantity = 'peak_flops' AND lowest.qualifier = 'fp16_bf16') AS lowest_peak_flops
    FROM lowest AS lowest
    GROUP BY lowest.family_id
),
highest_facts AS (
    SELECT
        highest.family_id,
        max(highest.value) FILTER (WHERE highest.quantity = 'tdp') AS highest_tdp_w,
        max(highest.value) FILTER (WHERE highest.quantity = 'peak_flops' AND highest.qualifier = 'fp16_bf16') AS highest_peak_flops
    FROM highest AS highest
    GROUP BY highest.family_id
)
SELECT
    family.entity_id AS accelerator_id,
    family.name AS accelerator_name,
    lowest_facts.lowest_tdp_w,
    highest_facts.highest_tdp_w,
    span(lowest_facts.lowest_tdp_w, highest_facts.highest_tdp_w) AS tdp_w,
    lowest_facts.lowest_peak_flops,
    highest_facts.highest_peak_flops,
    span(lowest_facts.lowest_peak_flops, highest_facts.highest_peak_flops) AS peak_flops_fp16
FROM entity AS family
JOIN lowest_facts AS lowest_facts ON lowest_facts.family_id = family.entity_id
JOIN highest_facts AS highest_facts ON highest_facts.family_id = family.entity_id
WHERE family.kind = 'accelerator'
