-- Servers that hold the accelerators.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.accelerator_count / audit.accelerators_per_server AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'servers'
