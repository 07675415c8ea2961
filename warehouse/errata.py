"""A user's errata: claims and whole references that are known to be wrong, kept in the home and never deleted from it.

`HOME/own/deprecations.csv` is a history: marking adds a line, undoing it fills in when. Settling deprecates the claims
that lines in force name, so that the tables use the next best; a run notices that the file says something new.
Nothing is written here but that file, whole or not at all, and never while a run reads it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.connect import Home, locked, reader
from warehouse.errors import LoadError, NotFoundError
from warehouse.naming import hint
from warehouse.read import Release

#: Where the history lies in a home.
FILE = "own/deprecations.csv"
KINDS = ("claim", "reference")


@dataclass(frozen=True)
class Deprecation:
    """One line of the history: what is wrong, why, since when, and when that was taken back."""

    target_kind: str
    target_id: str
    why: str
    deprecated_at: datetime
    undone_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Tell whether it has not been taken back."""
        return self.undone_at is None


COLUMNS = tuple(field.name for field in fields(Deprecation))


def read(home: Home) -> list[Deprecation]:
    """Return the history, oldest first.

    Raises: LoadError naming the line that is none.
    """
    path = home.path / FILE
    if not path.exists():
        return []
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise LoadError(f"{FILE}, line 1: found {lines.fieldnames}, expected {', '.join(COLUMNS)}; mend the header")
    return [_line(row, lines.line_num) for row in lines]


def _line(row: dict[str, str], number: int) -> Deprecation:
    place = f"{FILE}, line {number}"
    kind, target = row["target_kind"], row["target_id"]
    if kind not in KINDS or not target or (kind == "claim" and not target.isdigit()):
        raise LoadError(f"{place}: found {kind} '{target}', expected a claim's id or a reference's key; mend the line")
    if not row["why"]:
        raise LoadError(f"{place}: found no reason, expected one in the column why; say what is wrong with {target}")
    times = []
    for name in ("deprecated_at", "undone_at"):
        try:
            times.append(datetime.fromisoformat(row[name]).astimezone(UTC).replace(tzinfo=None) if row[name] else None)
        except ValueError as error:
            raise LoadError(f"{place}, {name}: found '{row[name]}', expected a time as 2026-01-31T12:00:00Z") from error
    if times[0] is None:
        raise LoadError(f"{place}: found no deprecated_at, expected a time as 2026-01-31T12:00:00Z")
    return Deprecation(kind, target, row["why"], times[0], times[1])


def rows(found: Iterable[Deprecation]) -> list[list[object]]:
    """Return the history as rows of the table `deprecation`."""
    return [list(astuple(one)) for one in found]


def is_released(home: Home) -> bool:
    """Tell whether the current release was made with the history as it is now."""
    try:
        with reader(home) as connection:
            held = connection.execute("FROM deprecation").fetchall()
    except duckdb.Error:  # a release of an older layout
        return not read(home)
    return sorted(map(str, held)) == sorted(str(tuple(row)) for row in rows(read(home)))


def resolve(opened: Release, asked: str) -> tuple[str, str]:
    """Return kind and id of what is asked for: a claim by id or as source:line, a reference by its key.

    Raises: NotFoundError naming the nearest.
    """
    if asked.isdigit() and opened.words("SELECT 1 FROM claim WHERE claim_id = ?", [int(asked)]):
        return "claim", asked
    keys = opened.words("SELECT reference_id FROM reference ORDER BY 1")
    if asked in keys:
        return "reference", asked
    if found := re.fullmatch(r"(\w+):(\d+)", asked):
        claims = opened.words(
            "SELECT claim_id FROM claim WHERE source_id = ? AND source_row = ? AND superseded_at IS NULL",
            [found[1], int(found[2])],
        )
        if len(claims) == 1:
            return "claim", str(claims[0])
    sources = opened.words("SELECT source_id FROM source")
    near = hint(asked, [*((key, key) for key in keys), *((f"{name}:1", f"{name}:LINE") for name in sources)])
    raise NotFoundError(
        f"no claim or reference '{asked}'{near}. Give a claim's id or SOURCE:LINE as traces show it, or a reference's "
        'key: footnote sql "FROM reference"'
    )


def add(home: Home, kind: str, target: str, why: str) -> Deprecation:
    """Record that a claim or a reference is wrong.

    Raises: LoadError without a reason, or if it is marked already.
    """
    said = " ".join(why.split())
    if not said:
        raise LoadError(f"{kind} {target}: found no reason, expected one; give it with --why")
    with locked(home, "run"):
        history = read(home)
        for one in history:
            if one.is_in_force and (one.target_kind, one.target_id) == (kind, target):
                raise LoadError(
                    f"{kind} {target} is marked as wrong since {one.deprecated_at:%Y-%m-%d}: {one.why}; "
                    f"to say something else, first: footnote deprecate --undo {target}"
                )
        made = Deprecation(kind, target, said, _now(), None)
        _write(home, [*history, made])
    return made


def undo(home: Home, asked: str) -> Deprecation:
    """Record that what was marked as wrong is not.

    Raises: NotFoundError naming what is marked.
    """
    with locked(home, "run"):
        history = read(home)
        for place, one in enumerate(history):
            if one.is_in_force and one.target_id == asked:
                made = replace(one, undone_at=_now())
                _write(home, [*history[:place], made, *history[place + 1 :]])
                return made
    marked = [one.target_id for one in history if one.is_in_force]
    near = hint(asked, [(target, target) for target in marked])
    raise NotFoundError(f"'{asked}' is not marked as wrong{near}. Marked: {', '.join(marked) or 'nothing'}")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _write(home: Home, history: Iterable[Deprecation]) -> None:
    path = home.path / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="") as draft:
        out = csv.writer(draft, lineterminator="\n")
        out.writerow(COLUMNS)
        for row in rows(history):
            out.writerow(f"{cell.isoformat()}Z" if isinstance(cell, datetime) else cell for cell in row)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
