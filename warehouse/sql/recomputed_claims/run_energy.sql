-- Energy: power of the whole run x load factor x hours.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(audit.run_power_w * audit.load_ratio * audit.training_duration_h) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'run_energy'
