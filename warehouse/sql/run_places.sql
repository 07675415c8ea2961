-- Where a run is taken to have been: its region, else its developers' countries, else anywhere; and whose PUE holds there.
-- grain: run_id
WITH countries AS (
    SELECT
        named.run_id,
        string_agg(named.country_id, '+' ORDER BY named.country_id) AS country_ids,
        count(*) = 1 AS is_one_country
    FROM run_countries AS named
    GROUP BY named.run_id
)
SELECT
    run.run_id,
    coalesce(run.region_id, countries.country_ids, 'world') AS place_id,
    CASE
        WHEN run.region_id IS NOT NULL THEN run.place_basis
        WHEN run.is_own AND countries.is_one_country THEN 'country of the run'
        WHEN countries.is_one_country THEN 'country of the developer'
        WHEN countries.country_ids IS NOT NULL THEN 'countries of the developers'
        ELSE 'unknown' END AS place_basis,
    coalesce(run.region_id, run.provider_id, 'world') AS pue_place_id,
    coalesce(countries.is_one_country, false) AS is_one_country
FROM training_runs AS run
LEFT JOIN countries AS countries ON countries.run_id = run.run_id
