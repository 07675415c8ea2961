"""Rules for the table of servers: what a server draws covers its accelerators."""

from __future__ import annotations

from warehouse.expectations import TableSuite, holds

TABLE = TableSuite(
    rules=(
        holds(
            "power_covers_accelerators",
            "A server's maximum power is at least that of its accelerators",
            "warning",
            "covers_accelerators",
            shows="powers",
        ),
    ),
    columns={
        "covers_accelerators": "t.server_power_w >= t.accelerators_per_server * held.tdp_w_low",
        "powers": "format('{} W for {} of {} W', t.server_power_w, t.accelerators_per_server, held.tdp_w_low)",
    },
    joins="LEFT JOIN accelerators AS held ON held.accelerator_id = t.accelerator_id",
)
