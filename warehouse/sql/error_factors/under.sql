-- Where it gives too little.
-- grain: run_id, method, boundary
SELECT
    ratio.run_id,
    ratio.model_id,
    ratio.developer_id,
    ratio.method,
    ratio.branch AS boundary,
    ratio.hardware_type,
    ratio.is_measurement AND NOT ratio.is_circular AND ratio.branch <> 'unstated' AS is_scored,
    CASE
        WHEN NOT ratio.is_measurement THEN 'the stated energy is itself calculated'
        WHEN ratio.is_circular THEN 'the stated energy is this method''s own arithmetic'
        WHEN ratio.branch = 'unstated' THEN 'what the stated energy includes is not stated' END AS left_out_because,
    ratio.measured_basis,
    ratio.measured_by,
    ratio.measured_energy_kwh / ratio.predicted_energy_kwh AS error_factor
FROM method_ratios AS ratio
WHERE ratio.energy_ratio < 1
