-- ML CO2 Impact's calculator: accelerator-hours x power of one x its region's factor, by its rule and with the factor unrounded.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(
        kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * mlco2_intensity(audit.grid_intensity_g_per_kwh)
    ) AS recomputed,
    tonnes(kwh(audit.accelerator_hours_h * audit.accelerator_power_w) * audit.grid_intensity_g_per_kwh) AS unrounded
FROM audit_cases AS audit
WHERE audit.audit_formula = 'mlco2_hours_emissions'
