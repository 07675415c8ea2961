"""A claim of a user's own file, the place where it stands, and what is wrong with a cell that is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Stands before the name of a user's run, so that no published run ever has the same identity.
PREFIX = "own/"
#: Marks every claim of the user's.
OWN_FLAG = "own"
_PLACE = re.compile(r"(?P<file>.*) line (?P<line>\d+), column (?P<column>\w+)(?P<beyond>; .*)?", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place of a file, and what to do about it."""

    line: int | None
    column: str | None
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = ", ".join(
            part for part in (self.line and f"line {self.line}", self.column and f"column {self.column}") if part
        )
        return f"{place or 'the file'}: found {self.found}; expected {self.expected}. {self.remedy}"


def nearest(asked: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest of what is known."""
    near = difflib.get_close_matches(asked.casefold().replace(" ", "_"), list(known), n=3, cutoff=0.6)
    return f"Nearest: {', '.join(near)}." if near else "See docs/own-runs.md."


def locator(name: str, line: int, column: str, within: str | None = None) -> str:
    """Return where a fact stands: file, line and column, and behind them where in the cited document."""
    return f"{name} line {line}, column {column}" + (f"; {within}" if within else "")


def place_of(stated: str) -> tuple[str, int, str]:
    """Return file, line and column of a locator."""
    found = _PLACE.fullmatch(stated)
    return (found["file"], int(found["line"]), found["column"]) if found else (stated, 0, "")


def claim(run: str, line: int, place: str, quantity: str, facts: Mapping[str, object], text: str) -> dict[str, object]:
    """Return a claim about a run.

    facts: the other columns of CLAIM_COLUMNS that are known. text: the cell, as it is written.
    """
    return {
        **facts,
        "subject_kind": "training_run",
        "subject": f"{PREFIX}{run}",
        "quantity": quantity,
        "reported_text": text,
        "locator": place,
        "rank": "normal",
        "source_row": line,
    }
