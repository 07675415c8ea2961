-- Accelerator-hours of two stages on the same accelerators, and those stated of a third.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.accelerator_count * (audit.training_duration_h + audit.second_training_duration_h) + audit.accelerator_hours_h AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'hours_of_stages'
