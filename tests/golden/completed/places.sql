SELECT
  row_key(CONCAT_WS('|', 'places', COALESCE(CAST(entity.entity_id AS TEXT), ''))) AS row_id,
  entity.entity_id AS place_id,
  entity.kind AS place_kind,
  entity.name AS place_name,
  CASE entity.kind
    WHEN 'region'
    THEN entity.part_of
    WHEN 'provider'
    THEN entity.entity_id
  END AS provider_id
FROM entity AS entity
WHERE
  entity.kind IN ('region', 'provider', 'country', 'world')
