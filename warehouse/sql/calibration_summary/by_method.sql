-- For each method.
-- grain: method, hardware_type
WITH scored AS (
    SELECT
        score.method AS method,
        'all hardware' AS hardware_type,
        score.run_id,
        score.error_factor,
        score.energy_ratio,
        row_number() OVER (PARTITION BY score.method ORDER BY score.error_factor, score.run_id, score.method) AS place,
        row_number() OVER (PARTITION BY score.method ORDER BY score.energy_ratio, score.run_id, score.method) AS signed_place,
        count(*) OVER (PARTITION BY score.method) AS runs,
        count(*) FILTER (WHERE score.is_inside) OVER (PARTITION BY score.method) AS inside
    FROM calibration AS score
    WHERE score.is_scored
)
SELECT
    middle.method,
    middle.hardware_type,
    CAST(middle.runs AS TEXT) AS scored_runs,
    CAST(middle.inside AS TEXT) || ' of ' || CAST(middle.runs AS TEXT) AS inside_their_interval,
    middle.error_factor AS median_error_factor,
    most.error_factor AS covering_error_factor,
    signed.energy_ratio AS median_energy_ratio
FROM scored AS middle
JOIN scored AS most ON most.method = middle.method
    AND most.hardware_type = middle.hardware_type
    AND most.place = covering_rank(most.runs)
JOIN scored AS signed ON signed.method = middle.method
    AND signed.hardware_type = middle.hardware_type
    AND signed.signed_place = middle_rank(signed.runs)
WHERE middle.place = middle_rank(middle.runs)
