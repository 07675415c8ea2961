SELECT
  countries.row_id,
  countries.branch,
  countries.run_id,
  countries.intensity_basis,
  countries.intensity_match,
  countries.intensity_boundary,
  countries.lowest_place_id,
  countries.highest_place_id,
  countries.lowest_grid_intensity_g_per_kwh,
  countries.lowest_grid_intensity_g_per_kwh_low,
  countries.lowest_grid_intensity_g_per_kwh_high,
  countries.highest_grid_intensity_g_per_kwh,
  countries.highest_grid_intensity_g_per_kwh_low,
  countries.highest_grid_intensity_g_per_kwh_high,
  countries.grid_intensity_g_per_kwh,
  countries.grid_intensity_g_per_kwh_low,
  countries.grid_intensity_g_per_kwh_high,
  countries.lowest_grid_intensity_g_per_kwh_claim_id,
  countries.highest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS national_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS own_row_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id
FROM (
WITH candidates AS (
  SELECT
    run.run_id,
    place.place_id,
    place.place_id = named.country_id AS is_national,
    intensity.place_grid_intensity_g_per_kwh,
    intensity.intensity_source_id,
    intensity.intensity_match,
    intensity.intensity_boundary,
    intensity.place_grid_intensity_g_per_kwh_low AS place_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_high AS place_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_claim_id AS place_grid_intensity_g_per_kwh_claim_id
  FROM training_runs AS run
  JOIN run_countries AS named
    ON named.run_id = run.run_id
  JOIN country_places AS place
    ON place.country_id = named.country_id
  JOIN place_intensity AS intensity
    ON intensity.place_id = place.place_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
  LEFT JOIN place_intensity AS own
    ON own.place_id = run.region_id AND own.run_year = run.run_year AND own.is_preferred
  LEFT JOIN zone_intensity AS own_days
    ON own_days.run_id = run.run_id
  WHERE
    run.stated_grid_intensity_g_per_kwh IS NULL
    AND own.place_id IS NULL
    AND own_days.run_id IS NULL
    AND intensity.place_grid_intensity_g_per_kwh > 0
), lowest AS (
  SELECT
    candidates.run_id,
    candidates.place_id,
    candidates.intensity_match,
    candidates.place_grid_intensity_g_per_kwh AS lowest_grid_intensity_g_per_kwh,
    candidates.place_grid_intensity_g_per_kwh_low AS lowest_grid_intensity_g_per_kwh_low,
    candidates.place_grid_intensity_g_per_kwh_high AS lowest_grid_intensity_g_per_kwh_high,
    candidates.place_grid_intensity_g_per_kwh_claim_id AS lowest_grid_intensity_g_per_kwh_claim_id
  FROM candidates AS candidates
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY candidates.run_id
      ORDER BY candidates.place_grid_intensity_g_per_kwh, candidates.place_id
    ) = 1
), highest AS (
  SELECT
    candidates.run_id,
    candidates.place_id,
    candidates.intensity_match,
    candidates.place_grid_intensity_g_per_kwh AS highest_grid_intensity_g_per_kwh,
    candidates.place_grid_intensity_g_per_kwh_low AS highest_grid_intensity_g_per_kwh_low,
    candidates.place_grid_intensity_g_per_kwh_high AS highest_grid_intensity_g_per_kwh_high,
    candidates.place_grid_intensity_g_per_kwh_claim_id AS highest_grid_intensity_g_per_kwh_claim_id
  FROM candidates AS candidates
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY candidates.run_id
      ORDER BY candidates.place_grid_intensity_g_per_kwh DESC, candidates.place_id
    ) = 1
)
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(place.run_id AS TEXT), ''))) AS row_id,
  'countries' AS branch,
  place.run_id,
  'range over the countries'' averages and regions' AS intensity_basis,
  worse_match(lowest.intensity_match, highest.intensity_match) AS intensity_match,
  'location' AS intensity_boundary,
  lowest.place_id AS lowest_place_id,
  highest.place_id AS highest_place_id,
  lowest.lowest_grid_intensity_g_per_kwh,
  lowest.lowest_grid_intensity_g_per_kwh_low AS lowest_grid_intensity_g_per_kwh_low,
  lowest.lowest_grid_intensity_g_per_kwh_high AS lowest_grid_intensity_g_per_kwh_high,
  highest.highest_grid_intensity_g_per_kwh,
  highest.highest_grid_intensity_g_per_kwh_low AS highest_grid_intensity_g_per_kwh_low,
  highest.highest_grid_intensity_g_per_kwh_high AS highest_grid_intensity_g_per_kwh_high,
  span(lowest.lowest_grid_intensity_g_per_kwh, highest.highest_grid_intensity_g_per_kwh) AS grid_intensity_g_per_kwh,
  if_known(
    lowest.lowest_grid_intensity_g_per_kwh_low,
    highest.highest_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  if_known(
    highest.highest_grid_intensity_g_per_kwh_high,
    lowest.lowest_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  lowest.lowest_grid_intensity_g_per_kwh_claim_id AS lowest_grid_intensity_g_per_kwh_claim_id,
  highest.highest_grid_intensity_g_per_kwh_claim_id AS highest_grid_intensity_g_per_kwh_claim_id
FROM run_places AS place
JOIN lowest AS lowest
  ON lowest.run_id = place.run_id
JOIN highest AS highest
  ON highest.run_id = place.run_id
WHERE
  NOT place.is_one_country
) AS countries
UNION ALL
SELECT
  country.row_id,
  country.branch,
  country.run_id,
  country.intensity_basis,
  country.intensity_match,
  country.intensity_boundary,
  country.lowest_place_id,
  country.highest_place_id,
  country.lowest_grid_intensity_g_per_kwh,
  country.lowest_grid_intensity_g_per_kwh_low,
  country.lowest_grid_intensity_g_per_kwh_high,
  country.highest_grid_intensity_g_per_kwh,
  country.highest_grid_intensity_g_per_kwh_low,
  country.highest_grid_intensity_g_per_kwh_high,
  country.grid_intensity_g_per_kwh,
  country.grid_intensity_g_per_kwh_low,
  country.grid_intensity_g_per_kwh_high,
  country.lowest_grid_intensity_g_per_kwh_claim_id,
  country.highest_grid_intensity_g_per_kwh_claim_id,
  country.national_grid_intensity_g_per_kwh,
  country.national_grid_intensity_g_per_kwh_low,
  country.national_grid_intensity_g_per_kwh_high,
  country.national_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS own_row_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id
FROM (
WITH candidates AS (
  SELECT
    run.run_id,
    place.place_id,
    place.place_id = named.country_id AS is_national,
    intensity.place_grid_intensity_g_per_kwh,
    intensity.intensity_source_id,
    intensity.intensity_match,
    intensity.intensity_boundary,
    intensity.place_grid_intensity_g_per_kwh_low AS place_grid_intensity_g_per_kwh_low,
    intensity.place_grid_intensity_g_per_kwh_high AS place_grid_intensity_g_per_kwh_high,
    intensity.place_grid_intensity_g_per_kwh_claim_id AS place_grid_intensity_g_per_kwh_claim_id
  FROM training_runs AS run
  JOIN run_countries AS named
    ON named.run_id = run.run_id
  JOIN country_places AS place
    ON place.country_id = named.country_id
  JOIN place_intensity AS intensity
    ON intensity.place_id = place.place_id
    AND intensity.run_year = run.run_year
    AND intensity.is_preferred
  LEFT JOIN place_intensity AS own
    ON own.place_id = run.region_id AND own.run_year = run.run_year AND own.is_preferred
  LEFT JOIN zone_intensity AS own_days
    ON own_days.run_id = run.run_id
  WHERE
    run.stated_grid_intensity_g_per_kwh IS NULL
    AND own.place_id IS NULL
    AND own_days.run_id IS NULL
    AND intensity.place_grid_intensity_g_per_kwh > 0
), lowest AS (
  SELECT
    candidates.run_id,
    candidates.place_id,
    candidates.intensity_match,
    candidates.place_grid_intensity_g_per_kwh AS lowest_grid_intensity_g_per_kwh,
    candidates.place_grid_intensity_g_per_kwh_low AS lowest_grid_intensity_g_per_kwh_low,
    candidates.place_grid_intensity_g_per_kwh_high AS lowest_grid_intensity_g_per_kwh_high,
    candidates.place_grid_intensity_g_per_kwh_claim_id AS lowest_grid_intensity_g_per_kwh_claim_id
  FROM candidates AS candidates
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY candidates.run_id
      ORDER BY candidates.place_grid_intensity_g_per_kwh, candidates.place_id
    ) = 1
), highest AS (
  SELECT
    candidates.run_id,
    candidates.place_id,
    candidates.intensity_match,
    candidates.place_grid_intensity_g_per_kwh AS highest_grid_intensity_g_per_kwh,
    candidates.place_grid_intensity_g_per_kwh_low AS highest_grid_intensity_g_per_kwh_low,
    candidates.place_grid_intensity_g_per_kwh_high AS highest_grid_intensity_g_per_kwh_high,
    candidates.place_grid_intensity_g_per_kwh_claim_id AS highest_grid_intensity_g_per_kwh_claim_id
  FROM candidates AS candidates
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY candidates.run_id
      ORDER BY candidates.place_grid_intensity_g_per_kwh DESC, candidates.place_id
    ) = 1
), national AS (
  SELECT
    candidates.run_id,
    candidates.place_grid_intensity_g_per_kwh AS national_grid_intensity_g_per_kwh,
    candidates.intensity_source_id,
    candidates.intensity_match,
    candidates.intensity_boundary,
    candidates.place_grid_intensity_g_per_kwh_low AS national_grid_intensity_g_per_kwh_low,
    candidates.place_grid_intensity_g_per_kwh_high AS national_grid_intensity_g_per_kwh_high,
    candidates.place_grid_intensity_g_per_kwh_claim_id AS national_grid_intensity_g_per_kwh_claim_id
  FROM candidates AS candidates
  WHERE
    candidates.is_national
)
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(place.run_id AS TEXT), ''))) AS row_id,
  'country' AS branch,
  place.run_id,
  national.intensity_source_id || ', range over the country''s regions' AS intensity_basis,
  worse_match(
    national.intensity_match,
    worse_match(lowest.intensity_match, highest.intensity_match)
  ) AS intensity_match,
  national.intensity_boundary,
  lowest.place_id AS lowest_place_id,
  highest.place_id AS highest_place_id,
  lowest.lowest_grid_intensity_g_per_kwh,
  lowest.lowest_grid_intensity_g_per_kwh_low AS lowest_grid_intensity_g_per_kwh_low,
  lowest.lowest_grid_intensity_g_per_kwh_high AS lowest_grid_intensity_g_per_kwh_high,
  national.national_grid_intensity_g_per_kwh,
  national.national_grid_intensity_g_per_kwh_low AS national_grid_intensity_g_per_kwh_low,
  national.national_grid_intensity_g_per_kwh_high AS national_grid_intensity_g_per_kwh_high,
  highest.highest_grid_intensity_g_per_kwh,
  highest.highest_grid_intensity_g_per_kwh_low AS highest_grid_intensity_g_per_kwh_low,
  highest.highest_grid_intensity_g_per_kwh_high AS highest_grid_intensity_g_per_kwh_high,
  within(
    national.national_grid_intensity_g_per_kwh,
    lowest.lowest_grid_intensity_g_per_kwh,
    highest.highest_grid_intensity_g_per_kwh
  ) AS grid_intensity_g_per_kwh,
  if_known(
    if_known(
      lowest.lowest_grid_intensity_g_per_kwh_low,
      national.national_grid_intensity_g_per_kwh_low
    ),
    highest.highest_grid_intensity_g_per_kwh_low
  ) AS grid_intensity_g_per_kwh_low,
  if_known(
    if_known(
      highest.highest_grid_intensity_g_per_kwh_high,
      national.national_grid_intensity_g_per_kwh_high
    ),
    lowest.lowest_grid_intensity_g_per_kwh_high
  ) AS grid_intensity_g_per_kwh_high,
  lowest.lowest_grid_intensity_g_per_kwh_claim_id AS lowest_grid_intensity_g_per_kwh_claim_id,
  national.national_grid_intensity_g_per_kwh_claim_id AS national_grid_intensity_g_per_kwh_claim_id,
  highest.highest_grid_intensity_g_per_kwh_claim_id AS highest_grid_intensity_g_per_kwh_claim_id
FROM run_places AS place
JOIN national AS national
  ON national.run_id = place.run_id
JOIN lowest AS lowest
  ON lowest.run_id = place.run_id
JOIN highest AS highest
  ON highest.run_id = place.run_id
WHERE
  place.is_one_country
) AS country
UNION ALL
SELECT
  own_days.row_id,
  own_days.branch,
  own_days.run_id,
  own_days.intensity_basis,
  own_days.intensity_match,
  own_days.intensity_boundary,
  CAST(NULL AS TEXT) AS lowest_place_id,
  CAST(NULL AS TEXT) AS highest_place_id,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_high,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_high,
  own_days.grid_intensity_g_per_kwh,
  own_days.grid_intensity_g_per_kwh_low,
  own_days.grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS lowest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS highest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS national_grid_intensity_g_per_kwh_claim_id,
  own_days.own_row_id,
  CAST(NULL AS BIGINT) AS grid_intensity_g_per_kwh_claim_id
FROM (
WITH first_choice AS (
  SELECT
    own.run_id,
    own.intensity_source_id,
    own.intensity_boundary,
    own.zone_grid_intensity_g_per_kwh,
    own.zone_grid_intensity_g_per_kwh_low AS zone_grid_intensity_g_per_kwh_low,
    own.zone_grid_intensity_g_per_kwh_high AS zone_grid_intensity_g_per_kwh_high,
    own.row_id AS own_row_id
  FROM zone_intensity AS own
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY own.run_id
      ORDER BY series_order(own.intensity_boundary), own.intensity_source_id
    ) = 1
)
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(own.run_id AS TEXT), ''))) AS row_id,
  'own_days' AS branch,
  own.run_id,
  own.intensity_source_id || ', mean over the run' AS intensity_basis,
  'the run''s own days' AS intensity_match,
  own.intensity_boundary,
  own.zone_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  own.zone_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  own.zone_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  own.own_row_id AS own_row_id
FROM first_choice AS own
) AS own_days
UNION ALL
SELECT
  region.row_id,
  region.branch,
  region.run_id,
  region.intensity_basis,
  region.intensity_match,
  region.intensity_boundary,
  CAST(NULL AS TEXT) AS lowest_place_id,
  CAST(NULL AS TEXT) AS highest_place_id,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_high,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_high,
  region.grid_intensity_g_per_kwh,
  region.grid_intensity_g_per_kwh_low,
  region.grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS lowest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS highest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS national_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS own_row_id,
  region.grid_intensity_g_per_kwh_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'region' AS branch,
  run.run_id,
  intensity.intensity_source_id AS intensity_basis,
  intensity.intensity_match,
  intensity.intensity_boundary,
  intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  intensity.place_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  intensity.place_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  intensity.place_grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN place_intensity AS intensity
  ON intensity.place_id = run.region_id
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
LEFT JOIN zone_intensity AS own
  ON own.run_id = run.run_id
WHERE
  run.stated_grid_intensity_g_per_kwh IS NULL AND own.run_id IS NULL
) AS region
UNION ALL
SELECT
  stated.row_id,
  stated.branch,
  stated.run_id,
  stated.intensity_basis,
  stated.intensity_match,
  stated.intensity_boundary,
  CAST(NULL AS TEXT) AS lowest_place_id,
  CAST(NULL AS TEXT) AS highest_place_id,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_high,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_high,
  stated.grid_intensity_g_per_kwh,
  stated.grid_intensity_g_per_kwh_low,
  stated.grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS lowest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS highest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS national_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS own_row_id,
  stated.grid_intensity_g_per_kwh_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'stated' AS branch,
  run.run_id,
  stated_or_assumed(run.stated_intensity_basis) AS intensity_basis,
  'the run' AS intensity_match,
  'location' AS intensity_boundary,
  run.stated_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  run.stated_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  run.stated_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  run.stated_grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
WHERE
  NOT run.stated_grid_intensity_g_per_kwh IS NULL
) AS stated
UNION ALL
SELECT
  world.row_id,
  world.branch,
  world.run_id,
  world.intensity_basis,
  world.intensity_match,
  world.intensity_boundary,
  CAST(NULL AS TEXT) AS lowest_place_id,
  CAST(NULL AS TEXT) AS highest_place_id,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS lowest_grid_intensity_g_per_kwh_high,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS highest_grid_intensity_g_per_kwh_high,
  world.grid_intensity_g_per_kwh,
  world.grid_intensity_g_per_kwh_low,
  world.grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS lowest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS highest_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_low,
  CAST(NULL AS DOUBLE) AS national_grid_intensity_g_per_kwh_high,
  CAST(NULL AS BIGINT) AS national_grid_intensity_g_per_kwh_claim_id,
  CAST(NULL AS BIGINT) AS own_row_id,
  world.grid_intensity_g_per_kwh_claim_id
FROM (
SELECT
  row_key(CONCAT_WS('|', 'run_intensity', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  'world' AS branch,
  run.run_id,
  intensity.intensity_source_id || ', world average' AS intensity_basis,
  intensity.intensity_match,
  intensity.intensity_boundary,
  intensity.place_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh,
  intensity.place_grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  intensity.place_grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  intensity.place_grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id
FROM training_runs AS run
JOIN run_places AS place
  ON place.run_id = run.run_id AND place.place_id = 'world'
JOIN place_intensity AS intensity
  ON intensity.place_id = 'world'
  AND intensity.run_year = run.run_year
  AND intensity.is_preferred
WHERE
  run.stated_grid_intensity_g_per_kwh IS NULL
) AS world
