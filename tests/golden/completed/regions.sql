WITH words AS (
  SELECT
    claim.subject_id AS region_id,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'country') AS country,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'state') AS state,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'city') AS city,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'grid_zone') AS grid_zone,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'country') AS country_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'state') AS state_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'city') AS city_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'grid_zone') AS grid_zone_claim_id
  FROM chosen_facts AS claim
  WHERE
    claim.subject_kind = 'region'
  GROUP BY
    claim.subject_id
), intensity AS (
  SELECT
    claim.subject_id AS region_id,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    claim.source_id,
    claim.boundary,
    claim.period_end
  FROM usable_claims AS claim
  WHERE
    claim.subject_kind = 'region'
    AND claim.quantity = 'grid_intensity'
    AND is_location_average(claim.boundary)
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id
      ORDER BY rank_order(claim.rank), claim.period_end DESC, average_order(claim.boundary), claim.claim_id
    ) = 1
), overhead AS (
  SELECT
    claim.subject_id AS region_id,
    claim.claim_id,
    claim.low,
    claim.value,
    claim.high,
    claim.qualifier,
    claim.period_end
  FROM usable_claims AS claim
  WHERE
    claim.subject_kind = 'region' AND claim.quantity = 'pue'
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY claim.subject_id
      ORDER BY rank_order(claim.rank), pue_class_order(pue_class(claim.subject_kind, claim.qualifier)), claim.period_end DESC, claim.claim_id
    ) = 1
)
SELECT
  row_key(CONCAT_WS('|', 'regions', COALESCE(CAST(region.place_id AS TEXT), ''))) AS row_id,
  region.place_id AS region_id,
  region.place_name AS region_name,
  region.provider_id,
  words.country,
  words.state,
  words.city,
  words.grid_zone,
  intensity.value AS grid_intensity_g_per_kwh,
  intensity.low AS grid_intensity_g_per_kwh_low,
  intensity.high AS grid_intensity_g_per_kwh_high,
  intensity.boundary AS intensity_boundary,
  intensity.source_id AS intensity_source_id,
  intensity.period_end AS intensity_until,
  overhead.value AS pue,
  overhead.low AS pue_low,
  overhead.high AS pue_high,
  overhead.qualifier AS pue_kind,
  overhead.period_end AS pue_until,
  words.country_claim_id AS country_claim_id,
  words.state_claim_id AS state_claim_id,
  words.city_claim_id AS city_claim_id,
  words.grid_zone_claim_id AS grid_zone_claim_id,
  intensity.claim_id AS grid_intensity_g_per_kwh_claim_id,
  overhead.claim_id AS pue_claim_id
FROM places AS region
LEFT JOIN words AS words
  ON words.region_id = region.place_id
LEFT JOIN intensity AS intensity
  ON intensity.region_id = region.place_id
LEFT JOIN overhead AS overhead
  ON overhead.region_id = region.place_id
WHERE
  region.place_kind = 'region'
