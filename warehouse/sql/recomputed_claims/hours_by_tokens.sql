-- Accelerator-hours: those stated for so many tokens, scaled to all tokens.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    audit.accelerator_hours_h * audit.training_tokens / audit.second_training_tokens AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'hours_by_tokens'
