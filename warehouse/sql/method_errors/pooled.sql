-- For a method that could be scored on no run: the factor that covers nine in ten of all methods' misses.
-- grain: method
WITH ranked AS (
    SELECT
        miss.run_id,
        miss.method,
        miss.error_factor,
        row_number() OVER (ORDER BY miss.error_factor, miss.run_id, miss.method) AS place,
        count(*) OVER () AS runs
    FROM error_factors AS miss
    WHERE miss.is_scored
),
methods AS (
    SELECT energy.method, count(miss.method) AS scored
    FROM run_energy AS energy
    LEFT JOIN error_factors AS miss ON miss.method = energy.method AND miss.is_scored
    WHERE energy.method <> 'disclosed'
    GROUP BY energy.method
)
SELECT
    methods.method,
    CAST(ranked.runs AS TEXT) || ' runs of all methods, none of this one' AS fitted_on,
    ranked.error_factor AS method_error
FROM methods AS methods
JOIN ranked AS ranked ON ranked.place = covering_rank(ranked.runs)
WHERE methods.scored = 0
