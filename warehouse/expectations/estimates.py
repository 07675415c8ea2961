"""Rules for estimates: known methods and places, one headline for each run, emissions that follow, sound intervals."""

from __future__ import annotations

from warehouse.expectations import Rule, TableSuite, absent, between, holds, one_of
from warehouse.expectations.run_places import BASIS_KNOWN

#: In the order in which they are preferred; averages before nameplates.
METHODS = [
    "disclosed", "server_average_power", "accelerator_average_power", "training_compute", "server_power",
    "accelerator_power",
]  # fmt: skip

METHOD_KNOWN = one_of("method_known", "The method is in the list", "blocking", "method", METHODS)
EMISSIONS_FOLLOW: Rule = between(
    "emissions_follow",
    "Emissions are energy times intensity, to a billionth",
    "blocking",
    "emissions_off",
    -1e-9,
    1e-9,
    shows="emissions_tco2e",
)
#: Relative difference between tabled emissions and energy [kWh] times intensity [g/kWh], in tonnes.
EMISSIONS_OFF = """CASE WHEN t.energy_kwh * t.grid_intensity_g_per_kwh = 0 THEN t.emissions_tco2e
        ELSE t.emissions_tco2e / (t.energy_kwh * t.grid_intensity_g_per_kwh / 1e6) - 1 END"""

TABLE = TableSuite(
    rules=(
        METHOD_KNOWN,
        BASIS_KNOWN,
        EMISSIONS_FOLLOW,
        one_of("one_headline", "A run has exactly one headline estimate", "blocking", "headlines", [1]),
        between(
            "methods_agree",
            "A run's energies, nameplates left out, lie within a factor of 5 of each other",
            "warning",
            "disagreement",
            1,
            5,
        ),
        holds(
            "interval_holds_estimate",
            "An estimate lies in its own 90 % interval",
            "blocking",
            "is_in_interval",
            shows="interval",
        ),
        holds(
            "interval_as_wide_as_inputs",
            "A 90 % interval is no narrower than the range of any part of it",
            "blocking",
            "is_wide_enough",
            shows="interval",
        ),
        absent(
            "interval_present",
            "Every estimate has a 90 % interval, except where energy is disclosed without a range",
            "blocking",
            "interval_missing",
        ),
    ),
    columns={
        "emissions_off": EMISSIONS_OFF,
        "headlines": "count(*) FILTER (WHERE t.is_headline) OVER (PARTITION BY t.run_id)",
        # shown once for each run, at its headline; nameplate power is no average, so it may lie far above
        "disagreement": """CASE WHEN t.is_headline THEN
            max(CASE WHEN NOT is_nameplate(t.method) THEN t.energy_kwh END) OVER (PARTITION BY t.run_id)
            / min(CASE WHEN NOT is_nameplate(t.method) THEN t.energy_kwh END) OVER (PARTITION BY t.run_id) END""",
        "interval_missing": """CASE WHEN t.energy_spread IS NULL AND NOT (t.method = 'disclosed'
                AND coalesce(energy.facility_energy_kwh_low = energy.facility_energy_kwh_high,
                    energy.it_energy_kwh_low = energy.it_energy_kwh_high))
            THEN 'none' END""",
        "is_in_interval": """coalesce(t.energy_p05_kwh <= t.energy_kwh AND t.energy_kwh <= t.energy_p95_kwh, true)
            AND coalesce(t.emissions_p05_tco2e <= t.emissions_tco2e, true)
            AND coalesce(t.emissions_tco2e <= t.emissions_p95_tco2e, true)""",
        # to a billionth, for what is lost in taking a logarithm and back
        "is_wide_enough": """coalesce(t.energy_spread + 1e-9 >= energy.input_spread, true)
            AND coalesce(t.energy_spread + 1e-9 >= ln(t.pue_high / t.pue_low) / 2, true)
            AND coalesce(t.emissions_p95_tco2e * t.energy_p05_kwh * (1 + 1e-9)
                >= t.emissions_p05_tco2e * t.energy_p95_kwh, true)""",
        "interval": "format('{:.6g} kWh of {:.6g} to {:.6g}', t.energy_kwh, t.energy_p05_kwh, t.energy_p95_kwh)",
    },
    joins="LEFT JOIN run_energy AS energy ON energy.run_energy_id = t.energy_row_id",
)
