-- Energy of one model's headline estimate over another's. Pairs that share a claim with a range are left out, since the
-- range of their ratio would be overstated.
-- grain: branch, run_id, other_run_id, region_id, intensity_source_id
-- id: comparison_id
SELECT
    estimate.run_id,
    estimate.model_id,
    other.run_id AS other_run_id,
    other.model_id AS other_model_id,
    estimate.method,
    other.method AS other_method,
    CAST(NULL AS TEXT) AS region_id,
    CAST(NULL AS TEXT) AS other_region_id,
    CAST(NULL AS TEXT) AS intensity_source_id,
    estimate.energy_kwh / other.energy_kwh AS energy_ratio
FROM estimates AS estimate
JOIN estimates AS other ON other.run_id <> estimate.run_id AND other.method = 'disclosed' AND other.is_headline
WHERE estimate.is_headline AND estimate.energy_kwh IS NOT NULL AND other.energy_kwh IS NOT NULL
    AND NOT (coalesce(estimate.pue_claim_id = other.pue_claim_id, false) AND estimate.pue_low < estimate.pue_high)
