WITH countries AS (
  SELECT
    named.run_id,
    LISTAGG(named.country_id, '+'
    ORDER BY
      named.country_id) AS country_ids,
    COUNT(*) = 1 AS is_one_country
  FROM run_countries AS named
  GROUP BY
    named.run_id
)
SELECT
  row_key(CONCAT_WS('|', 'run_places', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  run.run_id,
  COALESCE(run.region_id, countries.country_ids, 'world') AS place_id,
  CASE
    WHEN NOT run.region_id IS NULL
    THEN run.place_basis
    WHEN run.is_own AND countries.is_one_country
    THEN 'country of the run'
    WHEN countries.is_one_country
    THEN 'country of the developer'
    WHEN NOT countries.country_ids IS NULL
    THEN 'countries of the developers'
    ELSE 'unknown'
  END AS place_basis,
  COALESCE(run.region_id, run.provider_id, 'world') AS pue_place_id,
  COALESCE(countries.is_one_country, FALSE) AS is_one_country
FROM training_runs AS run
LEFT JOIN countries AS countries
  ON countries.run_id = run.run_id
