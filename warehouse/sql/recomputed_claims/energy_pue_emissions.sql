-- Emissions: stated IT energy x PUE x grid intensity.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(audit.quoted_energy_kwh * audit.pue * audit.grid_intensity_g_per_kwh) AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'energy_pue_emissions'
