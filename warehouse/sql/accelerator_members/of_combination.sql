-- The products that a run which names several kinds of accelerator ("A100, then H100") may have used.
-- grain: accelerator_id, member_id
SELECT combination.accelerator_id, combination.member_id
FROM combination AS combination
JOIN entity AS product ON product.kind = 'accelerator' AND product.entity_id = combination.member_id
