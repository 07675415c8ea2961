"""Refresh sources and build a release with what is new: what the command and the schedules share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestration import pipeline
from orchestration.settings import feed_address, secrets
from sources import registry
from sources.fetch import Fetcher
from sources.model import Adapter
from warehouse import attempts
from warehouse.connect import Home, locked
from warehouse.errors import BusyError, NotFoundError
from warehouse.refresh import Refreshed, Task, retake, utc_now, withdraw
from warehouse.refresh import refresh as refresh_one

if TYPE_CHECKING:
    from orchestration.pipeline import RunReport


@dataclass(frozen=True)
class Outcome:
    """What came of refreshing sources: of each one, and of the build, which is None where none was needed."""

    done: tuple[Refreshed, ...]
    built: RunReport | None

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the sources that could not be refreshed."""
        return tuple(one.attempt.source_id for one in self.done if not one.attempt.is_good)


def feeds() -> dict[str, Adapter]:
    """Return the sources that are fetched, by id."""
    return {source_id: adapter for source_id, adapter in registry.ADAPTERS.items() if adapter.is_feed}


def tasks(asked: Sequence[str], is_accepted: bool = False) -> list[Task]:
    """Return what to refresh: the feeds asked for, or all of them.

    Raises: NotFoundError if one is no feed, or if everything is to be accepted unseen.
    """
    known = feeds()
    for source_id in asked:
        if source_id in registry.ADAPTERS and source_id not in known:
            raise NotFoundError(f"{source_id} is not fetched: it is a table of our own, which footnote run reads")
        if source_id not in known:
            raise NotFoundError(f"no feed '{source_id}'; feeds are {', '.join(known)}")
    if is_accepted and not asked:
        raise NotFoundError("--accept needs the source that you have looked at: footnote refresh SOURCE --accept")
    made = []
    for source_id in asked or known:
        address = feed_address(source_id, known[source_id].source.url)
        made.append(Task(known[source_id], address, secrets(address), is_accepted))
    return made


def refresh(home: Home, wanted: Sequence[Task], progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Fetch each source, whatever comes of the others, and build a release if anything is new.

    Raises: BusyError if another process refreshes or builds; what was fetched is kept and the next build takes it.
    """
    done: list[Refreshed] = []
    fetcher = Fetcher()
    with locked(home, "refresh"):
        try:
            for task in wanted:
                progress(f"asking for {task.adapter.source.source_id}")
                done.append(refresh_one(home, task, fetcher, utc_now()))
        finally:
            fetcher.close()
        progress("building the release")
        return _built(home, done, wanted)


def _built(home: Home, done: list[Refreshed], wanted: Sequence[Task]) -> Outcome:
    """Build a release if anything is new; hold new snapshots back with which none can be built."""
    if home.release.exists() and attempts.is_released(home):
        return Outcome(tuple(done), None)
    try:
        report = pipeline.run(home.path)
    except BusyError:  # says nothing of the snapshots
        raise
    except Exception as error:
        fresh = [one for one in done if one.attempt.outcome == "new"]
        if not fresh:
            raise
        # The scheduler wraps what failed; which new snapshot it was shows in the message, else it may be any of them.
        blamed = [one for one in fresh if one.attempt.source_id in str(error)] or fresh
        hidden = {task.adapter.source.source_id: task.secrets for task in wanted}
        reason = f"no release can be built with it: {error}"
        done = [withdraw(home, one, reason, hidden[one.attempt.source_id]) if one in blamed else one for one in done]
        try:
            report = pipeline.run(home.path)
        except Exception:  # not theirs then
            for one in blamed:
                retake(home, one)
            raise error from None
    return Outcome(tuple(done), report)
