"""Rules for our table of accelerators and servers: figures of one subject that must fit together."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, one_of
from warehouse.expectations.records import stated, wide

RULES: tuple[Rule, ...] = (
    between(
        "tdp_range", "Thermal design power is between 10 and 3000 W", "blocking", "tdp", 10, 3000, shows="tdp_text"
    ),
    between(
        "memory_range", "Memory is between 0.2 and 25,000 GB", "blocking", "memory", 0.2, 25000, shows="memory_text"
    ),
    holds(
        "half_not_below_single",
        "Half precision is no slower than single precision",
        "warning",
        "is_half_faster",
        shows="half_rates",
    ),
    holds(
        "eighth_not_below_half",
        "8-bit arithmetic is no slower than half precision",
        "warning",
        "is_eighth_faster",
        shows="eighth_rates",
    ),
    one_of(
        "accelerators_per_server",
        "A server holds 1, 2, 4, 6, 8, 16, 36 or 72 accelerators",
        "warning",
        "accelerators_per_server",
        [1.0, 2.0, 4.0, 6.0, 8.0, 16.0, 36.0, 72.0],
        shows="accelerators_per_server_text",
    ),
    between(
        "power_per_accelerator",
        "A server's power is 300 to 3000 W for each accelerator",
        "blocking",
        "power_per_accelerator",
        300,
        3000,
        shows="server_power_text",
    ),
)

NUMBERS = ["tdp", "memory", "fp32", "fp16_bf16", "fp8", "server_power", "accelerators_per_server"]


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per accelerator or server, its preferred figures side by side."""
    claims = stated(connection, "hardware")
    named = claims.assign(name=claims["qualifier"].where(claims["qualifier"] != "", claims["quantity"]))
    table = wide(named, "subject", NUMBERS, [])
    return table.assign(
        is_half_faster=_not_below(table, "fp16_bf16", "fp32"),
        half_rates="fp32 " + table["fp32_text"] + ", fp16 " + table["fp16_bf16_text"],
        is_eighth_faster=_not_below(table, "fp8", "fp16_bf16"),
        eighth_rates="fp16 " + table["fp16_bf16_text"] + ", fp8 " + table["fp8_text"],
        power_per_accelerator=table["server_power"] / table["accelerators_per_server"],
    )


def _not_below(table: pd.DataFrame, fast: str, slow: str) -> pd.Series:
    both = table[fast].notna() & table[slow].notna()
    return (table[fast] >= table[slow]).astype(object).where(both, None)


SUITE = Suite(frame, RULES)
