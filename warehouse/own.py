"""A user's own runs: one table in the home's folder, changed whole or not at all, and read like any curated table.

Here belongs what is kept and what is refused. What a file says is `sources.own_files`; what a release makes of the runs
is asked of the release.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from sources import claimfile, own_files, own_runs, registry
from sources.model import Payload, reading
from sources.own_claims import PREFIX, Problem, place_of
from warehouse import archive
from warehouse.connect import Home, locked, reader
from warehouse.errors import LoadError, NotFoundError
from warehouse.naming import hint
from warehouse.own_checks import check
from warehouse.read import Release, Rows
from warehouse.resolve import slug

SOURCE_ID = own_runs.SOURCE.source_id
ADAPTER = registry.ADAPTERS[SOURCE_ID]
#: Where the table lies in a home.
TABLE = "own/runs.csv"

Row = dict[str, object]


@dataclass(frozen=True)
class Change:
    """What was done to the table: the runs that it concerns by name, claims, and what the user should know."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    claims: int = 0
    notices: tuple[str, ...] = field(default=())

    @property
    def is_any(self) -> bool:
        """Tell whether the table is another one now."""
        return bool(self.added or self.updated or self.removed)


def payload(home: Home) -> Payload:
    """Return the user's table, or the packaged empty one where there is none; its path is told from the home."""
    path = home.path / TABLE
    if not path.exists():
        empty = registry.packaged(ADAPTER)
        assert empty is not None
        return empty
    content = path.read_bytes()
    return Payload(content, "file", TABLE, claimfile.retrieved_at(SOURCE_ID, content), etag=None, last_modified=None)


def is_released(home: Home) -> bool:
    """Tell whether the current release holds the user's table as it is now."""
    path = home.path / TABLE
    if not path.exists():
        return True
    with reader(home) as connection:
        rows = connection.execute(
            "SELECT snapshot_id FROM retrieval WHERE source_id = ? "
            "ORDER BY retrieved_at DESC, snapshot_id DESC LIMIT 1",
            [SOURCE_ID],
        ).fetchall()
    return rows == [(archive.digest(path.read_bytes()),)]


def add(home: Home, path: str, content: bytes) -> Change:
    """Add the runs of a file: all of them, or none.

    A run that is known from a file of this name takes the place of what was known. The file itself is archived.
    Raises: FormatError if it is no table; LoadError listing everything that is wrong with it.
    """
    file = own_files.read_file(path, content)
    rows, problems, notices = check(file)
    with locked(home, "own"):
        held = _by_run(_rows(home))
        problems += _taken(file.name, rows, held)
        if problems:
            listed = "\n".join(f"  {one}" for one in problems)
            raise LoadError(f"{file.name}: nothing was added; {len(problems)} to mend:\n{listed}")
        new = _by_run(rows)
        same = [run for run in new if run in held and _plain(held[run]) == _plain(new[run])]
        updated = [run for run in new if run in held and run not in same]
        added = [run for run in new if run not in held]
        if added or updated:
            digest = archive.store(home.archive, content)
            _write(home, {**held, **{run: new[run] for run in (*updated, *added)}}, file.name, digest)
    counted = sum(len(new[run]) for run in (*updated, *added))
    return Change(
        added=_names(added),
        updated=_names(updated),
        unchanged=_names(same),
        claims=counted,
        notices=(*file.notices, *notices),
    )


def remove(home: Home, asked: str) -> Change:
    """Remove the runs of a file, or one run, by name. They stay in the history of the claims.

    Raises: NotFoundError naming the nearest.
    """
    with locked(home, "own"):
        held = _by_run(_rows(home))
        files = {run: place_of(str(rows[0]["locator"]))[0] for run, rows in held.items()}
        wanted = slug(PREFIX + asked.removeprefix(PREFIX))
        gone = [run for run in held if files[run] == Path(asked).name] or [
            run for run in held if wanted == slug(run) or slug(asked) == slug(run)
        ]
        if not gone:
            names = [(name, name) for name in dict.fromkeys([*files.values(), *map(name_of, held)])]
            raise NotFoundError(f"no file or run of yours is called '{asked}'{hint(asked, names)}. All: footnote own")
        _write(home, {run: rows for run, rows in held.items() if run not in gone})
    return Change(removed=_names(gone), claims=sum(len(held[run]) for run in gone))


def listing(home: Home) -> Rows:
    """Return the user's runs with their file, and what the current release estimates for each, if it holds them."""
    estimates = _estimates(home)
    columns = ("run", "run_id", "file", "line", "model", "claims", "in_release", "method", *_FIGURES)
    values = []
    for run, rows in _by_run(_rows(home)).items():
        file, line, _ = place_of(str(rows[0]["locator"]))
        model = next((row["reported_text"] for row in rows if row["quantity"] == "model"), None)
        found = estimates.get(slug(run))
        values.append((
            name_of(run), slug(run), file, line, model, len(rows), found is not None,
            *(found or (None,) * (len(_FIGURES) + 1)),
        ))  # fmt: skip
    return Rows(columns, values)


def name_of(run: str) -> str:
    """Return the name that the user gave a run."""
    return run.removeprefix(PREFIX)


def _names(runs: Iterable[str]) -> tuple[str, ...]:
    return tuple(name_of(run) for run in runs)


_FIGURES = (
    "energy_kwh", "energy_kwh_low", "energy_kwh_high", "energy_p05_kwh", "energy_p95_kwh",
    "emissions_tco2e", "emissions_tco2e_low", "emissions_tco2e_high", "emissions_p05_tco2e", "emissions_p95_tco2e",
)  # fmt: skip


def _estimates(home: Home) -> dict[str, tuple[object, ...]]:
    """Return method and figures of the best estimate of each of the user's runs in the current release."""
    if not home.release.exists():
        return {}
    figures = ", ".join(f"row.{name}" for name in _FIGURES)
    try:
        with reader(home) as connection:
            rows = Release(connection).rows(
                f"SELECT run.subject_id, row.method, {figures} FROM "
                "(SELECT DISTINCT subject_id FROM claim WHERE source_id = ? AND superseded_at IS NULL) AS run "
                "LEFT JOIN estimates AS row ON row.run_id = run.subject_id AND row.is_headline",
                [SOURCE_ID],
            )
    except duckdb.Error:  # a release of an older layout: its figures are shown after the next run
        return {}
    return {row[0]: row[1:] for row in rows.values}


def _rows(home: Home) -> list[Row]:
    claims = claimfile.read(SOURCE_ID, payload(home).content).claims
    frame = claims.astype(object).where(claims.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _by_run(rows: Iterable[Row]) -> dict[str, list[Row]]:
    runs: dict[str, list[Row]] = {}
    for row in rows:
        runs.setdefault(str(row["subject"]), []).append(row)
    return runs


def _taken(name: str, rows: list[Row], held: Mapping[str, list[Row]]) -> list[Problem]:
    """Return the runs whose name is that of a run from another file, or of one that is written otherwise."""
    known = {slug(run): (run, place_of(str(theirs[0]["locator"]))[0]) for run, theirs in held.items()}
    problems = []
    for run, mine in _by_run(rows).items():
        other, file = known.get(slug(run), (run, name))
        if (other, file) != (run, name):
            found, expected = repr(name_of(run)), f"another name than that of {name_of(other)!r} from {file}"
            remedy = f"Rename it, or remove the other: footnote remove {name_of(other)!r}."
            problems.append(Problem(int(str(mine[0]["source_row"])), "run", found, expected, remedy))
    return problems


def _plain(rows: list[Row]) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in claimfile.COLUMNS) for row in rows]


def _write(home: Home, runs: Mapping[str, list[Row]], file: str = "", digest: str = "") -> None:
    """Put the table in place in one step, dated after every earlier one, so that it is the one that holds."""
    path = home.path / TABLE
    before = payload(home)
    said = registry.preamble(ADAPTER, before.content).get("files", "")
    files = dict(re.findall(r"([^;]+) sha256 ([0-9a-f]{64})(?:; )?", said))
    kept = {place_of(str(rows[0]["locator"]))[0].replace(";", ",") for rows in runs.values()}
    if file:
        files[file.replace(";", ",")] = digest
    about = {
        "title": "Your own runs",
        "licence": own_runs.SOURCE.licence,
        "retrieved_on": max(datetime.now(UTC), before.retrieved_at + timedelta(microseconds=1))
        .replace(tzinfo=None)
        .isoformat(timespec="microseconds"),
        "files": "; ".join(f"{name} sha256 {files[name]}" for name in sorted(files.keys() & kept)),
    }
    content = claimfile.write(reading([row for rows in runs.values() for row in rows], [], [], []), about)
    claimfile.read(SOURCE_ID, content)  # whoever reads it next must be able to
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
