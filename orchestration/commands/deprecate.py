"""`footnote deprecate`: mark a claim or a whole reference as wrong, see what rests on it, and use the next best."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from orchestration.commands.figures import figure, range_of, span
from orchestration.commands.show import FormatOption, HomeOption, home_of, messages, screen, stacked, table, write_data
from warehouse import errata, resting
from warehouse.errors import WarehouseError
from warehouse.read import Rows, release

BuildOption = Annotated[bool, typer.Option("--run/--no-run", help="Build a release with the change at once.")]
Headlines = dict[str, dict[str, Any]]

#: How many estimates that moved are shown.
MOVED = 20


def deprecate(
    home: HomeOption,
    target: Annotated[
        str | None, typer.Argument(help="Id of a claim, SOURCE:LINE as traces show it, or the key of a reference.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="What is wrong with it.")] = None,
    is_undone: Annotated[bool, typer.Option("--undo", help="Take it back: the mark stays in the history.")] = False,
    is_list: Annotated[
        bool, typer.Option("--list", help="List what was marked as wrong, and what was undone.")
    ] = False,
    is_only_shown: Annotated[bool, typer.Option("--dry-run", help="Only show what rests on it; mark nothing.")] = False,
    is_built: BuildOption = True,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show this many of the numbers.")] = 20,
    form: FormatOption = "table",
) -> None:
    """Mark a claim or a whole reference as wrong; the tables use the next best. Undoable, and kept on record.

    Shows every number that rests on it first (all of them with --format json or csv), and afterwards what has moved.
    """
    if is_list:
        _list(home, form)
        return
    if target is None:
        raise typer.BadParameter("give a claim or a reference, or --list")
    told = screen() if form == "table" else messages()
    if is_undone:
        _undo(home, target, told, is_built=is_built)
        return
    if why is None and not is_only_shown:
        raise typer.BadParameter("say what is wrong with it: --why TEXT")
    with release(home_of(home)) as opened:
        kind, found = errata.resolve(opened, target)
        rows = resting.numbers(opened, kind, found)
        before = resting.headlines(opened)
        decided = resting.choices(opened, kind, found)
    if form != "table":
        write_data(rows, form)
    else:
        _show(told, kind, found, rows, limit)
    for choice in decided:
        told.print(f"it also decides: {choice}", style="dim", soft_wrap=True)
    if why is None or is_only_shown:
        return
    said = errata.add(home_of(home), kind, found, why).why
    told.print(Text(f"marked as wrong: {kind} {found}: {said}", style="bold"), soft_wrap=True)
    if _build(home, told, f"To take it back: footnote deprecate --undo {found}", is_built=is_built):
        _after(home, kind, found, rows, before, told)


def _show(told: Console, kind: str, target: str, rows: Rows, limit: int) -> None:
    """Print how many numbers rest on a target, and the first of them."""
    counts = Counter(row[0] for row in rows.values)
    told.print(
        Text(f"{figure(len(rows.values))} numbers of {len(counts)} tables rest on {kind} {target}", style="bold")
    )
    if not counts:
        return
    told.print(Text(", ".join(f"{name} {figure(count)}" for name, count in counts.items()), style="dim"))
    made = table("number", "of", "method", ("value", "right"))
    for row in rows.records()[:limit]:
        unit = "" if row["unit"] in (None, "1") else f" {row['unit']}"
        made.add_row(
            stacked(row["column_name"], row["table_name"]), row["model_id"] or row["about"], row["method"] or "",
            f"{span(row['low'], row['high'])}{unit}",
        )  # fmt: skip
    told.print(made)
    if len(rows.values) > limit:
        told.print(Text(f"{figure(len(rows.values) - limit)} more; all: --format csv", style="dim"))


def _build(home: Path, told: Console, remedy: str, *, is_built: bool) -> bool:
    """Build a release with the change, or say how to; tell whether one was built."""
    from orchestration import pipeline

    option = "" if home == Path("data") else f" --home {home}"
    if not is_built:
        told.print(f"In no table yet; build them with: footnote run{option}", soft_wrap=True)
        return False
    try:
        with messages().status("building the release"):
            report = pipeline.run(home)
    except WarehouseError as error:
        raise WarehouseError(
            f"{error}\nThat is recorded, but no release could be made with it, and the last one stays. {remedy}{option}"
        ) from error
    told.print(
        f"Release {report.release_id}: {figure(report.numbers)} numbers, in {report.seconds:.1f} s", soft_wrap=True
    )
    return True


def _after(home: Path, kind: str, target: str, rows: Rows, before: Headlines, told: Console) -> None:
    """Print what has become of the numbers: which claim stands in, how many moved, which estimates."""
    with release(home_of(home)) as opened:
        now = resting.now(opened, rows)
        after = resting.headlines(opened)
        others = resting.instead(opened, target).records() if kind == "claim" else []
    if kind == "claim" and not others:
        told.print("no other claim says it", style="yellow")
    for other in others:
        told.print(
            f'in its place: "{other["reported_text"]}" ({other["reference_id"]}, {other["source_id"]} line '
            f"{other['source_row']})",
            soft_wrap=True,
        )
    fates: Counter[str] = Counter()
    for held, new in zip(rows.records(), now.values, strict=True):
        old = (held["value"], held["low"], held["high"])
        fates["gone" if new[0] is None else "the same" if new == old else "changed"] += 1
    said = ", ".join(f"{figure(fates[fate])} {fate}" for fate in ("changed", "the same", "gone") if fates[fate])
    told.print(f"of the numbers that rested on it: {said or 'none'}")
    if fates["gone"]:
        told.print(
            "gone: nothing else is cited for them, so they are unknown or their row is not there", style="yellow"
        )
    _moved(told, before, after)


def _moved(told: Console, before: Headlines, after: Headlines) -> None:
    """Print the runs whose best estimate is another one."""
    runs = [run for run in dict.fromkeys([*before, *after]) if before.get(run) != after.get(run)]
    if not runs:
        told.print("no run's best estimate has moved")
        return
    told.print(Text(f"{len(runs)} best estimates have moved", style="bold"))
    made = table("model", "", ("before", "right"), ("after", "right"))
    for run in runs[:MOVED]:
        old, new = before.get(run), after.get(run)
        methods = list(dict.fromkeys(str(row["method"]) for row in (old, new) if row))
        name = stacked(str((old or new or {})["model_id"]), " -> ".join(methods))
        made.add_row(name, stacked("kWh", "t CO2e"), _figures(old), _figures(new))
    told.print(made)
    if len(runs) > MOVED:
        told.print(Text(f"{len(runs) - MOVED} more; all: footnote revisions", style="dim"))


def _figures(row: dict[str, Any] | None) -> Text:
    return Text("none" if row is None else f"{range_of(row, 'energy_kwh')}\n{range_of(row, 'emissions_tco2e')}")


def _undo(home: Path, target: str, told: Console, *, is_built: bool) -> None:
    installed = home_of(home)
    before: Headlines = {}
    named = target
    if installed.release.exists():
        with release(installed) as opened:
            before = resting.headlines(opened)
            if ":" in target:
                named = errata.resolve(opened, target)[1]
    one = errata.undo(installed, named)
    told.print(f"no longer marked as wrong: {one.target_kind} {one.target_id}", soft_wrap=True)
    if _build(home, told, "To try again: footnote run", is_built=is_built) and before:
        with release(installed) as opened:
            _moved(told, before, resting.headlines(opened))


def _list(home: Path, form: str) -> None:
    history = errata.read(home_of(home))
    rows = Rows(errata.COLUMNS, [tuple(row) for row in errata.rows(history)])
    if form != "table":
        write_data(rows, form)
        return
    if not history:
        screen().print("nothing is marked as wrong; mark something with: footnote deprecate TARGET --why TEXT")
        return
    made = table("target", "why", "marked", "undone")
    for one in history:
        made.add_row(
            stacked(one.target_id, one.target_kind), Text(one.why), f"{one.deprecated_at:%Y-%m-%d %H:%M}",
            "" if one.undone_at is None else f"{one.undone_at:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    screen().print(made)
    if not errata.is_released(home_of(home)):
        screen().print("not all of it is in the release yet: footnote run", style="yellow")
