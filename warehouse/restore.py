"""Put an earlier release back: verified table by table against the hashes of its own time, then current in one step.

It stays current until a run builds something other than the newest build; a run that finds nothing new leaves it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse import history, packing
from warehouse.connect import Home, locked
from warehouse.current import put
from warehouse.derive import content_hash
from warehouse.errors import NotFoundError, TraceError, WarehouseError
from warehouse.naming import hint


def restore(home: Home, asked: str) -> history.Event:
    """Make a kept release the current one again, given by its id or the beginning of it, and write it in the log.

    Returns: what the log says. Restoring the current release changes nothing.
    Raises: NotFoundError naming the nearest ids; TraceError if the file is not what was released.
    """
    with locked(home, "run"), locked(home, "writer"):
        happened = history.events(home.release)
        found = _found(happened, asked)
        if found.key == happened[-1].key:
            return happened[-1]
        kept = packing.packed(home.releases).get(found.key)
        if kept is None:
            raise NotFoundError(
                f"release {found.release_id} is no longer kept. Its content can be built again: check out code version "
                f"{found.code_version[:12]} and run it on a copy of {home.path}. Kept ones: footnote releases"
            )
        packing.pack(home.release, home.releases)
        path = home.releases / f"{found.release_id}.duckdb"
        draft = path.with_suffix(".draft")
        try:
            packing.unpack(kept, draft)
            verify_tables(draft, str(kept))
        except WarehouseError:
            draft.unlink(missing_ok=True)
            raise
        draft.replace(path)
        put(path, home.release)
        event = replace(found, at=history.next_moment(happened), event=history.RESTORED)
        history.record(home.release, happened, event)
        packing.tidy(home.release, home.releases)
        return event


def _found(happened: list[history.Event], asked: str) -> history.Event:
    """Return the latest release with that id, or the only one whose id begins so."""
    released = {event.release_id: event for event in happened if event.event == history.RELEASED}
    if asked in released:
        return released[asked]
    begun = [name for name in released if asked and name.startswith(asked)]
    if len(begun) == 1:
        return released[begun[0]]
    if begun:
        raise NotFoundError(f"release '{asked}' could be any of: {', '.join(sorted(begun))}")
    near = hint(asked, [(name, name) for name in released])
    raise NotFoundError(f"unknown release '{asked}'{near}. All releases: footnote releases")


def verify_tables(path: Path, named: str) -> None:
    """Check every table of a release against the hash that was taken of it when it was released.

    Raises: TraceError naming the tables that differ.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        recorded = connection.execute("""
            SELECT table_name, content_hash FROM release_table JOIN release USING (release_id)
            WHERE released_at = (SELECT max(released_at) FROM release) ORDER BY table_name""").fetchall()
        try:
            changed = [name for name, value in recorded if content_hash(connection, f"main.{name}")[0] != value]
        except duckdb.Error as error:
            raise TraceError(f"{named}: cannot be read as it was released ({error}); it was not restored") from error
    if changed or not recorded:
        raise TraceError(f"{named}: not what was released: {', '.join(changed) or 'no tables'}; it was not restored")
