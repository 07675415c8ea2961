SELECT
  hardware.row_id,
  hardware.branch,
  hardware.source_id,
  hardware.subject_kind,
  hardware.subject,
  hardware.subject_id,
  hardware.outcome,
  hardware.reason
FROM (
WITH named AS (
  SELECT
    claim.source_id,
    claim.subject_kind,
    claim.subject,
    MIN(claim.subject_id) AS subject_id
  FROM claim AS claim
  WHERE
    claim.superseded_at IS NULL AND claim.subject_kind = 'accelerator'
  GROUP BY
    claim.source_id,
    claim.subject_kind,
    claim.subject
), used AS (
  SELECT
    run.accelerator_id AS subject_id
  FROM training_runs AS run
  WHERE
    NOT run.accelerator_id IS NULL
  GROUP BY
    run.accelerator_id
), used_in_range AS (
  SELECT
    member.member_id AS subject_id
  FROM accelerator_members AS member
  JOIN training_runs AS run
    ON run.accelerator_id = member.accelerator_id
  GROUP BY
    member.member_id
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'coverage',
      COALESCE(CAST(named.source_id AS TEXT), ''),
      COALESCE(CAST(named.subject_kind AS TEXT), ''),
      COALESCE(CAST(named.subject AS TEXT), '')
    )
  ) AS row_id,
  'hardware' AS branch,
  named.source_id,
  named.subject_kind,
  named.subject,
  named.subject_id AS subject_id,
  CASE
    WHEN COALESCE(used.subject_id, used_in_range.subject_id) IS NULL
    THEN 'not used'
    ELSE 'describes a run''s hardware'
  END AS outcome,
  CASE
    WHEN NOT used.subject_id IS NULL
    THEN 'named by a run'
    WHEN NOT used_in_range.subject_id IS NULL
    THEN 'one of several that a run may have used'
    WHEN named.subject_id IS NULL
    THEN 'the name means no known accelerator'
    ELSE 'no run in the table names it'
  END AS reason
FROM named AS named
LEFT JOIN used AS used
  ON used.subject_id = named.subject_id
LEFT JOIN used_in_range AS used_in_range
  ON used_in_range.subject_id = named.subject_id
) AS hardware
UNION ALL
SELECT
  others.row_id,
  others.branch,
  others.source_id,
  others.subject_kind,
  others.subject,
  others.subject_id,
  others.outcome,
  others.reason
FROM (
WITH named AS (
  SELECT
    claim.source_id,
    claim.subject_kind,
    claim.subject,
    MIN(claim.subject_id) AS subject_id,
    BOOL_OR(
      CAST(claim.quantity IN ('grid_intensity', 'pue') AND NOT claim.value IS NULL AS BOOLEAN)
    ) AS is_of_place
  FROM claim AS claim
  WHERE
    claim.superseded_at IS NULL
    AND NOT claim.subject_kind IN ('training_run', 'accelerator')
  GROUP BY
    claim.source_id,
    claim.subject_kind,
    claim.subject
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'coverage',
      COALESCE(CAST(named.source_id AS TEXT), ''),
      COALESCE(CAST(named.subject_kind AS TEXT), ''),
      COALESCE(CAST(named.subject AS TEXT), '')
    )
  ) AS row_id,
  'others' AS branch,
  named.source_id,
  named.subject_kind,
  named.subject,
  named.subject_id AS subject_id,
  CASE
    WHEN named.subject_id IS NULL
    THEN 'not used'
    WHEN named.subject_kind IN ('region', 'country', 'provider', 'world')
    AND named.is_of_place
    THEN 'describes a place'
    WHEN named.subject_kind = 'world'
    THEN 'an assumption'
    WHEN named.subject_kind = 'server'
    THEN 'describes a server'
    WHEN named.subject_kind = 'published_claim'
    THEN 'audited'
    ELSE 'not used'
  END AS outcome,
  CASE
    WHEN named.subject_id IS NULL
    THEN 'the name means no known ' || named.subject_kind
    WHEN named.subject_kind IN ('region', 'country', 'provider', 'world')
    AND named.is_of_place
    THEN 'its PUE or grid intensity is looked up'
    WHEN named.subject_kind = 'world'
    THEN 'used where a run is silent'
    WHEN named.subject_kind = 'server'
    THEN 'looked up by its accelerator'
    WHEN named.subject_kind = 'published_claim'
    THEN 'recomputed from its own inputs'
    WHEN named.subject_kind = 'area'
    THEN 'a group of countries, which no run is placed in'
    ELSE 'names and places only'
  END AS reason
FROM named AS named
) AS others
UNION ALL
SELECT
  runs.row_id,
  runs.branch,
  runs.source_id,
  runs.subject_kind,
  runs.subject,
  runs.subject_id,
  runs.outcome,
  runs.reason
FROM (
WITH named AS (
  SELECT
    claim.source_id,
    claim.subject_kind,
    claim.subject,
    MIN(claim.subject_id) AS subject_id
  FROM claim AS claim
  WHERE
    claim.superseded_at IS NULL AND claim.subject_kind = 'training_run'
  GROUP BY
    claim.source_id,
    claim.subject_kind,
    claim.subject
), hardware AS (
  SELECT
    claim.subject_id AS run_id,
    MIN(claim.object) AS named_hardware,
    COUNT(claim.object_id) > 0 AS is_known,
    MIN(claim.claim_id) AS named_hardware_claim_id
  FROM claim AS claim
  WHERE
    claim.quantity = 'accelerator' AND claim.superseded_at IS NULL
  GROUP BY
    claim.subject_id
), methods AS (
  SELECT
    estimate.run_id,
    LISTAGG(estimate.method, ', '
    ORDER BY
      method_order(estimate.method)) AS method_names
  FROM estimates AS estimate
  GROUP BY
    estimate.run_id
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'coverage',
      COALESCE(CAST(named.source_id AS TEXT), ''),
      COALESCE(CAST(named.subject_kind AS TEXT), ''),
      COALESCE(CAST(named.subject AS TEXT), '')
    )
  ) AS row_id,
  'runs' AS branch,
  named.source_id,
  named.subject_kind,
  named.subject,
  named.subject_id AS subject_id,
  CASE WHEN NOT methods.run_id IS NULL THEN 'estimated' ELSE 'not estimated' END AS outcome,
  CASE
    WHEN NOT methods.run_id IS NULL
    THEN 'by ' || methods.method_names
    WHEN named.subject_id IS NULL
    THEN 'the name means no known run'
    WHEN run.run_id IS NULL
    THEN 'no first-hand claim of it is usable'
    WHEN hardware.run_id IS NULL
    THEN CASE
      WHEN compute.run_id IS NULL AND usage.run_id IS NULL
      THEN 'neither energy, hardware nor compute is stated'
      ELSE 'no hardware is stated'
    END
    WHEN run.accelerator_id IS NULL AND hardware.is_known
    THEN 'hardware is stated for fine-tuning or a part of the run only'
    WHEN run.accelerator_id IS NULL
    THEN 'hardware that no source describes: ' || hardware.named_hardware
    WHEN compute.run_id IS NULL AND usage.run_id IS NULL
    THEN 'neither compute nor accelerator-hours are stated'
    WHEN accelerator.tdp_w IS NULL AND accelerator.average_power_w IS NULL
    THEN 'no power figure: ' || run.accelerator_id
    WHEN accelerator.power_fraction IS NULL
    THEN 'no average power for this kind of hardware: ' || run.accelerator_id
    ELSE 'no peak rate: ' || run.accelerator_id
  END AS reason
FROM named AS named
LEFT JOIN methods AS methods
  ON methods.run_id = named.subject_id
LEFT JOIN training_runs AS run
  ON run.run_id = named.subject_id
LEFT JOIN hardware AS hardware
  ON hardware.run_id = named.subject_id
LEFT JOIN run_compute AS compute
  ON compute.run_id = named.subject_id
LEFT JOIN accelerator_time AS usage
  ON usage.run_id = named.subject_id
LEFT JOIN accelerators AS accelerator
  ON accelerator.accelerator_id = run.accelerator_id
) AS runs
