-- IT energy: accelerators x power of one x hours; were it with overhead, the PUE that it implies.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) AS recomputed,
    audit.published / kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h) AS implied_factor
FROM audit_cases AS audit
WHERE audit.audit_formula = 'accelerator_it_energy'
