"""`footnote refresh`: ask publishers for what is new, take it into use, and build a release with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from orchestration.commands.show import HomeOption, figure, home_of, messages, screen, stacked, table

if TYPE_CHECKING:
    from orchestration.pipeline import RunReport
    from warehouse.refresh import Refreshed

#: Exit codes: some sources could not be refreshed and the rest were; nothing could be done.
SOME_FAILED, ALL_FAILED = 3, 1

WORDS = {"new": "new", "unchanged": "unchanged", "held_back": "held back"}


def refresh(
    home: HomeOption,
    source: Annotated[list[str] | None, typer.Argument(help="Source ids of feeds; all feeds if none is given.")] = None,
    is_accepted: Annotated[
        bool, typer.Option("--accept", help="Take what differs too much from before, after you have looked at it.")
    ] = False,
) -> None:
    """Fetch what publishers have changed and build a release with it; exit code 3 if some sources failed."""
    from orchestration.refresh import refresh as refresh_all
    from orchestration.refresh import tasks

    wanted = tasks(source or [], is_accepted)
    with messages().status("") as status:
        outcome = refresh_all(home_of(home), wanted, status.update)
    _print(outcome.done)
    screen().print(_release(outcome.built), soft_wrap=True)
    if outcome.failed:
        raise typer.Exit(ALL_FAILED if len(outcome.failed) == len(outcome.done) else SOME_FAILED)


def _release(built: RunReport | None) -> str:
    if built is None:
        return "No release was needed: nothing has changed."
    return f"Release {built.release_id}: {figure(built.numbers)} numbers, in {built.seconds:.1f} s."


def _print(done: Sequence[Refreshed]) -> None:
    made = table("source", "outcome", "what changed")
    for one in done:
        attempt = one.attempt
        style = "green" if attempt.outcome == "new" else "dim" if attempt.is_good else "yellow"
        words = WORDS.get(attempt.outcome, attempt.outcome)
        shown = attempt.detail if attempt.outcome != "new" or one.drift is None else one.drift.words
        notices = one.notices if attempt.outcome == "new" else ()
        made.add_row(attempt.source_id, Text(words, style=style), stacked(shown, *notices))
    screen().print(made)
