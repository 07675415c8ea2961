-- Energy of accelerators whose power is not stated: the average power that it implies.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    watt_hours(audit.published) / (audit.accelerator_count * audit.training_duration_h) AS implied_factor
FROM audit_cases AS audit
WHERE audit.audit_formula = 'energy_without_power'
