"""The `footnote` command: its commands, and how errors reach people."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Annotated

import typer

from orchestration.commands import (
    audit,
    baseline,
    build,
    calibration,
    check,
    coverage,
    deprecate,
    estimates,
    history,
    lists,
    own,
    refresh,
    schedule,
    show,
    sql,
    trace,
    what_if,
)
from sources.errors import SourceError
from warehouse.errors import WarehouseError
from warehouse.read import DatabaseError

#: How interrupts are called where they arrive, and the exit code that shells know them by.
INTERRUPTS = {"KeyboardInterrupt", "DagsterExecutionInterruptedError", "InterruptException"}
INTERRUPTED = 130

app = typer.Typer(
    name="footnote",
    help="Energy and carbon of AI models, with the path of every number back to its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    build.run,
    refresh.refresh,
    schedule.schedule,
    estimates.estimates,
    trace.trace,
    what_if.what_if,
    deprecate.deprecate,
    audit.claims,
    lists.sources,
    lists.models,
    lists.disagreements,
    coverage.coverage,
    calibration.calibration,
    check.check,
    own.add,
    own.remove,
    own.own,
    sql.sql,
    history.releases,
    history.revisions,
    history.restore,
    build.dagster,
    baseline.baseline,
):
    app.command()(command)


def _version(is_asked: bool) -> None:
    if is_asked:
        from importlib import metadata

        typer.echo(metadata.version("carbon-footnote"))
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options of the command itself."""


def program() -> None:
    """Run the command line as a whole process.

    Most of what a command makes is of use until its end, so there is no search for garbage. Then it ends at once:
    taking apart all that Dagster and the like have imported would take a second, for nothing. What is registered to be
    done at the end is done, and what was printed is written.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a request to end is met as an interrupt is
    try:
        main()
        code = 0
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        code = ended.code or 0
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # it was closed before
            with suppress(BrokenPipeError):  # nobody reads on
                stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line: our errors become one line on stderr and exit code 1, wrong usage exit code 2."""
    try:
        _command()(None if arguments is None else list(arguments))
    except (WarehouseError, SourceError, DatabaseError, OSError) as error:
        show.messages().print(f"error: {_words(error)}", style="red", soft_wrap=True)
        sys.exit(1)
    except BaseException as error:
        if not _is_interrupt(error):
            raise
        show.messages().print("interrupted: the last release stands as it was; run again to go on", style="yellow")
        sys.exit(INTERRUPTED)


def _is_interrupt(error: BaseException) -> bool:
    """Tell whether an interrupt is behind an error, which Dagster and the database raise as errors of their own."""
    chain: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in chain:
            chain.append(one)
            waiting += [one.__cause__, one.__context__]
    kinds = {type(one).__name__ for one in chain}
    return not kinds.isdisjoint(INTERRUPTS) or any("Query interrupted" in str(one) for one in chain)


@cache
def _command() -> Callable[[list[str] | None], object]:
    """Return the command, whose parameters typer reads from the functions' signatures once."""
    return typer.main.get_command(app)


def _words(error: Exception) -> str:
    """Return what to say of an error; a full disk is told by the system or by the database, in many words."""
    for line in str(error).splitlines():
        if any(words in line.lower() for words in ("no space left", "file too large")):
            told = line.rpartition("Original error: ")[2].rstrip(".;")
            return f"{told}; free some space and run again: the last release stands as it was"
    return str(error)


if __name__ == "__main__":
    program()
