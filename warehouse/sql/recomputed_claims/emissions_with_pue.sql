-- Emissions with overhead: those of the IT energy x PUE.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.quoted_emissions_tco2e * audit.pue AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'emissions_with_pue'
