"""From claims to numbers: the derived tables, their lineage, and the proof that claims give each number again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import cache

import duckdb

from warehouse import lineage, proof
from warehouse.derive import build, complete_all, drop_others
from warehouse.relations import Completed
from warehouse.steps import Outcome, contents, digest, files, step


@cache
def completed() -> Mapping[str, Completed]:
    """Return all SQL models, completed, in the order in which they are built."""
    return complete_all()


def derived(connection: duckdb.DuckDBPyConnection, name: str) -> Outcome:
    """Build one derived table."""
    done = completed()[name]
    reads = {other if other in completed() else "claim" for other in done.model.reads}
    code = files("warehouse/schema/macros.sql", "warehouse/derive.py", "warehouse/units.py", "warehouse/columns.csv")
    state = digest([done.sql, *code, *contents(connection, reads)])
    tables = [] if done.model.is_claims else [name]

    return step(connection, name, state, lambda: build(connection, done), tables)


def all_derived(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Outcome]]:
    """Build every derived table, each as soon as those are there that it reads; they come as they get done.

    Two at a time, each on a connection of its own: planning the queries, which takes most of the time, keeps one
    processor busy for each connection.
    """

    def built(name: str) -> tuple[str, Outcome]:
        with connection.cursor() as beside:
            return name, derived(beside, name)

    waiting = {name: set(one.model.reads & completed().keys()) for name, one in completed().items()}
    pool = ThreadPoolExecutor(2)
    running: set[Future[tuple[str, Outcome]]] = set()
    try:
        while waiting or running:
            ready = [name for name, needs in waiting.items() if not needs]
            running |= {pool.submit(built, name) for name in ready}
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for name in ready:
                del waiting[name]
            for name, outcome in (one.result() for one in done):
                for needs in waiting.values():
                    needs.discard(name)
                yield name, outcome
    finally:
        pool.shutdown(cancel_futures=True)


def published_lineage(connection: duckdb.DuckDBPyConnection) -> Outcome:
    """Write the lineage tables and create the views and macros over them."""
    code = files("warehouse/lineage.py", "warehouse/plans.py", "warehouse/trace_macros.py", "warehouse/units.py",
                  "warehouse/what_if.py")  # fmt: skip
    state = digest([*code, *(done.sql for done in completed().values())])

    def make() -> None:
        drop_others(connection, completed())
        lineage.publish(connection, completed())

    return step(connection, "lineage", state, make)


@contextmanager
def proving(connection: duckdb.DuckDBPyConnection) -> Iterator[Mapping[str, Callable[[], Outcome]]]:
    """Begin to write the lineage and to prove every number, at the same time: neither reads what the other writes.

    Yields: what waits for the outcome of either.
    """

    def done(stage: Callable[[duckdb.DuckDBPyConnection], Outcome]) -> Outcome:
        with connection.cursor() as beside:
            return stage(beside)

    with ThreadPoolExecutor(2) as both:
        begun = {"lineage": published_lineage, "proof": proved}
        yield {name: both.submit(done, stage).result for name, stage in begun.items()}


def proved(connection: duckdb.DuckDBPyConnection) -> Outcome:
    """Prove every number; nothing is released before."""
    code = files(
        "warehouse/replay.py",
        "warehouse/formula.py",
        "warehouse/sums.py",
        "warehouse/dimensions.py",
        "warehouse/units.py",
    )
    sql = (done.sql for done in completed().values())
    state = digest([*code, *sql, *contents(connection, ["claim", *completed()])])
    return step(connection, "proof", state, lambda: proof.prove(connection, completed()))
