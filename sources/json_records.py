"""From JSON to named records: the elements of a list in an answer, each with what stands above it. No meaning here.

JSON has no lines to point at. A record is found by its number in the bytes, counted from 1, and by its path. Only the
columns that are asked for are taken out of the bytes: an answer holds ten times as much. Of a member that an object
names twice, the last one counts: the decoder does not tell, and telling would take a second reading of each answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, Struct, UnsetType

from sources.errors import FormatError
from sources.records import Record, Table, unbundle

#: Between the names of nested members, in the names of cells.
POINT = "."


def read_json(
    source_id: str,
    content: bytes,
    paths: Mapping[str, tuple[str, ...]],
    required: Mapping[str, str],
    others: tuple[str, ...],
) -> Table:
    """Read the records of a bundle of JSON answers.

    paths: of each file, by the beginning of its name, the names of the lists in one another that hold its records.
    required: columns that every record must have, with what they are. others: those that it may have. A column of a
        nested member is named by its path, as `intensity.actual`.
    Returns: one record an element, numbered through the bundle; its cells are these columns, of itself and of the
        elements above it, as printed; null is an empty cell; `file` and `place` say where it stands.
    Raises: FormatError if a file is no JSON, has no such list, or a record lacks a required column.
    """
    columns = (*required, *others)
    records: list[Record] = []
    for member in unbundle(source_id, content):
        path = next((names for start, names in paths.items() if member.name.startswith(start)), None)
        if path is None:
            raise FormatError(source_id, member.above, f"the file {member.name}", f"one of {', '.join(paths)}",
                              "Ask for the files that the source declares.")  # fmt: skip
        shape = _shape(path, columns)
        try:
            answer = shape.decoder.decode(member.text)
        except (msgspec.DecodeError, RecursionError) as error:
            raise FormatError(source_id, member.above + 1, f"{member.name}: {error}", "JSON",
                              "The answer may be cut off; fetch it again.") from error  # fmt: skip
        for place, cells in _elements(source_id, member.name, answer, path, shape.cells):
            if not required.keys() <= cells.keys():
                missing = next(name for name in required if name not in cells)
                raise FormatError(source_id, len(records) + 1, f"{member.name}, {place}: no {missing}",
                                  required[missing],
                                  "The publisher renamed or dropped it; adapt the reader after checking.")  # fmt: skip
            cells |= {"file": member.name, "place": place}
            records.append(Record(len(records) + 1, cells, is_short=False))
    return Table((), tuple(records), {}, ())


class _Cell(NamedTuple):
    """A column of an element: the attribute that holds it, and the name of its cell, or the cells of what is nested."""

    attribute: str
    name: str
    inner: tuple[_Cell, ...] | None


class _Shape(NamedTuple):
    """What is read of an answer: how to decode it, and the cells of each element."""

    decoder: msgspec.json.Decoder[Any]
    cells: tuple[_Cell, ...]


@cache
def _shape(path: tuple[str, ...], columns: tuple[str, ...]) -> _Shape:
    """Return what is read of answers whose records lie in these lists; everything else is passed over unseen."""
    cells, members = _columns("", tuple(column.split(POINT) for column in columns))
    element = _struct(members)
    for step in reversed(path[1:]):
        element = _struct([*members, (_INNER, step, list[element | _OTHER] | _NO_LIST)])  # type: ignore[valid-type]
    root = _struct([(_INNER, path[0], list[element | _OTHER] | _NO_LIST)])  # type: ignore[valid-type]
    return _Shape(msgspec.json.Decoder(root | _OTHER, float_hook=str), cells)  # numbers keep their printed digits


#: What may stand where an element or a list is expected; the records in it are found to be missing then.
_OTHER: Any = list[Any] | str | int | float | bool | None
_NO_LIST: Any = dict[str, Any] | str | int | float | bool | None
#: The attribute of the list inside an element.
_INNER = "inner"

_Member = tuple[str, str, Any]  # attribute, name in the bytes, type


def _columns(above: str, wanted: tuple[list[str], ...]) -> tuple[tuple[_Cell, ...], list[_Member]]:
    """Return the cells of the columns that an element holds, given as paths, and the members that hold them."""
    cells, members = [], []
    for count, name in enumerate(dict.fromkeys(path[0] for path in wanted)):
        attribute, kind, inner = f"column_{count}", Any, None
        if nested := tuple(path[1:] for path in wanted if path[0] == name and len(path) > 1):
            inner, below = _columns(f"{above}{name}{POINT}", nested)
            kind = _struct(below) | _OTHER
        cells.append(_Cell(attribute, above + name, inner))
        members.append((attribute, name, kind))
    return tuple(cells), members


def _struct(members: list[_Member]) -> Any:
    """Return the type of an object of which these members are read."""
    fields = [(attribute, kind | UnsetType, UNSET) for attribute, _, kind in members]
    return msgspec.defstruct("Read", fields, rename={attribute: name for attribute, name, _ in members}, gc=False)


def _elements(
    source_id: str, name: str, answer: object, path: tuple[str, ...], cells: tuple[_Cell, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the elements of the innermost list: where each stands, and its cells with those above it."""
    level: list[tuple[str, dict[str, str], object]] = [("", {}, answer)]
    for step in path:
        inner = []
        for place, above, element in level:
            below = getattr(element, _INNER, None)
            if not isinstance(below, list):
                found = f"{name}: {place or 'the answer'} has no list '{step}'"
                raise FormatError(source_id, None, found, f"a list '{step}'",
                                  "The publisher changed its answers; adapt the reader after checking.")  # fmt: skip
            before = f"{place}{POINT if place else ''}{step}"
            for number, one in enumerate(below):
                filled = above.copy()
                if isinstance(one, Struct):
                    _fill(filled, one, cells)
                inner.append((f"{before}[{number}]", filled, one))
        level = inner
    for place, filled, _ in level:
        yield place, filled


def _fill(filled: dict[str, str], element: Struct, cells: tuple[_Cell, ...]) -> None:
    """Put the scalars of an element into cells; null is an empty cell; lists and objects are none."""
    for attribute, name, inner in cells:
        value = getattr(element, attribute)
        if isinstance(value, str):
            filled[name] = value
        elif inner is not None:
            if isinstance(value, Struct):
                _fill(filled, value, inner)
        elif value is None:
            filled[name] = ""
        elif isinstance(value, bool):
            filled[name] = "true" if value else "false"
        elif isinstance(value, int):
            filled[name] = str(value)
