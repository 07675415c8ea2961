"""Rules for embodied emissions: there are some, and they are no more than all the hardware took to make."""

from __future__ import annotations

from warehouse.expectations import TableSuite, above

TABLE = TableSuite(
    rules=(
        above(
            "embodied_positive",
            "Embodied emissions are above 0 t and at most 100,000 t",
            "blocking",
            "embodied_emissions_tco2e_low",
            0,
            1e5,
        ),
    ),
)
