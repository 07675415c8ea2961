-- Two methods of a run whose 90 % intervals of energy do not meet, and how many times the lower energy the higher one is.
-- Nameplates are left out, since they are bounds, and so is what is disclosed without an interval. What the two have in
-- common cancels in the ratio, so that its own ends lie too far apart.
-- grain: run_id, method, other_method
SELECT
    estimate.run_id,
    estimate.model_id,
    estimate.is_own,
    estimate.method,
    other.method AS other_method,
    estimate.energy_kwh / other.energy_kwh AS energy_ratio
FROM estimates AS estimate
JOIN estimates AS other ON other.run_id = estimate.run_id
WHERE estimate.energy_p05_kwh > other.energy_p95_kwh
    AND NOT is_nameplate(estimate.method) AND NOT is_nameplate(other.method)
