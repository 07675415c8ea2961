-- Duration: accelerator-hours over accelerators.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.accelerator_hours_h / audit.accelerator_count AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'duration'
