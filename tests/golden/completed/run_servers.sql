WITH candidates AS (
  SELECT
    run.run_id,
    server.server_id,
    CASE
      WHEN server.server_id = run.stated_server_id
      THEN 'claimed for the run'
      ELSE 'reference server of the accelerator'
    END AS server_basis,
    CASE WHEN server.server_id = run.stated_server_id THEN 0 ELSE 1 END AS choice_order
  FROM training_runs AS run
  JOIN servers AS server
    ON NOT server.server_power_w IS NULL AND NOT server.accelerators_per_server IS NULL
  JOIN entity AS accelerator
    ON accelerator.kind = 'accelerator'
    AND accelerator.entity_id = server.accelerator_id
  WHERE
    server.server_id = run.stated_server_id
    OR (
      run.stated_server_id IS NULL
      AND run.accelerator_id IN (server.accelerator_id, accelerator.part_of)
    )
)
SELECT
  row_key(CONCAT_WS('|', 'run_servers', COALESCE(CAST(candidates.run_id AS TEXT), ''))) AS row_id,
  candidates.run_id,
  candidates.server_id,
  candidates.server_basis
FROM candidates AS candidates
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY candidates.run_id
    ORDER BY candidates.choice_order, candidates.server_id
  ) = 1
