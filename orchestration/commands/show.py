"""Put answers on the screen: figures as people read them, and the formats that every command shares."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from orchestration.settings import settings
from warehouse.connect import Home
from warehouse.in_time import moment
from warehouse.read import Rows

HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        default_factory=lambda: settings().home,
        show_default="FOOTNOTE_HOME, else data",
        help="Folder of the installation.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Answer as of then: 2026-01-31 (its end, UTC) or a time."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="Rows of a page.", show_default="40; csv and json: all")
]
PageOption = Annotated[int, typer.Option("--page", min=1, help="Which page.")]
FormatOption = Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="How to print the rows.")]


#: Rows of a page of a table.
_PAGE = 40


def screen() -> Console:
    """Return the console for answers: numbers are not coloured, text is not taken for markup."""
    return Console(highlight=False, markup=False)


def messages() -> Console:
    """Return the console for everything that is not data."""
    return Console(stderr=True, highlight=False, markup=False)


def home_of(path: Path, as_of: str | None = None) -> Home:
    """Return the installation in a folder, to be read as it is or as it was at a time."""
    return Home(path, moment(as_of) if as_of else None)


def table(*columns: str | tuple[str, str]) -> Table:
    """Return an empty table; a column is its name, or its name and `right`."""
    made = Table(
        box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False, collapse_padding=True, show_edge=False, header_style="bold"
    )
    for column in columns:
        name, side = (column, "left") if isinstance(column, str) else column
        made.add_column(Text(name), justify="right" if side == "right" else "left", overflow="fold")
    return made


def credits(rows: Rows) -> Text:
    """Return the line that names whose data the figures above rest on, with the licences that ask for it."""
    named = [
        f"{row['credit']} ({row['licence']})" if row["licence"].startswith("CC") else row["credit"]
        for row in rows.records()
    ]
    named = list(dict.fromkeys(named))
    said = f"Data: {', '.join(named)} and the documents cited" if named else "Data: the documents cited"
    return Text(f"{said}; full list: footnote sources", style="dim")


def stacked(first: str, *rest: str | None) -> Text:
    """Return a cell: a first line, and dim lines below."""
    cell = Text(first)
    for line in rest:
        if line:
            cell.append(f"\n{line}", style="dim")
    return cell


def clean(value: object) -> object:
    """Return a value as JSON holds it: times as ISO text, no NaN, no infinity."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return value.isoformat() + ("" if value.tzinfo else "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else None
    if isinstance(value, Mapping):
        return {str(name): clean(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(entry) for entry in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def write_json(value: object, file: TextIO | None = None) -> None:
    """Write JSON, and nothing else."""
    (file or sys.stdout).write(json.dumps(clean(value), indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_csv(rows: Rows, file: TextIO | None = None) -> None:
    """Write CSV with a header; unknown is empty, nested values are JSON."""
    out = csv.writer(file or sys.stdout, lineterminator="\n")
    out.writerow(rows.columns)
    for row in rows.values:
        out.writerow(_cell(value) for value in row)


def _cell(value: object) -> object:
    cleaned = clean(value)
    return json.dumps(cleaned, ensure_ascii=False) if isinstance(cleaned, (dict, list)) else cleaned


def write_data(rows: Rows, form: str, file: TextIO | None = None) -> None:
    """Write rows as `json` or `csv`."""
    if form == "json":
        write_json(rows.records(), file)
    else:
        write_csv(rows, file)


def paged(rows: Rows, form: str, limit: int | None, page: int) -> tuple[Rows, Text | None]:
    """Return one page of rows, and what to say of the others; data is one page unless told."""
    total = len(rows.values)
    size = limit or (_PAGE if form == "table" else max(total, 1))
    first = (page - 1) * size
    if first and first >= total:
        pages = -(-total // size)
        raise typer.BadParameter(f"there {'is 1 page' if pages == 1 else f'are {pages} pages'}", param_hint="--page")
    shown = Rows(rows.columns, rows.values[first : first + size])
    if len(shown.values) == total:
        return shown, None
    last = first + len(shown.values)
    more = "last page" if last == total else f"next: --page {page + 1}; all: --limit {total}"
    return shown, Text(f"showing {first + 1} - {last} of {total}; {more}", style="bold")


def print_parts(console: Console, parts: Iterable[RenderableType]) -> None:
    """Print tables and text within the width, and lines with a trace whole, so that they can be copied."""
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text) and "footnote trace " in part.plain)


def print_rows(console: Console, rows: Rows) -> None:
    """Print any rows as they are, with all digits: as a table if it fits the width, else each row as a block."""
    made = _plain_table(rows)
    natural = Measurement.get(console, console.options.update(max_width=sys.maxsize), made).maximum
    if natural <= console.width or not rows.values:
        console.print(made)
        return
    for number, row in enumerate(rows.values, start=1):
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style="bold", no_wrap=True)
        block.add_column(overflow="fold")
        for name, value in zip(rows.columns, row, strict=True):
            block.add_row(Text(name), _plain(value))
        console.print(Text(f"row {number}", style="dim"), block)


def _plain_table(rows: Rows) -> Table:
    """Lay out rows, numbers to the right."""
    numeric = [
        any(isinstance(row[place], (int, float, Decimal)) for row in rows.values) for place in range(len(rows.columns))
    ]
    made = table(*((name, "right" if right else "left") for name, right in zip(rows.columns, numeric, strict=True)))
    for row in rows.values:
        made.add_row(*map(_plain, row))
    return made


def _plain(value: object) -> Text:
    return Text("" if value is None else str(_cell(value)))
