-- The grid zone of each cloud region: as a source states it, else the one that is named after its whole country.
-- grain: region_id
SELECT
    region.region_id,
    zone.entity_id AS zone_id,
    CASE WHEN region.grid_zone IS NULL THEN 'zone of the country' ELSE 'stated' END AS zone_basis
FROM regions AS region
LEFT JOIN country_places AS place ON place.place_id = region.region_id
JOIN entity AS zone ON zone.kind = 'zone' AND zone.name = coalesce(region.grid_zone, upper(place.country_id))
