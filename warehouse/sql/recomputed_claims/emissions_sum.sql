-- Emissions as the sum of three parts.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.quoted_emissions_tco2e + audit.second_emissions_tco2e + audit.third_emissions_tco2e AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'emissions_sum'
