"""Text files to which whole lines are added: what a crash cut short is no line, and goes when the next one is added."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def read(path: Path) -> list[str]:
    """Return the whole lines of a file after its header; none if there is no file."""
    if not path.exists():
        return []
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    return whole.decode(errors="replace").split("\n")[1:]


def append(path: Path, header: str, lines: Iterable[str]) -> None:
    """Add lines to a file, and before the first its header; they are on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.read_bytes() if path.exists() else b""
    end = held.rfind(b"\n") + 1
    text = "".join(f"{line}\n" for line in ([] if end else [header]) + list(lines))
    with path.open("r+b" if path.exists() else "xb") as file:
        file.seek(end)
        file.truncate()
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
