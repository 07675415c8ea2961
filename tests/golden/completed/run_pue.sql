SELECT
  row_key(CONCAT_WS('|', 'run_pue', COALESCE(CAST(run.run_id AS TEXT), ''))) AS row_id,
  run.run_id,
  CASE
    WHEN NOT run.stated_pue IS NULL
    THEN stated_or_assumed(run.stated_pue_basis)
    ELSE found.pue_basis
  END AS pue_basis,
  CASE WHEN NOT run.stated_pue IS NULL THEN 'the run' ELSE found.pue_match END AS pue_match,
  COALESCE(run.stated_pue, found.place_pue) AS pue,
  COALESCE(run.stated_pue_low, found.place_pue_low) AS pue_low,
  COALESCE(run.stated_pue_high, found.place_pue_high) AS pue_high,
  COALESCE(run.stated_pue_claim_id, found.place_pue_claim_id) AS pue_claim_id
FROM training_runs AS run
JOIN run_places AS place
  ON place.run_id = run.run_id
LEFT JOIN place_pue AS found
  ON found.place_id = place.pue_place_id AND found.run_year = run.run_year
WHERE
  NOT run.stated_pue IS NULL OR NOT found.place_pue IS NULL
