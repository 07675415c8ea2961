-- Servers: maximum system power and the accelerators that each holds.
-- grain: server_id
WITH facts AS (
    SELECT
        claim.subject_id AS server_id,
        max(claim.value) FILTER (WHERE claim.quantity = 'server_power') AS server_power_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerators_per_server') AS accelerators_per_server,
        max(claim.value) FILTER (WHERE claim.quantity = 'memory') AS memory_gb,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'accelerator') AS accelerator_id
    FROM chosen_facts AS claim
    WHERE claim.subject_kind = 'server'
    GROUP BY claim.subject_id
)
SELECT
    server.entity_id AS server_id,
    server.name AS server_name,
    facts.accelerator_id,
    facts.server_power_w,
    facts.accelerators_per_server,
    facts.memory_gb
FROM entity AS server
JOIN facts AS facts ON facts.server_id = server.entity_id
WHERE server.kind = 'server'
