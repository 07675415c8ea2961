"""The claim format: every line is one whole claim, and a line that is not is refused by its number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sources import claimfile, in_words
from sources.errors import FormatError

LINE = {
    "subject_kind": "server",
    "subject": "dgx",
    "quantity": "server_power",
    "value": "6.5",
    "low": "",
    "high": "",
    "unit": "kW",
    "object": "",
    "reported_text": "6.5 kW max",
    "basis": "datasheet",
    "reference_id": "sheet",
    "citation": "",
    "locator": "page 1",
    "rank": "",
    "flags": "",
}


def content(*changes: dict[str, str]) -> bytes:
    """Return a table with one line for each set of changed cells, beginning on line 4."""
    rows = [",".join({**LINE, **change}.values()) for change in changes]
    return "\n".join(["# title: T", "# retrieved_on: 2026-11-24", ",".join(LINE), *rows, ""]).encode()


def test_a_line_becomes_a_claim_as_it_is_worded() -> None:
    claim = claimfile.read("table", content({})).claims.iloc[0]
    assert (claim["value"], claim["unit"], claim["reported_text"]) == ("6.5", "kW", "6.5 kW max")
    assert (claim["rank"], claim["source_row"]) == ("normal", 4)
    assert claim["low"] is None
    assert claim["citation"] is None


def test_every_line_is_counted_and_none_quarantined() -> None:
    read = claimfile.read("table", content({}, {"rank": "deprecated"}, {"value": "", "low": "6", "high": "7"}))
    assert read.rows == (4, 5, 6)
    assert list(read.claims["source_row"]) == [4, 5, 6]
    assert list(read.claims["rank"]) == ["normal", "deprecated", "normal"]
    assert len(read.quarantined) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"subject_kind": ""}, "found no subject_kind"),
        ({"subject": ""}, "found no subject;"),
        ({"quantity": ""}, "found no quantity"),
        ({"reported_text": ""}, "found no reported_text"),
        ({"basis": ""}, "found no basis"),
        ({"locator": ""}, "found no locator"),
        ({"reference_id": ""}, "found no reference_id; expected a key of references.bib"),
        ({"basis": "guessed"}, "found basis 'guessed'; expected one of measured"),
        ({"rank": "best"}, "found rank 'best'; expected one of preferred"),
        ({"value": "6.5 kW"}, "found value '6.5 kW'; expected a number"),
        ({"value": "", "low": "90", "high": "n/a"}, "found high 'n/a'; expected a number"),
        ({"object": "nvidia-a100"}, "found a number and an object"),
        ({"value": ""}, "found neither number nor object"),
        ({"value": "", "low": "90"}, "found one end of a range"),
        ({"value": "", "high": "90"}, "found one end of a range"),
        ({"unit": ""}, "found no unit; expected the unit as reported"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(change: dict[str, str], message: str) -> None:
    with pytest.raises(FormatError, match=f"table, line 5: {message}"):
        claimfile.read("table", content({}, change))


def test_a_figure_that_its_words_do_not_hold_is_flagged() -> None:
    changes = (
        {},
        {"value": "65", "flags": "x"},
        {"value": "6500", "unit": "W"},
        {"reported_text": "six and a half kW"},
    )
    flags = list(claimfile.read_by_hand("table", content(*changes)).claims["flags"])
    assert flags == [None, "x;worked_out", "worked_out", "worked_out"]
    assert list(claimfile.read("table", content(*changes)).claims["flags"]) == [None, "x", None, None]


@pytest.mark.parametrize(
    ("words", "figures", "is_held"),
    [
        ("1,287 MWh", [1287], True),
        ("1 287 MWh", [1287], True),
        ("~7.0M GPU hours", [7e6], True),
        ("355K", [355_000], True),
        ("1.3 million", [1.3e6], True),
        ("90-100 days", [90, 100], True),
        ("84 %", [0.84], True),
        ("3.14e23 FLOP", [3.14e23], True),
        ("14.8 days", [148], False),
        ("1,287 MWh", [12_870], False),
        ("90-100 days", [90, 110], False),
        ("about three hundred", [330], False),
        ("any words", [], True),
    ],
)
def test_what_words_hold(words: str, figures: list[float], is_held: bool) -> None:
    assert in_words.holds(words, figures) == is_held


@pytest.mark.parametrize("change", [{"citation": "eGRID"}, {"flags": "uncited"}])
def test_a_feed_may_cite_in_its_own_words_or_say_that_it_cites_nothing(change: dict[str, str]) -> None:
    assert len(claimfile.read("table", content({"reference_id": "", **change})).claims) == 1


def test_the_day_is_read_from_the_preamble() -> None:
    assert claimfile.retrieved_at("table", content({})) == datetime(2026, 11, 24, tzinfo=UTC)
    with pytest.raises(FormatError, match="no line '# retrieved_on: DATE'"):
        claimfile.retrieved_at("table", content({}).split(b"\n", 2)[2])


def test_what_is_written_reads_as_the_same_claims() -> None:
    first = claimfile.read("table", content({}, {"value": "", "unit": "", "object": "nvidia-a100", "flags": "x;y"}))
    written = claimfile.write(first, {"title": "T", "retrieved_on": "2026-11-24"})
    assert written.startswith(b"# title: T\n# retrieved_on: 2026-11-24\n# every subject_kind: server\n")
    assert b"\nsubject,value,unit,object,reported_text,flags\n" in written
    assert claimfile.write(first, claimfile.about("table", written)) == written
    again = claimfile.read("table", written)
    lines = {"source_row": 0}
    assert again.claims.assign(**lines).equals(first.claims.assign(**lines))
