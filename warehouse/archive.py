"""The archive: retrieved bytes under their SHA-256, written once, verified on every read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from warehouse.errors import ArchiveError


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
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    return snapshot_id


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
