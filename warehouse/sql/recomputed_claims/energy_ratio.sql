-- Facility energy of one run over another's.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(
        audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
    ) * audit.pue / audit.quoted_energy_kwh AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'energy_ratio'
