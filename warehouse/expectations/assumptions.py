"""Rules for our table of assumptions: those that estimates need are there, each once, and tolerances are in order."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, holds, present, unique
from warehouse.expectations.records import stated

#: (subject, quantity, qualifier) of what the SQL reads.
REQUIRED = [
    ("us", "emissions_per_capita", ""),
    ("world", "world_emissions", ""),
    ("world", "hardware_utilization", ""),
    ("world", "audit_tolerance", "follows"),
    ("world", "audit_tolerance", "rounding"),
]

RULES: tuple[Rule, ...] = (
    present(
        "assumption_present", "Every assumption that estimates read is there", "blocking", "stated", shows="assumption"
    ),
    unique(
        "assumption_unique",
        "An assumption is made once for each scope and period",
        "blocking",
        "key",
        shows="assumption",
    ),
    holds(
        "tolerances_ordered",
        "What counts as following is narrower than what counts as rounding",
        "blocking",
        "is_ordered",
        shows="assumption",
    ),
)


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return one row per assumption, and one for each that is required and missing."""
    claims = stated(connection, "assumptions")
    names = claims["subject"] + " " + claims["quantity"] + " " + claims["qualifier"]
    period = claims["period_end"].dt.strftime("%Y-%m-%d").fillna("")
    table = claims.assign(
        assumption=names.str.strip() + " " + claims["reported_text"],
        place="line " + claims["line"].astype(str),
        stated=True,
        key=names + " " + claims["boundary"] + " " + claims["scope_note"] + " " + period,
    )
    needed = [" ".join(parts) for parts in REQUIRED]
    missing = [
        {"subject": name.split()[0], "place": "no line", "assumption": name.strip(), "key": name}
        for name in needed
        if name not in set(names)
    ]
    found = claims.assign(name=names).drop_duplicates("name").set_index("name")["value"]
    follows, rounding = (found.get(f"world audit_tolerance {kind}") for kind in ("follows", "rounding"))
    is_rounding = table["qualifier"] == "rounding"
    ordered = None if follows is None or rounding is None else bool(follows < rounding)
    table = table.assign(
        is_ordered=pd.Series([ordered if here else None for here in is_rounding], dtype=object, index=table.index)
    )
    return pd.concat([table, pd.DataFrame(missing)], ignore_index=True) if missing else table


SUITE = Suite(frame, RULES)
