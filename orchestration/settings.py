"""Settings: the only reader of the environment.

A plain dataclass: readers' commands import this, and a settings library would take as long to import as they may run.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What may be set from outside.

    home: folder of the installation, from FOOTNOTE_HOME; `data` in the current folder if that is not set.
    """

    home: Path


def settings() -> Settings:
    """Read the settings from the environment as it is now."""
    return Settings(home=Path(os.environ.get("FOOTNOTE_HOME") or "data"))
