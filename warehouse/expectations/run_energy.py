"""Rules for the energy of runs by method: known methods, one headline, averages that lie below nameplates."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between, holds, one_of
from warehouse.expectations.estimates import METHOD_KNOWN

TABLE = TableSuite(
    rules=(
        METHOD_KNOWN,
        one_of("one_headline", "A run has exactly one headline method", "blocking", "headlines", [1]),
        holds(
            "one_energy",
            "Energy is either with or without the data centre's overhead",
            "blocking",
            "is_one_energy",
            shows="method",
        ),
        holds(
            "nameplate_above_average",
            "Servers at nameplate power use at least what they use at average power",
            "blocking",
            "is_below_nameplate",
            shows="it_energy_kwh",
        ),
        between("spread_positive", "The spread of the inputs is 0 or more", "blocking", "input_spread", 0, None),
    ),
    columns={
        "headlines": "count(*) FILTER (WHERE t.is_headline) OVER (PARTITION BY t.run_id)",
        "is_one_energy": "(t.it_energy_kwh IS NULL) <> (t.facility_energy_kwh IS NULL)",
        # the row's own nameplate, and the run's energy by the method that uses it
        "is_below_nameplate": """CASE WHEN t.method = 'server_average_power' THEN
            t.it_energy_kwh <= t.nameplate_it_energy_kwh AND t.it_energy_kwh <= coalesce(
                max(CASE WHEN t.method = 'server_power' THEN t.it_energy_kwh END) OVER (PARTITION BY t.run_id), 0
            ) END""",
    },
)
