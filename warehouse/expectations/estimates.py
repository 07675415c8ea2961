"""Rules for estimates: known methods, one headline for each run, emissions that follow, methods that roughly agree."""

from __future__ import annotations

from warehouse.expectations import Rule, TableSuite, between, one_of

METHODS = ["disclosed", "server_power", "accelerator_power", "training_compute"]

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
        EMISSIONS_FOLLOW,
        one_of("one_headline", "A run has exactly one headline estimate", "blocking", "headlines", [1]),
        between("methods_agree", "A run's estimates lie within a factor of 5 of each other", "warning", "spread", 1, 5),
    ),
    columns={
        "emissions_off": EMISSIONS_OFF,
        "headlines": "count(*) FILTER (WHERE t.is_headline) OVER (PARTITION BY t.run_id)",
        # shown once for each run, at its headline
        "spread": """CASE WHEN t.is_headline THEN
            max(t.energy_kwh) OVER (PARTITION BY t.run_id) / min(t.energy_kwh) OVER (PARTITION BY t.run_id) END""",
    },
)
