-- Energy of one server at its maximum power over the run.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(audit.server_power_w * audit.training_duration_h) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'server_energy'
