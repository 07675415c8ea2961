-- Grid intensity of a run over its own days: the mean of each series of its grid zone that covers them all.
-- grain: run_id, intensity_source_id, intensity_boundary
-- sums:  claim
SELECT
    run.run_id,
    run.region_id,
    zone.zone_id,
    zone.zone_basis,
    figure.source_id AS intensity_source_id,
    figure.boundary AS intensity_boundary,
    run.trained_from,
    run.trained_until,
    mean_over_time(figure.value, figure.from_at, figure.until_at, figure.claim_id) AS zone_grid_intensity_g_per_kwh
FROM training_runs AS run
JOIN region_zones AS zone ON zone.region_id = run.region_id
JOIN claim AS figure ON figure.subject_kind = 'zone'
    AND figure.subject_id = zone.zone_id
    AND figure.quantity = 'grid_intensity'
    AND figure.superseded_at IS NULL
    AND figure.rank <> 'deprecated'
    AND figure.from_at >= run.trained_from
    AND figure.until_at <= day_after(run.trained_until)
WHERE run.stated_grid_intensity_g_per_kwh IS NULL
GROUP BY
    run.run_id,
    run.region_id,
    zone.zone_id,
    zone.zone_basis,
    figure.source_id,
    figure.boundary,
    run.trained_from,
    run.trained_until
HAVING fills_days(figure.from_at, figure.until_at, run.trained_from, run.trained_until)
