-- The PUE that holds for a run: as stated for it, else that of its region, its provider, or the world, in its year.
-- grain: run_id
SELECT
    run.run_id,
    CASE WHEN run.stated_pue IS NOT NULL THEN stated_or_assumed(run.stated_pue_basis) ELSE found.pue_basis END AS pue_basis,
    CASE WHEN run.stated_pue IS NOT NULL THEN 'the run' ELSE found.pue_match END AS pue_match,
    coalesce(run.stated_pue, found.place_pue) AS pue
FROM training_runs AS run
JOIN run_places AS place ON place.run_id = run.run_id
LEFT JOIN place_pue AS found ON found.place_id = place.pue_place_id AND found.run_year = run.run_year
WHERE run.stated_pue IS NOT NULL OR found.place_pue IS NOT NULL
