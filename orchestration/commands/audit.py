"""`footnote claims`: published figures beside what their own sources give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from orchestration.commands.figures import span
from orchestration.commands.show import AsOfOption, FormatOption, HomeOption, home_of, screen, write_data
from warehouse.read import Rows, release

#: Each verdict with its colour, and its words for a count.
VERDICTS = {
    "follows": ("green", "follow"),
    "rounding": ("green", "rounded"),
    "does_not_follow": ("red", "do not follow"),
    "unit_error": ("bold red", "with a wrong unit"),
    "not_checkable": ("yellow", "not checkable"),
}

WIDEST = max(len(verdict) for verdict in VERDICTS)


def claims(
    home: HomeOption,
    work: Annotated[
        str | None, typer.Option("--work", "--source", help="Only this publication, as ludvigsen2023.")
    ] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", help=f"Only these: {', '.join(VERDICTS)}.")] = None,
    as_of: AsOfOption = None,
    form: FormatOption = "table",
) -> None:
    """Audit published figures: recompute each from the inputs that its publication cites."""
    with release(home_of(home, as_of)) as opened:
        rows = opened.audit(work, verdict)
        titles = opened.rows("SELECT entity_id, name FROM entity WHERE kind = 'published_work'")
    if form != "table":
        write_data(rows, form)
        return
    console = screen()
    console.print(Text(counted(rows), style="bold"))
    names = {str(reference_id): str(title) for reference_id, title in titles.values}
    for reference_id, records in groupby(rows.records(), lambda record: str(record["published_id"]).partition("/")[0]):
        console.print()
        console.print(Text(f"{names.get(reference_id, reference_id)} [{reference_id}]", style="bold underline"))
        console.print(laid_out(records))
    if asking := _asking(rows, as_of):
        console.print()
        console.print(asking, soft_wrap=True)


def counted(rows: Rows) -> str:
    """Return how many figures got which verdict, in words."""
    found = Counter(record["verdict"] for record in rows.records())
    said = ", ".join(f"{found[verdict]} {words}" for verdict, (_, words) in VERDICTS.items() if found[verdict])
    return f"published figures audited: {sum(found.values())}" + (f" ({said})" if said else "")


def laid_out(records: Iterable[Mapping[str, Any]]) -> Table:
    """Lay out the audit of one publication: verdict on the left, figures and explanation on the right."""
    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(no_wrap=True, width=WIDEST)
    made.add_column(overflow="fold")
    for row in records:
        verdict = Text(row["verdict"].replace("_", " "), style=VERDICTS[row["verdict"]][0])
        made.add_row(verdict, _entry(row))
    return made


def _entry(row: Mapping[str, Any]) -> Text:
    """Return what a figure is called, how its ends compare, and the sentence, which says all where it follows."""
    unit = "" if row["unit"] in (None, "1") else f" {row['unit']}"
    published = span(row["published_low"], row["published_high"])
    quoted = "" if is_in_these_words(row["reported_text"], published) else f'"{row["reported_text"]}" = '
    is_told = row["verdict"] in ("follows", "rounding")
    text = Text(row["published_id"], style="bold")
    if quoted or not is_told:
        text.append(f"\npublished {quoted}{published}{unit}", style="not bold")
    if not is_told and row["recomputed_low"] is not None:
        text.append(f", recomputed {span(row['recomputed_low'], row['recomputed_high'])}{unit}", style="not bold")
        text.append(f"  ({_difference(row)})", style="not bold dim")
    return text.append(f"\n{row['explanation']}", style="not bold")


def is_in_these_words(reported: str | None, printed: str) -> bool:
    """Tell whether a publication's words begin with the figure as it is printed here, or if there are no words."""
    words, figures = ((text or "").replace(",", "").replace(" to ", " - ") for text in (reported, printed))
    after = words.removeprefix(figures)
    return not words or (words.startswith(figures) and not after.startswith(".") and not after[:1].isdigit())


def _asking(rows: Rows, as_of: str | None) -> Text | None:
    """Return the line that says how to trace a figure, by one of those listed."""
    row = next((record for record in rows.records() if record["recomputed_low"] is not None), None)
    if row is None:
        return None
    then = f" --as-of '{as_of}'" if as_of else ""
    command = f"footnote trace --table claim_audit --row {row['row_id']} recomputed{then}"
    which = f"by its row_id in --format csv; here {row['published_id']}"
    return Text(f"Where a figure comes from, {which}: {command}", style="dim")


def _difference(row: Mapping[str, Any]) -> str:
    ends = [f"{100 * row[name]:+.1f} %" for name in ("low_end_difference", "high_end_difference")]
    shown = ["0.0 %" if end in ("+0.0 %", "-0.0 %") else end for end in ends]
    return shown[0] if shown[0] == shown[1] else f"low end {shown[0]}, high end {shown[1]}"
