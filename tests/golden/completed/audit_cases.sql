WITH printed AS (
  SELECT
    claim.subject_id AS published_id,
    MIN(said.reference_id) AS reference_id
  FROM chosen_claims AS claim
  JOIN claim AS said
    ON said.claim_id = claim.claim_id
  WHERE
    claim.subject_kind = 'published_claim' AND claim.qualifier = 'published'
  GROUP BY
    claim.subject_id
), facts AS (
  SELECT
    claim.subject_id AS published_id,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'statement') AS statement,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'audit_formula') AS audit_formula,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'unstated_input') AS unstated_input,
    LISTAGG(
      
        shown_quantity(claim.quantity) || ' ' || said.reported_text || ' (' || said.reference_id || ')',
        ', '
      
      ORDER BY
        claim.quantity
    ) FILTER(WHERE
      claim.qualifier = 'unstated') AS stand_ins,
    LISTAGG(
      CAST(half_digit(said.reported_text, said.value) / said.value AS TEXT), ' '
      ORDER BY
        claim.claim_id
    ) FILTER(WHERE
      claim.qualifier LIKE 'input%') AS inputs_open_by,
    CASE
      WHEN NOT BOOL_OR(
        CAST(claim.qualifier LIKE 'input%' AND said.reference_id = own.reference_id AS BOOLEAN)
      )
      THEN each_once(
        LISTAGG(said.reference_id, ' '
        ORDER BY
          said.reference_id) FILTER(WHERE
          claim.qualifier LIKE 'input%')
      )
    END AS inputs_stand_in,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'builds_on') AS builds_on_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'region') AS region_id,
    MAX(claim.object_id) FILTER(WHERE
      claim.quantity = 'provider') AS provider_id,
    MAX(claim.object) FILTER(WHERE
      claim.quantity = 'country') AS country,
    MAX(claim.quantity) FILTER(WHERE
      claim.qualifier = 'published') AS published_quantity,
    MAX(claim.value) FILTER(WHERE
      claim.qualifier = 'published') AS published,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.qualifier = 'input') AS accelerator_count,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerators_per_server' AND claim.qualifier = 'input') AS accelerators_per_server,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'server_power' AND claim.qualifier = 'input') AS server_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input') AS training_duration_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input_second') AS second_training_duration_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.qualifier = 'input') AS accelerator_hours_h,
    MAX(claim.value) FILTER(WHERE
      claim.quantity IN ('average_power', 'tdp')
      AND claim.qualifier IN ('input', 'unstated')) AS accelerator_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'run_power' AND claim.qualifier = 'input') AS run_power_w,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'input') AS load_ratio,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input') AS training_tokens,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input_second') AS second_training_tokens,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'pue' AND claim.qualifier IN ('input', 'unstated')) AS pue,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'grid_intensity'
      AND claim.qualifier IN ('input', 'unstated', 'input_low_region')) AS grid_intensity_g_per_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.qualifier = 'input_high_region') AS other_grid_intensity_g_per_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'emissions_per_capita' AND claim.qualifier = 'input') AS emissions_per_capita_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'world_emissions' AND claim.qualifier = 'input') AS world_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'energy' AND claim.qualifier = 'input') AS quoted_energy_kwh,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input') AS quoted_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_second') AS second_emissions_tco2e,
    MAX(claim.value) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_third') AS third_emissions_tco2e,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'statement') AS statement_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'audit_formula') AS audit_formula_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'unstated_input') AS unstated_input_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'builds_on') AS builds_on_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'region') AS region_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'provider') AS provider_claim_id,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'country') AS country_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.qualifier = 'published') AS published_low,
    MAX(claim.high) FILTER(WHERE
      claim.qualifier = 'published') AS published_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.qualifier = 'published') AS published_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.qualifier = 'input') AS accelerator_count_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.qualifier = 'input') AS accelerator_count_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator_count' AND claim.qualifier = 'input') AS accelerator_count_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerators_per_server' AND claim.qualifier = 'input') AS accelerators_per_server_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerators_per_server' AND claim.qualifier = 'input') AS accelerators_per_server_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerators_per_server' AND claim.qualifier = 'input') AS accelerators_per_server_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'server_power' AND claim.qualifier = 'input') AS server_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'server_power' AND claim.qualifier = 'input') AS server_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'server_power' AND claim.qualifier = 'input') AS server_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input') AS training_duration_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input') AS training_duration_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input') AS training_duration_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input_second') AS second_training_duration_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input_second') AS second_training_duration_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_duration' AND claim.qualifier = 'input_second') AS second_training_duration_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.qualifier = 'input') AS accelerator_hours_h_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.qualifier = 'input') AS accelerator_hours_h_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'accelerator_hours' AND claim.qualifier = 'input') AS accelerator_hours_h_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity IN ('average_power', 'tdp')
      AND claim.qualifier IN ('input', 'unstated')) AS accelerator_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity IN ('average_power', 'tdp')
      AND claim.qualifier IN ('input', 'unstated')) AS accelerator_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity IN ('average_power', 'tdp')
      AND claim.qualifier IN ('input', 'unstated')) AS accelerator_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'run_power' AND claim.qualifier = 'input') AS run_power_w_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'run_power' AND claim.qualifier = 'input') AS run_power_w_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'run_power' AND claim.qualifier = 'input') AS run_power_w_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'input') AS load_ratio_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'input') AS load_ratio_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'power_fraction' AND claim.qualifier = 'input') AS load_ratio_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input') AS training_tokens_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input') AS training_tokens_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input') AS training_tokens_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input_second') AS second_training_tokens_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input_second') AS second_training_tokens_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'training_tokens' AND claim.qualifier = 'input_second') AS second_training_tokens_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'pue' AND claim.qualifier IN ('input', 'unstated')) AS pue_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'pue' AND claim.qualifier IN ('input', 'unstated')) AS pue_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'pue' AND claim.qualifier IN ('input', 'unstated')) AS pue_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'grid_intensity'
      AND claim.qualifier IN ('input', 'unstated', 'input_low_region')) AS grid_intensity_g_per_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'grid_intensity'
      AND claim.qualifier IN ('input', 'unstated', 'input_low_region')) AS grid_intensity_g_per_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'grid_intensity'
      AND claim.qualifier IN ('input', 'unstated', 'input_low_region')) AS grid_intensity_g_per_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.qualifier = 'input_high_region') AS other_grid_intensity_g_per_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.qualifier = 'input_high_region') AS other_grid_intensity_g_per_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'grid_intensity' AND claim.qualifier = 'input_high_region') AS other_grid_intensity_g_per_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'emissions_per_capita' AND claim.qualifier = 'input') AS emissions_per_capita_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'emissions_per_capita' AND claim.qualifier = 'input') AS emissions_per_capita_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'emissions_per_capita' AND claim.qualifier = 'input') AS emissions_per_capita_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'world_emissions' AND claim.qualifier = 'input') AS world_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'world_emissions' AND claim.qualifier = 'input') AS world_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'world_emissions' AND claim.qualifier = 'input') AS world_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'energy' AND claim.qualifier = 'input') AS quoted_energy_kwh_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'energy' AND claim.qualifier = 'input') AS quoted_energy_kwh_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'energy' AND claim.qualifier = 'input') AS quoted_energy_kwh_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input') AS quoted_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input') AS quoted_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input') AS quoted_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_second') AS second_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_second') AS second_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_second') AS second_emissions_tco2e_claim_id,
    MAX(claim.low) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_third') AS third_emissions_tco2e_low,
    MAX(claim.high) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_third') AS third_emissions_tco2e_high,
    MAX(claim.claim_id) FILTER(WHERE
      claim.quantity = 'emissions' AND claim.qualifier = 'input_third') AS third_emissions_tco2e_claim_id
  FROM chosen_claims AS claim
  JOIN claim AS said
    ON said.claim_id = claim.claim_id
  JOIN printed AS own
    ON own.published_id = claim.subject_id
  WHERE
    claim.subject_kind = 'published_claim'
  GROUP BY
    claim.subject_id
)
SELECT
  row_key(CONCAT_WS('|', 'audit_cases', COALESCE(CAST(facts.published_id AS TEXT), ''))) AS row_id,
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
  facts.published_low AS published_low,
  facts.published_high AS published_high,
  facts.accelerator_count,
  facts.accelerator_count_low AS accelerator_count_low,
  facts.accelerator_count_high AS accelerator_count_high,
  facts.accelerators_per_server,
  facts.accelerators_per_server_low AS accelerators_per_server_low,
  facts.accelerators_per_server_high AS accelerators_per_server_high,
  facts.server_power_w,
  facts.server_power_w_low AS server_power_w_low,
  facts.server_power_w_high AS server_power_w_high,
  facts.training_duration_h,
  facts.training_duration_h_low AS training_duration_h_low,
  facts.training_duration_h_high AS training_duration_h_high,
  facts.second_training_duration_h,
  facts.second_training_duration_h_low AS second_training_duration_h_low,
  facts.second_training_duration_h_high AS second_training_duration_h_high,
  facts.accelerator_hours_h,
  facts.accelerator_hours_h_low AS accelerator_hours_h_low,
  facts.accelerator_hours_h_high AS accelerator_hours_h_high,
  facts.accelerator_power_w,
  facts.accelerator_power_w_low AS accelerator_power_w_low,
  facts.accelerator_power_w_high AS accelerator_power_w_high,
  facts.run_power_w,
  facts.run_power_w_low AS run_power_w_low,
  facts.run_power_w_high AS run_power_w_high,
  facts.load_ratio,
  facts.load_ratio_low AS load_ratio_low,
  facts.load_ratio_high AS load_ratio_high,
  facts.training_tokens,
  facts.training_tokens_low AS training_tokens_low,
  facts.training_tokens_high AS training_tokens_high,
  facts.second_training_tokens,
  facts.second_training_tokens_low AS second_training_tokens_low,
  facts.second_training_tokens_high AS second_training_tokens_high,
  facts.pue,
  facts.pue_low AS pue_low,
  facts.pue_high AS pue_high,
  facts.grid_intensity_g_per_kwh,
  facts.grid_intensity_g_per_kwh_low AS grid_intensity_g_per_kwh_low,
  facts.grid_intensity_g_per_kwh_high AS grid_intensity_g_per_kwh_high,
  facts.other_grid_intensity_g_per_kwh,
  facts.other_grid_intensity_g_per_kwh_low AS other_grid_intensity_g_per_kwh_low,
  facts.other_grid_intensity_g_per_kwh_high AS other_grid_intensity_g_per_kwh_high,
  facts.emissions_per_capita_tco2e,
  facts.emissions_per_capita_tco2e_low AS emissions_per_capita_tco2e_low,
  facts.emissions_per_capita_tco2e_high AS emissions_per_capita_tco2e_high,
  facts.world_emissions_tco2e,
  facts.world_emissions_tco2e_low AS world_emissions_tco2e_low,
  facts.world_emissions_tco2e_high AS world_emissions_tco2e_high,
  facts.quoted_energy_kwh,
  facts.quoted_energy_kwh_low AS quoted_energy_kwh_low,
  facts.quoted_energy_kwh_high AS quoted_energy_kwh_high,
  facts.quoted_emissions_tco2e,
  facts.quoted_emissions_tco2e_low AS quoted_emissions_tco2e_low,
  facts.quoted_emissions_tco2e_high AS quoted_emissions_tco2e_high,
  facts.second_emissions_tco2e,
  facts.second_emissions_tco2e_low AS second_emissions_tco2e_low,
  facts.second_emissions_tco2e_high AS second_emissions_tco2e_high,
  facts.third_emissions_tco2e,
  facts.third_emissions_tco2e_low AS third_emissions_tco2e_low,
  facts.third_emissions_tco2e_high AS third_emissions_tco2e_high,
  facts.statement_claim_id AS statement_claim_id,
  facts.audit_formula_claim_id AS audit_formula_claim_id,
  facts.unstated_input_claim_id AS unstated_input_claim_id,
  facts.builds_on_claim_id AS builds_on_claim_id,
  facts.region_claim_id AS region_claim_id,
  facts.provider_claim_id AS provider_claim_id,
  facts.country_claim_id AS country_claim_id,
  facts.published_claim_id AS published_claim_id,
  facts.accelerator_count_claim_id AS accelerator_count_claim_id,
  facts.accelerators_per_server_claim_id AS accelerators_per_server_claim_id,
  facts.server_power_w_claim_id AS server_power_w_claim_id,
  facts.training_duration_h_claim_id AS training_duration_h_claim_id,
  facts.second_training_duration_h_claim_id AS second_training_duration_h_claim_id,
  facts.accelerator_hours_h_claim_id AS accelerator_hours_h_claim_id,
  facts.accelerator_power_w_claim_id AS accelerator_power_w_claim_id,
  facts.run_power_w_claim_id AS run_power_w_claim_id,
  facts.load_ratio_claim_id AS load_ratio_claim_id,
  facts.training_tokens_claim_id AS training_tokens_claim_id,
  facts.second_training_tokens_claim_id AS second_training_tokens_claim_id,
  facts.pue_claim_id AS pue_claim_id,
  facts.grid_intensity_g_per_kwh_claim_id AS grid_intensity_g_per_kwh_claim_id,
  facts.other_grid_intensity_g_per_kwh_claim_id AS other_grid_intensity_g_per_kwh_claim_id,
  facts.emissions_per_capita_tco2e_claim_id AS emissions_per_capita_tco2e_claim_id,
  facts.world_emissions_tco2e_claim_id AS world_emissions_tco2e_claim_id,
  facts.quoted_energy_kwh_claim_id AS quoted_energy_kwh_claim_id,
  facts.quoted_emissions_tco2e_claim_id AS quoted_emissions_tco2e_claim_id,
  facts.second_emissions_tco2e_claim_id AS second_emissions_tco2e_claim_id,
  facts.third_emissions_tco2e_claim_id AS third_emissions_tco2e_claim_id
FROM facts AS facts
JOIN entity AS figure
  ON figure.kind = 'published_claim' AND figure.entity_id = facts.published_id
LEFT JOIN quantity AS quantity
  ON quantity.name = facts.published_quantity
