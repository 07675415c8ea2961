"""Tables to which whole lines are added: what a crash cut short is no line, and goes when the next one is added."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path


def read(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the whole lines of a table after its header; none if there is no file. What is no line is passed over.

    A table may have been begun when there were fewer columns; those were added at the end, and are empty in its lines.
    """
    if not path.exists():
        return []
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    header, *lines = whole.decode(errors="replace").split("\n")
    widths = (len(columns), header.count(",") + 1)
    found = []
    for line in lines:
        with suppress(csv.Error):
            cells = next(csv.reader([line]), [])
            if len(cells) in widths:
                found.append(dict(zip_longest(columns, cells, fillvalue="")))
    return found


def append(path: Path, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Add lines to a table, and before the first its header; they are on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.read_bytes() if path.exists() else b""
    end = held.rfind(b"\n") + 1
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([*([] if end else [columns]), *lines])
    with path.open("r+b" if path.exists() else "xb") as file:
        file.seek(end)
        file.truncate()
        file.write(text.getvalue().encode())
        file.flush()
        os.fsync(file.fileno())
