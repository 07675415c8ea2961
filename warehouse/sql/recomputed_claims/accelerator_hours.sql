-- Accelerator-hours: accelerators x hours.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.accelerator_count * audit.training_duration_h AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'accelerator_hours'
