-- Hours that accelerators at full power take for an energy; were they longer, the power fraction that this implies.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    watt_hours(audit.quoted_energy_kwh)
        / (audit.accelerator_count * audit.accelerator_power_w * audit.pue) AS recomputed,
    watt_hours(audit.quoted_energy_kwh)
        / (audit.accelerator_count * audit.accelerator_power_w * audit.pue)
        / audit.published AS implied_factor
FROM audit_cases AS audit
WHERE audit.audit_formula = 'duration_from_energy'
