-- Training runs: what is claimed about each, with the claim behind every number and every choice of hardware and place.
-- grain: run_id
WITH facts AS (
    SELECT
        claim.subject_id AS run_id,
        bool_or(claim.source_id = 'own_runs') AS is_own,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'model' AND claim.scope = 'plain') AS model_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'accelerator' AND claim.scope = 'plain') AS accelerator_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'server' AND claim.scope = 'plain') AS stated_server_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'provider' AND claim.scope = 'plain') AS provider_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'region' AND claim.scope = 'plain') AS region_id,
        max(claim.basis) FILTER (WHERE claim.quantity = 'region' AND claim.scope = 'plain') AS region_basis,
        max(claim.flags) FILTER (WHERE claim.quantity = 'region' AND claim.scope = 'plain') AS region_flags,
        max(claim.basis) FILTER (WHERE claim.quantity = 'provider' AND claim.scope = 'plain') AS provider_basis,
        max(claim.period_start) FILTER (WHERE claim.quantity = 'trained_in' AND claim.scope = 'plain') AS trained_from,
        max(claim.period_end) FILTER (WHERE claim.quantity = 'trained_in' AND claim.scope = 'plain') AS trained_until,
        max(claim.period_end) FILTER (WHERE claim.quantity = 'released_on' AND claim.scope = 'plain') AS released_on,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerator_count' AND claim.scope = 'plain') AS accelerator_count,
        max(claim.value) FILTER (WHERE claim.quantity = 'training_duration' AND claim.scope = 'plain') AS training_duration_h,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerator_hours' AND claim.scope = 'plain') AS stated_accelerator_hours_h,
        max(claim.value) FILTER (WHERE claim.quantity = 'average_power' AND claim.scope = 'plain') AS stated_average_power_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'training_compute' AND claim.scope = 'plain') AS training_compute_flop,
        max(claim.value) FILTER (WHERE claim.quantity = 'hardware_utilization' AND claim.scope = 'plain') AS stated_hardware_utilization,
        max(claim.value) FILTER (WHERE claim.quantity = 'parameters' AND claim.scope = 'plain') AS parameters,
        max(claim.value) FILTER (WHERE claim.quantity = 'training_tokens' AND claim.scope = 'plain') AS training_tokens,
        max(claim.value) FILTER (WHERE claim.quantity = 'energy' AND claim.scope = 'facility') AS stated_facility_energy_kwh,
        max(claim.value) FILTER (WHERE claim.quantity = 'energy' AND claim.scope = 'it') AS stated_it_energy_kwh,
        max(claim.value) FILTER (WHERE claim.quantity = 'energy' AND claim.scope = 'unstated') AS stated_other_energy_kwh,
        max(claim.value) FILTER (WHERE claim.quantity = 'emissions' AND claim.scope = 'plain') AS stated_emissions_tco2e,
        max(claim.value) FILTER (WHERE claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue,
        max(claim.basis) FILTER (WHERE claim.quantity = 'pue' AND claim.scope = 'plain') AS stated_pue_basis,
        max(claim.value) FILTER (WHERE claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_grid_intensity_g_per_kwh,
        max(claim.basis) FILTER (WHERE claim.quantity = 'grid_intensity' AND claim.scope = 'plain') AS stated_intensity_basis
    FROM chosen_facts AS claim
    GROUP BY claim.subject_id
)
SELECT
    run.entity_id AS run_id,
    run.name AS run_name,
    facts.is_own,
    facts.model_id,
    model.name AS model_name,
    model.part_of AS developer_id,
    facts.accelerator_id,
    facts.stated_server_id,
    facts.provider_id,
    facts.region_id,
    coalesce(facts.region_id, facts.provider_id, 'world') AS place_id,
    CASE
        WHEN has_token(facts.region_flags, 'inferred') THEN 'region, inferred'
        WHEN facts.region_id IS NOT NULL THEN 'region, ' || facts.region_basis
        WHEN facts.provider_id IS NOT NULL THEN 'provider only, ' || facts.provider_basis
        ELSE 'unknown' END AS place_basis,
    facts.trained_from,
    facts.trained_until,
    facts.released_on,
    CAST(date_trunc('year', coalesce(facts.trained_until, facts.released_on)) AS DATE) AS run_year,
    facts.accelerator_count,
    facts.training_duration_h,
    facts.stated_accelerator_hours_h,
    facts.stated_average_power_w,
    facts.training_compute_flop,
    facts.stated_hardware_utilization,
    facts.parameters,
    facts.training_tokens,
    facts.stated_facility_energy_kwh,
    facts.stated_it_energy_kwh,
    facts.stated_other_energy_kwh,
    facts.stated_emissions_tco2e,
    facts.stated_pue,
    facts.stated_pue_basis,
    facts.stated_grid_intensity_g_per_kwh,
    facts.stated_intensity_basis
FROM entity AS run
JOIN facts AS facts ON facts.run_id = run.entity_id
LEFT JOIN entity AS model ON model.kind = 'model' AND model.entity_id = facts.model_id
WHERE run.kind = 'training_run'
