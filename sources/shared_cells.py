"""What holds for every claim of a table, said once above its header: `# every COLUMN: TEXT`, in the place of a column.

Names of columns in braces stand for the line's own cells: `# every locator: models.csv, Model = '{subject}', column
{locator}`. What a claim is of, its number and its words always stand in its own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix

import pandas as pd

from sources.errors import FormatError
from sources.model import CLAIM_COLUMNS

OWN = ("subject", "value", "low", "high", "object", "reported_text", "source_row")
SHARED = [name for name in CLAIM_COLUMNS if name not in OWN]
EVERY = "every "
CELL = re.compile(r"\{(\w+)\}")


def check(source_id: str, preamble: Iterable[tuple[str, str]], header: Sequence[str]) -> dict[str, str]:
    """Return by column what the lines of a preamble say of every claim.

    Raises: FormatError naming the line, if it is of no such column, of one that is stated already, or takes a cell that
        the table does not have.
    """
    shared: dict[str, str] = {}
    for line, (key, text) in enumerate(preamble, start=1):
        if not key.startswith(EVERY):
            continue
        name, cells = key.removeprefix(EVERY), CELL.findall(text)
        if name not in SHARED:
            expected, remedy = f"every and one of {', '.join(SHARED)}", "Mend the name, or make it a column."
            raise FormatError(source_id, line, repr(key), expected, remedy)
        if name in shared or (name in header and name not in cells):
            raise FormatError(source_id, line, f"{name} stated twice", "it once", "Drop this line or the other.")
        if missing := [cell for cell in cells if cell not in header]:
            expected = f"one of the columns {', '.join(header)}"
            raise FormatError(source_id, line, f"{{{missing[0]}}}", expected, "Mend the name, or add the column.")
        shared[name] = text
    return shared


def fill(text: str, cells: Mapping[str, str]) -> str | None:
    """Put a line's cells into a text; without one of them, it is unknown."""
    if not all(cells.get(name) for name in CELL.findall(text)):
        return None
    return CELL.sub(lambda found: cells[found[1]], text) or None


def take_out(claims: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Part claims into what each line has to say and what holds for every one; `fill` gives them again."""
    same = {name: claims[name].iloc[0] for name in SHARED if claims[name].nunique(dropna=False) == 1}
    shared = {name: str(text) for name, text in same.items() if text is not None and _is_plain(text)}
    lines = claims.drop(columns=list(shared))
    if "locator" in lines:
        text, rest = _common(lines["subject"].tolist(), lines["locator"].tolist())
        if text != "{locator}":
            shared["locator"], lines = text, lines.assign(locator=rest)
    return lines, shared


def _is_plain(text: str) -> bool:
    """Tell whether a text reads as itself in a line of the preamble."""
    return CELL.search(text) is None and len(text.splitlines()) == 1


def _common(subjects: Sequence[str], locators: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return what locators have in common, in whole words, and what is left of each."""
    quoted = [text.replace(f"'{name}'", "'{subject}'", 1) for name, text in zip(subjects, locators, strict=True)]
    for told in (quoted, locators):
        first, last = commonprefix(told), commonprefix([text[::-1] for text in told])[::-1]  # noqa: RUF071, letters
        start, end = re.sub(r"\w+$", "", first), re.sub(r"^\w+", "", last)
        text, rest = f"{start}{{locator}}{end}", [text[len(start) : len(text) - len(end)] for text in told]
        lines = ({"subject": name, "locator": cell} for name, cell in zip(subjects, rest, strict=True))
        if len(text.splitlines()) == 1 and [fill(text, line) for line in lines] == locators:
            return text, rest
    return "{locator}", locators
