"""Rules for the audit of published figures: a known verdict, a sentence, and a chain that does not end in itself."""

from __future__ import annotations

from warehouse.expectations import TableSuite, holds, one_of, present

VERDICTS = ["follows", "rounding", "unit_error", "does_not_follow", "not_checkable"]

TABLE = TableSuite(
    rules=(
        one_of("verdict_known", "The verdict is in the list", "blocking", "stated_verdict", VERDICTS),
        present(
            "explanation_present",
            "A verdict has a sentence that explains it",
            "blocking",
            "explanation",
            shows="subject",
        ),
        holds(
            "builds_on_another",
            "A figure builds on another one, not on itself",
            "blocking",
            "is_another",
            shows="builds_on_id",
        ),
    ),
    columns={"stated_verdict": "coalesce(t.verdict, 'none')", "is_another": "t.builds_on_id <> t.published_id"},
)
