"""`footnote refresh`: ask publishers for what is new, take it into use, and build a release with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from orchestration.commands.figures import figure
from orchestration.commands.show import HomeOption, home_of, messages, screen, stacked, table

if TYPE_CHECKING:
    from orchestration.pipeline import RunReport
    from warehouse.refresh import Refreshed

#: Exit codes: some sources could not be refreshed and the rest were; nothing could be done.
SOME_FAILED, ALL_FAILED = 3, 1

DAY = ["%Y-%m-%d"]

WORDS = {"held_back": "held back", "deferred": "set aside"}


def refresh(
    home: HomeOption,
    source: Annotated[list[str] | None, typer.Argument(help="Source ids of feeds; all feeds if none is given.")] = None,
    is_accepted: Annotated[
        bool, typer.Option("--accept", help="Take what differs too much from before, after you have looked at it.")
    ] = False,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day to ask a series for, as 2024-03-01.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--until", formats=DAY, help="Last day to ask a series for.")] = None,
) -> None:
    """Fetch what publishers have changed and build a release with it; exit code 3 if some sources failed."""
    from orchestration.refresh import refresh as refresh_all
    from orchestration.refresh import tasks

    days = (first.date() if first else None, last.date() if last else None)
    wanted = tasks(home_of(home), source or [], is_accepted, days)
    console = messages()
    with console.status("") as status:
        outcome = refresh_all(home_of(home), wanted, status.update, partial(_tell, console))
    _print(outcome.done)
    if outcome.error is not None:
        raise outcome.error
    is_any_read = any(one.attempt.is_good for one in outcome.done)
    screen().print(_release(outcome.built, is_any_read), soft_wrap=True)
    if outcome.failed:
        raise typer.Exit(ALL_FAILED if len(outcome.failed) == len(outcome.done) else SOME_FAILED)


def _release(built: RunReport | None, is_any_read: bool) -> str:
    if built is None and not is_any_read:
        return "Nothing new could be read; the figures in use stay."
    if built is None:
        return "No release was needed: nothing has changed."
    return f"Release {built.release_id}: {figure(built.numbers)} numbers, in {built.seconds:.1f} s."


def _tell(console: Console, done: Sequence[Refreshed]) -> None:
    """Print a line for a source that has been asked; a terminal shows instead which one is being asked."""
    if console.is_terminal:
        return
    for group in _together(done):
        words, changed = _words(group)
        console.print(f"{group[-1].attempt.source_id}: {words}. {changed}", soft_wrap=True)


def _print(done: Sequence[Refreshed]) -> None:
    made = table("source", "outcome", "what changed")
    for group in _together(done):
        one, attempt = group[-1], group[-1].attempt
        style = "green" if attempt.outcome == "new" else "dim" if attempt.is_good else "yellow"
        words, changed = _words(group)
        notices = one.notices if attempt.outcome == "new" else ()
        made.add_row(attempt.source_id, Text(words, style=style), stacked(changed, *notices))
    screen().print(made)


def _words(group: Sequence[Refreshed]) -> tuple[str, str]:
    """Return in words how a source went, and what has changed; of days that went alike, on the last of them."""
    one, attempt = group[-1], group[-1].attempt
    shown = attempt.detail if attempt.outcome != "new" or one.drift is None else one.drift.words
    if len(group) > 1:
        shown = f"{len(group)} days, {group[0].attempt.part} to {attempt.part}; on the last: {shown}"
    elif attempt.part:
        shown = f"{attempt.part}: {shown}"
    return WORDS.get(attempt.outcome, attempt.outcome), shown


def _together(done: Sequence[Refreshed]) -> list[list[Refreshed]]:
    """Return what came of each source; days of a series that went alike stand together."""
    groups: dict[tuple[str, str], list[Refreshed]] = {}
    for one in done:
        groups.setdefault((one.attempt.source_id, one.attempt.outcome), []).append(one)
    return list(groups.values())
