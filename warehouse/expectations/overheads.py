"""Rules for what is stated beside a final run: known kinds, and emissions of at least 0."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between, one_of

KINDS = [
    "with making of hardware", "several runs", "all experiments", "idle", "run and idle", "fine-tuning",
    "part of the run",
]  # fmt: skip

TABLE = TableSuite(
    rules=(
        one_of("kind_known", "The kind of overhead is in the list", "blocking", "kind", KINDS),
        between("emissions_positive", "Emissions are at least 0 t", "blocking", "emissions_tco2e_low", 0, None),
    ),
)
