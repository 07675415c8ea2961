"""Refresh a source: fetch, read, and take the new snapshot into use, unless it cannot be what the publisher meant.

The last good snapshot stays in use until a better one is there. No database is touched: the next build registers what
the record of attempts says is in use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sources import addresses, records, registry
from sources.answers import Fetched, Known, NotModified, Terms
from sources.errors import ContentError, FetchError
from sources.model import Adapter, Reading
from warehouse import archive, attempts, drift
from warehouse.attempts import Attempt
from warehouse.connect import Home
from warehouse.drift import Drift
from warehouse.errors import ArchiveError
from warehouse.parts import of_part

if TYPE_CHECKING:
    from sources.fetch import Fetcher


@dataclass(frozen=True)
class Refreshed:
    """What came of refreshing one source: the attempt as recorded, and what the new bytes change."""

    attempt: Attempt
    drift: Drift | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Held:
    """The snapshot in use: its bytes, and what the publisher said of them."""

    snapshot_id: str
    origin: str
    content: bytes
    retrieved_at: datetime
    etag: str = ""
    last_modified: str = ""
    address: str = ""


@dataclass(frozen=True)
class Task:
    """What to refresh and how.

    address: where the publisher's file is; `{file}` in it where there are several. secrets: what may not be shown.
    is_accepted: take the bytes even if they drift; they must still be read. part: the day asked for, of a series.
    files: those to ask for, where the adapter names none. headers: what is sent beside, as a token.
    """

    adapter: Adapter
    address: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    is_accepted: bool = False
    part: str = ""
    files: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def terms(self) -> Terms:
        """Return the terms on which its files are asked for."""
        is_series = self.adapter.series is not None
        return Terms(self.adapter.hosts, self.headers, is_json=is_series, needs_all=is_series)


def refresh(home: Home, task: Task, fetcher: Fetcher, now: datetime) -> Refreshed:
    """Refresh one source and record the attempt, whatever comes of it."""
    source_id = task.adapter.source.source_id
    held = _held(home, task)
    at = max(now, held.retrieved_at + timedelta(microseconds=1)) if held else now  # a clock set back reorders nothing
    said = (held.etag, held.last_modified) if held else ("", "")
    blank = Attempt(source_id, at, "", "", addresses.public(task.address), "", *said, "", task.part)
    try:
        fetched = _fetch(task, fetcher, held)
    except FetchError as error:
        outcome = "refused" if isinstance(error, ContentError) else "unreachable"
        return _recorded(home, task, Refreshed(replace(blank, outcome=outcome, detail=str(error))))
    if held and (fetched is None or archive.digest(fetched.content) == held.snapshot_id):
        detail = "not modified" if fetched is None else "the same bytes"
        made = replace(blank, outcome="unchanged", detail=detail, snapshot_id=held.snapshot_id)
        if fetched is not None:
            archive.store(home.archive, fetched.content)  # they may have been lost
            made = replace(made, etag=fetched.etag or "", last_modified=fetched.last_modified or "")
        return _recorded(home, task, Refreshed(made))
    assert fetched is not None  # only what is held can be not modified
    return _recorded(home, task, _judged(home, task, held, fetched, blank))


def set_aside(home: Home, attempt: Attempt, outcome: str, reason: str, secrets: tuple[str, ...] = ()) -> Attempt:
    """Take a snapshot out of use that failed where all sources meet, as `held_back` or as `deferred`."""
    detail = addresses.redact(" ".join(reason.split()), secrets)
    return _followed(home, replace(attempt, outcome=outcome, detail=detail, etag="", last_modified=""))


def take(home: Home, attempt: Attempt) -> Attempt:
    """Take a snapshot into use again that was set aside."""
    return _followed(home, attempt)


def _followed(home: Home, attempt: Attempt) -> Attempt:
    """Record what follows an attempt, just after the last one on the same part of the source."""
    last = attempts.of_source(attempts.read(home), attempt.source_id, attempt.part)[-1]
    made = replace(attempt, attempted_at=last.attempted_at + timedelta(microseconds=1))
    attempts.append(home, made)
    return made


def again(source_id: str, part: str) -> str:
    """Return the command that takes what was held back."""
    days = f" --from {part} --until {part}" if part else ""
    return f"footnote refresh {source_id}{days} --accept"


def _recorded(home: Home, task: Task, refreshed: Refreshed) -> Refreshed:
    """Write the attempt down, with no secret in it."""
    detail = addresses.redact(" ".join(refreshed.attempt.detail.split()), task.secrets)
    made = replace(refreshed.attempt, detail=detail, address=addresses.redact(refreshed.attempt.address, task.secrets))
    attempts.append(home, made)
    return replace(refreshed, attempt=made)


def _held(home: Home, task: Task) -> _Held | None:
    """Return the snapshot in use: the last one fetched, or the packaged one where that is newer; None if there is none.

    Of a series it is the one of the day that is asked for.
    """
    packaged = registry.packaged(task.adapter)
    held = None
    if packaged is not None:
        held = _Held(archive.digest(packaged.content), packaged.origin, packaged.content, packaged.retrieved_at)
    mine = attempts.of_source(attempts.read(home), task.adapter.source.source_id, task.part)
    used = attempts.in_use(mine)
    if not used or (held and used[-1].attempted_at < held.retrieved_at):
        return held
    last = used[-1]
    good = (one for one in reversed(attempts.effective(mine)) if one.is_good)
    said = next(one for one in good if one.snapshot_id == last.snapshot_id)
    try:
        content = archive.load(home.archive, last.snapshot_id)
    except ArchiveError:  # fetched whole, the same bytes put it right; others are compared with the packaged ones
        return replace(held, snapshot_id=last.snapshot_id, retrieved_at=last.attempted_at) if held else None
    return _Held(last.snapshot_id, last.origin, content, last.attempted_at, said.etag, said.last_modified, said.address)


def _fetch(task: Task, fetcher: Fetcher, held: _Held | None) -> Fetched | None:
    """Fetch the source's file, or its files as one bundle; None if nothing is newer than what is held."""
    source_id = task.adapter.source.source_id
    place = addresses.redact(addresses.public(task.address), task.secrets)
    same = held if held and held.address == place else None
    files = task.files or task.adapter.files
    if not files:
        known = Known(same.etag or None, same.last_modified or None) if same else Known()
        answer = fetcher.fetch(source_id, task.address, known, task.terms)
        return None if isinstance(answer, NotModified) else answer
    stated = json.loads(same.etag) if same and same.etag else {}
    of_each = {name: Known(*validators) for name, validators in stated.items()}
    answers = fetcher.fetch_files(source_id, task.address, files, of_each, task.terms)
    if isinstance(answers, NotModified):
        return None
    validators = {name: [one.etag, one.last_modified] for name, one in answers.items()}
    has_any = any(any(pair) for pair in validators.values())
    first = next(iter(answers.values()))
    try:
        content = records.bundle({name: one.content for name, one in answers.items()})
    except ValueError as error:
        shown, found = f"{addresses.place(place)}, {error}", "a line that begins with '# file: '"
        raise ContentError(source_id, shown, found, "none: it would pass for another file", "Look at it.") from error
    return Fetched(
        content,
        first.origin,
        addresses.public(task.address),
        json.dumps(validators) if has_any else None,
        None,
    )


def _judged(home: Home, task: Task, held: _Held | None, fetched: Fetched, blank: Attempt) -> Refreshed:
    """Read new bytes and compare them with those in use; they are kept even if they are not used."""
    adapter = task.adapter
    source_id = adapter.source.source_id
    kept = replace(blank, origin=fetched.origin, snapshot_id=archive.store(home.archive, fetched.content))
    mine = attempts.of_source(attempts.read(home), source_id, task.part)
    if not task.is_accepted and kept.snapshot_id in {one.snapshot_id for one in attempts.taken_back(mine)}:
        last = next(one for one in reversed(mine) if one.snapshot_id == kept.snapshot_id)
        if last.outcome == "held_back":
            return Refreshed(replace(kept, outcome="held_back", detail=last.detail))
    try:
        after = of_part(adapter.read(fetched.content), task.part)
        if held is None:
            found = drift.compare_days(source_id, _day_before(home, task), after)
        else:
            before = registry.read(adapter, held.origin, held.content)
            found = drift.compare(source_id, of_part(before, task.part), after, by_kind=bool(task.part))
    except Exception as error:  # whatever a reader stumbles on, the other sources go on
        return Refreshed(replace(kept, outcome="held_back", detail=str(error) or type(error).__name__))
    notices = (*found.notices, *_columns(source_id, held, fetched))
    if found.reasons and not task.is_accepted:
        remedy = f"Look at {archive.path_of(home.archive, kept.snapshot_id).relative_to(home.path)}; if it is right: "
        detail = f"{'; '.join(found.reasons)}. {remedy}{again(source_id, task.part)}"
        return Refreshed(replace(kept, outcome="held_back", detail=detail), found, notices)
    taken = replace(
        kept,
        outcome="new",
        detail="; ".join((found.words, *(f"accepted: {reason}" for reason in found.reasons), *notices)),
        etag=fetched.etag or "",
        last_modified=fetched.last_modified or "",
    )
    return Refreshed(taken, found, notices)


def _day_before(home: Home, task: Task) -> Reading | None:
    """Return what a series said of the nearest earlier day that is in use, None if there is none."""
    used = attempts.in_use(attempts.of_source(attempts.read(home), task.adapter.source.source_id))
    earlier = max((one for one in used if one.part < task.part), key=lambda one: one.part, default=None)
    if earlier is None:
        return None
    return of_part(task.adapter.read(archive.load(home.archive, earlier.snapshot_id)), earlier.part)


def _columns(source_id: str, held: _Held | None, fetched: Fetched) -> Iterable[str]:
    """Return notices about columns; a baseline is in our own format and has none of the publisher's, nor has JSON."""
    if held is None or held.origin == "baseline" or fetched.content.startswith(b"# file: "):
        return ()
    return drift.columns(source_id, held.content, fetched.content)


def utc_now() -> datetime:
    """Return the time of an attempt."""
    return datetime.now(UTC)
