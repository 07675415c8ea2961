"""Rules for the structural errors of methods: factors of at least 1, and none that makes a method useless."""

from __future__ import annotations

from warehouse.expectations import TableSuite, between
from warehouse.expectations.estimates import METHOD_KNOWN

TABLE = TableSuite(
    rules=(
        METHOD_KNOWN,
        between(
            "error_above_one", "The error of a method is a factor of at least 1", "blocking", "method_error", 1, None
        ),
        between("error_range", "A method misses by a factor of at most 5", "warning", "method_error_high", None, 5),
    ),
)
