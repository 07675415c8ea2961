-- Emissions: facility energy x grid intensity.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(
        kwh(
            audit.accelerator_count / audit.accelerators_per_server * audit.server_power_w * audit.training_duration_h
        ) * audit.pue * audit.grid_intensity_g_per_kwh
    ) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'emissions'
