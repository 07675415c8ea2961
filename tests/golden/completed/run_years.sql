SELECT
  row_key(CONCAT_WS('|', 'run_years', COALESCE(CAST(run.run_year AS TEXT), ''))) AS row_id,
  run.run_year
FROM training_runs AS run
WHERE
  NOT run.run_year IS NULL
  AND (
    NOT run.accelerator_id IS NULL
    OR NOT run.stated_facility_energy_kwh IS NULL
    OR NOT run.stated_it_energy_kwh IS NULL
    OR NOT run.stated_other_energy_kwh IS NULL
  )
GROUP BY
  run.run_year
