SELECT
  country.row_id,
  country.branch,
  country.country_id,
  country.place_id
FROM (
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'country_places',
      COALESCE(CAST(country.entity_id AS TEXT), ''),
      COALESCE(CAST(country.entity_id AS TEXT), '')
    )
  ) AS row_id,
  'country' AS branch,
  country.entity_id AS country_id,
  country.entity_id AS place_id
FROM entity AS country
WHERE
  country.kind = 'country'
) AS country
UNION ALL
SELECT
  region.row_id,
  region.branch,
  region.country_id,
  region.place_id
FROM (
WITH located AS (
  SELECT
    claim.subject_id AS place_id,
    word.entity_id AS country_id,
    claim.claim_id
  FROM usable_claims AS claim
  JOIN alias AS word
    ON word.kind = 'country'
    AND word.alias = claim.object
    AND word.source_id IN ('', claim.source_id)
  WHERE
    claim.subject_kind = 'region'
    AND claim.quantity IN ('place_name', 'country', 'grid_zone')
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id
      ORDER BY CASE claim.quantity WHEN 'place_name' THEN 'a' WHEN 'country' THEN 'b' ELSE 'c' END, rank_order(claim.rank), claim.period_end DESC, word.source_id DESC, claim.claim_id
    ) = 1
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'country_places',
      COALESCE(CAST(located.country_id AS TEXT), ''),
      COALESCE(CAST(located.place_id AS TEXT), '')
    )
  ) AS row_id,
  'region' AS branch,
  located.country_id,
  located.place_id
FROM located AS located
) AS region
