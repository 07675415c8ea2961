"""Rules for the user's own runs: those of all training runs."""

from __future__ import annotations

from functools import partial

from warehouse.expectations import Suite, training_runs

SUITE = Suite(partial(training_runs.frame, source_id="own_runs"), training_runs.RULES)
