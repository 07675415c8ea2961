"""From JSON to named records: the elements of a list in an answer, each with what stands above it. No meaning here.

JSON has no lines to point at. A record is found by its number in the bytes, counted from 1, and by its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sources.errors import FormatError
from sources.records import Record, Table, unbundle

#: Between the names of nested members, in the names of cells.
POINT = "."

#: Numbers keep the digits that they are printed with.
_AS_PRINTED = msgspec.json.Decoder(float_hook=str)


def read_json(
    source_id: str, content: bytes, paths: Mapping[str, tuple[str, ...]], required: Mapping[str, str]
) -> Table:
    """Read the records of a bundle of JSON answers.

    paths: of each file, by the beginning of its name, the names of the lists in one another that hold its records.
    required: cells that every record must have, with what they are.
    Returns: one record an element, numbered through the bundle; its cells are its own scalars and those of the
        elements above it, as printed, named by their path; `file` and `place` say where it stands.
    Raises: FormatError if a file is no JSON, has no such list, or a record lacks a required cell's name.
    """
    records: list[Record] = []
    for member in unbundle(source_id, content):
        path = next((names for start, names in paths.items() if member.name.startswith(start)), None)
        if path is None:
            raise FormatError(source_id, member.above, f"the file {member.name}", f"one of {', '.join(paths)}",
                              "Ask for the files that the source declares.")  # fmt: skip
        try:
            answer = _AS_PRINTED.decode(member.text)
        except (msgspec.DecodeError, RecursionError) as error:
            raise FormatError(source_id, member.above + 1, f"{member.name}: {error}", "JSON",
                              "The answer may be cut off; fetch it again.") from error  # fmt: skip
        for place, cells in _elements(source_id, member.name, answer, path):
            if not required.keys() <= cells.keys():
                missing = next(name for name in required if name not in cells)
                raise FormatError(source_id, len(records) + 1, f"{member.name}, {place}: no {missing}",
                                  required[missing],
                                  "The publisher renamed or dropped it; adapt the reader after checking.")  # fmt: skip
            cells |= {"file": member.name, "place": place}
            records.append(Record(len(records) + 1, cells, is_short=False))
    return Table((), tuple(records), {}, ())


def _elements(source_id: str, name: str, answer: object, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the elements of the innermost list: where each stands, and its cells with those above it."""
    level: list[tuple[str, dict[str, str], Any]] = [("", {}, answer)]
    for step in path:
        inner = []
        for place, above, element in level:
            below = element.get(step) if isinstance(element, dict) else None
            if not isinstance(below, list):
                found = f"{name}: {place or 'the answer'} has no list '{step}'"
                raise FormatError(source_id, None, found, f"a list '{step}'",
                                  "The publisher changed its answers; adapt the reader after checking.")  # fmt: skip
            before = f"{place}{POINT if place else ''}{step}"
            for number, one in enumerate(below):
                cells = above.copy()
                if isinstance(one, dict):
                    _scalars(one, "", cells)
                inner.append((f"{before}[{number}]", cells, one))
        level = inner
    for place, cells, _ in level:
        yield place, cells


def _scalars(element: dict[str, Any], above: str, cells: dict[str, str]) -> None:
    """Add the scalars of an element to cells; null is an empty cell; lists are passed over.

    So is a name with a point in it: it would pass for the path of a nested one.
    """
    for name, value in element.items():
        if POINT in name:
            continue
        if isinstance(value, str):
            cells[above + name] = value
        elif value is None:
            cells[above + name] = ""
        elif isinstance(value, bool):
            cells[above + name] = "true" if value else "false"
        elif isinstance(value, int):
            cells[above + name] = str(value)
        elif isinstance(value, dict):
            _scalars(value, above + name + POINT, cells)
