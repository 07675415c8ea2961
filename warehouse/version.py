"""What a build is made with: one hash over our code, SQL and curated tables, and the libraries that compute."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGES = [Path(__file__).parent.parent / name for name in ("sources", "warehouse")]
LIBRARIES = ("duckdb", "sqlglot", "pint", "pandas", "pybtex", "great-expectations")


@cache
def code_version() -> str:
    """Return the hash; it changes with anything that could change a number or a check."""
    total = hashlib.sha256()
    for folder in PACKAGES:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".sql", ".csv", ".bib"):
                total.update(f"{path.relative_to(folder.parent)}\n".encode() + path.read_bytes())
    for name in LIBRARIES:
        total.update(f"{name} {metadata.version(name)}\n".encode())
    return total.hexdigest()
