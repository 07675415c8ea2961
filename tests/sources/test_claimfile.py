"""The claim format: every line is one whole claim, and a line that is not is refused by its number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sources import claimfile
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


def test_a_line_that_repeats_another_is_refused() -> None:
    assert len(claimfile.read("table", content({}, {"locator": "another place"})).claims) == 2
    with pytest.raises(FormatError, match="table, line 5: found the same as line 4; expected each fact once"):
        claimfile.read("table", content({}, {}))


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
