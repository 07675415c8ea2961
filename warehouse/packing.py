"""Which releases are kept, and how: every earlier one compressed, byte for byte, in the folder of releases.

The current release lies as a plain file under both of its names. Policy, applied after each release: the last LAST
releases, then the newest of each calendar month for ever, and always the current one. What is dropped can be built
again from the archive with the code of its time; its id would be the same.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.errors import WarehouseError
from warehouse.history import RELEASED, RESTORED, events, told

#: How many of the latest releases are kept, before one a month is.
LAST = 10
_STAMP = "%Y%m%dT%H%M%S%fZ"


def packed(folder: Path) -> dict[tuple[str, datetime], Path]:
    """Return the compressed releases in the folder, oldest first, by id and the time of their release."""
    found = {}
    for path in sorted(folder.glob("*-*.duckdb.gz")):
        stamp, _, release_id = path.name.removesuffix(".duckdb.gz").partition("-")
        found[release_id, datetime.strptime(stamp, _STAMP).replace(tzinfo=None)] = path
    return found


def pack(path: Path, folder: Path) -> Path:
    """Keep a release compressed in the folder, unless it is; its bytes come back as they were."""
    latest = told(path)[-1]
    target = folder / f"{latest.released_at.strftime(_STAMP)}-{latest.release_id}.duckdb.gz"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        with path.open("rb") as source, draft.open("wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as made:
                shutil.copyfileobj(source, made, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    return target


def unpack(path: Path, target: Path) -> None:
    """Write the bytes of a compressed release to a file.

    Raises: WarehouseError if they are damaged.
    """
    try:
        with gzip.open(path) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)
    except (EOFError, OSError) as error:
        raise WarehouseError(f"{path}: cannot be unpacked ({error}); the file is damaged, use another") from error


def to_drop(keys: Iterable[tuple[str, datetime]]) -> list[tuple[str, datetime]]:
    """Return which of the earlier releases the policy drops; the current one, which is not among them, stays."""
    newest_first = sorted(keys, key=lambda key: (key[1], key[0]), reverse=True)
    months = set()
    dropped = []
    for place, key in enumerate(newest_first):
        month = (key[1].year, key[1].month)
        if place >= LAST - 1 and month in months:
            dropped.append(key)
        months.add(month)
    return dropped


def tidy(release: Path, folder: Path) -> None:
    """Leave one plain file in the folder, the current release's; compress the others, and apply the policy.

    One that was never current goes: a crash came between.
    """
    for path in folder.glob("*.duckdb"):
        if not path.samefile(release):
            if (said := told(path)) and said[-1].key in {event.key for event in events(release)}:
                pack(path, folder)
            path.unlink()
    earlier = packed(folder)
    current = told(release)[-1].key
    for key in to_drop(key for key in earlier if key != current):
        earlier[key].unlink()


def listing(release: Path, folder: Path) -> list[dict[str, Any]]:
    """Return all releases ever made, newest first: what they are, whether they are kept, and what moved in them."""
    known = events(release)
    files = packed(folder)
    current = known[-1] if known else None
    rows = []
    for event in reversed([event for event in known if event.event == RELEASED]):
        is_current = current is not None and event.key == current.key
        file = release if is_current else files.get(event.key)
        rows.append(
            {
                "release_id": event.release_id,
                "released_at": event.released_at,
                "is_current": is_current,
                "restored_at": current.at if current and is_current and current.event == RESTORED else None,
                "parent_id": event.parent_id,
                "numbers": event.numbers,
                "bytes": file.stat().st_size if file else None,
                "moved_by_claims": event.moved_by_claims,
                "moved_by_sql": event.moved_by_sql,
                "moved_by_code": event.moved_by_code,
                "code_version": event.code_version,
                "file": str(file) if file else None,
            }
        )
    return rows
