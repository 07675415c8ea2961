"""`footnote what-if`: a model's estimates with the reader's own figures in the place of cited ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import figure, interval_names, known, known_interval, range_of
from orchestration.commands.show import HomeOption, home_of, screen, stacked, table, write_csv, write_json
from orchestration.commands.trace import drawn
from orchestration.commands.what_if_tree import marked, short, used_inputs
from warehouse.footprints import NAMEPLATE
from warehouse.read import Rows, release
from warehouse.trace import Node, as_json, collapsed, tree

if TYPE_CHECKING:
    from warehouse.yours import Answer, WhatIfRead

SHOWN = {"energy_kwh": "kWh", "emissions_tco2e": "t CO2e"}

#: Digits of how many times a figure another is.
_DIGITS = 3


def what_if(
    model: Annotated[str, typer.Argument(help="Model id, name or alias, as gpt-4.")],
    home: HomeOption,
    region: Annotated[str | None, typer.Option("--region", help="Place the run there, as azure/canadaeast.")] = None,
    pue: Annotated[str | None, typer.Option("--pue", help="PUE of the data centre.")] = None,
    intensity: Annotated[str | None, typer.Option("--intensity", help="Grid intensity, as '400 g/kWh'.")] = None,
    duration: Annotated[str | None, typer.Option("--duration", help="Time of the run, as 95d or 90-100d.")] = None,
    accelerators: Annotated[str | None, typer.Option("--accelerators", help="How many there were.")] = None,
    accelerator: Annotated[str | None, typer.Option("--accelerator", help="Which, as nvidia-h100.")] = None,
    power: Annotated[
        str | None,
        typer.Option("--power", help="Average power of an accelerator with its share of the server, as 330W."),
    ] = None,
    tdp: Annotated[str | None, typer.Option("--tdp", help="Thermal design power of the accelerator, as 400W.")] = None,
    server_power: Annotated[
        str | None, typer.Option("--server-power", help="Maximum power of its server, as 6.5kW.")
    ] = None,
    utilization: Annotated[
        str | None, typer.Option("--utilization", help="Achieved over peak rate, as 0.4 or 40%.")
    ] = None,
    compute: Annotated[str | None, typer.Option("--compute", help="Arithmetic operations, as '2e25 FLOP'.")] = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="INPUT=VALUE", help="Any other input; all: sql 'FROM what_if_inputs()'."),
    ] = None,
    method: Annotated[str | None, typer.Option("--method", help="Only this method.")] = None,
    form: Annotated[
        Literal["table", "json", "csv", "tree"], typer.Option("--format", help="How to print the answer.")
    ] = "table",
) -> None:
    """Put your own figures in the place of cited ones, with units and ranges as you like; nothing is kept.

    Every other input stays as released, and the trace says which is which.
    """
    from warehouse.yours import WhatIfRead

    asked = {
        "region_id": region, "stated_pue": pue, "stated_grid_intensity_g_per_kwh": intensity,
        "training_duration_h": duration, "accelerator_count": accelerators, "accelerator_id": accelerator,
        "stated_average_power_w": power, "tdp_w": tdp, "server_power_w": server_power,
        "stated_hardware_utilization": utilization, "training_compute_flop": compute, **_named(others or []),
    }  # fmt: skip
    given = {name: text for name, text in asked.items() if text is not None}
    with release(home_of(home)) as opened:
        asking = WhatIfRead(opened, model, given)
        if not given:
            raise typer.BadParameter("give at least one input of your own, as --pue 1.1")
        wanted = asking.method(method) if method else None
        answers = [answer for answer in asking.answers if wanted in (None, answer.method)]
        traced = _traced(answers, is_chosen=wanted is not None)
        nodes = [(answer, *_trace(asking, answer)) for answer in traced]
        set_aside = asking.set_aside
    if form == "csv":
        write_csv(_rows(asking, answers))
    elif form == "json":
        write_json({
            "model_id": asking.model,
            "yours": [
                {"input": one.name, "said": one.text, "ends": one.ends, "unit": one.unit} for one in asking.given
            ],
            "set_aside": set_aside,
            "estimates": _rows(asking, answers).records(),
            "traces": [
                {"run_id": answer.run_id, "method": answer.method, "trace": marked(as_json(node))}
                for answer, _, node in nodes
            ],
        })  # fmt: skip
    else:
        console = screen()
        if form == "table":
            console.print(Text(f"Training of {asking.model}, with your inputs", style="bold"))
            console.print(_laid_out(answers))
        for line in _notes(asking, answers, nodes, set_aside):
            console.print(Text(line, style="dim"))
        for answer, column, node in nodes:
            console.print(Text(f"\n{column} of {answer.run_id} by {answer.method}", style="dim"))
            console.print(drawn(collapsed(node)) if form == "tree" else short(collapsed(node)))
        if form == "table" and nodes:
            console.print(Text("\nEvery document and place in it: the same with --format tree", style="dim"))


def _named(settings: list[str]) -> dict[str, str]:
    found = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or not name.strip() or not text.strip():
            raise typer.BadParameter(
                f"found --set '{setting}', expected INPUT=VALUE, as --set server_power_fraction=0.6"
            )
        found[name.strip()] = text.strip()
    return found


def _traced(answers: list[Answer], *, is_chosen: bool) -> list[Answer]:
    """Return the answers to trace: for each run the one by the method asked for, else by the best that has moved."""
    best: dict[str, Answer] = {}
    for answer in answers:
        if answer.yours is not None and (is_chosen or answer.is_moved):
            best.setdefault(answer.run_id, answer)
    return list(best.values())


def _trace(asking: WhatIfRead, answer: Answer) -> tuple[str, Node]:
    assert answer.yours is not None
    column = "emissions_tco2e" if answer.yours["emissions_tco2e"] is not None else "energy_kwh"
    return column, tree(asking.trace(answer, column).records())


def _rows(asking: WhatIfRead, answers: list[Answer]) -> Rows:
    """Return the answers as rows: each figure as released, with the reader's inputs, and how many times that is."""
    ends = [name for column in SHOWN for name in (column, f"{column}_low", f"{column}_high", *interval_names(column))]
    columns = (
        "model_id", "run_id", "method", "place_id", *(f"released_{name}" for name in ends),
        *(f"what_if_{name}" for name in ends), *(f"{name}_factor" for name in SHOWN), "yours",
    )  # fmt: skip
    values = [
        (
            asking.model, answer.run_id, answer.method, (answer.yours or answer.released or {})["place_id"],
            *(answer.released[name] if answer.released else None for name in ends),
            *(answer.yours[name] if answer.yours else None for name in ends),
            *(answer.factor(name) for name in SHOWN), [one.name for one in asking.given],
        )
        for answer in answers
    ]  # fmt: skip
    return Rows(columns, values)


def _laid_out(answers: list[Answer]) -> Table:
    """Lay out each answer's figures with their 90 % intervals, and how many times the released ones they are."""
    made = table("method", ("released", "right"), ("what if", "right"))
    for whole in made.columns:
        whole.no_wrap = True
    is_one_run = len({answer.run_id for answer in answers}) == 1
    for answer in answers:
        made.add_row(Text(answer.method if is_one_run else f"{answer.method}, {answer.run_id}", style="bold"))
        for column, unit in SHOWN.items():
            factor = answer.factor(column)
            told = "" if factor is None else "(same)" if not answer.is_moved else f"({figure(factor, _DIGITS)} x)"
            made.add_row(
                f"  {column.partition('_')[0]} [{unit}]",
                _cell(answer.released, column),
                _cell(answer.yours, column, told),
            )
    return made


def _cell(row: Mapping[str, Any] | None, column: str, told: str = "") -> Text:
    if row is None:
        return Text("none", style="dim")
    if row["method"] in NAMEPLATE:
        return stacked(range_of(row, column), told)
    return stacked(f"{known(row, column)}  {told}".rstrip(), known_interval(row, column))


def _notes(
    asking: WhatIfRead, answers: list[Answer], nodes: list[tuple[Answer, str, Node]], set_aside: list[str]
) -> list[str]:
    """Return what is said of the inputs: which are the reader's, which no longer hold, which were of no use."""
    lines = ["Below a figure: its 90 % interval, if it has one. At nameplate power: the range of an upper bound"]
    lines.append(f"yours: {', '.join(f'{one.name} = {one.text}' for one in asking.given)}")
    if set_aside:
        lines.append(f"set aside, since yours take their place: {', '.join(set_aside)}")
    still = [answer.method for answer in answers if not answer.is_moved]
    if still:
        lines.append(f"same as released, since none of yours enters: {', '.join(dict.fromkeys(still))}")
    if nodes:
        used = {name for _, _, node in nodes for name in used_inputs(node)}
        unused = [one.name for one in asking.given if one.ends and one.name not in used]
        if unused:
            lines.append(f"not used by {nodes[0][0].method}: {', '.join(unused)}")
    gone = [answer.method for answer in answers if answer.yours is None]
    if gone:
        lines.append(f"no longer possible with yours: {', '.join(dict.fromkeys(gone))}")
    return lines
