"""What a publisher answers: whether it is a file that a reader may be given, and if not, whether to ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from sources.errors import ContentError, UnreachableError

if TYPE_CHECKING:
    import httpx

#: What a publisher of tables sends; some name no type at all.
TABLE_TYPES = ("text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/octet-stream",
               "binary/octet-stream", "application/vnd.ms-excel")  # fmt: skip
JSON_TYPES = ("application/json", "text/json", "text/plain", "application/octet-stream")
BUSY = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Terms:
    """On what terms a file is asked for.

    hosts: beside the address's own, those that may answer for it. headers: sent to the address's own host alone, and
    shown nowhere. is_json: the publisher answers in JSON. needs_all: of several files, none may be missing.
    """

    hosts: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_json: bool = False
    needs_all: bool = False


@dataclass(frozen=True)
class Known:
    """What the publisher said of the version we hold, so that it need not send it again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """The bytes as they came, and what the publisher says of them. address: without secrets. origin: http or file."""

    content: bytes
    origin: str
    address: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True)
class NotModified:
    """The publisher has nothing newer than what we hold."""

    address: str


class MissingError(UnreachableError):
    """The publisher has no such file."""


class BusyError(UnreachableError):
    """An answer, or none, that may be better the next time. wait_s: how long the publisher asks us to wait."""

    wait_s: float | None = None


class CutOffError(BusyError, ContentError):
    """The connection closed before all bytes had come: asked for again, and refused if it stays so."""


def require_answer(source_id: str, shown: str, response: httpx.Response, is_json: bool = False) -> None:
    """Refuse an answer that is no file, by its status and type.

    Raises: BusyError, MissingError, UnreachableError, ContentError.
    """
    status = response.status_code
    said = f"the answer {status} {response.reason_phrase}".strip()
    if status in BUSY:
        error = BusyError(source_id, shown, said, "the file", "The publisher is busy; try again later.")
        error.wait_s = _retry_after(response.headers.get("Retry-After"))
        raise error
    if status in (404, 410):
        raise MissingError(source_id, shown, said, "the file", "The publisher moved or dropped it; check its site.")
    if status in (401, 403):
        raise UnreachableError(source_id, shown, said, "the file", "Check the token and what it gives access to.")
    if status != 200:
        raise UnreachableError(source_id, shown, said, "the file", "Check the address of the source.")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    wanted = "JSON (application/json)" if is_json else "a table (text/csv or text/plain)"
    if kind and kind not in (JSON_TYPES if is_json else TABLE_TYPES):
        raise ContentError(source_id, shown, f"the type {kind}", wanted,
                           "The address answers with something else; check it.")  # fmt: skip


def require_file(source_id: str, shown: str, content: bytes, is_json: bool = False) -> None:
    """Refuse bytes that are no table, or no JSON, whatever their type was said to be.

    Raises: ContentError.
    """
    wanted = "JSON" if is_json else "a table"
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip():
        expected = wanted if is_json else "a table with a header"
        raise ContentError(source_id, shown, "an empty file", expected, "Try again later.")
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        raise ContentError(source_id, shown, "a web page", wanted, "The address answers with a page; check it.")
    if start.startswith((b"{", b"[")) != is_json:
        found = "no JSON" if is_json else "JSON"
        raise ContentError(source_id, shown, found, wanted, "The address answers with something else; check it.")


def _retry_after(stated: str | None) -> float | None:
    """Return the seconds that a Retry-After asks for, given as a number or as a date."""
    if not stated:
        return None
    if stated.strip().isdecimal():
        return float(stated)
    try:
        return max(0.0, (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
