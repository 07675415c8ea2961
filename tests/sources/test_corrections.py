"""Corrections: a replacement is a claim, a deprecation says why; each is guarded by what must still be found."""

from __future__ import annotations

import pandas as pd
import pytest

from sources import corrections, registry
from sources.errors import FormatError

LINE = {
    "source_id": "mlco2_gpus",
    "subject_kind": "accelerator",
    "subject": "V100",
    "quantity": "tdp",
    "qualifier": "",
    "scope_note": "gpu",
    "period_start": "",
    "period_end": "",
    "expected_text": "300",
    "action": "replace",
    "value": "250",
    "unit": "W",
    "reported_text": "250 W",
    "basis": "datasheet",
    "reference_id": "sheet",
    "locator": "page 1",
    "reason": "exchanged",
}
WRONG = {"action": "deprecate", "value": "", "unit": "", "reported_text": "", "basis": ""}


def content(*changes: dict[str, str]) -> bytes:
    rows = [",".join({**LINE, **change}.values()) for change in changes]
    return "\n".join(["# title: T", ",".join(LINE), *rows, ""]).encode()


def test_a_replacement_states_the_right_figure() -> None:
    claim = corrections.read(content({})).claims.iloc[0]
    assert (claim["subject"], claim["quantity"], claim["value"], claim["unit"]) == ("V100", "tdp", "250", "W")
    assert (claim["reported_text"], claim["reference_id"], claim["locator"]) == ("250 W", "sheet", "page 1")
    assert (claim["basis"], claim["rank"], claim["source_row"]) == ("datasheet", "normal", 3)


def test_a_deprecation_says_why_and_states_no_figure() -> None:
    claim = corrections.read(content(WRONG)).claims.iloc[0]
    assert (claim["quantity"], claim["object"], claim["reported_text"]) == ("deprecation", "exchanged", "exchanged")
    assert (claim["value"], claim["unit"]) == (None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"expected_text": ""}, "found no expected_text"),
        ({"reference_id": ""}, "found no reference_id"),
        ({"locator": ""}, "found no locator"),
        ({"reason": ""}, "found no reason"),
        ({"action": "delete"}, "found action 'delete'; expected replace or deprecate"),
        ({"value": ""}, "found value None; expected the corrected number"),
        ({"value": "about 250"}, "found value 'about 250'; expected the corrected number"),
    ],
)
def test_a_correction_without_guard_or_ground_is_refused(change: dict[str, str], message: str) -> None:
    with pytest.raises(FormatError, match=f"corrections, line 4: {message}"):
        corrections.read(content({}, change))


def test_guards_name_the_claim_and_its_words() -> None:
    (guard,) = corrections.guards(content({})).to_dict("records")
    assert guard == {
        "source_id": "mlco2_gpus",
        "subject_kind": "accelerator",
        "subject": "V100",
        "quantity": "tdp",
        "qualifier": "",
        "scope_note": "gpu",
        "period_start": "",
        "period_end": "",
        "expected_text": "300",
        "action": "replace",
        "reason": "exchanged",
        "source_row": 3,
    }


def test_every_packaged_correction_finds_its_error_in_the_packaged_table() -> None:
    """What a correction expects stands in the feed today, word for word."""
    stated = pd.concat(
        registry.read(a, p.origin, p.content).claims.assign(source_id=name)
        for name, a, p in ((n, a, registry.packaged(a)) for n, a in registry.ADAPTERS.items())
        if p is not None
    )
    cells = stated.fillna("")[[*corrections.GUARD, "reported_text"]].to_dict("records")
    guards = corrections.guards(registry.packaged(registry.ADAPTERS["corrections"]).content).to_dict("records")
    assert len(guards) == 82
    for guard in guards:
        texts = {
            cell["reported_text"]
            for cell in cells
            if all(guard[name] in ("", cell[name]) for name in corrections.GUARD)
        }
        assert guard["expected_text"] in texts, guard
