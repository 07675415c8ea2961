-- Facility energy: accelerators x power of one x hours x PUE.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) * audit.pue AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'accelerator_energy'
