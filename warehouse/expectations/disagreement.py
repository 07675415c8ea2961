"""Rules for disagreements: the chosen figure is one of those stated, and none is a mistaken unit."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between, holds

TABLE = TableSuite(
    rules=(
        holds(
            "chosen_between",
            "The figure that tables use lies between the lowest and the highest",
            "blocking",
            "is_between",
            shows="chosen",
        ),
        between("spread_range", "The highest figure is at most 10 times the lowest", "warning", "spread_ratio", 1, 10),
    ),
    columns={"is_between": "t.lowest <= t.chosen AND t.chosen <= t.highest"},
)
