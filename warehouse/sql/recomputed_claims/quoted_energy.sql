-- A figure quoted from another document.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.quoted_energy_kwh AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'quoted_energy'
