-- The calendar years in which runs took place, for which places are looked up.
-- grain: run_year
SELECT run.run_year
FROM training_runs AS run
WHERE run.run_year IS NOT NULL
GROUP BY run.run_year
