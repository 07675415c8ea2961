-- Grid intensity of one region over another's.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.other_grid_intensity_g_per_kwh / audit.grid_intensity_g_per_kwh AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'intensity_ratio'
