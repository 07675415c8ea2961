SELECT
  own.row_id,
  own.branch,
  own.method,
  own.fitted_on,
  own.method_error,
  own.method_error_low,
  own.method_error_high,
  own.ranked_row_id
FROM (
WITH ranked AS (
  SELECT
    miss.method,
    miss.run_id,
    miss.error_factor,
    ROW_NUMBER() OVER (PARTITION BY miss.method ORDER BY miss.error_factor, miss.run_id, miss.boundary) AS place,
    COUNT(*) OVER (PARTITION BY miss.method) AS runs,
    miss.error_factor_low AS error_factor_low,
    miss.error_factor_high AS error_factor_high,
    miss.row_id AS miss_row_id
  FROM error_factors AS miss
  WHERE
    miss.is_scored
)
SELECT
  row_key(CONCAT_WS('|', 'method_errors', COALESCE(CAST(ranked.method AS TEXT), ''))) AS row_id,
  'own' AS branch,
  ranked.method,
  CAST(ranked.runs AS TEXT) || ' runs of this method' AS fitted_on,
  ranked.error_factor AS method_error,
  ranked.error_factor_low AS method_error_low,
  ranked.error_factor_high AS method_error_high,
  ranked.miss_row_id AS ranked_row_id
FROM ranked AS ranked
WHERE
  ranked.place = covering_rank(ranked.runs) AND enough_runs(ranked.runs)
) AS own
UNION ALL
SELECT
  pooled.row_id,
  pooled.branch,
  pooled.method,
  pooled.fitted_on,
  pooled.method_error,
  pooled.method_error_low,
  pooled.method_error_high,
  pooled.ranked_row_id
FROM (
WITH ranked AS (
  SELECT
    miss.run_id,
    miss.error_factor,
    is_nameplate(miss.method) AS is_nameplate,
    ROW_NUMBER() OVER (
      PARTITION BY is_nameplate(miss.method)
      ORDER BY miss.error_factor, miss.run_id, miss.method, miss.boundary
    ) AS place,
    COUNT(*) OVER (PARTITION BY is_nameplate(miss.method)) AS runs,
    miss.error_factor_low AS error_factor_low,
    miss.error_factor_high AS error_factor_high,
    miss.row_id AS miss_row_id
  FROM error_factors AS miss
  WHERE
    miss.is_scored
), used AS (
  SELECT
    energy.method
  FROM run_energy AS energy
  WHERE
    energy.method <> 'disclosed'
  GROUP BY
    energy.method
), methods AS (
  SELECT
    used.method,
    COUNT(miss.run_id) AS scored
  FROM used AS used
  LEFT JOIN error_factors AS miss
    ON miss.method = used.method AND miss.is_scored
  GROUP BY
    used.method
)
SELECT
  row_key(CONCAT_WS('|', 'method_errors', COALESCE(CAST(methods.method AS TEXT), ''))) AS row_id,
  'pooled' AS branch,
  methods.method,
  CAST(ranked.runs AS TEXT) || CASE
    WHEN ranked.is_nameplate
    THEN ' misses of all nameplate methods'
    ELSE ' misses of all methods that estimate an average'
  END AS fitted_on,
  ranked.error_factor AS method_error,
  ranked.error_factor_low AS method_error_low,
  ranked.error_factor_high AS method_error_high,
  ranked.miss_row_id AS ranked_row_id
FROM methods AS methods
JOIN ranked AS ranked
  ON ranked.is_nameplate = is_nameplate(methods.method)
  AND ranked.place = covering_rank(ranked.runs)
WHERE
  NOT enough_runs(methods.scored)
) AS pooled
