-- Published figures under audit: what was printed, by which formula, and the inputs that the publication cites for it.
-- grain: published_id
WITH printed AS (
    SELECT claim.subject_id AS published_id, min(said.reference_id) AS reference_id
    FROM chosen_claims AS claim
    JOIN claim AS said ON said.claim_id = claim.claim_id
    WHERE claim.subject_kind = 'published_claim' AND claim.qualifier = 'published'
    GROUP BY claim.subject_id
),
facts AS (
    SELECT
        claim.subject_id AS published_id,
        max(claim.object) FILTER (WHERE claim.quantity = 'statement') AS statement,
        max(claim.object) FILTER (WHERE claim.quantity = 'audit_formula') AS audit_formula,
        max(claim.object) FILTER (WHERE claim.quantity = 'unstated_input') AS unstated_input,
        string_agg(
            shown_quantity(claim.quantity) || ' ' || said.reported_text || ' (' || said.reference_id || ')', ', '
            ORDER BY claim.quantity
        ) FILTER (WHERE claim.qualifier = 'unstated') AS stand_ins,
        string_agg(
            CAST(half_digit(said.reported_text, said.value) / said.value AS TEXT), ' ' ORDER BY claim.claim_id
        ) FILTER (WHERE claim.qualifier LIKE 'input%') AS inputs_open_by,
        CASE WHEN NOT bool_or(claim.qualifier LIKE 'input%' AND said.reference_id = own.reference_id)
            THEN each_once(
                string_agg(said.reference_id, ' ' ORDER BY said.reference_id)
                FILTER (WHERE claim.qualifier LIKE 'input%')
            ) END AS inputs_stand_in,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'builds_on') AS builds_on_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'region') AS region_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'provider') AS provider_id,
        max(claim.object) FILTER (WHERE claim.quantity = 'country') AS country,
        max(claim.quantity) FILTER (WHERE claim.qualifier = 'published') AS published_quantity,
        max(claim.value) FILTER (WHERE claim.qualifier = 'published') AS published,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'accelerator_count' AND claim.qualifier = 'input'
        ) AS accelerator_count,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'accelerators_per_server' AND claim.qualifier = 'input'
        ) AS accelerators_per_server,
        max(claim.value) FILTER (WHERE claim.quantity = 'server_power' AND claim.qualifier = 'input') AS server_power_w,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'training_duration' AND claim.qualifier = 'input'
        ) AS training_duration_h,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'training_duration' AND claim.qualifier = 'input_second'
        ) AS second_training_duration_h,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'accelerator_hours' AND claim.qualifier = 'input'
        ) AS accelerator_hours_h,
        max(claim.value) FILTER (
            WHERE claim.quantity IN ('average_power', 'tdp') AND claim.qualifier IN ('input', 'unstated')
        ) AS accelerator_power_w,
        max(claim.value) FILTER (WHERE claim.quantity = 'run_power' AND claim.qualifier = 'input') AS run_power_w,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'power_fraction' AND claim.qualifier = 'input'
        ) AS load_ratio,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'training_tokens' AND claim.qualifier = 'input'
        ) AS training_tokens,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'training_tokens' AND claim.qualifier = 'input_second'
        ) AS second_training_tokens,
        max(claim.value) FILTER (WHERE claim.quantity = 'pue' AND claim.qualifier IN ('input', 'unstated')) AS pue,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'grid_intensity' AND claim.qualifier IN ('input', 'unstated', 'input_low_region')
        ) AS grid_intensity_g_per_kwh,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'grid_intensity' AND claim.qualifier = 'input_high_region'
        ) AS other_grid_intensity_g_per_kwh,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'emissions_per_capita' AND claim.qualifier = 'input'
        ) AS emissions_per_capita_tco2e,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'world_emissions' AND claim.qualifier = 'input'
        ) AS world_emissions_tco2e,
        max(claim.value) FILTER (WHERE claim.quantity = 'energy' AND claim.qualifier = 'input') AS quoted_energy_kwh,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'emissions' AND claim.qualifier = 'input'
        ) AS quoted_emissions_tco2e,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'emissions' AND claim.qualifier = 'input_second'
        ) AS second_emissions_tco2e,
        max(claim.value) FILTER (
            WHERE claim.quantity = 'emissions' AND claim.qualifier = 'input_third'
        ) AS third_emissions_tco2e
    FROM chosen_claims AS claim
    JOIN claim AS said ON said.claim_id = claim.claim_id
    JOIN printed AS own ON own.published_id = claim.subject_id
    WHERE claim.subject_kind = 'published_claim'
    GROUP BY claim.subject_id
)
SELECT
    facts.published_id,
    figure.name AS published_name,
    facts.statement,
    facts.audit_formula,
    facts.unstated_input,
    facts.stand_ins,
    CASE WHEN facts.builds_on_id IS NULL THEN facts.inputs_open_by END AS inputs_open_by,
    facts.inputs_stand_in,
    facts.builds_on_id,
    facts.region_id,
    facts.provider_id,
    facts.country,
    quantity.unit,
    facts.published,
    facts.accelerator_count,
    facts.accelerators_per_server,
    facts.server_power_w,
    facts.training_duration_h,
    facts.second_training_duration_h,
    facts.accelerator_hours_h,
    facts.accelerator_power_w,
    facts.run_power_w,
    facts.load_ratio,
    facts.training_tokens,
    facts.second_training_tokens,
    facts.pue,
    facts.grid_intensity_g_per_kwh,
    facts.other_grid_intensity_g_per_kwh,
    facts.emissions_per_capita_tco2e,
    facts.world_emissions_tco2e,
    facts.quoted_energy_kwh,
    facts.quoted_emissions_tco2e,
    facts.second_emissions_tco2e,
    facts.third_emissions_tco2e
FROM facts AS facts
JOIN entity AS figure ON figure.kind = 'published_claim' AND figure.entity_id = facts.published_id
LEFT JOIN quantity AS quantity ON quantity.name = facts.published_quantity
