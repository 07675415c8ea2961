"""`footnote sql`: anyone's query on the release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from orchestration.commands.show import AsOfOption, HomeOption, home_of, messages, print_rows, screen, write_data
from warehouse.errors import WarehouseError
from warehouse.query import query, write_parquet
from warehouse.read import Rows

#: Rows that are laid out as a table at the most.
LARGEST_TABLE = 1_000

Format = Literal["table", "json", "csv", "parquet"]


def sql(
    home: HomeOption,
    statement: Annotated[
        str, typer.Argument(metavar="QUERY", help="SQL, as \"SELECT * FROM trace('gpt-4', 'emissions_tco2e')\".")
    ],
    form: Annotated[Format, typer.Option("--format", help="How to write the rows.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    as_of: AsOfOption = None,
) -> None:
    """Run a query on the release: read-only, without access to other files or the network."""
    if form == "parquet":
        if output is None:
            raise typer.BadParameter("parquet needs a file: --output FILE")
        count = write_parquet(home_of(home, as_of), statement, output)
        messages().print(f"{output}: rows written: {count}")
        return
    if output is not None and form == "table":
        raise typer.BadParameter("--output goes with --format json, csv or parquet")
    rows = query(home_of(home, as_of), statement, LARGEST_TABLE + 1 if form == "table" else None)
    if form == "table":
        print_rows(screen(), Rows(rows.columns, rows.values[:LARGEST_TABLE]))
        if len(rows.values) > LARGEST_TABLE:
            more = (
                f"there are more rows than {LARGEST_TABLE:,}, which is as many as a table shows: --format csv has all"
            )
            messages().print(more, style="yellow", soft_wrap=True)
    elif output is None:
        write_data(rows, form)
    else:
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                write_data(rows, form, file)
        except OSError as error:
            raise WarehouseError(f"cannot write {output}: {error.strerror}") from error
        messages().print(f"{output}: rows written: {len(rows.values)}")
