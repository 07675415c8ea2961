"""Rules for the accelerator table of ML CO2 Impact. A cell that a correction replaces is not looked at again."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, between, holds, matches, one_of, unique
from warehouse.expectations.records import stated, wide

#: The fastest boards known compute about 0.45 TFLOP/s in single precision for one watt of their nameplate power.
FASTEST_PER_WATT = 0.45e12

RULES: tuple[Rule, ...] = (
    unique("name_unique", "An accelerator has one row", "blocking", "subject"),
    one_of("type_known", "The type is gpu, tpu or cpu", "warning", "hardware_type", ["gpu", "tpu", "cpu"]),
    between(
        "tdp_range", "Thermal design power is between 10 and 1500 W", "blocking", "tdp", 10, 1500, shows="tdp_text"
    ),
    between("memory_range", "Memory is between 2 and 300 GB", "warning", "memory", 2, 300, shows="memory_text"),
    holds(
        "half_not_below_single",
        "Half precision is no slower than single precision",
        "warning",
        "is_half_faster",
        shows="rates",
    ),
    between(
        "half_per_single",
        "Half precision is at most 10 times as fast as single precision",
        "warning",
        "half_per_single",
        None,
        10,
        shows="rates",
    ),
    between(
        "single_per_watt",
        "Single precision is at most 0.45 TFLOP/s for one watt",
        "warning",
        "single_per_watt",
        None,
        FASTEST_PER_WATT,
        shows="fp32_text",
    ),
    matches("cited", "A row names its source", "warning", "citation", r"\S", shows="citation"),
)

NAMES = {"fp32": "fp32", "fp16_bf16": "fp16"}


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per record, with the rates that rules compare."""
    claims = stated(connection, "mlco2_gpus")
    named = claims.assign(name=claims["qualifier"].map(NAMES).fillna(claims["quantity"]))
    table = wide(named, "line", ["tdp", "memory", "fp32", "fp16"], ["hardware_type"])
    citation = claims.drop_duplicates("line").set_index("subject")["citation"]
    both = table["fp32"].notna() & table["fp16"].notna()
    return table.assign(
        citation=list(citation),
        is_half_faster=(table["fp16"] >= table["fp32"]).astype(object).where(both, None),
        rates=("fp32 " + table["fp32_text"] + ", fp16 " + table["fp16_text"]).where(both),
        half_per_single=table["fp16"] / table["fp32"],
        single_per_watt=table["fp32"] / table["tdp"],
    )


SUITE = Suite(frame, RULES)
