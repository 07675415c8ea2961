"""The claim format: how curated tables and baselines state facts, one claim a line.

Columns are those of `CLAIM_COLUMNS` but for `source_row`, which reading sets; empty means unknown.
Lines before the header, `# key: value`, say what the table is, for a baseline which upstream bytes it restates, and
what holds for every claim (`shared_cells`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from sources import in_words, shared_cells
from sources.errors import FormatError
from sources.model import CLAIM_COLUMNS, Reading, reading
from sources.records import decode, is_number, preamble, read_table
from sources.shared_cells import EVERY

COLUMNS = [name for name in CLAIM_COLUMNS if name != "source_row"]
BASES = ("measured", "disclosed", "datasheet", "calculated", "leaked", "assumed")
RANKS = ("preferred", "normal", "deprecated")
REQUIRED = ["subject_kind", "subject", "quantity", "reported_text", "basis", "locator"]


def read(source_id: str, content: bytes) -> Reading:
    """Read a table in the claim format.

    Returns: one claim a line, none quarantined: this is our own file, so a bad line is an error to mend.
    Raises: FormatError naming the line for a missing field, an unknown basis or rank, or a number that is none,
        and what `shared_cells.check` refuses.
    """
    said, _ = preamble(decode(source_id, content)[0])
    required = [name for name in REQUIRED if EVERY + name not in dict(said)]
    table = read_table(source_id, content, required=required, known=COLUMNS)
    shared = shared_cells.check(source_id, said, table.header)
    claims: list[dict[str, object]] = []
    for record in table.records:
        cells = {name: record.cells.get(name, "") or None for name in COLUMNS}
        cells |= {name: shared_cells.fill(text, record.cells) for name, text in shared.items()}
        _check(source_id, record.line, cells)
        claims.append({**cells, "rank": cells["rank"] or "normal", "source_row": record.line})
    return reading(claims, [], [record.line for record in table.records], list(table.notices))


def read_by_hand(source_id: str, content: bytes) -> Reading:
    """Read a table of what we read in documents ourselves; a figure that its words do not hold is flagged `worked_out`.

    Raises: FormatError as `read` does.
    """
    result = read(source_id, content)
    flags = list(result.claims["flags"])
    for place, row in enumerate(result.claims.to_dict("records")):
        figures = [float(row[name]) for name in ("value", "low", "high") if row[name] is not None]
        if not in_words.holds(row["reported_text"], figures):
            flags[place] = ";".join(filter(None, (flags[place], "worked_out")))
    return replace(result, claims=result.claims.assign(flags=pd.Series(flags, result.claims.index, dtype=object)))


def about(source_id: str, content: bytes) -> dict[str, str]:
    """Return what the table says of itself above its header."""
    return dict(preamble(decode(source_id, content)[0])[0])


def retrieved_at(source_id: str, content: bytes) -> datetime:
    """Return the day on which the table's facts were read, as its preamble states it."""
    stated = about(source_id, content).get("retrieved_on")
    if stated is None:
        raise FormatError(
            source_id, 1, "no line '# retrieved_on: DATE'", "the day the facts were read", "Add it above the header."
        )
    return datetime.fromisoformat(stated).replace(tzinfo=UTC)


def write(result: Reading, about: Mapping[str, str]) -> bytes:
    """Restate a reading in the claim format: how a baseline is made from a feed's bytes.

    about: what the table says of itself, to which is added what holds for every claim.
    """
    claims, shared = shared_cells.take_out(result.claims)
    stated = {key: text for key, text in about.items() if not key.startswith(EVERY)}
    out = io.StringIO()
    for key, text in (stated | {EVERY + name: text for name, text in shared.items()}).items():
        out.write(f"# {key}: {text}\n")
    used = [name for name in COLUMNS if name in claims and (name in REQUIRED or claims[name].notna().any())]
    writer = csv.DictWriter(out, used, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in claims.to_dict("records"):
        writer.writerow({str(key): "" if value is None else value for key, value in row.items()})
    return out.getvalue().encode()


def _check(source_id: str, line: int, cells: Mapping[str, str | None]) -> None:
    def refuse(found: str, expected: str, remedy: str) -> None:
        raise FormatError(source_id, line, found, expected, remedy)

    for name in REQUIRED:
        if cells[name] is None:
            refuse(f"no {name}", f"a {name} in every line", "A fact without it cannot be traced; fill it or drop it.")
    if cells["reference_id"] is None and cells["citation"] is None and "uncited" not in (cells["flags"] or ""):
        refuse("no reference_id", "a key of references.bib", "Add the document to references.bib and name its key.")
    if cells["basis"] not in BASES:
        refuse(f"basis {cells['basis']!r}", f"one of {', '.join(BASES)}", "See docs/architecture.md.")
    if (cells["rank"] or "normal") not in RANKS:
        refuse(f"rank {cells['rank']!r}", f"one of {', '.join(RANKS)}", "Leave it empty for normal.")
    numbers = [name for name in ("value", "low", "high") if cells[name] is not None]
    for name in numbers:
        if not is_number(cells[name] or ""):
            refuse(f"{name} {cells[name]!r}", "a number", "Write digits only; the unit has its own column.")
    if numbers and cells["object"] is not None:
        refuse("a number and an object", "one of them", "Split the line in two.")
    if not numbers and cells["object"] is None:
        refuse("neither number nor object", "one of them", "Fill value, or low and high, or object.")
    if ("low" in numbers) != ("high" in numbers):
        refuse("one end of a range", "low and high", "Give both ends, or value alone.")
    if numbers and cells["unit"] is None:
        refuse("no unit", "the unit as reported", "Write 1 for a plain count or ratio.")
