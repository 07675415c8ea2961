"""Refresh sources and build a release with what is new: what the command and the schedules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from orchestration import elimination
from orchestration.settings import feed_address, feed_token, feed_zones, lacks_token, secrets, token_name
from sources import registry
from sources.fetch import Fetcher
from sources.model import Adapter
from warehouse import due, findings
from warehouse.connect import Home, locked
from warehouse.errors import BusyError, NotFoundError
from warehouse.refresh import Refreshed, Task, utc_now
from warehouse.refresh import refresh as refresh_one

if TYPE_CHECKING:
    from orchestration.pipeline import RunReport


@dataclass(frozen=True)
class Outcome:
    """What came of refreshing sources: of each one, and of the build, which is None where none was needed.

    error: why nothing could be built, if that is not the fault of what was fetched; that is kept then.
    """

    done: tuple[Refreshed, ...]
    built: RunReport | None
    error: Exception | None = None

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the sources that could not be refreshed."""
        return tuple(dict.fromkeys(one.attempt.source_id for one in self.done if not one.attempt.is_good))


def feeds() -> dict[str, Adapter]:
    """Return the sources that are fetched, by id; those that need a token only where one is set."""
    return {
        name: adapter for name, adapter in registry.ADAPTERS.items() if adapter.is_feed and not lacks_token(adapter)
    }


def tasks(
    home: Home, asked: Sequence[str], is_accepted: bool = False, days: tuple[date | None, date | None] = (None, None)
) -> list[Task]:
    """Return what to refresh: the feeds asked for, or all of them; of a series, one task for each day.

    days: the first and the last day to ask series for; if neither is given, those that are due.
    Raises: NotFoundError if one is no feed, if days are asked of one that has none, or if everything is to be accepted
        unseen.
    """
    known = feeds()
    for source_id in asked:
        adapter = registry.ADAPTERS.get(source_id)
        if adapter and not adapter.is_feed:
            raise NotFoundError(f"{source_id} is not fetched: it is a table of our own, which footnote run reads")
        if adapter and source_id not in known:
            raise NotFoundError(f"{source_id} needs a token: set {token_name(source_id)}")
        if source_id not in known:
            raise NotFoundError(f"no feed '{source_id}'; feeds are {', '.join(known)}")
        if any(days) and adapter and adapter.series is None:
            raise NotFoundError(f"{source_id} is one table for all times; days can be asked of series only")
    if is_accepted and not asked:
        raise NotFoundError("--accept needs the source that you have looked at: footnote refresh SOURCE --accept")
    if any(days) and not asked:
        raise NotFoundError("--from and --until need a source: footnote refresh gb_carbon_intensity --from 2024-03-01")
    return [one for source_id in asked or known for one in _of_feed(home, known[source_id], is_accepted, days)]


def _of_feed(home: Home, adapter: Adapter, is_accepted: bool, days: tuple[date | None, date | None]) -> Iterator[Task]:
    """Yield the tasks of one feed."""
    source_id, series = adapter.source.source_id, adapter.series
    address = feed_address(source_id, adapter.source.url)
    if series is None:
        yield Task(adapter, address, secrets(address), is_accepted)
        return
    headers = {series.token: feed_token(source_id)} if series.token else {}
    files = () if adapter.files else feed_zones(source_id)
    for day in due.days(home, adapter, utc_now(), *days):
        dated = address.replace("{day}", f"{day}").replace("{next_day}", f"{day + timedelta(days=1)}")
        yield Task(adapter, dated, secrets(address), is_accepted, f"{day}", files, headers)


def refresh(
    home: Home,
    wanted: Sequence[Task],
    progress: Callable[[str], None] = lambda _: None,
    tell: Callable[[Sequence[Refreshed]], None] = lambda _: None,
) -> Outcome:
    """Fetch each source, whatever comes of the others, and build a release if anything is new.

    tell: is given what came of a source, of a series of each day, as soon as it has been asked.
    Raises: BusyError if another process refreshes or builds; what was fetched is kept and the next build takes it.
    """
    done: list[Refreshed] = []
    fetcher = Fetcher()
    with locked(home, "refresh"):
        try:
            for _, of_source in groupby(wanted, lambda task: task.adapter.source.source_id):
                found = list(_asked(home, of_source, fetcher, progress))
                done += found
                tell(found)
        finally:
            fetcher.close()
        return _built(home, done, progress)


def _asked(
    home: Home, of_source: Iterable[Task], fetcher: Fetcher, progress: Callable[[str], None]
) -> Iterator[Refreshed]:
    """Yield what came of each task of a source; a publisher that does not answer is not asked for more days now."""
    for task in of_source:
        progress(f"asking for {task.adapter.source.source_id} {task.part}".rstrip())
        found = refresh_one(home, task, fetcher, utc_now())
        yield found
        if found.attempt.outcome == "unreachable":
            return


def _built(home: Home, done: Sequence[Refreshed], progress: Callable[[str], None]) -> Outcome:
    """Build a release if anything is new; snapshots with which none can be built are told as held back."""
    if home.release.exists() and findings.is_released(home):
        return Outcome(tuple(done), None)
    progress("building the release")
    try:
        built = elimination.within_refresh(home, progress)
    except BusyError:
        raise
    except Exception as error:  # what came of each source is told all the same
        return Outcome(tuple(done), None, error)
    withheld = {(one.source_id, one.part, one.snapshot_id): one for one in built.withheld}
    told = [
        replace(
            one, attempt=withheld.pop((one.attempt.source_id, one.attempt.part, one.attempt.snapshot_id), one.attempt)
        )
        for one in done
    ]
    return Outcome((*told, *map(Refreshed, withheld.values())), built.report)
