"""The archive: retrieved bytes under their SHA-256, written once, verified on every read."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from warehouse.errors import ArchiveError

#: How the name of a file begins that is not whole yet.
_DRAFT = ".draft-"


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal: the identity of a snapshot."""
    return hashlib.sha256(content).hexdigest()


def path_of(archive: Path, snapshot_id: str) -> Path:
    """Return where the bytes with that digest lie."""
    return archive / snapshot_id[:2] / snapshot_id


def store(archive: Path, content: bytes) -> str:
    """Store bytes and return their digest; bytes that are there already are left as they are."""
    snapshot_id = digest(content)
    target = path_of(archive, snapshot_id)
    if not target.exists() or digest(target.read_bytes()) != snapshot_id:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=_DRAFT, delete=False) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # tells `sweep` that somebody is at work
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(target)
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
    return snapshot_id


def sweep(archive: Path) -> None:
    """Remove what writers left unfinished that were killed."""
    for path in archive.glob(f"*/{_DRAFT}*"):
        with path.open("rb") as file, suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)


def load(archive: Path, snapshot_id: str) -> bytes:
    """Return archived bytes.

    Raises: ArchiveError if they are missing or not what their name says.
    """
    target = path_of(archive, snapshot_id)
    if not target.exists():
        raise ArchiveError(f"{target}: missing; restore it from a backup, or refresh the source")
    content = target.read_bytes()
    if (found := digest(content)) != snapshot_id:
        raise ArchiveError(f"{target}: its bytes hash to {found[:12]}...; the file is damaged, refresh the source")
    return content
