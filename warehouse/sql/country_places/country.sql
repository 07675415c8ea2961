-- Places whose grid intensity says something of a country: the country as a whole.
-- grain: country_id, place_id
SELECT country.entity_id AS country_id, country.entity_id AS place_id
FROM entity AS country
WHERE country.kind = 'country'
