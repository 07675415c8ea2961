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
from typing import Any

import duckdb

from warehouse.connect import Home, locked, reader
from warehouse.errors import LoadError, NotFoundError
from warehouse.naming import hint
from warehouse.read import Release, Rows

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


def _of(kind: str, target: str) -> tuple[str, object]:
    """Return the condition by which rows with a claim's and a reference's id rest on a target, and its parameter."""
    return ("claim_id = ?", int(target)) if kind == "claim" else ("reference_id = ?", target)


def resting(opened: Release, kind: str, target: str) -> Rows:
    """Return every number of every table that rests on a claim or a reference, the largest estimates first."""
    condition, parameter = _of(kind, target)
    found = opened.rows(
        f"""SELECT cited.table_name, cited.row_id, cited.column_name, number.value, number.low, number.high, number.unit
        FROM (SELECT DISTINCT table_name, row_id, column_name FROM number_references WHERE {condition}) AS cited
        JOIN number ON number.table_name = cited.table_name AND number.row_id = cited.row_id
            AND number.column_name = cited.column_name
        ORDER BY cited.table_name <> 'estimates', cited.table_name,
            cited.column_name NOT IN ('energy_kwh', 'emissions_tco2e'), cited.column_name DESC, number.value DESC,
            cited.row_id""",
        [parameter],
    )
    about: dict[tuple[str, int], tuple[Any, ...]] = {}
    for table in dict.fromkeys(row[0] for row in found.values):
        ids = list({row[1] for row in found.values if row[0] == table})
        about |= {(table, row[0]): row[1:] for row in _about(opened, table, ids)}
    return Rows(
        ("table_name", "row_id", "about", "model_id", "method", *found.columns[2:]),
        [(row[0], row[1], *about[row[0], row[1]], *row[2:]) for row in found.values],
    )


def _about(opened: Release, table: str, ids: list[int]) -> list[tuple[Any, ...]]:
    """Return, for rows of a table, what they are about in words, their model and their method."""
    key, grain = opened.rows("SELECT id_column, grain FROM sql_model WHERE table_name = ?", [table]).values[0]
    names = opened.words("SELECT column_name FROM (DESCRIBE " + table + ")")
    words = ", ".join(f"CAST({name.strip()} AS TEXT)" for name in grain.split(","))
    more = ", ".join(name if name in names else "NULL" for name in ("model_id", "method"))
    return opened.rows(
        f"SELECT {key}, concat_ws(' ', {words}), {more} FROM {table} WHERE {key} IN (SELECT unnest(?))", [ids]
    ).values


def choices(opened: Release, kind: str, target: str) -> list[str]:
    """Return what a claim or reference decides without being a number: the hardware of a run, its place."""
    condition, parameter = _of(kind, target)
    columns = opened.rows("""
        SELECT known.table_name, known.column_name, sql_model.id_column
        FROM duckdb_columns() AS known
        JOIN sql_model ON sql_model.table_name = known.table_name
        WHERE known.schema_name = 'main' AND known.column_name LIKE '%\\_claim\\_id' ESCAPE '\\'
            AND EXISTS (SELECT 1 FROM duckdb_columns() AS thing WHERE thing.table_name = known.table_name
                AND thing.schema_name = 'main' AND thing.column_name IN (
                    replace(known.column_name, '_claim_id', '_id'), replace(known.column_name, '_claim_id', '')))
            AND NOT EXISTS (SELECT 1 FROM column_lineage WHERE column_lineage.table_name = known.table_name
                AND column_lineage.column_name = replace(known.column_name, '_claim_id', ''))
        ORDER BY known.table_name, known.column_index""").values
    decided = []
    for table, column, key in columns:
        ids = opened.rows(
            f"SELECT {key} FROM {table} WHERE {column} IN (SELECT claim_id FROM claim WHERE {condition})", [parameter]
        ).values
        if ids:
            names = sorted(str(row[1]) for row in _about(opened, table, [row[0] for row in ids]))
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            thing = column.removesuffix("_claim_id").replace("_", " ")
            decided.append(f"{thing} of {', '.join(names[:3])}{more} ({table})")
    return decided


def now(opened: Release, before: Rows) -> Rows:
    """Return the same numbers, in the same order, as the release has them now; gone ones have no value."""
    keys = {name: [row[place] for row in before.values] for place, name in enumerate(before.columns)}
    return opened.rows(
        """SELECT number.value, number.low, number.high
        FROM (SELECT unnest(range(len($ids))) AS place, unnest($names) AS table_name, unnest($ids) AS row_id,
            unnest($columns) AS column_name) AS wanted
        LEFT JOIN number ON number.table_name = wanted.table_name AND number.row_id = wanted.row_id
            AND number.column_name = wanted.column_name
        ORDER BY wanted.place""",
        {"names": keys["table_name"], "ids": keys["row_id"], "columns": keys["column_name"]},
    )


def headlines(opened: Release) -> dict[str, dict[str, object]]:
    """Return the best estimate of every run."""
    figures = ", ".join(f"{name}{end}" for name in ("energy_kwh", "emissions_tco2e") for end in ("", "_low", "_high"))
    found = opened.rows(
        f"SELECT run_id, model_id, method, {figures} FROM estimates WHERE is_headline ORDER BY energy_kwh DESC, run_id"
    )
    return {row["run_id"]: row for row in found.records()}


def instead(opened: Release, target: str) -> Rows:
    """Return the claim that the tables use in the place of a claim that is marked as wrong."""
    return opened.rows(
        """SELECT other.claim_id, other.value, other.unit, other.reported_text, other.reference_id, other.source_id,
            other.source_row
        FROM claim AS wrong
        JOIN chosen_claims AS chosen ON chosen.subject_kind = wrong.subject_kind
            AND chosen.subject_id = wrong.subject_id AND chosen.quantity = wrong.quantity
            AND chosen.qualifier IS NOT DISTINCT FROM wrong.qualifier
            AND scope_class(chosen.quantity, chosen.boundary) = scope_class(wrong.quantity, wrong.boundary)
        JOIN claim AS other ON other.claim_id = chosen.claim_id
        WHERE wrong.claim_id = ?""",
        [int(target)],
    )
