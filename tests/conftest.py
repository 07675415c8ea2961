"""What all tests share: no network, a publisher on this machine, and one home built from the bundled tables."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

from sources import registry
from warehouse import release, stages
from warehouse.connect import Home, writer
from warehouse.version import code_version


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, whole pipelines one after the other, unless it is asked for as CI does."""
    if not os.environ.get("FOOTNOTE_SLOW"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="takes long; runs with FOOTNOTE_SLOW=1"))


#: What tests of faults count, by the name of the property.
FAULT_COUNTS = ("points injected", "faults survived", "numbers lost")


def pytest_runtest_setup() -> None:
    """Block the network in every test; Unix sockets stay, since event loops need them."""
    disable_socket(allow_unix_socket=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print how many faults were injected, and what they cost; see `warehouse/test_faults.py`."""
    counts: dict[str, int] = {}
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, count in report.user_properties if report.when == "call" else ():
            if name in FAULT_COUNTS:
                counts[name] = counts.get(name, 0) + count
    if counts:
        terminalreporter.write_line("faults: " + ", ".join(f"{name} {counts[name]}" for name in FAULT_COUNTS))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Build a home from the bundled tables, every number proved, and release it. Tests only read it."""
    made = Home(tmp_path_factory.mktemp("home"))
    with writer(made) as connection:
        stages.names(connection)
        for adapter in registry.ADAPTERS.values():
            stages.snapshot(connection, made, adapter)
            stages.claims(connection, made, adapter)
        stages.settled(connection, made)
        for name in stages.completed():
            stages.derived(connection, name)
        stages.published_lineage(connection)
        numbers = stages.proved(connection, made).rows
        release.release(connection, made, stages.completed(), code_version(), stages.fingerprint(connection), numbers)
    return made


#: How a publisher answers one request.
Step = Callable[[BaseHTTPRequestHandler], None]


def answer(
    content: bytes,
    status: int = 200,
    kind: str | None = "text/plain; charset=utf-8",
    length: int | None = None,
    **more: str,
) -> Step:
    """Return a step that sends bytes, or 304 to who has them; names of further headers are written with `_` for `-`."""

    def step(request: BaseHTTPRequestHandler) -> None:
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        is_known = request.headers.get("If-None-Match") == headers.get("ETag") is not None
        request.send_response(304 if is_known else status)
        for name, value in headers.items():
            request.send_header(name, value)
        if is_known:
            request.end_headers()
            return
        if kind:
            request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(content) if length is None else length))
        request.end_headers()
        request.wfile.write(content)

    return step


class Publisher:
    """A web server of this machine that answers as it was told, and counts what it was asked."""

    def __init__(self) -> None:
        self.steps: dict[str, list[Step]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ending = threading.Event()
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                publisher.asked.append((path, dict(self.headers.items())))
                steps = publisher.steps.get(path, [])
                step = steps.pop(0) if len(steps) > 1 else steps[0] if steps else answer(b"none", status=404)
                with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked did not wait
                    step(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def tell(self, path: str, *steps: Step) -> str:
        """Set how requests for a path are answered, the last step for good; return its address."""
        self.steps[path] = list(steps)
        return self.address + path

    #: The step that sends bytes.
    answer = staticmethod(answer)

    def wait(self, seconds: float) -> None:
        """Wait as a slow publisher does, until the test is over at the latest."""
        self.ending.wait(seconds)

    def close(self) -> None:
        """Stop."""
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Serve on 127.0.0.1, the one address that the test may then connect to."""
    enable_socket()
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    served = Publisher()
    yield served
    served.close()
