-- Running hours of a run that took so many days.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.training_duration_h AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'hours'
