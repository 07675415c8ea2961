-- The products of a family that is itself one of several kinds of accelerator in a run.
-- grain: accelerator_id, member_id
SELECT combination.accelerator_id, product.entity_id AS member_id
FROM combination AS combination
JOIN entity AS product ON product.kind = 'accelerator' AND product.part_of = combination.member_id
