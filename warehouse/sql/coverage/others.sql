-- What became of everything else that a source states facts about: servers, regions, countries, providers and what is audited.
-- grain: source_id, subject_kind, subject
WITH named AS (
    SELECT
        claim.source_id,
        claim.subject_kind,
        claim.subject,
        min(claim.subject_id) AS subject_id,
        bool_or(claim.quantity IN ('grid_intensity', 'pue') AND claim.value IS NOT NULL) AS is_of_place
    FROM claim AS claim
    WHERE claim.superseded_at IS NULL AND claim.subject_kind NOT IN ('training_run', 'accelerator')
    GROUP BY claim.source_id, claim.subject_kind, claim.subject
)
SELECT
    named.source_id,
    named.subject_kind,
    named.subject,
    named.subject_id AS subject_id,
    CASE
        WHEN named.subject_id IS NULL THEN 'not used'
        WHEN named.subject_kind IN ('region', 'country', 'provider', 'world') AND named.is_of_place THEN 'describes a place'
        WHEN named.subject_kind = 'world' THEN 'an assumption'
        WHEN named.subject_kind = 'server' THEN 'describes a server'
        WHEN named.subject_kind = 'published_claim' THEN 'audited'
        ELSE 'not used' END AS outcome,
    CASE
        WHEN named.subject_id IS NULL THEN 'the name means no known ' || named.subject_kind
        WHEN named.subject_kind IN ('region', 'country', 'provider', 'world') AND named.is_of_place
            THEN 'its PUE or grid intensity is looked up'
        WHEN named.subject_kind = 'world' THEN 'used where a run is silent'
        WHEN named.subject_kind = 'server' THEN 'looked up by its accelerator'
        WHEN named.subject_kind = 'published_claim' THEN 'recomputed from its own inputs'
        WHEN named.subject_kind = 'area' THEN 'a group of countries, which no run is placed in'
        ELSE 'names and places only' END AS reason
FROM named AS named
