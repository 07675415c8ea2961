-- ML CO2 Impact's calculator: hours x accelerators x power of one x its region's factor, by its rule and with the factor unrounded.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(
        kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h)
        * mlco2_intensity(audit.grid_intensity_g_per_kwh)
    ) AS recomputed,
    tonnes(
        kwh(audit.accelerator_count * audit.accelerator_power_w * audit.training_duration_h)
        * audit.grid_intensity_g_per_kwh
    ) AS unrounded
FROM audit_cases AS audit
WHERE audit.audit_formula = 'mlco2_emissions'
