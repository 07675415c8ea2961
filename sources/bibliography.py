"""The bibliography: `references.bib` as rows. Who is cited belongs here; where in it stands with each claim."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from sources.errors import FormatError

BIBLIOGRAPHY_FILE = Path(__file__).parent / "references.bib"
COLUMNS = ["reference_id", "type", "title", "authors", "year", "publisher", "url", "doi", "licence"]


def read(text: str) -> pd.DataFrame:
    """Read BibTeX.

    Returns: one row per entry, columns COLUMNS; absent fields are None.
    Raises: FormatError for an entry without title, or with neither address nor year for a reader to find it by.
    """
    from pybtex.database import parse_string

    rows = []
    for key, entry in parse_string(text, "bibtex").entries.items():
        fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
        people = [*entry.persons.get("author", []), *entry.persons.get("editor", [])]
        licence = re.search(r"licence: ?([^;]+)", fields.get("note", ""))
        row = {
            "reference_id": key,
            "type": entry.type,
            "title": fields.get("title"),
            "authors": "; ".join(_plain(str(person)) for person in people) or None,
            "year": fields.get("year"),
            "publisher": next(
                (fields[n] for n in ("journal", "publisher", "howpublished", "organization") if n in fields), None
            ),
            "url": fields.get("url"),
            "doi": fields.get("doi"),
            "licence": licence[1].strip() if licence else None,
        }
        if not row["title"] or not (row["url"] or row["year"]):
            raise FormatError("references.bib", None, f"entry {key}", "a title, and a url or a year", "Complete it.")
        rows.append(row)
    return pd.DataFrame([[row[name] for name in COLUMNS] for row in rows], columns=COLUMNS, dtype=object)


def _plain(text: str) -> str:
    """Return the text without TeX braces and escapes."""
    return re.sub(r"\\([&%_#$])", r"\1", re.sub(r"[{}]", "", text)).strip()
