-- Emissions quoted from another document.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.quoted_emissions_tco2e AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'quoted_emissions'
