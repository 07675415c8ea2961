"""`footnote estimates`: energy and emissions of training runs, at their own place or in a region."""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.commands.estimate_detail import detail
from orchestration.commands.estimate_list import listing
from orchestration.commands.show import (
    AsOfOption,
    FormatOption,
    HomeOption,
    LimitOption,
    PageOption,
    credits,
    home_of,
    paged,
    print_parts,
    screen,
    write_data,
)
from warehouse import cautions, footprints
from warehouse.read import release

METHODS = (
    "disclosed; for averages server_average_power, accelerator_average_power, training_compute; "
    "at nameplate server_power, accelerator_power"
)

ModelArgument = Annotated[
    str | None, typer.Argument(help="Model id, name or alias, as gpt-4.", show_default="all models")
]
RegionOption = Annotated[
    str | None, typer.Option("--region", help="Place the run there: provider/region, as azure/westus.")
]
MethodOption = Annotated[str | None, typer.Option("--method", help=f"Only this: {METHODS}.")]


def estimates(
    home: HomeOption,
    model: ModelArgument = None,
    region: RegionOption = None,
    method: MethodOption = None,
    provider: Annotated[
        str | None,
        typer.Option("--provider", help="With MODEL: all regions of this provider. Without: runs on this provider."),
    ] = None,
    developer: Annotated[str | None, typer.Option("--developer", help="Only runs of this developer, as meta.")] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", help="Only runs there, or whose developers are: two letters or a name, as fr."),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="Only runs of this year.")] = None,
    at_least_methods: Annotated[
        int | None, typer.Option("--at-least-methods", min=1, help="Only models estimated by so many methods.")
    ] = None,
    all_methods: Annotated[bool, typer.Option("--all-methods", help="Every method, not only each run's best.")] = False,
    sort: Annotated[
        str | None,
        typer.Option("--sort", help="Sort by a column of the csv format; numbers from the largest, words from a."),
    ] = None,
    ascending: Annotated[bool, typer.Option("--ascending", help="Numbers from the smallest.")] = False,
    limit: LimitOption = None,
    page: PageOption = 1,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
) -> None:
    """Show energy and emissions of training runs, with 90 % intervals.

    Without MODEL: the best estimate of every run where it ran. With MODEL: every method, where it ran. With --region or
    --provider: as if the run had been there, with that place's PUE and grid intensity.
    """
    with release(home_of(home, as_of)) as opened:
        rows = footprints.estimates(
            opened, model, region, method, provider, developer=developer, country=country, year=year,
            at_least_methods=at_least_methods, all_methods=all_methods, sort=sort, ascending=ascending,
        )  # fmt: skip
        is_detail = model is not None and (region is not None or provider is None)
        shown, more = paged(rows, "" if is_detail else form, limit, page)
        if form != "table":
            write_data(shown, form)
            return
        table = "estimates" if rows.columns[0] == "estimate_id" else "estimates_by_region"
        ids = [row[0] for row in shown.values]
        data = credits(opened.credits(table, ids))
        marked = {} if is_detail else cautions.cautions(opened, table, ids)
        apart = cautions.disagreeing(opened)
    console = screen()
    if is_detail:
        print_parts(console, [*detail(shown), data])
        return
    parts = listing(shown, console.width, by_region=model is not None, all_of=rows, cautions=marked, disagreeing=apart)
    print_parts(console, [*parts[:2], *([more] if more else []), *parts[2:], data])
