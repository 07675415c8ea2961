"""`footnote releases`, `footnote revisions` and `footnote restore`: what was released, what moved and why, and back.

What puts a release back is imported only when asked for: it needs more than readers wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from orchestration.commands.figures import figure
from orchestration.commands.show import FormatOption, HomeOption, home_of, screen, stacked, table, write_data
from warehouse import history, moves, packing
from warehouse.read import Rows, release

#: How many moved numbers are shown to people; the other formats have all.
SHOWN = 40
_MEGABYTE = 1_000_000


def releases(home: HomeOption, form: FormatOption = "table") -> None:
    """List all releases, newest first: what each is made of, what moved in it and why, and whether it is kept.

    Kept are the last 10, the newest of every month, and the current one.
    """
    installed = home_of(home)
    with release(installed):
        rows = packing.listing(installed.release, installed.releases)
    if form != "table":
        write_data(Rows(tuple(rows[0]), [tuple(row.values()) for row in rows]), form)
        return
    made = table("release", "released (UTC)", ("numbers", "right"), "moved", ("size [MB]", "right"))
    for column in made.columns:
        column.no_wrap = True
    for row in rows:
        made.add_row(
            stacked(row["release_id"], *_marks(row)),
            stacked(f"{row['released_at']:%Y-%m-%d %H:%M}", f"after {row['parent_id']}" if row["parent_id"] else None),
            figure(row["numbers"]),
            _causes(row),
            f"{row['bytes'] / _MEGABYTE:.1f}" if row["bytes"] else "not kept",
        )
    screen().print(made)
    screen().print(Text("numbers: the ends of ranges count too; moved: each number once", style="dim"))
    screen().print(
        Text(
            f"{sum(row['bytes'] or 0 for row in rows) / _MEGABYTE:.0f} MB. As it was then: footnote estimates --as-of "
            "DATE. Put one back: footnote restore RELEASE",
            style="dim",
        ),
        soft_wrap=True,
    )


def _marks(row: Mapping[str, Any]) -> list[str]:
    """Return what is said below the release that is current, a line each."""
    if not row["is_current"]:
        return []
    return ["current, restored", f"on {row['restored_at']:%Y-%m-%d}"] if row["restored_at"] else ["current"]


def _causes(row: Mapping[str, Any]) -> str:
    if row["parent_id"] is None:
        return "first"
    kinds = [("claims", "moved_by_claims"), ("SQL", "moved_by_sql"), ("code", "moved_by_code")]
    if row["moved_by_claims"] is None:
        return "not recorded"
    return "\n".join(f"{figure(row[name])} by {kind}" for kind, name in kinds if row[name]) or "nothing"


def revisions(
    home: HomeOption,
    since: Annotated[
        str | None,
        typer.Option("--since", help="A date, or a release: all that moved since.", show_default="the latest release"),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Only this model's numbers.")] = None,
    form: FormatOption = "table",
) -> None:
    """Show every number that moved between releases: before, after, and the claim, SQL or code that moved it."""
    with release(home_of(home)) as opened:
        rows = moves.revisions(opened, since, model)
        counted = [] if model else moves.counts(opened, since)
    if form != "table":
        write_data(rows, form)
        return
    console = screen()
    if not rows.values:
        latest = "since then" if since else "in the latest release"
        console.print(f"no number moved {latest}{f' of {model}' if model else ''}; all releases: footnote releases")
        return
    made = table("number", ("before", "right"), ("after", "right"), ("change", "right"), "because")
    for row in rows.records()[:SHOWN]:
        made.add_row(
            stacked(row["column_name"], row["subject"], row["table_name"]),
            _value(row, "before"),
            _value(row, "after"),
            _change(row),
            _because(row),
        )
    console.print(made)
    for line in _counted(counted):
        console.print(Text(line, style="dim"))
    if len(rows.values) > SHOWN:
        console.print(
            Text(f"{SHOWN} of {figure(len(rows.values))} shown; all of them: --format csv", style="dim"), soft_wrap=True
        )


def _value(row: Mapping[str, Any], when: str) -> Text:
    if row[when] is None:
        return Text("-")
    value, low, high = (figure(row[f"{when}{end}"]) for end in ("", "_low", "_high"))
    return stacked(value, None if low == high else f"{low} - {high}")


def _change(row: Mapping[str, Any]) -> str:
    if row["before"] is None:
        return "new"
    if row["after"] is None:
        return "gone"
    if row["before"] == row["after"]:
        return "range only"
    return "" if row["change_percent"] is None else f"{row['change_percent']:+.3g} %"


def _because(row: Mapping[str, Any]) -> str:
    causes = str(row["cause"]).split("; ")
    more = row["cause_count"] - 3
    return "\n".join(causes[:3]) + (f"\nand {more} more" if more > 0 else "")


def _counted(counts: list[dict[str, Any]]) -> list[str]:
    """Return a line for each release: how many numbers moved in which table."""
    lines: dict[str, list[str]] = {}
    for row in counts:
        total = row["changed"] + row["appeared"] + row["gone"]
        cut = f", {figure(row['listed'])} listed" if row["listed"] < total else ""
        told = f"{row['table_name']} {figure(total)} by {row['cause_kind']}{cut}"
        lines.setdefault(f"{row['parent_id']} → {row['release_id']}", []).append(told)
    return [f"{between}: {'; '.join(told)}" for between, told in lines.items()]


def restore(
    asked: Annotated[str, typer.Argument(metavar="RELEASE", help="Id of a release, or its beginning.")],
    home: HomeOption,
) -> None:
    """Make an earlier release current again, after checking every table of it against its recorded hash.

    It stays until a run builds something new; `footnote restore` of the newest release ends it too.
    """
    from warehouse.restore import restore as put_back

    installed = home_of(home)
    with release(installed):
        pass
    event = put_back(installed, asked)
    option = "" if home == Path("data") else f" --home {home}"
    newest = history.pinned(history.events(installed.release))
    screen().print(
        f"Release {event.release_id} of {event.released_at:%Y-%m-%d %H:%M:%S} is current; every table is what was "
        "released then.",
        soft_wrap=True,
    )
    if newest:
        screen().print(
            f"It stays so until a run builds something new. Back to the newest: footnote restore "
            f"{newest.release_id}{option}",
            soft_wrap=True,
        )
