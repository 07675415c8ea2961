-- Every method against every energy that is known otherwise, with the interval that it would have been given, its
-- structural error fitted on the runs of other developers only. What is left out of the score says why.
-- grain: run_id, method, boundary
WITH others AS (
    SELECT
        scored.run_id,
        scored.method,
        scored.boundary,
        other.run_id AS other_run_id,
        other.error_factor,
        other.method = scored.method AS is_own,
        row_number() OVER (
            PARTITION BY scored.run_id, scored.method, scored.boundary
            ORDER BY other.error_factor, other.run_id, other.method, other.boundary
        ) AS pooled_place,
        count(*) OVER (PARTITION BY scored.run_id, scored.method, scored.boundary) AS pooled_runs,
        row_number() OVER (
            PARTITION BY scored.run_id, scored.method, scored.boundary, other.method = scored.method
            ORDER BY other.error_factor, other.run_id, other.method, other.boundary
        ) AS own_place,
        count(*) OVER (
            PARTITION BY scored.run_id, scored.method, scored.boundary, other.method = scored.method
        ) AS own_runs
    FROM error_factors AS scored
    JOIN error_factors AS other ON other.is_scored
        AND is_nameplate(other.method) = is_nameplate(scored.method)
        AND other.developer_id IS DISTINCT FROM scored.developer_id
),
fitted AS (
    SELECT
        others.run_id,
        others.method,
        others.boundary,
        others.other_run_id,
        others.error_factor,
        CASE WHEN others.is_own AND enough_runs(others.own_runs) AND others.own_place = covering_rank(others.own_runs)
            THEN CAST(others.own_runs AS TEXT) || ' runs of other developers by this method'
            ELSE CAST(others.pooled_runs AS TEXT) || ' misses of methods of its kind on runs of other developers' END AS fitted_on
    FROM others AS others
    WHERE others.pooled_place = covering_rank(others.pooled_runs)
        OR (others.is_own AND enough_runs(others.own_runs) AND others.own_place = covering_rank(others.own_runs))
    QUALIFY row_number() OVER (
        PARTITION BY others.run_id, others.method, others.boundary
        ORDER BY others.is_own AND enough_runs(others.own_runs) AND others.own_place = covering_rank(others.own_runs) DESC
    ) = 1
)
SELECT
    miss.run_id,
    miss.model_id,
    miss.method,
    miss.boundary,
    miss.developer_id,
    miss.hardware_type,
    miss.measured_basis,
    miss.measured_by,
    miss.is_scored,
    miss.left_out_because,
    fitted.fitted_on,
    ratio.measured_energy_kwh,
    ratio.predicted_energy_kwh,
    ratio.energy_ratio,
    miss.error_factor,
    fitted.error_factor AS method_error,
    root_sum(ratio.energy_spread, log_error(fitted.error_factor)) AS total_spread,
    ratio.predicted_energy_kwh / exp(total_spread) AS predicted_p05_kwh,
    ratio.predicted_energy_kwh * exp(total_spread) AS predicted_p95_kwh,
    ratio.measured_energy_kwh >= predicted_p05_kwh AND ratio.measured_energy_kwh <= predicted_p95_kwh AS is_inside
FROM error_factors AS miss
JOIN method_ratios AS ratio ON ratio.run_id = miss.run_id AND ratio.method = miss.method AND ratio.branch = miss.boundary
LEFT JOIN fitted AS fitted ON fitted.run_id = miss.run_id
    AND fitted.method = miss.method
    AND fitted.boundary = miss.boundary
