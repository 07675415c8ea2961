-- Emissions: accelerator-hours x power of one x PUE x grid intensity.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(
        kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * audit.pue * audit.grid_intensity_g_per_kwh
    ) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'accelerator_hours_emissions'
