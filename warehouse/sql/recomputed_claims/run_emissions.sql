-- Emissions: power of the whole run x hours x grid intensity.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(kwh(audit.run_power_w * audit.training_duration_h) * audit.grid_intensity_g_per_kwh) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'run_emissions'
