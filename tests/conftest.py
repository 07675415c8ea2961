"""What all tests share: no network, a publisher on this machine, and one home built from the bundled tables."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

from warehouse.connect import Home

ROOT = Path(__file__).parents[1]
#: The files that take longest; they begin first, so that none of them is left to one worker at the end.
LONGEST = (
    "test_faults.py", "test_promises.py", "test_pipeline.py", "test_lineage.py", "test_what_if.py",
    "test_expectations_tables.py", "test_checks.py", "test_history_of_releases.py", "test_sql_models.py",
    "test_history_cli.py", "test_incremental.py", "test_errata.py", "test_refresh.py", "test_pictures.py",
)  # fmt: skip

# What is compiled is kept, wherever the tests are run: they start many processes, each of which imports the project.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; leave out what takes minutes unless it is asked for as CI does."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
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


#: Runs the whole pipeline into a new home, and writes down beside it what it reported.
RUN = """
import json, sys, warnings
from dataclasses import asdict
from pathlib import Path
from pytest_socket import disable_socket
from orchestration import pipeline
disable_socket(allow_unix_socket=True)
path, steps = Path(sys.argv[1]), []
report = asdict(pipeline.run(path, lambda *step: steps.append(step))) | {"steps": steps}
(path / "report.json").write_text(json.dumps(report, default=str))
"""


def made_by(code: str, path: Path, **environment: str) -> Home:
    """Let code in a process of its own make the home whose path it is given."""
    command = [sys.executable, "-c", code, str(path)]
    made = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment})
    assert made.returncode == 0, made.stderr
    return Home(path)


def copied(home: Home, path: Path) -> Home:
    """Copy a home; the current release lies under both of its names, as it was released."""
    copy = Home(path)
    shutil.copytree(home.path, path, dirs_exist_ok=True)
    for kept in copy.releases.glob("*.duckdb"):
        kept.unlink()
        os.link(copy.release, kept)
    return copy


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home that a whole run made, which tests only read: the first worker runs, each has its own copy."""
    mine = tmp_path_factory.mktemp("home")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return made_by(RUN, mine)
    shared = Home(tmp_path_factory.getbasetemp().parent / "home")
    with (shared.path.parent / "home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared.path / "report.json").exists():
            shutil.rmtree(shared.path, ignore_errors=True)  # a worker that failed here has said why
            made_by(RUN, shared.path)
    return copied(shared, mine)


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
