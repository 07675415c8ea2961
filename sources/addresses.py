"""Addresses: what of them may be shown or kept, and which hosts an answer may come from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

#: What stands for a secret wherever one might be shown.
HIDDEN = "***"
#: Shorter values are words like `yes`, not secrets.
_LEAST_SECRET = 6


def public(address: str) -> str:
    """Return an address without what may hold a secret: name and password, query and fragment."""
    parts = urlsplit(address)
    if not parts.netloc:
        return address.partition("?")[0]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def place(address: str) -> str:
    """Return host and file of an address, as a message names them."""
    parts = urlsplit(public(address))
    file = parts.path.rsplit("/", 1)[-1]
    return f"{parts.hostname} ({file})" if parts.hostname else file or address


def redact(text: str, secrets: Iterable[str]) -> str:
    """Return a text in which no secret stands any more."""
    for secret in sorted({one for one in secrets if len(one) >= _LEAST_SECRET}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def local_path(address: str) -> Path | None:
    """Return the file that a path or a `file:` address names, None for an address on the network."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(url2pathname(parts.path))
    return None if "://" in address else Path(address)


def is_web(address: str) -> bool:
    """Tell whether an address is one that can be asked over the network."""
    return urlsplit(address).scheme in ("http", "https")


def is_allowed(address: str, first: str, hosts: Iterable[str]) -> bool:
    """Tell whether an address that a publisher sends us on to is one of its own, and no less safe than the first."""
    start, onward = urlsplit(first), urlsplit(address)
    if not is_web(address) or (start.scheme == "https" and onward.scheme == "http"):
        return False
    return onward.hostname in {start.hostname, *hosts}
