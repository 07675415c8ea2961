"""Fetch a source's file as it is now: one conditional request, patient with a publisher that is busy or slow.

Here belongs whether what came is a file at all. What the file says is the reader's, whether to believe it the
warehouse's. A missing last line end is no fault here: publishers leave it out, and readers notice a record cut short.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from sources.addresses import is_allowed, is_web, local_path, place, public
from sources.answers import (
    BusyError,
    CutOffError,
    Fetched,
    Known,
    MissingError,
    NotModified,
    Terms,
    require_answer,
    require_file,
)
from sources.errors import ContentError, FetchError, UnreachableError

USER_AGENT = "footnote (carbon-footnote; energy and carbon of AI models)"
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Policy:
    """How long to wait, how often to ask again, and how much to take. Times are in seconds.

    whole_s: for one answer from first to last byte, so that one who sends a byte a second is no more waited for than
        one who sends none. longest_wait_s: also the most that a Retry-After is heeded.
    """

    connect_s: float = 10
    read_s: float = 30
    whole_s: float = 120
    attempts: int = 4
    first_wait_s: float = 1
    longest_wait_s: float = 60
    most_bytes: int = 20_000_000


class Fetcher:
    """Fetches files over one client; transport and sleep are given by those who try it out."""

    def __init__(
        self,
        policy: Policy | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.policy = policy or Policy()
        self.sleep = sleep
        timeout = httpx.Timeout(self.policy.read_s, connect=self.policy.connect_s)
        self.client = httpx.Client(
            transport=transport, timeout=timeout, follow_redirects=False, headers={"User-Agent": USER_AGENT}
        )

    def close(self) -> None:
        """Close the client."""
        self.client.close()

    def fetch(
        self, source_id: str, address: str, known: Known | None = None, terms: Terms | None = None
    ) -> Fetched | NotModified:
        """Fetch one file, from the network or from a local path.

        known: validators of the version that is held.
        Raises: UnreachableError if nothing can be had, ContentError if what came is not a table's file.
        """
        path = local_path(address)
        if path is not None:
            return self._local(source_id, address, terms or Terms())
        if not is_web(address):
            found, expected = (
                f"an address that begins with {urlsplit(address).scheme}:",
                "http:, https:, file: or a path",
            )
            raise UnreachableError(source_id, place(address), found, expected, "Mend the address that was set.")
        policy = self.policy
        first = policy.first_wait_s
        backoff = wait_exponential_jitter(initial=first, max=policy.longest_wait_s, jitter=first)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait_s if isinstance(error, BusyError) else None
            return backoff(state) if asked is None else min(asked, policy.longest_wait_s)

        for attempt in Retrying(
            retry=retry_if_exception_type(BusyError),
            stop=stop_after_attempt(policy.attempts),
            wait=wait,
            sleep=self.sleep,
            reraise=True,
        ):
            with attempt:
                return self._once(source_id, address, known or Known(), terms or Terms())
        raise AssertionError("tenacity ends in a result or an error")

    def fetch_files(
        self,
        source_id: str,
        address: str,
        files: tuple[str, ...],
        known: Mapping[str, Known] | None = None,
        terms: Terms | None = None,
    ) -> dict[str, Fetched] | NotModified:
        """Fetch several files, each of which takes the place of `{file}` in the address.

        Unless all are needed, the last ones may be missing: a publisher has next year's file next year. If any is new,
        all are fetched whole.
        Raises: as `fetch`, and ContentError if a file is missing before one that is there.
        """
        if "{file}" not in address:
            found, expected = "an address without {file}", "{file} where the name of each file goes"
            raise UnreachableError(source_id, place(address), found, expected, "Mend the address that was set.")
        held = known or {}
        answers = self._each(source_id, address, files, held, terms or Terms())
        if all(isinstance(answer, NotModified) for answer in answers.values()) and set(held) <= set(answers):
            return NotModified(public(address))
        if any(isinstance(answer, NotModified) for answer in answers.values()):
            answers = self._each(source_id, address, files, {}, terms or Terms())
        return {name: answer for name, answer in answers.items() if isinstance(answer, Fetched)}

    def _each(
        self, source_id: str, address: str, files: tuple[str, ...], known: Mapping[str, Known], terms: Terms
    ) -> dict[str, Fetched | NotModified]:
        answers: dict[str, Fetched | NotModified] = {}
        missing: list[MissingError] = []
        for name in sorted(files):
            try:
                answers[name] = self.fetch(source_id, address.replace("{file}", name), known.get(name), terms)
            except MissingError as error:
                if terms.needs_all:
                    raise
                missing.append(error)
                continue
            if missing:
                raise ContentError(source_id, missing[0].place, "no such file", f"one, since there is {name}",
                                   "The publisher moved or dropped it; check its site.")  # fmt: skip
        if not answers:
            raise missing[0]
        return answers

    def _local(self, source_id: str, address: str, terms: Terms) -> Fetched:
        path, shown = local_path(address), place(address)
        assert path is not None
        if not path.exists():
            raise MissingError(
                source_id, shown, "no such file", "a file", "Check the address that was set for the source."
            )
        if not path.is_file():
            found = "a folder" if path.is_dir() else "a device"
            raise UnreachableError(source_id, shown, found, "a file", "Check the address that was set for the source.")
        try:
            if (size := path.stat().st_size) > self.policy.most_bytes:
                raise self._oversize(source_id, shown, f"{size:,} bytes")
            content = path.read_bytes()
        except OSError as error:
            raise UnreachableError(
                source_id, shown, str(error.strerror), "a file that can be read", "Check its path and permissions."
            ) from error
        require_file(source_id, shown, content, terms.is_json)
        return Fetched(content, "file", public(address), None, None)

    def _once(self, source_id: str, first: str, known: Known, terms: Terms) -> Fetched | NotModified:
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        headers = {name: value for name, value in asked.items() if value}
        address, ends = first, time.monotonic() + self.policy.whole_s
        for _ in range(MOST_REDIRECTS + 1):
            own = terms.headers if urlsplit(address).netloc == urlsplit(first).netloc else {}
            with self._answer(source_id, address, {**headers, **own}) as response:
                if response.status_code in REDIRECTS:
                    address = self._onward(source_id, first, address, response, terms.hosts)
                    continue
                if response.status_code == 304 and headers:
                    return NotModified(public(first))
                shown = place(address)
                require_answer(source_id, shown, response, terms.is_json)
                content = self._body(source_id, shown, response, ends)
                require_file(source_id, shown, content, terms.is_json)
                stated = response.headers
                return Fetched(content, "http", public(first), stated.get("ETag"), stated.get("Last-Modified"))
        found = f"more than {MOST_REDIRECTS} redirects"
        raise ContentError(source_id, place(first), found, "a file", "Check the address.")

    @contextmanager
    def _answer(self, source_id: str, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask, and turn what goes wrong on the way into our own errors; none of them repeats the request."""
        shown = place(address)
        try:
            with self.client.stream("GET", address, headers=dict(headers)) as response:
                yield response
        except httpx.TimeoutException as error:
            raise BusyError(source_id, shown, "no answer in time", f"one within {self.policy.read_s:g} s",
                             "Try again later.") from error  # fmt: skip
        except httpx.RemoteProtocolError as error:
            raise CutOffError(source_id, shown, "a body that breaks off", "all the bytes that were announced",
                               "Try again later.") from error  # fmt: skip
        except httpx.TransportError as error:
            raise BusyError(source_id, shown, f"no connection ({type(error).__name__})", "an answer",
                             "Check the network and the address, or try again later.") from error  # fmt: skip
        except (httpx.DecodingError, httpx.InvalidURL) as error:
            raise ContentError(source_id, shown, type(error).__name__, "a file that can be unpacked",
                               "Check the address.") from error  # fmt: skip

    def _onward(
        self, source_id: str, first: str, address: str, response: httpx.Response, hosts: tuple[str, ...]
    ) -> str:
        onward = str(urljoin(address, response.headers.get("Location", "")))
        if not is_allowed(onward, first, hosts):
            raise ContentError(source_id, place(first), f"a redirect to {place(onward)}", "the publisher's own host",
                               "If the publisher moved, change the source's address.")  # fmt: skip
        return onward

    def _body(self, source_id: str, shown: str, response: httpx.Response, ends: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self.policy.most_bytes:
                raise self._oversize(source_id, shown, f"more than {self.policy.most_bytes:,} bytes")
            if time.monotonic() > ends:
                found, expected = f"{size:,} bytes and no end", f"all within {self.policy.whole_s:g} s"
                raise BusyError(source_id, shown, found, expected, "The publisher is slow; try again later.")
            parts.append(part)
        return b"".join(parts)

    def _oversize(self, source_id: str, shown: str, found: str) -> FetchError:
        return ContentError(source_id, shown, found, f"at most {self.policy.most_bytes:,}", "Check the address.")
