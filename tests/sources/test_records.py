"""Delimited text becomes named records, each with its line; what cannot be told apart is refused with its place."""

from __future__ import annotations

import pytest

from sources.errors import FormatError
from sources.records import Member, Table, bundle, decode, is_number, read_table, unbundle


def table(text: str, required: tuple[str, ...] = ("name", "value"), known: tuple[str, ...] = ()) -> Table:
    return read_table("feed", text.encode(), required=required, known=known)


def test_cells_come_by_name_with_the_line_on_which_their_record_begins() -> None:
    read = table('name,value,note\na, 1 ,"two\nlines"\n\nb,2,x\n')
    assert read.header == ("name", "value", "note")
    assert [(r.line, r.cells, r.is_short) for r in read.records] == [
        (2, {"name": "a", "value": "1", "note": "two\nlines"}, False),
        (5, {"name": "b", "value": "2", "note": "x"}, False),
    ]


def test_preamble_is_kept_and_counted_as_lines() -> None:
    read = table("# title: One: two\n# retrieved_on: 2026-01-02\nname,value\na,1\n")
    assert read.preamble == {"title": "One: two", "retrieved_on": "2026-01-02"}
    assert [record.line for record in read.records] == [4]


def test_columns_are_found_wherever_they_stand_and_new_ones_are_noticed() -> None:
    read = table("extra,value,name,note\nq,1,a,n\n", known=("note",))
    assert read.records[0].cells["name"] == "a"
    assert read.notices == ("columns not read: extra",)


def test_a_short_record_keeps_what_it_has() -> None:
    read = table("name,value,note\na,1\nb,2,x\n")
    assert [(r.cells, r.is_short) for r in read.records] == [
        ({"name": "a", "value": "1"}, True),
        ({"name": "b", "value": "2", "note": "x"}, False),
    ]


def test_windows_line_ends_and_byte_order_mark_change_nothing() -> None:
    plain = table("name,value\na,1\nb,2\n")
    marked = read_table("feed", b"\xef\xbb\xbfname,value\r\na,1\r\nb,2\r\n", required=("name",))
    assert marked.records == plain.records
    assert marked.notices == ("byte-order mark removed",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "feed: found an empty file"),
        (b" \n\n", "feed: found an empty file"),
        (b"<!DOCTYPE html><html>404</html>", "feed, line 1: found an HTML page"),
        (b"# title: only a preamble\n", "feed: found no header"),
        (b"name,value\na,1\nQu\xe9bec,2\n", r"feed, line 3: found byte 0xe9 .*Convert the file from Latin-1"),
        (b"name,amount\na,1\n", "feed, line 1: found columns name, amount; expected a column named value"),
        (b"name,value,value\na,1,2\n", "feed, line 1: found column value twice"),
        (b"name,value\na,1\nb,2,3\n", "feed, line 3: found 3 cells; expected 2"),
        (b'name,value\na,1\nb,"2\n', "feed, line 3: found .*expected well-formed CSV"),
        (b"name,value\na,1\nb", "feed, line 3: found the file ends after 1 of 2 cells"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_table("feed", content, required=("name", "value"))


def test_a_last_line_no_shorter_than_others_is_not_cut_off() -> None:
    assert [r.is_short for r in table("name,value,note\na,1\nb,2").records] == [True, True]


def test_decoding_keeps_letters() -> None:
    assert decode("feed", "Québec\n".encode()) == ("Québec\n", [])


@pytest.mark.parametrize("text", ["1", "-1.5", "+.5", "1.", "1e9", "2.5E-3", " 7 "])
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "n/a", "1,000", "1 kW", "nan", "inf", "0x10", "1_000", "90-100", "1e"])
def test_no_numbers(text: str) -> None:
    assert not is_number(text)


def test_a_bundle_is_the_same_whatever_the_order_the_line_ends_and_the_mark_of_its_files() -> None:
    files = {"b.csv": b"name\nx", "a.csv": b"name\ny\n\n"}
    assert bundle(files) == b"# file: a.csv\nname\ny\n# file: b.csv\nname\nx\n"
    assert bundle({"a.csv": b"\xef\xbb\xbfname\r\ny\r\n", "b.csv": b"name\r\nx\r\n"}) == bundle(files)


@pytest.mark.parametrize(
    "content", [b"{}\n# file: intensity\n{}", b"# file: b.csv\nname\n", b"\xef\xbb\xbf# file: b\n"]
)
def test_a_file_that_would_pass_for_several_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"a\.csv"):
        bundle({"a.csv": content})


def test_a_bundle_comes_apart_into_its_files_and_the_lines_above_them() -> None:
    content = bundle({"a.csv": b"name\ny\n", "b.csv": b"name\nx\nz\n", "c.csv": b""})
    members = unbundle("feed", content)
    assert members == [
        Member("a.csv", "name\ny\n", 1),
        Member("b.csv", "name\nx\nz\n", 4),
        Member("c.csv", "\n", 8),
    ]
    assert bundle({member.name: member.text.encode() for member in members}) == content


@pytest.mark.parametrize("content", [b"name\nx\n", b"name\n# file: a.csv\nx\n", b"# title: t\nname\n"])
def test_text_above_the_first_file_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"feed, line 1: .*a line '# file: NAME'"):
        unbundle("feed", content)
