"""Rules for the table of accelerators: power and rates that a chip can have."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between, holds

TABLE = TableSuite(
    rules=(
        between("tdp_range", "Thermal design power is between 5 and 3000 W", "blocking", "tdp_w", 5, 3000),
        holds(
            "average_below_tdp",
            "Average power is at most 1.3 times nameplate power",
            "warning",
            "is_average_low",
            shows="average_power_w",
        ),
        between(
            "flops_per_watt", "Half precision is at most 10 TFLOP/s for one watt", "blocking", "flops_per_watt", 0, 1e13
        ),
    ),
    columns={
        "is_average_low": "t.average_power_w <= 1.3 * t.tdp_w",
        "flops_per_watt": "t.peak_flops_fp16 / t.tdp_w",
    },
)
