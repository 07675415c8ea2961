SELECT
  by_hardware.row_id,
  by_hardware.branch,
  by_hardware.method,
  by_hardware.hardware_type,
  by_hardware.scored_runs,
  by_hardware.inside_their_interval,
  by_hardware.median_error_factor,
  by_hardware.median_error_factor_low,
  by_hardware.median_error_factor_high,
  by_hardware.covering_error_factor,
  by_hardware.covering_error_factor_low,
  by_hardware.covering_error_factor_high,
  by_hardware.median_energy_ratio,
  by_hardware.median_energy_ratio_low,
  by_hardware.median_energy_ratio_high,
  by_hardware.middle_row_id,
  by_hardware.most_row_id,
  by_hardware.signed_row_id
FROM (
WITH scored AS (
  SELECT
    'all methods that estimate an average' AS method,
    COALESCE(score.hardware_type, 'unknown') AS hardware_type,
    score.run_id,
    score.error_factor,
    score.energy_ratio,
    ROW_NUMBER() OVER (
      PARTITION BY score.hardware_type
      ORDER BY score.error_factor, score.run_id, score.method
    ) AS place,
    ROW_NUMBER() OVER (
      PARTITION BY score.hardware_type
      ORDER BY score.energy_ratio, score.run_id, score.method
    ) AS signed_place,
    COUNT(*) OVER (PARTITION BY score.hardware_type) AS runs,
    COUNT(*) FILTER(WHERE
      score.is_inside) OVER (PARTITION BY score.hardware_type) AS inside,
    score.error_factor_low AS error_factor_low,
    score.error_factor_high AS error_factor_high,
    score.row_id AS score_row_id,
    score.energy_ratio_low AS energy_ratio_low,
    score.energy_ratio_high AS energy_ratio_high
  FROM calibration AS score
  WHERE
    score.is_scored AND NOT score.method IN ('server_power', 'accelerator_power')
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'calibration_summary',
      COALESCE(CAST(middle.method AS TEXT), ''),
      COALESCE(CAST(middle.hardware_type AS TEXT), '')
    )
  ) AS row_id,
  'by_hardware' AS branch,
  middle.method,
  middle.hardware_type,
  CAST(middle.runs AS TEXT) AS scored_runs,
  CAST(middle.inside AS TEXT) || ' of ' || CAST(middle.runs AS TEXT) AS inside_their_interval,
  middle.error_factor AS median_error_factor,
  middle.error_factor_low AS median_error_factor_low,
  middle.error_factor_high AS median_error_factor_high,
  most.error_factor AS covering_error_factor,
  most.error_factor_low AS covering_error_factor_low,
  most.error_factor_high AS covering_error_factor_high,
  signed.energy_ratio AS median_energy_ratio,
  signed.energy_ratio_low AS median_energy_ratio_low,
  signed.energy_ratio_high AS median_energy_ratio_high,
  middle.score_row_id AS middle_row_id,
  most.score_row_id AS most_row_id,
  signed.score_row_id AS signed_row_id
FROM scored AS middle
JOIN scored AS most
  ON most.method = middle.method
  AND most.hardware_type = middle.hardware_type
  AND most.place = covering_rank(most.runs)
JOIN scored AS signed
  ON signed.method = middle.method
  AND signed.hardware_type = middle.hardware_type
  AND signed.signed_place = middle_rank(signed.runs)
WHERE
  middle.place = middle_rank(middle.runs)
) AS by_hardware
UNION ALL
SELECT
  by_method.row_id,
  by_method.branch,
  by_method.method,
  by_method.hardware_type,
  by_method.scored_runs,
  by_method.inside_their_interval,
  by_method.median_error_factor,
  by_method.median_error_factor_low,
  by_method.median_error_factor_high,
  by_method.covering_error_factor,
  by_method.covering_error_factor_low,
  by_method.covering_error_factor_high,
  by_method.median_energy_ratio,
  by_method.median_energy_ratio_low,
  by_method.median_energy_ratio_high,
  by_method.middle_row_id,
  by_method.most_row_id,
  by_method.signed_row_id
FROM (
WITH scored AS (
  SELECT
    score.method AS method,
    'all hardware' AS hardware_type,
    score.run_id,
    score.error_factor,
    score.energy_ratio,
    ROW_NUMBER() OVER (PARTITION BY score.method ORDER BY score.error_factor, score.run_id, score.method) AS place,
    ROW_NUMBER() OVER (PARTITION BY score.method ORDER BY score.energy_ratio, score.run_id, score.method) AS signed_place,
    COUNT(*) OVER (PARTITION BY score.method) AS runs,
    COUNT(*) FILTER(WHERE
      score.is_inside) OVER (PARTITION BY score.method) AS inside,
    score.error_factor_low AS error_factor_low,
    score.error_factor_high AS error_factor_high,
    score.row_id AS score_row_id,
    score.energy_ratio_low AS energy_ratio_low,
    score.energy_ratio_high AS energy_ratio_high
  FROM calibration AS score
  WHERE
    score.is_scored
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'calibration_summary',
      COALESCE(CAST(middle.method AS TEXT), ''),
      COALESCE(CAST(middle.hardware_type AS TEXT), '')
    )
  ) AS row_id,
  'by_method' AS branch,
  middle.method,
  middle.hardware_type,
  CAST(middle.runs AS TEXT) AS scored_runs,
  CAST(middle.inside AS TEXT) || ' of ' || CAST(middle.runs AS TEXT) AS inside_their_interval,
  middle.error_factor AS median_error_factor,
  middle.error_factor_low AS median_error_factor_low,
  middle.error_factor_high AS median_error_factor_high,
  most.error_factor AS covering_error_factor,
  most.error_factor_low AS covering_error_factor_low,
  most.error_factor_high AS covering_error_factor_high,
  signed.energy_ratio AS median_energy_ratio,
  signed.energy_ratio_low AS median_energy_ratio_low,
  signed.energy_ratio_high AS median_energy_ratio_high,
  middle.score_row_id AS middle_row_id,
  most.score_row_id AS most_row_id,
  signed.score_row_id AS signed_row_id
FROM scored AS middle
JOIN scored AS most
  ON most.method = middle.method
  AND most.hardware_type = middle.hardware_type
  AND most.place = covering_rank(most.runs)
JOIN scored AS signed
  ON signed.method = middle.method
  AND signed.hardware_type = middle.hardware_type
  AND signed.signed_place = middle_rank(signed.runs)
WHERE
  middle.place = middle_rank(middle.runs)
) AS by_method
UNION ALL
SELECT
  by_method_and_hardware.row_id,
  by_method_and_hardware.branch,
  by_method_and_hardware.method,
  by_method_and_hardware.hardware_type,
  by_method_and_hardware.scored_runs,
  by_method_and_hardware.inside_their_interval,
  by_method_and_hardware.median_error_factor,
  by_method_and_hardware.median_error_factor_low,
  by_method_and_hardware.median_error_factor_high,
  by_method_and_hardware.covering_error_factor,
  by_method_and_hardware.covering_error_factor_low,
  by_method_and_hardware.covering_error_factor_high,
  by_method_and_hardware.median_energy_ratio,
  by_method_and_hardware.median_energy_ratio_low,
  by_method_and_hardware.median_energy_ratio_high,
  by_method_and_hardware.middle_row_id,
  by_method_and_hardware.most_row_id,
  by_method_and_hardware.signed_row_id
FROM (
WITH scored AS (
  SELECT
    score.method AS method,
    COALESCE(score.hardware_type, 'unknown') AS hardware_type,
    score.run_id,
    score.error_factor,
    score.energy_ratio,
    ROW_NUMBER() OVER (
      PARTITION BY score.method, score.hardware_type
      ORDER BY score.error_factor, score.run_id, score.method
    ) AS place,
    ROW_NUMBER() OVER (
      PARTITION BY score.method, score.hardware_type
      ORDER BY score.energy_ratio, score.run_id, score.method
    ) AS signed_place,
    COUNT(*) OVER (PARTITION BY score.method, score.hardware_type) AS runs,
    COUNT(*) FILTER(WHERE
      score.is_inside) OVER (PARTITION BY score.method, score.hardware_type) AS inside,
    score.error_factor_low AS error_factor_low,
    score.error_factor_high AS error_factor_high,
    score.row_id AS score_row_id,
    score.energy_ratio_low AS energy_ratio_low,
    score.energy_ratio_high AS energy_ratio_high
  FROM calibration AS score
  WHERE
    score.is_scored
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'calibration_summary',
      COALESCE(CAST(middle.method AS TEXT), ''),
      COALESCE(CAST(middle.hardware_type AS TEXT), '')
    )
  ) AS row_id,
  'by_method_and_hardware' AS branch,
  middle.method,
  middle.hardware_type,
  CAST(middle.runs AS TEXT) AS scored_runs,
  CAST(middle.inside AS TEXT) || ' of ' || CAST(middle.runs AS TEXT) AS inside_their_interval,
  middle.error_factor AS median_error_factor,
  middle.error_factor_low AS median_error_factor_low,
  middle.error_factor_high AS median_error_factor_high,
  most.error_factor AS covering_error_factor,
  most.error_factor_low AS covering_error_factor_low,
  most.error_factor_high AS covering_error_factor_high,
  signed.energy_ratio AS median_energy_ratio,
  signed.energy_ratio_low AS median_energy_ratio_low,
  signed.energy_ratio_high AS median_energy_ratio_high,
  middle.score_row_id AS middle_row_id,
  most.score_row_id AS most_row_id,
  signed.score_row_id AS signed_row_id
FROM scored AS middle
JOIN scored AS most
  ON most.method = middle.method
  AND most.hardware_type = middle.hardware_type
  AND most.place = covering_rank(most.runs)
JOIN scored AS signed
  ON signed.method = middle.method
  AND signed.hardware_type = middle.hardware_type
  AND signed.signed_place = middle_rank(signed.runs)
WHERE
  middle.place = middle_rank(middle.runs)
) AS by_method_and_hardware
UNION ALL
SELECT
  overall.row_id,
  overall.branch,
  overall.method,
  overall.hardware_type,
  overall.scored_runs,
  overall.inside_their_interval,
  overall.median_error_factor,
  overall.median_error_factor_low,
  overall.median_error_factor_high,
  overall.covering_error_factor,
  overall.covering_error_factor_low,
  overall.covering_error_factor_high,
  overall.median_energy_ratio,
  overall.median_energy_ratio_low,
  overall.median_energy_ratio_high,
  overall.middle_row_id,
  overall.most_row_id,
  overall.signed_row_id
FROM (
WITH scored AS (
  SELECT
    'all methods that estimate an average' AS method,
    'all hardware' AS hardware_type,
    score.run_id,
    score.error_factor,
    score.energy_ratio,
    ROW_NUMBER() OVER (ORDER BY score.error_factor, score.run_id, score.method) AS place,
    ROW_NUMBER() OVER (ORDER BY score.energy_ratio, score.run_id, score.method) AS signed_place,
    COUNT(*) OVER () AS runs,
    COUNT(*) FILTER(WHERE
      score.is_inside) OVER () AS inside,
    score.error_factor_low AS error_factor_low,
    score.error_factor_high AS error_factor_high,
    score.row_id AS score_row_id,
    score.energy_ratio_low AS energy_ratio_low,
    score.energy_ratio_high AS energy_ratio_high
  FROM calibration AS score
  WHERE
    score.is_scored AND NOT score.method IN ('server_power', 'accelerator_power')
)
SELECT
  row_key(
    CONCAT_WS(
      '|',
      'calibration_summary',
      COALESCE(CAST(middle.method AS TEXT), ''),
      COALESCE(CAST(middle.hardware_type AS TEXT), '')
    )
  ) AS row_id,
  'overall' AS branch,
  middle.method,
  middle.hardware_type,
  CAST(middle.runs AS TEXT) AS scored_runs,
  CAST(middle.inside AS TEXT) || ' of ' || CAST(middle.runs AS TEXT) AS inside_their_interval,
  middle.error_factor AS median_error_factor,
  middle.error_factor_low AS median_error_factor_low,
  middle.error_factor_high AS median_error_factor_high,
  most.error_factor AS covering_error_factor,
  most.error_factor_low AS covering_error_factor_low,
  most.error_factor_high AS covering_error_factor_high,
  signed.energy_ratio AS median_energy_ratio,
  signed.energy_ratio_low AS median_energy_ratio_low,
  signed.energy_ratio_high AS median_energy_ratio_high,
  middle.score_row_id AS middle_row_id,
  most.score_row_id AS most_row_id,
  signed.score_row_id AS signed_row_id
FROM scored AS middle
JOIN scored AS most
  ON most.method = middle.method
  AND most.hardware_type = middle.hardware_type
  AND most.place = covering_rank(most.runs)
JOIN scored AS signed
  ON signed.method = middle.method
  AND signed.hardware_type = middle.hardware_type
  AND signed.signed_place = middle_rank(signed.runs)
WHERE
  middle.place = middle_rank(middle.runs)
) AS overall
