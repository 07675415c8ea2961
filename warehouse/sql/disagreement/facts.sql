-- Facts for which current claims differ: the lowest and the highest, how far apart they are, and which one tables use:
-- a third party's last, then by rank, first-hand before second-hand, and basis. A place's yearly grid intensity is in `places`.
-- `is_within_reported`: the figures agree within the digits, or the range, that one of them is reported with.
-- grain: subject_kind, subject_id, quantity, qualifier, scope, period
WITH stated AS (
    SELECT
        claim.subject_kind,
        claim.subject_id,
        claim.quantity,
        coalesce(claim.qualifier, '') AS qualifier,
        claim_scope(claim.quantity, claim.boundary) AS scope,
        coalesce(CAST(claim.period_start AS TEXT) || ' to ' || CAST(claim.period_end AS TEXT), '') AS period,
        claim.claim_id,
        claim.low,
        claim.value,
        claim.high,
        claim.source_id,
        claim.rank,
        claim.basis,
        has_token(claim.flags, 'third_party') AS is_third_party,
        has_token(claim.flags, 'secondary') AS is_secondary
    FROM usable_claims AS claim
    WHERE claim.value IS NOT NULL AND claim.subject_kind <> 'published_claim'
        AND NOT has_token(claim.flags, 'geography') -- of a part of a provider's places, or of another place
        AND NOT (is_dated_average(claim.subject_kind, claim.quantity, claim.boundary, claim.period_start, claim.period_end))
),
lowest AS (
    SELECT
        stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period,
        stated.claim_id, stated.low, stated.value, stated.high, stated.source_id
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
        ORDER BY stated.value, stated.claim_id
    ) = 1
),
highest AS (
    SELECT
        stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period,
        stated.claim_id, stated.low, stated.value, stated.high, stated.source_id
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
        ORDER BY stated.value DESC, stated.claim_id DESC
    ) = 1
),
first_choice AS (
    SELECT
        stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period,
        stated.claim_id, stated.low, stated.value, stated.high, stated.source_id, stated.rank, stated.basis,
        stated.is_secondary
    FROM stated AS stated
    QUALIFY row_number() OVER (
        PARTITION BY stated.subject_kind, stated.subject_id, stated.quantity, stated.qualifier, stated.scope, stated.period
        ORDER BY stated.is_third_party, rank_order(stated.rank), stated.is_secondary, basis_order(stated.basis), stated.claim_id
    ) = 1
)
SELECT
    lowest.subject_kind,
    lowest.subject_id,
    lowest.quantity,
    lowest.qualifier,
    lowest.scope,
    lowest.period,
    CASE lowest.period WHEN '' THEN 'undated' ELSE 'same period' END AS period_match,
    lowest.source_id AS lowest_source_id,
    highest.source_id AS highest_source_id,
    first_choice.source_id AS chosen_source_id,
    'rank ' || first_choice.rank || CASE WHEN first_choice.is_secondary THEN ', second-hand' ELSE ', first-hand' END
        || ', basis ' || first_choice.basis AS chosen_because,
    lowest.value AS lowest,
    highest.value AS highest,
    first_choice.value AS chosen,
    highest.value / lowest.value AS spread_ratio,
    agree_as_reported(
        lowest.value, lowest.high, lower.reported_text, highest.value, highest.low, higher.reported_text
    ) AS is_within_reported
FROM lowest AS lowest
JOIN highest AS highest ON highest.subject_kind = lowest.subject_kind
    AND highest.subject_id = lowest.subject_id
    AND highest.quantity = lowest.quantity
    AND highest.qualifier = lowest.qualifier
    AND highest.scope = lowest.scope
    AND highest.period = lowest.period
JOIN first_choice AS first_choice ON first_choice.subject_kind = lowest.subject_kind
    AND first_choice.subject_id = lowest.subject_id
    AND first_choice.quantity = lowest.quantity
    AND first_choice.qualifier = lowest.qualifier
    AND first_choice.scope = lowest.scope
    AND first_choice.period = lowest.period
JOIN claim AS lower ON lower.claim_id = lowest.claim_id
JOIN claim AS higher ON higher.claim_id = highest.claim_id
WHERE highest.value > lowest.value AND lowest.value > 0
