SELECT
  row_key(CONCAT_WS('|', 'region_zones', COALESCE(CAST(region.region_id AS TEXT), ''))) AS row_id,
  region.region_id,
  zone.entity_id AS zone_id,
  CASE WHEN region.grid_zone IS NULL THEN 'zone of the country' ELSE 'stated' END AS zone_basis
FROM regions AS region
LEFT JOIN country_places AS place
  ON place.place_id = region.region_id
JOIN entity AS zone
  ON zone.kind = 'zone'
  AND zone.name = COALESCE(region.grid_zone, UPPER(place.country_id))
