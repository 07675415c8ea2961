-- IT energy: accelerator-hours x power of one.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(audit.accelerator_hours_h * audit.accelerator_power_w) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'accelerator_hours_it_energy'
