-- A method's structural error: the factor that covers nine in ten of its misses on runs whose energy is known otherwise.
-- grain: method
WITH ranked AS (
    SELECT
        miss.method,
        miss.run_id,
        miss.error_factor,
        row_number() OVER (PARTITION BY miss.method ORDER BY miss.error_factor, miss.run_id, miss.boundary) AS place,
        count(*) OVER (PARTITION BY miss.method) AS runs
    FROM error_factors AS miss
    WHERE miss.is_scored
)
SELECT
    ranked.method,
    CAST(ranked.runs AS TEXT) || ' runs of this method' AS fitted_on,
    ranked.error_factor AS method_error
FROM ranked AS ranked
WHERE ranked.place = covering_rank(ranked.runs) AND enough_runs(ranked.runs)
