-- For a method that could be scored on too few runs: the factor that covers nine in ten of the misses of all methods of its
-- kind, averages or nameplates.
-- grain: method
WITH ranked AS (
    SELECT
        miss.run_id,
        miss.error_factor,
        is_nameplate(miss.method) AS is_nameplate,
        row_number() OVER (
            PARTITION BY is_nameplate(miss.method) ORDER BY miss.error_factor, miss.run_id, miss.method, miss.boundary
        ) AS place,
        count(*) OVER (PARTITION BY is_nameplate(miss.method)) AS runs
    FROM error_factors AS miss
    WHERE miss.is_scored
),
used AS (
    SELECT energy.method FROM run_energy AS energy WHERE energy.method <> 'disclosed' GROUP BY energy.method
),
methods AS (
    SELECT used.method, count(miss.run_id) AS scored
    FROM used AS used
    LEFT JOIN error_factors AS miss ON miss.method = used.method AND miss.is_scored
    GROUP BY used.method
)
SELECT
    methods.method,
    CAST(ranked.runs AS TEXT) || CASE WHEN ranked.is_nameplate THEN ' misses of all nameplate methods'
        ELSE ' misses of all methods that estimate an average' END AS fitted_on,
    ranked.error_factor AS method_error
FROM methods AS methods
JOIN ranked AS ranked ON ranked.is_nameplate = is_nameplate(methods.method) AND ranked.place = covering_rank(ranked.runs)
WHERE NOT enough_runs(methods.scored)
