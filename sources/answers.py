"""What a publisher answers: whether it is a file that a reader may be given, and if not, whether to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from sources.errors import ContentError, UnreachableError

#: What a publisher of tables sends; some name no type at all.
TABLE_TYPES = ("text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/octet-stream",
               "binary/octet-stream", "application/vnd.ms-excel")  # fmt: skip
BUSY = (429, 500, 502, 503, 504)


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


def require_answer(source_id: str, shown: str, response: httpx.Response) -> None:
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
    if status != 200:
        raise UnreachableError(source_id, shown, said, "the file", "Check the address of the source.")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and kind not in TABLE_TYPES:
        raise ContentError(source_id, shown, f"the type {kind}", "a table (text/csv or text/plain)",
                           "The address answers with something else; check it.")  # fmt: skip


def require_file(source_id: str, shown: str, content: bytes) -> None:
    """Refuse bytes that are no table, whatever their type was said to be.

    Raises: ContentError.
    """
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip():
        raise ContentError(source_id, shown, "an empty file", "a table with a header", "Try again later.")
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        raise ContentError(source_id, shown, "a web page", "a table", "The address answers with a page; check it.")
    if start.startswith((b"{", b"[")):
        raise ContentError(source_id, shown, "JSON", "a table", "The address answers with something else; check it.")


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
