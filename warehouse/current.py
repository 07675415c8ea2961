"""The file of the current release: put in place in one step, sealed, told whole, recovered after a kill."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from warehouse import archive, history, packing
from warehouse.connect import Home


def put(path: Path, target: Path) -> None:
    """Make a release the current one in a single step: readers see the old file or the new one, never half."""
    link = _link_of(target)
    link.unlink(missing_ok=True)
    os.link(path, link)
    link.replace(target)
    link.unlink(missing_ok=True)  # renaming to another name of the same file does nothing


def recover(home: Home) -> None:
    """Finish what a killed run had begun to put in place, and clear away what it had not; for who holds the lock `run`.

    The working database needs none of this: a build goes on from whatever of it was committed.
    """
    archive.sweep(home.archive)
    for draft in (*home.releases.glob("*.draft*"), _link_of(home.release)):
        draft.unlink(missing_ok=True)
    logged = history.logged(home.release)
    said = history.told(home.release)
    if logged and not said:
        path = home.releases / f"{logged[-1].release_id}.duckdb"
        said = history.told(path)
        if [event.key for event in said[-1:]] != [logged[-1].key]:
            return
        put(path, home.release)
    if not said:
        return
    kept = home.releases / f"{said[-1].release_id}.duckdb"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        os.link(home.release, kept)
    is_logged = said[-1].key in {event.key for event in logged}
    if not is_logged:
        history.record(home.release, history.events(home.release)[:-1], said[-1])
    if not is_logged or len(list(home.releases.glob("*.duckdb"))) != 1:
        packing.tidy(home.release, home.releases)
    if _sealed(home)[:1] != [_name(said[-1])]:
        seal(home, said[-1])


def is_whole(home: Home) -> bool:
    """Tell whether the current release can be opened and, byte for byte, is the file that was put there.

    A seal of another release says nothing of it: one was put back, or a crash came before it was sealed.
    """
    said = history.told(home.release)
    if not said:
        return False
    sealed = _sealed(home)
    return sealed[:1] != [_name(said[-1])] or sealed[1:] == [_digest(home.release)]


def holds(home: Home, event: history.Event) -> bool:
    """Tell whether the file that everybody reads is the release that the log says is current, and whole."""
    return [said.key for said in history.told(home.release)[-1:]] == [event.key] and is_whole(home)


def seal(home: Home, event: history.Event) -> None:
    """Write down the digest of the current release, beside which a later one is held."""
    _seal_of(home).parent.mkdir(parents=True, exist_ok=True)
    _seal_of(home).write_text(f"{_name(event)} {_digest(home.release)}\n")


def _sealed(home: Home) -> list[str]:
    return _seal_of(home).read_text().split() if _seal_of(home).exists() else []


def _seal_of(home: Home) -> Path:
    return home.work.with_name("released")


def _name(event: history.Event) -> str:
    return f"{event.release_id}@{event.released_at.isoformat()}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _link_of(release: Path) -> Path:
    return release.with_suffix(".next")
