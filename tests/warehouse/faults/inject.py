"""Faults at the n-th write of this process: it is killed there, or the disk is full from there on.

The functions that write are wrapped here, in the process that a test runs; the product knows nothing of it.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

#: Statements that change a database file.
WRITES = re.compile(
    r"\s*(INSERT|DELETE|UPDATE|CREATE|DROP|COMMIT|ATTACH|COPY|CHECKPOINT|DETACH|COMMENT)", re.IGNORECASE
)

#: What happens at a point, given its number and its name.
Fault = Callable[[int, str], None]


class Points:
    """The points of a process at which it writes, in order, and what happens at one of them.

    fault: called with the point's number and name at each; `seen` are the names of those passed.
    """

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.seen: list[str] = []

    def reach(self, name: str) -> None:
        """Note a point, and let happen there what is to happen."""
        self.seen.append(name)
        self.fault(len(self.seen), name)

    def wrap(self) -> None:
        """Put every function that writes behind a point."""
        for name in ("replace", "rename", "link", "unlink"):
            self._wrap_call(os, name)
        self._wrap_fsync()
        self._wrap_open()
        self._wrap_copy()
        self._wrap_database()

    def _wrap_call(self, module: Any, name: str) -> None:
        real = getattr(module, name)

        def call(*arguments: Any, **more: Any) -> Any:
            self.reach(f"{name} {Path(str(arguments[0])).name}")
            return real(*arguments, **more)

        setattr(module, name, call)

    def _wrap_fsync(self) -> None:
        real = os.fsync

        def fsync(descriptor: int) -> None:
            size = os.fstat(descriptor).st_size
            whole = os.pread(descriptor, size, 0) if size < 100_000 and _is_readable(descriptor) else b""
            if whole:
                last = whole.rstrip(b"\n").rfind(b"\n") + 1
                os.ftruncate(descriptor, last + (size - last) // 2)
                self.reach("fsync, half of the last line written")
                os.pwrite(descriptor, whole, 0)
            self.reach("fsync")
            real(descriptor)

        os.fsync = fsync

    def _wrap_open(self) -> None:
        real = io.open

        def opened(file: Any, mode: str = "r", *arguments: Any, **more: Any) -> Any:
            made = real(file, mode, *arguments, **more)
            if set(mode) & set("wxa+") and not str(file).endswith(".lock"):
                self.reach(f"open {Path(str(file)).name}")
            return made

        io.open = opened

    def _wrap_copy(self) -> None:
        real = shutil.copyfileobj

        def copy(source: Any, target: Any, length: int = 0) -> None:
            target.write(source.read(100_000))
            self.reach("copy, part of it written")
            real(source, target, length or 1 << 16)

        shutil.copyfileobj = copy

    def _wrap_database(self) -> None:
        real, points = duckdb.connect, self

        class Connection:
            def __init__(self, *arguments: Any, **more: Any) -> None:
                self.real = real(*arguments, **more)

            def __enter__(self) -> Connection:
                return self

            def __exit__(self, *_: object) -> None:
                self.real.close()

            def __getattr__(self, name: str) -> Any:
                return getattr(self.real, name)

            def execute(self, query: str, *arguments: Any) -> Any:
                if WRITES.match(query):
                    points.reach(f"sql {' '.join(query.split())[:50]}")
                return self.real.execute(query, *arguments)

            def executemany(self, query: str, *arguments: Any) -> Any:
                points.reach(f"sql {' '.join(query.split())[:50]}")
                return self.real.executemany(query, *arguments)

        duckdb.connect = Connection


def _is_readable(descriptor: int) -> bool:
    try:
        os.pread(descriptor, 1, 0)
    except OSError:
        return False
    return True


def nothing(_number: int, _name: str) -> None:
    """Let nothing happen."""


def kill_at(wanted: int) -> Fault:
    """Return the fault that kills the process at a point, with no chance to tidy up."""

    def fault(number: int, _name: str) -> None:
        if number == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return fault


def full_from(wanted: int) -> Fault:
    """Return the fault of a disk that is full from a point on: files can be removed, and nothing written."""

    def fault(number: int, name: str) -> None:
        if number < wanted or name.startswith("unlink"):
            return
        if name.startswith("sql"):
            raise duckdb.IOException(f"IO Error: {os.strerror(errno.ENOSPC)}")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fault
