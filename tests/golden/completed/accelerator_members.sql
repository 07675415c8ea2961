SELECT
  of_combination.row_id,
  of_combination.branch,
  of_combination.accelerator_id,
  of_combination.member_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'accelerator_members',
      COALESCE(CAST(combination.accelerator_id AS TEXT), ''),
      COALESCE(CAST(combination.member_id AS TEXT), '')
    )
  ) AS row_id,
  'of_combination' AS branch,
  combination.accelerator_id,
  combination.member_id
FROM combination AS combination
JOIN entity AS product
  ON product.kind = 'accelerator' AND product.entity_id = combination.member_id
) AS of_combination
UNION ALL
SELECT
  of_combined_family.row_id,
  of_combined_family.branch,
  of_combined_family.accelerator_id,
  of_combined_family.member_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'accelerator_members',
      COALESCE(CAST(combination.accelerator_id AS TEXT), ''),
      COALESCE(CAST(product.entity_id AS TEXT), '')
    )
  ) AS row_id,
  'of_combined_family' AS branch,
  combination.accelerator_id,
  product.entity_id AS member_id
FROM combination AS combination
JOIN entity AS product
  ON product.kind = 'accelerator' AND product.part_of = combination.member_id
) AS of_combined_family
UNION ALL
SELECT
  of_family.row_id,
  of_family.branch,
  of_family.accelerator_id,
  of_family.member_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'accelerator_members',
      COALESCE(CAST(product.part_of AS TEXT), ''),
      COALESCE(CAST(product.entity_id AS TEXT), '')
    )
  ) AS row_id,
  'of_family' AS branch,
  product.part_of AS accelerator_id,
  product.entity_id AS member_id
FROM entity AS product
WHERE
  product.kind = 'accelerator' AND NOT product.part_of IS NULL
) AS of_family
