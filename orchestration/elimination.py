"""Build a release; if none can be built, find out with which newly fetched snapshots, and hold back those alone.

A snapshot that its own checks let pass may still fail where all sources meet. Whoever builds next, a refresh or a run,
deals with it: all that no release holds yet is set aside, and taken back into use in halves, each tried by building.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration import pipeline, settings
from sources import registry
from warehouse import findings, refresh
from warehouse.attempts import Attempt
from warehouse.connect import Home, locked
from warehouse.errors import BusyError

if TYPE_CHECKING:
    from orchestration.pipeline import Progress, RunReport

#: Builds that one search may take. What is not decided by then stays set aside, and the next refresh asks for it again.
MOST_BUILDS = 24


@dataclass(frozen=True)
class Built:
    """A build, and the snapshots that were set aside so that it could be made."""

    report: RunReport
    withheld: tuple[Attempt, ...] = ()


def run(path: Path, progress: Progress | None = None) -> Built:
    """Build and release what has changed in a home.

    Raises: as `pipeline.run` does, if the fault is not with new snapshots.
    """
    try:
        return Built(pipeline.run(path, progress))
    except Exception as error:
        if not _may_be_theirs(Home(path), error):
            raise
        with locked(Home(path), "refresh"):
            return eliminate(Home(path), error, progress)


def within_refresh(home: Home, progress: Callable[[str], None]) -> Built:
    """Do as `run` does, for one who holds the lock of a refresh."""
    try:
        return Built(pipeline.run(home.path))
    except Exception as error:
        if not _may_be_theirs(home, error):
            raise
        progress("looking for what cannot be built with")
        return eliminate(home, error)


def _may_be_theirs(home: Home, error: Exception) -> bool:
    """Tell whether snapshots may be at fault: there are new ones, and it is not the machine or another process."""
    return not isinstance(error, (BusyError, OSError)) and bool(findings.unreleased(home))


def eliminate(home: Home, error: Exception, progress: Progress | None = None) -> Built:
    """Build without the snapshots that make it fail, and hold those back.

    Raises: the given error, if the build fails without any of the new snapshots too; they are in use then as before.
    """
    search = _Search(home, progress)
    suspects = findings.unreleased(home)
    for one in reversed(suspects):
        search.set_aside(one, "deferred", f"set aside while no release can be built: {error}")
    if search.failure() is not None:
        for one in suspects:
            refresh.take(home, one)
        raise error
    search.decide(suspects, error)
    if not findings.is_released(home) and (why := search.failure()) is not None:  # what is held back is to be told
        raise why
    assert search.report is not None  # at least the build without them went well
    return Built(search.report, tuple(search.withheld))


@dataclass
class _Search:
    """A search for what makes builds fail; between its steps, a release can be built with what is in use."""

    home: Home
    progress: Progress | None
    report: RunReport | None = None
    builds: int = 0
    withheld: list[Attempt] = field(default_factory=list)

    def decide(self, group: Sequence[Attempt], error: Exception) -> None:
        """Decide on snapshots that are set aside, with which together nothing can be built."""
        if len(group) == 1:
            (one,), said = group, str(error).rstrip(".")
            again = f"Other bytes are taken by the next refresh, these by {refresh.again(one.source_id, one.part)}"
            words = f"no release can be built with it: {said}. {again}"
            self.withheld.append(self.set_aside(one, "held_back", words))
        elif self.builds >= MOST_BUILDS:
            words = f"one of {len(group)} with which no release can be built, the next refresh tries again: {error}"
            self.withheld += [self.set_aside(one, "deferred", words) for one in group]
        else:
            first, second = _halves(group, error)
            if (why := self.tried(first)) is None:
                self.decide(second, error)
                return
            self.decide(first, why)
            if (why := self.tried(second)) is not None:
                self.decide(second, why)

    def tried(self, group: Sequence[Attempt]) -> Exception | None:
        """Take snapshots into use, or set them aside again and return why nothing can be built with them."""
        taken = [refresh.take(self.home, one) for one in group]
        if (why := self.failure()) is not None:
            for one in reversed(taken):
                self.set_aside(one, "deferred", f"set aside while no release can be built: {why}")
        return why

    def failure(self) -> Exception | None:
        """Build with what is in use, and return why that cannot be done."""
        self.builds += 1
        try:
            self.report = pipeline.run(self.home.path, self.progress)
        except (BusyError, OSError):
            raise
        except Exception as error:  # whatever it is, it is what is looked for
            return error
        return None

    def set_aside(self, one: Attempt, outcome: str, reason: str) -> Attempt:
        """Take a snapshot out of use, with no secret in the reason."""
        address = settings.feed_address(one.source_id, registry.ADAPTERS[one.source_id].source.url)
        return refresh.set_aside(self.home, one, outcome, reason, settings.secrets(address))


def _halves(group: Sequence[Attempt], error: Exception) -> tuple[Sequence[Attempt], Sequence[Attempt]]:
    """Return what to try first, and the rest: those of sources that an error does not name, or else the first half."""
    others = [one for one in group if one.source_id not in str(error)]
    if 0 < len(others) < len(group):
        return others, [one for one in group if one not in others]
    return group[: len(group) // 2], group[len(group) // 2 :]
