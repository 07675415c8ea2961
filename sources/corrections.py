"""Corrections of known upstream errors, each guarded by the text that must still be found upstream.

A replacement states the right figure as a claim of its own; a deprecation only says that a figure is wrong.
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from sources.errors import FormatError
from sources.model import Reading, Source, reading
from sources.records import is_number, read_table

SOURCE = Source(
    source_id="corrections",
    title="Corrections of upstream errors",
    publisher="Footnote",
    homepage="docs/architecture.md",
    url="sources/curated/corrections.csv",
    licence="MIT",
    attribution="Footnote",
    reference_id="footnote-method",
    defines=(),
    schedule="@manual",
    stale_after=timedelta(days=730),
)

#: What identifies the claim to correct, and what must still be found there.
GUARD = ["source_id", "subject_kind", "subject", "quantity", "qualifier", "scope_note", "period_start", "period_end"]
REQUIRED = [
    "source_id",
    "subject_kind",
    "subject",
    "quantity",
    "expected_text",
    "action",
    "reference_id",
    "locator",
    "reason",
]


def read(content: bytes) -> Reading:
    """Read corrections into claims: the right figure, or a `deprecation` that says why a figure is wrong.

    Raises: FormatError for a line without guard, reference or reason, or a replacement without a number.
    """
    table = read_table("corrections", content, required=REQUIRED)
    claims: list[dict[str, object]] = []
    for record in table.records:
        cells = {name: text or None for name, text in record.cells.items()}
        if missing := [name for name in REQUIRED if cells.get(name) is None]:
            raise FormatError(
                "corrections", record.line, f"no {missing[0]}", "a value in every required column", "Fill it."
            )
        claim: dict[str, object] = {
            name: cells.get(name)
            for name in (*GUARD[1:], "reference_id", "locator", "reported_text", "unit", "value", "basis", "boundary")
        }
        claim |= {"rank": "normal", "source_row": record.line}
        if cells["action"] == "replace":
            if not is_number(cells.get("value") or ""):
                found = f"value {cells.get('value')!r}"
                raise FormatError("corrections", record.line, found, "the corrected number", "Or use action deprecate.")
        elif cells["action"] == "deprecate":
            claim |= {"quantity": "deprecation", "object": cells["reason"], "value": None, "unit": None}
            claim |= {
                "basis": "disclosed",
                "reported_text": cells["reason"],
                "scope_note": f"{cells['quantity']} of {cells['source_id']}",
            }
        else:
            found = f"action {cells['action']!r}"
            raise FormatError("corrections", record.line, found, "replace or deprecate", "Write one of them.")
        claims.append(claim)
    return reading(claims, [], [record.line for record in table.records], list(table.notices))


def guards(content: bytes) -> pd.DataFrame:
    """Return what each correction looks for: GUARD, expected_text, action, reason and its line; absent cells are ''."""
    table = read_table("corrections", content, required=REQUIRED)
    names = [*GUARD, "expected_text", "action", "reason"]
    rows = [
        {**{name: record.cells.get(name, "") for name in names}, "source_row": record.line} for record in table.records
    ]
    return pd.DataFrame(rows, columns=[*names, "source_row"])
