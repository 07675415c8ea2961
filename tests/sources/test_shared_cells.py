"""What holds for every claim is said once, in the preamble, and every claim is whole nevertheless."""

from __future__ import annotations

import pytest

from sources import claimfile, shared_cells
from sources.errors import FormatError
from sources.model import Reading, reading

EVERY = (
    "# every subject_kind: server",
    "# every quantity: server_power",
    "# every unit: kW",
    "# every basis: datasheet",
    "# every reference_id: sheet",
    "# every locator: servers.csv, Model = '{subject}', column {locator}",
)


def table(*lines: str, every: tuple[str, ...] = EVERY, header: str = "subject,value,reported_text,locator") -> bytes:
    return "\n".join(["# title: T", *every, header, *lines, ""]).encode()


def claims(*locators: tuple[str, str], **changes: str) -> Reading:
    fact = {"subject_kind": "server", "quantity": "server_power", "value": "1", "unit": "kW", "reported_text": "1"}
    fact |= {"basis": "datasheet", "reference_id": "sheet", "rank": "normal", **changes}
    return reading([{**fact, "subject": name, "locator": place} for name, place in locators], [], [], [])


def test_each_claim_has_what_holds_for_all_and_its_whole_locator() -> None:
    read = claimfile.read("table", table("dgx,6.5,6.5 kW,Power", "hgx,10,10 kW,Power (max)")).claims
    assert read["unit"].tolist() == ["kW", "kW"]
    assert read["reference_id"].tolist() == ["sheet", "sheet"]
    assert read["locator"].tolist() == [
        "servers.csv, Model = 'dgx', column Power",
        "servers.csv, Model = 'hgx', column Power (max)",
    ]
    assert read["source_row"].tolist() == [9, 10]


def test_a_text_without_the_cell_that_it_takes_is_no_text() -> None:
    with pytest.raises(FormatError, match="table, line 10: found no locator"):
        claimfile.read("table", table("dgx,6.5,6.5 kW,Power", "hgx,10,10 kW,"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("# every uint: W", "found 'every uint'; expected every and one of subject_kind, quantity, unit, "),
        ("# every reported_text: 6.5", "found 'every reported_text'; expected every and one of "),
        ("# every subject: dgx", "found 'every subject'; expected every and one of "),
        ("# every unit: W", "found unit stated twice; expected it once. Drop this line or the other"),
        ("# every flags: see {note}", r"found \{note\}; expected one of the columns subject, value, "),
        ("# every rank: {rank}", r"found \{rank\}; expected one of the columns subject, value, "),
    ],
)
def test_a_line_that_cannot_hold_for_every_claim_is_refused_by_its_number(line: str, message: str) -> None:
    with pytest.raises(FormatError, match=f"table, line 8: {message}"):
        claimfile.read("table", table("dgx,6.5,6.5 kW,Power", every=(*EVERY, line)))


def test_a_column_and_a_line_for_it_are_refused() -> None:
    with pytest.raises(FormatError, match="table, line 4: found unit stated twice"):
        claimfile.read("table", table("dgx,6.5,6.5,Power,W", header="subject,value,reported_text,locator,unit"))


def test_a_column_that_is_neither_in_the_header_nor_said_above_is_missed() -> None:
    with pytest.raises(FormatError, match=r"table, line 7: found columns .* expected a column named basis"):
        claimfile.read("table", table("dgx,6.5,6.5 kW,Power", every=EVERY[:3] + EVERY[4:]))


@pytest.mark.parametrize(
    ("places", "text", "rest"),
    [
        ((("a", "f.csv, M = 'a', column X"), ("b", "f.csv, M = 'b', column Y")),
         "f.csv, M = '{subject}', column {locator}", ["X", "Y"]),
        ((("a", "f.csv line 12, column X"), ("b", "f.csv line 13, column X")),
         "f.csv line {locator}, column X", ["12", "13"]),
        ((("f", "page 1"), ("f", "table 2")), None, ["page 1", "table 2"]),
        ((("a", "{subject} 1"), ("b", "{subject} 2")), None, ["{subject} 1", "{subject} 2"]),
        ((("a", "M = 'a', 'a'"), ("b", "M = 'b', 'b'")), "M = '{subject}', '{locator}'", ["a", "b"]),
        ((("a", "p, p"), ("b", "p, p, p")), None, ["p, p", "p, p, p"]),
    ],
)  # fmt: skip
def test_what_locators_have_in_common_is_taken_out_if_it_can_be_put_in_again(
    places: tuple[tuple[str, str], ...], text: str | None, rest: list[str]
) -> None:
    lines, shared = shared_cells.take_out(claims(*places).claims)
    assert shared.get("locator") == text
    assert lines["locator"].tolist() == rest
    read = claimfile.read("table", claimfile.write(claims(*places), {})).claims
    assert read["locator"].tolist() == [place for _, place in places]


def test_number_and_words_stay_in_their_lines_and_what_would_read_otherwise_too() -> None:
    two = claims(("a", "page 1"), ("b", "page 1"), scope_note="see {subject}", flags="two\nlines")
    lines, shared = shared_cells.take_out(two.claims)
    assert {"subject", "value", "reported_text", "scope_note", "flags"} <= set(lines)
    assert shared == {
        "subject_kind": "server", "quantity": "server_power", "unit": "kW", "basis": "datasheet",
        "reference_id": "sheet", "locator": "page 1", "rank": "normal",
    }  # fmt: skip
