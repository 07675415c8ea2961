"""CodeCarbon's `emissions.csv`, as it lies on a user's disk: one training run for each time the tracker was started.

The tracker writes its totals since its start whenever it is asked, so several lines may be one run at several moments:
the same project and run, and the same start (time of writing less duration). The last of them that has an energy is the
run; the lines before it are parts of it, not runs beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sources.own_claims import OWN_FLAG, Problem, claim, locator
from sources.own_runs import SOURCE
from sources.records import Record, is_number, read_table

REQUIRED = ("timestamp", "duration", "energy_consumed")
#: Numbers that are used; all other columns may be missing, since versions differ in them.
NUMBERS = ("duration", "energy_consumed", "emissions", "gpu_count", "pue")
#: Seconds within which starts are one: times of writing are cut to whole seconds, and totals take a moment to gather.
SAME_START = 3
#: What a cell without a value is written as.
MISSING = ("", "nan", "none", "null")

_DEVICES = re.compile(r"(?:(\d+) x )?(.+)")
#: Several kinds in one cell, run together: `4 x NVIDIA A401 x NVIDIA A100`.
_SEVERAL = re.compile(r"\d x .*\d x ")

CALCULATED = "CodeCarbon: power read or estimated for each part, times time"


@dataclass(frozen=True)
class Line:
    """One line of the file: where it stands, what it says, and when the tracker was started."""

    number: int
    cells: dict[str, str]
    start: datetime
    end: datetime

    def cell(self, column: str) -> str:
        """Return a cell; empty if it has no value, or the file no such column."""
        text = self.cells.get(column, "")
        return "" if text.lower() in MISSING else text


def is_written_by(header: Sequence[str]) -> bool:
    """Tell by its header whether CodeCarbon wrote a file."""
    return {"timestamp", "duration", "emissions"} <= set(header) and "run" not in header


def read(name: str, content: bytes) -> tuple[list[dict[str, object]], list[Problem], list[str]]:
    """Read the file into claims, all that is wrong with it, and notices about lines that are no runs of their own.

    Raises: FormatError if it is no table.
    """
    table = read_table(name, content, required=())
    if missing := [column for column in REQUIRED if column not in table.header]:
        remedy = "Add the file as CodeCarbon wrote it."
        return [], [Problem(1, None, f"no column {missing[0]}", f"columns {', '.join(REQUIRED)}", remedy)], []
    problems: list[Problem] = []
    lines = [line for record in table.records if (line := _line(record, problems)) is not None]
    claims: list[dict[str, object]] = []
    notices: list[str] = []
    for run, states in _runs(lines):
        known = [state for state in states if state.cell("energy_consumed")]
        idle = [str(state.number) for state in states if not state.cell("energy_consumed")]
        if idle:
            notices.append(f"no energy, so not taken: line {', '.join(idle)} (run {run})")
        if known:
            *earlier, last = sorted(known, key=lambda state: (state.end, state.number))
            claims += _claims(name, run, last, idle)
            if earlier:
                numbers = ", ".join(str(state.number) for state in earlier)
                notices.append(f"earlier totals of the run on line {last.number}, not counted again: line {numbers}")
    if not claims and not problems:
        problems.append(Problem(None, None, "no line with an energy", "at least one", "Track a run first."))
    return claims, problems, notices


def _line(record: Record, problems: list[Problem]) -> Line | None:
    """Return a line with its start; None, and its problems, if it cannot be read."""
    before = len(problems)

    def refuse(column: str, expected: str) -> None:
        found = repr(record.cells.get(column, "")[:60])
        problems.append(Problem(record.line, column, found, expected, "Mend the line, or take it out."))

    if record.is_short:
        remedy = "The line may be cut off; take it out."
        problems.append(Problem(record.line, None, f"{len(record.cells)} cells", "as many as the header has", remedy))
        return None
    for column in NUMBERS:
        text = record.cells.get(column, "")
        if text.lower() not in MISSING and (not is_number(text) or text.startswith("-") or len(text) > 40):
            refuse(column, "a number from 0 up")
    try:
        end = datetime.fromisoformat(record.cells["timestamp"]).replace(tzinfo=None)
    except ValueError:
        refuse("timestamp", "a time as 2026-01-31T23:59:59")
    if record.cells["duration"].lower() in MISSING:
        refuse("duration", "seconds")
    if len(problems) > before:
        return None
    try:
        start = end - timedelta(seconds=float(record.cells["duration"]))
    except OverflowError:
        refuse("duration", "seconds since the tracker was started")
        return None
    return Line(record.line, record.cells, start, end)


def _runs(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield each run by the name that it keeps when the file grows, with its lines.

    The name is project and run id; a run without id, or a further start under the same id, is told by its start.
    """
    groups: dict[tuple[str, str], dict[int, list[Line]]] = {}  # by second of the first line's start
    for line in lines:
        starts = groups.setdefault((line.cell("project_name") or "codecarbon", line.cell("run_id")), {})
        second = int(line.start.replace(tzinfo=UTC).timestamp())
        near = (second + step for step in sorted(range(-SAME_START, SAME_START + 1), key=abs))
        starts.setdefault(next((known for known in near if known in starts), second), []).append(line)
    for (project, run_id), starts in groups.items():
        for place, group in enumerate(starts.values()):
            started = group[0].start.isoformat(timespec="seconds")
            yield " ".join([project, *([run_id] if run_id else []), *([started] if place or not run_id else [])]), group


def _claims(name: str, run: str, line: Line, idle: list[str]) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    mode = line.cell("tracking_mode")
    whole = {"machine": "the whole machine", "process": "the tracked process alone"}.get(mode, mode)
    rest = f"the run went on, with no energy from then on: line {', '.join(idle)}" if idle else ""
    scope = "; ".join(part for part in (CALCULATED, whole, rest) if part)

    def state(column: str, quantity: str, **facts: object) -> None:
        shared = {"basis": "disclosed", "reference_id": SOURCE.reference_id, "flags": OWN_FLAG}
        place = locator(name, line.number, column)
        made.append(claim(run, line.number, place, quantity, {**shared, **facts}, line.cell(column)))

    def number(column: str, quantity: str, unit: str, **facts: object) -> None:
        if line.cell(column):
            state(column, quantity, value=line.cell(column), unit=unit, **facts)

    project = "project_name" if line.cell("project_name") else "timestamp"
    state(project, "model", object=line.cell("project_name") or run)
    # Its totals are multiplied by the PUE it was told, which is 1 unless someone said otherwise.
    pue = float(line.cell("pue") or 1)
    overhead = "pue_included" if pue > 1 else "pue_excluded"
    number("energy_consumed", "energy", "kWh", basis="calculated", boundary=overhead, scope_note=scope)
    located = f"location;{overhead}"
    number("emissions", "emissions", "kg", basis="calculated", boundary=located, scope_note=scope)
    number("duration", "training_duration", "s", basis="measured")
    if pue > 1:
        number("pue", "pue", "1", qualifier="unknown", scope_note="as the tracker was told")
    else:
        number("pue", "pue", "1", basis="assumed", qualifier="assumed", scope_note="the tracker's default: no overhead")
    devices = line.cell("gpu_model")
    if devices and not _SEVERAL.search(devices):
        found = _DEVICES.fullmatch(devices)
        state("gpu_model", "accelerator", object=found[2] if found else devices)
        number("gpu_count", "accelerator_count", "1")
    if line.cell("on_cloud").upper() == "Y" and line.cell("cloud_provider"):
        provider = line.cell("cloud_provider").lower()
        state("cloud_provider", "provider", object=provider)
        if line.cell("cloud_region"):
            state("cloud_region", "region", object=f"{provider}/{line.cell('cloud_region').lower()}")
    if line.cell("country_name"):
        note = "where the tracker found the machine to be"
        state("country_name", "developer_country", object=line.cell("country_name"), scope_note=note)
    ends = {"period_start": line.start.date().isoformat(), "period_end": line.end.date().isoformat()}
    state("timestamp", "trained_in", object=line.cell("timestamp"), basis="measured", **ends)
    return made
