SELECT
  row_key(CONCAT_WS('|', 'run_years', COALESCE(CAST(run.run_year AS TEXT), ''))) AS row_id,
  run.run_year
FROM training_runs AS run
WHERE
  NOT run.run_year IS NULL
GROUP BY
  run.run_year
