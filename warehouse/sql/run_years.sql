-- The calendar years of runs whose energy can be worked out, for which places are looked up.
-- grain: run_year
SELECT run.run_year
FROM training_runs AS run
WHERE run.run_year IS NOT NULL
    AND (
        run.accelerator_id IS NOT NULL OR run.stated_facility_energy_kwh IS NOT NULL
        OR run.stated_it_energy_kwh IS NOT NULL OR run.stated_other_energy_kwh IS NOT NULL
    )
GROUP BY run.run_year
