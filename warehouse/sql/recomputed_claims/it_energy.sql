-- IT energy: servers x maximum system power x hours.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    kwh(
        audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
    ) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'it_energy'
