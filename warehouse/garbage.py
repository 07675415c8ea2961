"""When Python need not search for garbage: while what is made lives on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Keep Python from searching for garbage meanwhile.

    Rows that are read live until they are stored; going through all of them again and again takes a sixth of the time
    of loading claims. A command of its own does without the search altogether (`orchestration.cli`).
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
