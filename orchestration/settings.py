"""Settings: the only reader of the environment.

A plain dataclass: readers' commands import this, and a settings library would take as long to import as they may run.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from sources.model import Adapter

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
    """Return where a source is fetched from: FOOTNOTE_<SOURCE_ID>_URL, else the address that its adapter declares.

    Raises: WarehouseError if what is set is no address, without showing it, since it may hold a secret.
    """
    name = f"FOOTNOTE_{source_id.upper()}_URL"
    address = os.environ.get(name) or declared
    try:
        urlsplit(address)
    except ValueError:  # whose words may hold the address
        raise WarehouseError(f"{name} is no address; set it to one as {declared}, or to a path") from None
    return address


def token_name(source_id: str) -> str:
    """Return the variable that holds the user's token for a source."""
    return f"FOOTNOTE_{source_id.upper()}_TOKEN"


def lacks_token(adapter: Adapter) -> bool:
    """Tell whether a source is asked with the user's token only, and none is set."""
    series = adapter.series
    return series is not None and bool(series.token) and not feed_token(adapter.source.source_id)


def feed_token(source_id: str) -> str:
    """Return the user's token for a source, '' if none is set."""
    return os.environ.get(token_name(source_id), "")


def feed_zones(source_id: str) -> tuple[str, ...]:
    """Return the zones that a source is asked for: FOOTNOTE_<SOURCE_ID>_ZONES, separated by commas.

    Raises: WarehouseError if none is named, since what a token gives access to differs from user to user.
    """
    name = f"FOOTNOTE_{source_id.upper()}_ZONES"
    zones = tuple(part.strip() for part in os.environ.get(name, "").split(",") if part.strip())
    if bad := next((zone for zone in zones if not re.fullmatch(r"[A-Za-z0-9-]+", zone)), None):
        raise WarehouseError(f"{name}: found '{bad}', expected names of zones as US-CAL-CISO, separated by commas")
    if not zones:
        raise WarehouseError(f"{name} is not set; name the zones that your token gives access to, as GB,US-CAL-CISO")
    return zones


def cadence(declared: str) -> str:
    """Return when a source is asked, as cron writes it: FOOTNOTE_SCHEDULE, else what its adapter declares."""
    return os.environ.get("FOOTNOTE_SCHEDULE") or declared


def secrets(address: str) -> tuple[str, ...]:
    """Return what may be shown or kept nowhere: values of variables named as secrets, and those in an address."""
    parts = urlsplit(address)
    stated = [value for _, value in parse_qsl(parts.query)]
    stated += [value for name, value in os.environ.items() if name.upper().endswith(SECRETS)]
    return tuple(one for one in (*stated, parts.username, parts.password) if one)
