"""Settings: the only reader of the environment.

A plain dataclass: readers' commands import this, and a settings library would take as long to import as they may run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

#: How the names of variables end whose values are secrets.
SECRETS = ("_TOKEN", "_SECRET", "_PASSWORD", "_KEY")


@dataclass(frozen=True)
class Settings:
    """What may be set from outside.

    home: folder of the installation, from FOOTNOTE_HOME; `data` in the current folder if that is not set.
    """

    home: Path


def settings() -> Settings:
    """Read the settings from the environment as it is now."""
    return Settings(home=Path(os.environ.get("FOOTNOTE_HOME") or "data"))


def feed_address(source_id: str, declared: str) -> str:
    """Return where a source is fetched from: FOOTNOTE_<SOURCE_ID>_URL, else the address that its adapter declares."""
    return os.environ.get(f"FOOTNOTE_{source_id.upper()}_URL") or declared


def cadence(declared: str) -> str:
    """Return when a source is asked, as cron writes it: FOOTNOTE_SCHEDULE, else what its adapter declares."""
    return os.environ.get("FOOTNOTE_SCHEDULE") or declared


def secrets(address: str) -> tuple[str, ...]:
    """Return what may be shown or kept nowhere: values of variables named as secrets, and those in an address."""
    parts = urlsplit(address)
    stated = [value for _, value in parse_qsl(parts.query)]
    stated += [value for name, value in os.environ.items() if name.upper().endswith(SECRETS)]
    return tuple(one for one in (*stated, parts.username, parts.password) if one)
