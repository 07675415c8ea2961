-- Grid intensities of a place that differ between feeds: location-based averages of one scope in a year, or undated beside
-- one of that year. Years are those of runs; the figure used is the place's preferred one.
-- grain: subject_kind, subject_id, quantity, qualifier, scope, period
WITH stated AS (
    SELECT
        claim.subject_kind AS place_kind,
        placed.place_id,
        average_scope(claim.boundary) AS scope,
        placed.run_year,
        claim.claim_id,
        claim.low,
        claim.value,
        claim.high,
        claim.boundary,
        placed.intensity_source_id AS source_id,
        placed.intensity_match,
        placed.is_preferred
    FROM place_intensity AS placed
    JOIN usable_claims AS claim ON claim.claim_id = placed.place_grid_intensity_g_per_kwh_claim_id
    WHERE placed.intensity_match IN ('same year', 'undated')
),
lowest AS (
    SELECT
        stated.place_id, stated.place_kind, stated.scope, stated.run_year, stated.claim_id, stated.low, stated.value, stated.high,
        stated.source_id, stated.intensity_match
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.place_id, stated.scope, stated.run_year
        ORDER BY stated.value, stated.claim_id
    ) = 1
),
highest AS (
    SELECT
        stated.place_id, stated.place_kind, stated.scope, stated.run_year, stated.claim_id, stated.low, stated.value, stated.high,
        stated.source_id, stated.intensity_match
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.place_id, stated.scope, stated.run_year
        ORDER BY stated.value DESC, stated.claim_id DESC
    ) = 1
),
first_choice AS (
    SELECT
        stated.place_id, stated.place_kind, stated.scope, stated.run_year, stated.claim_id, stated.low, stated.value, stated.high,
        stated.source_id, stated.intensity_match, stated.boundary
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.place_id, stated.scope, stated.run_year
        ORDER BY stated.is_preferred DESC, match_order(stated.intensity_match), average_order(stated.boundary), stated.claim_id
    ) = 1
)
SELECT
    lowest.place_kind AS subject_kind,
    lowest.place_id AS subject_id,
    'grid_intensity' AS quantity,
    '' AS qualifier,
    lowest.scope,
    whole_year(lowest.run_year) AS period,
    CASE
        WHEN lowest.intensity_match = 'undated' THEN 'lowest undated'
        WHEN highest.intensity_match = 'undated' THEN 'highest undated'
        ELSE 'same period' END AS period_match,
    lowest.source_id AS lowest_source_id,
    highest.source_id AS highest_source_id,
    first_choice.source_id AS chosen_source_id,
    'same year, ' || average_kind(first_choice.boundary) AS chosen_because,
    lowest.value AS lowest,
    highest.value AS highest,
    first_choice.value AS chosen,
    highest.value / lowest.value AS spread_ratio,
    agree_as_reported(
        lowest.value, lowest.high, lower.reported_text, highest.value, highest.low, higher.reported_text
    ) AS is_within_reported
FROM lowest AS lowest
JOIN highest AS highest ON highest.place_id = lowest.place_id
    AND highest.scope = lowest.scope
    AND highest.run_year = lowest.run_year
JOIN first_choice AS first_choice ON first_choice.place_id = lowest.place_id
    AND first_choice.scope = lowest.scope
    AND first_choice.run_year = lowest.run_year
JOIN claim AS lower ON lower.claim_id = lowest.claim_id
JOIN claim AS higher ON higher.claim_id = highest.claim_id
WHERE highest.value > lowest.value AND lowest.value > 0 AND first_choice.intensity_match = 'same year'
