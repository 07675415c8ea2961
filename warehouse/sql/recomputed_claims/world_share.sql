-- Share of the world's yearly emissions, at the run's upper bound.
-- grain: published_id
SELECT
    audit.published_id,
    audit.published,
    tonnes(
        kwh(
            audit.accelerator_count_high / audit.accelerators_per_server_high * audit.server_power_w_high * audit.training_duration_h_high
        ) * audit.pue_high * audit.grid_intensity_g_per_kwh_high
    ) / audit.world_emissions_tco2e_high AS recomputed
FROM audit_cases AS audit
WHERE audit.audit_formula = 'world_share'
