"""Fetching: one conditional request, patience with a busy publisher, and nothing that is no table's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from sources.addresses import public, redact
from sources.answers import Fetched, Known, NotModified, Terms
from sources.errors import ContentError, FetchError, UnreachableError
from sources.fetch import Fetcher, Policy

TABLE = b"region,impact\nwest,240.6\n"
QUICK = Policy(connect_s=0.5, read_s=0.3, whole_s=0.6, attempts=3, first_wait_s=1, longest_wait_s=7, most_bytes=5000)


class Quick(Fetcher):
    """A fetcher that does not sleep, and remembers how long it would have."""

    def __init__(self, policy: Policy = QUICK) -> None:
        self.slept: list[float] = []
        super().__init__(policy, httpx.HTTPTransport(), self.slept.append)


@pytest.fixture
def fetcher() -> Iterator[Quick]:
    made = Quick()
    yield made
    made.close()


def test_bytes_come_with_what_the_publisher_says_of_them(publisher: Any, fetcher: Quick) -> None:
    when = "Sat, 09 Nov 2024 10:00:00 GMT"
    address = publisher.tell("/a.csv", publisher.answer(TABLE, ETag='"one"', Last_Modified=when))
    assert fetcher.fetch("feed", address) == Fetched(TABLE, "http", address, '"one"', when)
    assert "If-None-Match" not in publisher.asked[0][1]


def test_a_version_that_is_held_costs_one_request_and_no_bytes(publisher: Any, fetcher: Quick) -> None:
    address = publisher.tell("/a.csv", publisher.answer(TABLE, ETag='"one"'))
    known = Known('"one"', "Sat, 09 Nov 2024 10:00:00 GMT")
    assert fetcher.fetch("feed", address, known) == NotModified(address)
    ((_, headers),) = publisher.asked
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "Sat, 09 Nov 2024 10:00:00 GMT"
    assert headers["User-Agent"].startswith("footnote")


@pytest.mark.parametrize(("asked", "slept"), [("3", 3.0), ("3600", 7.0)])
def test_a_busy_publisher_says_how_long_to_wait(publisher: Any, fetcher: Quick, asked: str, slept: float) -> None:
    busy = publisher.answer(b"slow down", status=429, Retry_After=asked)
    address = publisher.tell("/a.csv", busy, publisher.answer(TABLE))
    assert fetcher.fetch("feed", address).address == address
    assert fetcher.slept == [slept]


def test_errors_of_the_server_are_asked_again_each_time_later(publisher: Any, fetcher: Quick) -> None:
    broken = publisher.answer(b"oops", status=500)
    address = publisher.tell("/a.csv", broken, broken, publisher.answer(TABLE))
    fetched = fetcher.fetch("feed", address)
    assert isinstance(fetched, Fetched) and fetched.content == TABLE
    first, second = fetcher.slept
    assert 1 <= first <= 2 <= second <= 3  # 1 and 2 s, each with up to a second by chance


def test_who_stays_broken_is_given_up(publisher: Any, fetcher: Quick) -> None:
    address = publisher.tell("/a.csv", publisher.answer(b"oops", status=503))
    with pytest.raises(UnreachableError, match=r"feed, 127.0.0.1 \(a.csv\): found the answer 503 Service Unavailable"):
        fetcher.fetch("feed", address)
    assert len(publisher.asked) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_plain_no_is_not_asked_again(publisher: Any, fetcher: Quick, status: int) -> None:
    address = publisher.tell("/a.csv", publisher.answer(b"no", status=status))
    with pytest.raises(UnreachableError, match=f"the answer {status}"):
        fetcher.fetch("feed", address)
    assert len(publisher.asked) == 1


def test_who_never_answers_is_given_up(publisher: Any) -> None:
    once = Quick(replace(QUICK, attempts=1))
    address = publisher.tell("/a.csv", lambda _: publisher.wait(5))
    with pytest.raises(UnreachableError, match=r"no answer in time; expected one within 0.3 s"):
        once.fetch("feed", address)


def test_who_sends_byte_by_byte_is_given_up(publisher: Any) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        for _ in range(30):
            request.wfile.write(b"x")
            publisher.wait(0.1)

    once = Quick(replace(QUICK, attempts=1))
    with pytest.raises(UnreachableError, match=r"bytes and no end; expected all within 0.6 s"):
        once.fetch("feed", publisher.tell("/a.csv", drip))


def test_no_connection(publisher: Any, fetcher: Quick) -> None:
    publisher.close()
    with pytest.raises(UnreachableError, match=r"no connection \(ConnectError\)"):
        fetcher.fetch("feed", publisher.address + "/a.csv")
    assert len(fetcher.slept) == 2


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (b"<!DOCTYPE html><html>", "text/plain", "a web page"),
        (b"\n <html><body>Sign in</body></html>", "text/csv", "a web page"),
        (TABLE, "text/html; charset=utf-8", "the type text/html"),
        (TABLE, "application/json", "the type application/json"),
        (b'{"message": "Not Found"}', "text/plain", "JSON"),
        (b"", "text/csv", "an empty file"),
        (b" \n", "text/csv", "an empty file"),
        (b"x" * 6000, "text/csv", "more than 5,000 bytes"),
    ],
)
def test_what_is_no_table_is_refused(publisher: Any, fetcher: Quick, content: bytes, kind: str, found: str) -> None:
    address = publisher.tell("/a.csv", publisher.answer(content, kind=kind))
    with pytest.raises(ContentError, match=f"found {found}"):
        fetcher.fetch("feed", address)
    assert len(publisher.asked) == 1


def test_a_file_cut_short_is_asked_for_again_and_then_refused(publisher: Any, fetcher: Quick) -> None:
    short = publisher.answer(TABLE, length=500)
    address = publisher.tell("/a.csv", short, publisher.answer(TABLE))
    assert isinstance(fetcher.fetch("feed", address), Fetched)
    publisher.tell("/a.csv", short)
    with pytest.raises(ContentError, match="a body that breaks off"):
        fetcher.fetch("feed", address)


@pytest.mark.parametrize("kind", ["text/csv", "application/octet-stream", None])
def test_types_that_tables_are_sent_with(publisher: Any, fetcher: Quick, kind: str | None) -> None:
    address = publisher.tell("/a.csv", publisher.answer(TABLE.rstrip(), kind=kind))
    fetched = fetcher.fetch("feed", address)
    assert isinstance(fetched, Fetched) and fetched.content == TABLE.rstrip()  # publishers leave out the last line end


def test_redirects_on_the_publishers_own_host_are_followed(publisher: Any, fetcher: Quick) -> None:
    publisher.tell("/b.csv", publisher.answer(TABLE))
    address = publisher.tell("/a.csv", publisher.answer(b"", status=302, Location="/b.csv"))
    fetched = fetcher.fetch("feed", address)
    assert isinstance(fetched, Fetched) and fetched.address == address


@pytest.mark.parametrize("onward", ["https://elsewhere.example/a.csv", "file:///etc/passwd", "ftp://127.0.0.1/a.csv"])
def test_a_redirect_to_another_host_is_refused(publisher: Any, fetcher: Quick, onward: str) -> None:
    address = publisher.tell("/a.csv", publisher.answer(b"", status=302, Location=onward))
    with pytest.raises(ContentError, match=r"found a redirect to .*; expected the publisher's own host"):
        fetcher.fetch("feed", address)


def test_a_declared_host_may_answer_for_another(publisher: Any, fetcher: Quick) -> None:
    address = publisher.tell("/a.csv", publisher.answer(TABLE)).replace("127.0.0.1", "localhost")
    onward = httpx.MockTransport(
        lambda request: (
            httpx.Response(302, headers={"Location": address})
            if request.url.host == "first.example"
            else httpx.Response(200, content=TABLE)
        )
    )
    made = Fetcher(QUICK, onward)
    assert isinstance(made.fetch("feed", "http://first.example/a.csv", terms=Terms(hosts=("localhost",))), Fetched)
    with pytest.raises(ContentError, match="redirect to localhost"):
        made.fetch("feed", "http://first.example/a.csv")
    made.close()


def test_redirects_without_end(publisher: Any, fetcher: Quick) -> None:
    address = publisher.tell("/a.csv", publisher.answer(b"", status=302, Location="/a.csv"))
    with pytest.raises(ContentError, match="more than 5 redirects"):
        fetcher.fetch("feed", address)


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_local_file(fetcher: Quick, tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.csv"
    address = form.format(path)
    with pytest.raises(UnreachableError, match="no such file"):
        fetcher.fetch("feed", address)
    path.write_bytes(TABLE)
    assert fetcher.fetch("feed", address) == Fetched(TABLE, "file", address, None, None)
    path.write_bytes(b"x" * 6000)
    with pytest.raises(ContentError, match="6,000 bytes"):
        fetcher.fetch("feed", address)


YEARS = ("2019.csv", "2020.csv", "2021.csv")


def test_another_protocol_is_told_and_not_taken_for_a_path(fetcher: Quick) -> None:
    with pytest.raises(
        UnreachableError, match=r"found an address that begins with ftp:; expected http:, https:, file:"
    ):
        fetcher.fetch("feed", "ftp://a.example/table.csv")


@pytest.mark.parametrize(("place", "found"), [("/dev/zero", "a device"), (".", "a folder")])
def test_what_is_no_file_is_not_read(fetcher: Quick, place: str, found: str) -> None:
    with pytest.raises(UnreachableError, match=f"found {found}; expected a file"):
        fetcher.fetch("feed", place)


def test_several_files_of_which_the_newest_may_be_missing(publisher: Any, fetcher: Quick) -> None:
    for name in YEARS[:2]:
        publisher.tell(f"/{name}", publisher.answer(TABLE, ETag=f'"{name}"'))
    address = publisher.address + "/{file}"
    answers = fetcher.fetch_files("feed", address, YEARS)
    assert isinstance(answers, dict) and list(answers) == ["2019.csv", "2020.csv"]
    known = {name: Known(one.etag) for name, one in answers.items()}
    assert fetcher.fetch_files("feed", address, YEARS, known) == NotModified(address)
    publisher.tell("/2021.csv", publisher.answer(TABLE, ETag='"new"'))
    more = fetcher.fetch_files("feed", address, YEARS, known)
    assert isinstance(more, dict) and [one.content for one in more.values()] == [TABLE] * 3


def test_a_file_missing_among_others_is_refused(publisher: Any, fetcher: Quick) -> None:
    for name in ("2019.csv", "2021.csv"):
        publisher.tell(f"/{name}", publisher.answer(TABLE))
    with pytest.raises(ContentError, match=r"\(2020.csv\): found no such file; expected one, since there is 2021.csv"):
        fetcher.fetch_files("feed", publisher.address + "/{file}", YEARS)
    with pytest.raises(UnreachableError, match="404"):
        fetcher.fetch_files("feed", publisher.address + "/none/{file}", YEARS)
    with pytest.raises(UnreachableError, match="an address without"):
        fetcher.fetch_files("feed", publisher.address, YEARS)


def test_no_message_holds_a_secret(publisher: Any, fetcher: Quick) -> None:
    publisher.tell("/a.csv", publisher.answer(b"no", status=403))
    address = publisher.address.replace("http://", "http://me:hunter22@") + "/a.csv?token=s3cr3t-t0ken#part"
    with pytest.raises(FetchError) as refused:
        fetcher.fetch("feed", address)
    chain: BaseException | None = refused.value
    while chain is not None:
        assert "s3cr3t" not in str(chain) and "hunter22" not in str(chain)
        chain = chain.__cause__
    assert public(address) == publisher.address + "/a.csv"
    assert redact("answer s3cr3t-t0ken here", ["s3cr3t-t0ken", "yes"]) == "answer *** here"
