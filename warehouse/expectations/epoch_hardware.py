"""Rules for Epoch AI's list of hardware, one row a product. A cell that a correction mends is not looked at again."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, one_of
from warehouse.expectations.records import stated, wide

RULES: tuple[Rule, ...] = (
    one_of("name_unique", "A product has one row", "blocking", "rows", [1], shows="subject"),
    between("tdp_range", "Thermal design power is between 5 and 3000 W", "blocking", "tdp", 5, 3000, shows="tdp_text"),
    between("memory_range", "Memory is between 0.1 and 300 GB", "warning", "memory", 0.1, 300, shows="memory_text"),
    between(
        "single_range",
        "Single precision is between 0.1 and 300 TFLOP/s",
        "blocking",
        "fp32",
        1e11,
        3e14,
        shows="fp32_text",
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
)

NUMBERS = ["tdp", "memory", "fp32", "fp16_bf16", "fp8"]


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per product, its rates side by side."""
    claims = stated(connection, "epoch_hardware")
    named = claims.assign(name=claims["qualifier"].where(claims["qualifier"] != "", claims["quantity"]))
    table = wide(named, "subject", NUMBERS, [])
    most = claims.groupby(["subject", "quantity", "qualifier"]).size().groupby("subject").max()
    return table.assign(
        rows=table["subject"].map(most),
        is_half_faster=_not_below(table, "fp16_bf16", "fp32"),
        half_rates="fp32 " + table["fp32_text"] + ", fp16 " + table["fp16_bf16_text"],
        is_eighth_faster=_not_below(table, "fp8", "fp16_bf16"),
        eighth_rates="fp16 " + table["fp16_bf16_text"] + ", fp8 " + table["fp8_text"],
    )


def _not_below(table: pd.DataFrame, fast: str, slow: str) -> pd.Series:
    both = table[fast].notna() & table[slow].notna()
    return (table[fast] >= table[slow]).astype(object).where(both, None)


SUITE = Suite(frame, RULES)
