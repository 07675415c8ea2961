"""A user's file of training runs as claims: a CSV or YAML with our columns, or the table that CodeCarbon writes.

Here belong the shapes of files. What units and names mean is asked where both are known, before anything is kept.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd
import yaml

from sources import codecarbon
from sources.model import reading
from sources.own_cells import COLUMNS, CONTROL
from sources.own_claims import Problem, nearest
from sources.own_rows import Claims, Row
from sources.records import decode, read_table

Rows = list[tuple[int, Mapping[str, str]]]

EXAMPLE = "See docs/own-runs.md for an example."
LIST = "a list of runs, each with lines `column: value`, at the top or under `runs`"


@dataclass(frozen=True)
class OwnFile:
    """What a user's file says: its claims, all that is wrong with it, and what its owner should know.

    claims: columns of CLAIM_COLUMNS; source_row is the line of the file. is_tracked: whether a tracker wrote it.
    """

    name: str
    claims: pd.DataFrame
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    is_tracked: bool


def read_file(path: str, content: bytes) -> OwnFile:
    """Read a user's file: YAML by the ending of its name, CodeCarbon's table by its header, else a CSV.

    Raises: FormatError if it is no text, or no table.
    """
    name = CONTROL.sub("?", PurePath(path).name)
    if not _is_yaml(name) and codecarbon.is_written_by(_first_line(name, content)):
        return _own_file(name, *codecarbon.read(name, content), is_tracked=True)
    return read_table_file(name, content)


def read_table_file(name: str, content: bytes) -> OwnFile:
    """Read a CSV or YAML file with the columns of `own_cells.COLUMNS`.

    Raises: FormatError if it is no text, or no table.
    """
    rows, problems = _yaml_rows(name, content) if _is_yaml(name) else _csv_rows(name, content)
    claims: Claims = []
    for line, cells in rows:
        row = Row(name, line, cells)
        row.read()
        claims += row.claims
        problems += row.problems
    if not rows and not problems:
        problems.append(Problem(None, None, "no run", "at least one", EXAMPLE))
    return _own_file(name, claims, problems, [], is_tracked=False)


def _own_file(name: str, claims: Claims, problems: list[Problem], notices: list[str], *, is_tracked: bool) -> OwnFile:
    return OwnFile(name, reading(claims, [], [], []).claims, tuple(problems), tuple(notices), is_tracked)


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def _first_line(name: str, content: bytes) -> list[str]:
    text, _ = decode(name, content)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]
    return [cell.strip() for cell in next(csv.reader(lines[:1]), [])]


def _csv_rows(name: str, content: bytes) -> tuple[Rows, list[Problem]]:
    table = read_table(name, content, required=())
    header = list(table.header)
    if len(header) == 1 and re.search(r"[;\t|]", header[0]):
        return [], [Problem(1, None, repr(header[0][:60]), "cells parted by commas", "Save the file with commas.")]
    line = len(table.preamble) + 1
    problems = [
        Problem(line, None, f"a column {column!r}", f"only {', '.join(COLUMNS)}", nearest(column, COLUMNS))
        for column in header
        if column not in COLUMNS
    ]
    if "run" not in header:
        problems.append(Problem(line, None, "no column run", "the name of each run", EXAMPLE))
    if problems:  # without the columns, the cells cannot be judged
        return [], problems
    records = [record for record in table.records if any(record.cells.values())]
    for record in records:
        if record.is_short:
            found, expected = f"{len(record.cells)} cells", f"{len(header)}, as the header has"
            problems.append(Problem(record.line, None, found, expected, "Write the commas of empty cells too."))
    return [(record.line, record.cells) for record in records], problems


def _yaml_rows(name: str, content: bytes) -> tuple[Rows, list[Problem]]:
    """Return the mappings of a list, or of the list under `runs`, with every value as it is written."""
    text, _ = decode(name, content)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        found = str(getattr(error, "problem", None) or "text that cannot be read")
        return [], [Problem(mark.line + 1 if mark else None, None, found, "well-formed YAML", EXAMPLE)]
    if isinstance(root, yaml.MappingNode) and [key.value for key, _ in root.value] == ["runs"]:
        root = root.value[0][1]
    if not isinstance(root, yaml.SequenceNode):
        return [], [Problem(root.start_mark.line + 1 if root else None, None, "no list", LIST, EXAMPLE)]
    rows: Rows = []
    problems: list[Problem] = []
    for node in root.value:
        if isinstance(node, yaml.MappingNode):
            rows.append((node.start_mark.line + 1, _yaml_cells(node, problems)))
        else:
            problems.append(Problem(node.start_mark.line + 1, None, repr(node.value)[:60], LIST, EXAMPLE))
    return rows, problems


def _yaml_cells(node: yaml.MappingNode, problems: list[Problem]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in node.value:
        line, column = key.start_mark.line + 1, str(key.value)
        if column not in COLUMNS:
            expected = f"only {', '.join(COLUMNS)}"
            problems.append(Problem(line, None, f"a key {column[:60]!r}", expected, nearest(column, COLUMNS)))
        elif column in cells:
            problems.append(Problem(line, column, "the key twice", "each key once", "Keep one of them."))
        elif not isinstance(value, yaml.ScalarNode):
            problems.append(Problem(line, column, "a list or mapping", "one value", "Write a number, name or date."))
        else:
            cells[column] = "" if value.tag.endswith(":null") else value.value.strip()
    return cells
