"""`footnote refresh`: ask publishers for what is new, take it into use, and build a release with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from orchestration.commands.show import HomeOption, figure, home_of, messages, screen, stacked, table
from orchestration.settings import feed_address, secrets

if TYPE_CHECKING:
    from warehouse.connect import Home
    from warehouse.refresh import Refreshed, Task

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
    from sources.fetch import Fetcher
    from warehouse.connect import locked
    from warehouse.refresh import refresh as refresh_one
    from warehouse.refresh import utc_now

    installed = home_of(home)
    tasks = _tasks(source or [], is_accepted)
    done: list[Refreshed] = []
    fetcher = Fetcher()
    with locked(installed, "refresh"), messages().status("") as status:
        for task in tasks:
            status.update(f"asking for {task.adapter.source.source_id}")
            done.append(refresh_one(installed, task, fetcher, utc_now()))
        fetcher.close()
        status.update("building the release")
        done, built = _built(installed, done, tasks)
    _print(done)
    screen().print(built, soft_wrap=True)
    failed = sum(not one.attempt.is_good for one in done)
    if failed:
        raise typer.Exit(ALL_FAILED if failed == len(done) else SOME_FAILED)


def _tasks(asked: list[str], is_accepted: bool) -> list[Task]:
    from sources import registry
    from warehouse.errors import NotFoundError
    from warehouse.refresh import Task

    feeds = {source_id: adapter for source_id, adapter in registry.ADAPTERS.items() if adapter.is_feed}
    for source_id in asked:
        if source_id in registry.ADAPTERS and source_id not in feeds:
            raise NotFoundError(f"{source_id} is not fetched: it is a table of our own, which footnote run reads")
        if source_id not in feeds:
            raise NotFoundError(f"no feed '{source_id}'; feeds are {', '.join(feeds)}")
    if is_accepted and not asked:
        raise NotFoundError("--accept needs the source that you have looked at: footnote refresh SOURCE --accept")
    tasks = []
    for source_id in asked or feeds:
        adapter = feeds[source_id]
        address = feed_address(source_id, adapter.source.url)
        tasks.append(Task(adapter, address, secrets(address), is_accepted))
    return tasks


def _built(home: Home, done: list[Refreshed], tasks: list[Task]) -> tuple[list[Refreshed], str]:
    """Build a release if anything is new; hold new snapshots back with which none can be built.

    Returns: the outcomes as they are now, and what to say of the release.
    """
    from orchestration import pipeline
    from warehouse import attempts
    from warehouse.refresh import retake, withdraw

    if home.release.exists() and attempts.is_released(home):
        return done, "No release was needed: nothing has changed."
    try:
        report = pipeline.run(home.path)
    except Exception as error:
        fresh = [one for one in done if one.attempt.outcome == "new"]
        if not fresh:
            raise
        # The scheduler wraps what failed; which new snapshot it was shows in the message, else it may be any of them.
        blamed = [one for one in fresh if one.attempt.source_id in str(error)] or fresh
        hidden = {task.adapter.source.source_id: task.secrets for task in tasks}
        reason = f"no release can be built with it: {error}"
        done = [withdraw(home, one, reason, hidden[one.attempt.source_id]) if one in blamed else one for one in done]
        try:
            report = pipeline.run(home.path)
        except Exception:  # not theirs then
            for one in blamed:
                retake(home, one)
            raise error from None
    return done, f"Release {report.release_id}: {figure(report.numbers)} numbers, in {report.seconds:.1f} s."


def _print(done: list[Refreshed]) -> None:
    made = table("source", "outcome", "what changed")
    for one in done:
        attempt = one.attempt
        style = "green" if attempt.outcome == "new" else "dim" if attempt.is_good else "yellow"
        words = WORDS.get(attempt.outcome, attempt.outcome)
        shown = attempt.detail if attempt.outcome != "new" or one.drift is None else one.drift.words
        notices = one.notices if attempt.outcome == "new" else ()
        made.add_row(attempt.source_id, Text(words, style=style), stacked(shown, *notices))
    screen().print(made)
