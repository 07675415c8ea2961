-- Grid intensity of a run whose days are known: the mean over them, where a series of its grid zone covers them all.
-- grain: run_id
WITH first_choice AS (
    SELECT
        own.run_id,
        own.intensity_source_id,
        own.intensity_boundary,
        own.zone_grid_intensity_g_per_kwh
    FROM zone_intensity AS own
    QUALIFY row_number() OVER (
        PARTITION BY own.run_id ORDER BY series_order(own.intensity_boundary), own.intensity_source_id
    ) = 1
)
SELECT
    own.run_id,
    own.intensity_source_id || ', mean over the run' AS intensity_basis,
    'the run''s own days' AS intensity_match,
    own.intensity_boundary,
    own.zone_grid_intensity_g_per_kwh AS grid_intensity_g_per_kwh
FROM first_choice AS own
