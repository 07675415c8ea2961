-- Places whose electricity or overhead can be looked up: cloud regions, providers as a whole, countries, the world.
-- grain: place_id
SELECT
    entity.entity_id AS place_id,
    entity.kind AS place_kind,
    entity.name AS place_name,
    CASE entity.kind WHEN 'region' THEN entity.part_of WHEN 'provider' THEN entity.entity_id END AS provider_id
FROM entity AS entity
WHERE entity.kind IN ('region', 'provider', 'country', 'world')
