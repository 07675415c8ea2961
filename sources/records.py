"""From bytes to named records: decoding, header and shape of delimited text. What cells mean belongs to adapters.

A publisher that puts each year in a file of its own is read as one text, a *bundle* of those files.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sources.errors import FormatError

NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
PREAMBLE_LINE = re.compile(r"# ([^\r\n]*)(?:\r\n?|\n|\Z)")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: The line above each file of a bundle. It begins with what it looks for, which finds it fast, and then looks back
#: for the beginning of the line.
FILE_LINE = re.compile(r"# file: (?<![^\n]# file: )(\S+)\n")


@dataclass(frozen=True)
class Record:
    """One record: its line, its cells by column name, and whether it has fewer cells than the header."""

    line: int
    cells: dict[str, str]
    is_short: bool


@dataclass(frozen=True)
class Table:
    """Header, records, preamble (`# key: value` lines) and notices of one delimited file."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    preamble: dict[str, str]
    notices: tuple[str, ...]


def is_number(text: str) -> bool:
    """Tell whether the whole cell is one decimal number, and not one that is too large to be kept as one."""
    return NUMBER.fullmatch(text.strip()) is not None and math.isfinite(float(text))


def decode(source_id: str, content: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8, dropping a byte-order mark.

    Returns: the text, and notices about what had to be done.
    Raises: FormatError for an empty file, an HTML page, or bytes that are not UTF-8.
    """
    if not content.strip():
        raise FormatError(source_id, None, "an empty file", "a table with a header", "Fetch the file again.")
    notices = []
    if content.startswith(BYTE_ORDER_MARK):
        content = content.removeprefix(BYTE_ORDER_MARK)
        notices.append("byte-order mark removed")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} ({content[max(0, error.start - 12) : error.start + 1]!r})"
        raise FormatError(source_id, line, found, "UTF-8 text", "Convert the file from Latin-1 to UTF-8.") from error
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head")):
        found = f"an HTML page ({text.strip()[:40]!r})"
        line = text[: len(text) - len(text.lstrip())].count("\n") + 1
        raise FormatError(source_id, line, found, "delimited text", "The address answers with a web page; check it.")
    return text, notices


@dataclass(frozen=True)
class Member:
    """One file of a bundle: its name, its text, and the number of lines that stand above it in the bundle."""

    name: str
    text: str
    above: int


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Join the files of one retrieval into one text, in order of their names, each below a line `# file: NAME`.

    Lines end in LF, every file in one of them, and byte-order marks are dropped; so the same files always give the
    same bytes, and a quote has one line to stand at.
    Raises: ValueError if a file itself holds such a line, and so could pass for several.
    """
    parts = []
    for name in sorted(files):
        if b"\n# file: " in b"\n" + files[name].removeprefix(BYTE_ORDER_MARK):
            raise ValueError(name)
        text = files[name].removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n").rstrip(b"\n")
        parts.append(b"# file: " + name.encode() + b"\n" + text + b"\n")
    return b"".join(parts)


def unbundle(source_id: str, content: bytes) -> list[Member]:
    """Take a bundle apart; `bundle` of what comes out gives it again.

    Raises: FormatError as `decode` does, and if the text does not begin with the line of a file.
    """
    text, _ = decode(source_id, content)
    before, *rest = FILE_LINE.split(text)
    if before or not rest:
        found = f"{text.partition(chr(10))[0][:60]!r}"
        raise FormatError(source_id, 1, found, "a line '# file: NAME'", "Join the publisher's files with `bundle`.")
    members, above = [], 0
    for name, body in zip(rest[::2], rest[1::2], strict=True):
        members.append(Member(name, body, above + 1))
        above += 1 + body.count("\n")
    return members


def preamble(text: str) -> tuple[list[tuple[str, str]], int]:
    """Return key and value of each line `# key: value` above the header, and where in the text the header begins."""
    said, begins = [], 0
    while line := PREAMBLE_LINE.match(text, begins):
        key, _, value = line[1].partition(": ")
        said.append((key.strip(), value.strip()))
        begins = line.end()
    return said, begins


def read_table(source_id: str, content: bytes, required: Iterable[str], known: Iterable[str] = ()) -> Table:
    """Read delimited text by column name.

    A record with fewer cells than the header keeps those it has (`is_short`); one with more is refused, since it
    cannot be told which cell is which. Blank lines are passed over.
    Raises: FormatError if a required column is missing or doubled, a record is too long, or the file ends mid-record.
    """
    text, notices = decode(source_id, content)
    above, begins = preamble(text)
    skipped = len(above)
    reader = csv.reader(io.StringIO(text[begins:], newline=""), strict=True)
    header: tuple[str, ...] | None = None
    records: list[Record] = []
    last_line = skipped
    try:
        for cells in reader:
            line, last_line = last_line + 1, skipped + reader.line_num
            if not cells:
                continue
            if header is None:
                header = _header(source_id, line, cells, required)
                continue
            if len(cells) > len(header):
                raise FormatError(
                    source_id, line, f"{len(cells)} cells", f"{len(header)}", "Quote cells that hold a comma."
                )
            record = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            records.append(Record(line, record, is_short=len(cells) < len(header)))
    except csv.Error as error:
        raise FormatError(
            source_id, last_line + 1, str(error), "well-formed CSV", "The file may be cut off; fetch it again."
        ) from error
    if header is None:
        raise FormatError(source_id, None, "no header", "a header line", "Fetch the file again.")
    if _is_cut_off(records, text):
        raise FormatError(
            source_id,
            records[-1].line,
            f"the file ends after {len(records[-1].cells)} of {len(header)} cells",
            "a complete last line",
            "The file is cut off; fetch it again.",
        )
    if unknown := [name for name in header if known and name not in {*required, *known}]:
        notices.append(f"columns not read: {', '.join(unknown)}")
    return Table(header, tuple(records), dict(above), tuple(notices))


def _header(source_id: str, line: int, cells: list[str], required: Iterable[str]) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in cells)
    if missing := [name for name in required if name not in names]:
        raise FormatError(
            source_id,
            line,
            f"columns {', '.join(names)}",
            f"a column named {', '.join(missing)}",
            "The publisher renamed or dropped it; adapt the reader after checking what it means now.",
        )
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise FormatError(source_id, line, f"column {doubled[0]} twice", "each column once", "Rename one of them.")
    return names


def _is_cut_off(records: list[Record], text: str) -> bool:
    """Tell whether the last record is shorter than every other and the file ends without a line end."""
    if not records or not records[-1].is_short or text.endswith(("\n", "\r")):
        return False
    return all(len(record.cells) > len(records[-1].cells) for record in records[:-1])
