-- Servers: what their datasheets say, and no more.
-- grain: server_id
WITH facts AS (
    SELECT
        claim.subject_id AS server_id,
        max(claim.value) FILTER (WHERE claim.quantity = 'server_power') AS server_power_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerators_per_server') AS accelerators_per_server
    FROM chosen_claims AS claim
    WHERE claim.subject_kind = 'server'
    GROUP BY claim.subject_id
)
SELECT server.entity_id AS server_id, facts.server_power_w, facts.accelerators_per_server
FROM entity AS server
JOIN facts AS facts ON facts.server_id = server.entity_id
WHERE server.kind = 'server'
