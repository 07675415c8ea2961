"""Work in a process beside this one, for what takes seconds to import: it is imported while other work goes on.

A module that works aside has a function `prepare`, which imports what is slow, and a function `answer`, which makes an
answer of a request. Both are pickled over the process's standard streams. All such modules share one process. It ends
when its input does, and so with the process that started it, however that ends.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from warehouse.errors import AsideError, WarehouseError


class Aside:
    """The process; requests are answered in the order in which they are made, whichever module they are for."""

    def __init__(self) -> None:
        # Our own code, whatever lies in the folder from which the command was given.
        found_in = os.pathsep.join(filter(None, [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": found_in},
        )
        self.asked = 0
        self.requests: SimpleQueue[bytes | None] = SimpleQueue()  # None: no more will come
        self.answers: dict[int, tuple[bool, Any]] = {}
        self.arriving: SimpleQueue[tuple[bool, Any] | None] = SimpleQueue()  # None: as above
        self.threads = [Thread(target=talk, daemon=True) for talk in (self._tell, self._listen)]
        for thread in self.threads:  # so that neither side waits for the other to read
            thread.start()
        atexit.register(self.stop)

    def prepare(self, module: str) -> None:
        """Let a module be ready, when the process comes to it, for requests that will be made."""
        self.ask(module, None)

    def ask(self, module: str, request: object) -> Callable[[], Any]:
        """Send a request to a module and return what waits for its answer.

        Raises: when waiting, what the module raised there, or AsideError if the process came to an end.
        """
        number = self.asked
        self.asked += 1
        self.requests.put(pickle.dumps((module, request)))
        return lambda: self._answer(number)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        self.requests.put(None)
        for thread in self.threads:
            thread.join()

    def _answer(self, number: int) -> Any:
        while number not in self.answers:
            arrived = self.arriving.get()
            if arrived is None:
                self.arriving.put(None)
                code = self.process.wait()
                raise AsideError(f"the process beside this one ended with exit code {code}; see its messages")
            self.answers[len(self.answers)] = arrived
        is_good, answer = self.answers[number]
        if is_good:
            self.answers[number] = (True, None)  # given out once
            return answer
        raise answer

    def _tell(self) -> None:
        """Hand requests on as they come; large ones have to wait until the process has done its imports."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # said where the answer is awaited
            while asked := self.requests.get():
                self.process.stdin.write(asked)
                self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        try:
            while True:
                self.arriving.put(pickle.load(self.process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            aside.cache_clear()
            self.arriving.put(None)


@cache
def aside() -> Aside:
    """Return the process, started at the first call."""
    return Aside()


@cache
def ready(module: str) -> Any:
    """Return a module that has been prepared."""
    worker = importlib.import_module(module)
    worker.prepare()
    return worker


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more, or nobody is there to take the answers.

    Interrupts are for the process that started this one, which ends it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    while True:
        try:
            module, request = pickle.load(requests)
        except (EOFError, pickle.UnpicklingError):  # it was killed, perhaps in the middle of one
            return
        worker = ready(module)
        try:
            answer = (True, None if request is None else worker.answer(request))
        except WarehouseError as error:
            answer = (False, error)
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except BrokenPipeError:
            os._exit(0)


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what libraries print must not get into the answers
        serve(sys.stdin.buffer, out)
