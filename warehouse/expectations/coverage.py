"""Rules for coverage: everything that a source names has an outcome of the list and a reason for it."""

from __future__ import annotations

from warehouse.expectations import TableSuite, matches, one_of, present

OUTCOMES = [
    "estimated", "not estimated", "describes a run's hardware", "describes a place", "an assumption",
    "describes a server", "audited", "not used",
]  # fmt: skip

TABLE = TableSuite(
    rules=(
        one_of("outcome_known", "The outcome is in the list", "blocking", "outcome", OUTCOMES),
        present("reason_present", "Every outcome has a reason", "blocking", "reason"),
        matches("reason_in_words", "A reason is said in words", "blocking", "reason", "[a-z]{2}"),
    ),
)
