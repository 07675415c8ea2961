-- Products that a vague name may stand for, by the name: the products of a family.
-- grain: accelerator_id, member_id
SELECT product.part_of AS accelerator_id, product.entity_id AS member_id
FROM entity AS product
WHERE product.kind = 'accelerator' AND product.part_of IS NOT NULL
