"""Check sources and derived tables, set known exceptions apart, and keep what was found.

What is expected is said in `warehouse.expectations`; what is known to offend, in known_exceptions.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from functools import partial

import duckdb
import pandas as pd

from sources import registry
from warehouse.errors import CheckError
from warehouse.expectations import Rule, Severity, claims, tables
from warehouse.expectations.engine import Found, ask, ask_by_group, query
from warehouse.expectations.suites import SOURCES, TABLES
from warehouse.sqlmodel import parse_select, tables_read

#: Tables and sources with more rows are checked by a query: a frame of 40,000 rows takes longer than the table itself.
LARGEST_FRAME = 20_000
#: Offenders of a rule that are named, a line each.
SAMPLE = 20


@dataclass(frozen=True)
class Result:
    """What one rule found in one table; the columns of validation_result."""

    table_name: str
    expectation_id: str
    meaning: str
    severity: Severity
    is_success: bool
    checked: int
    excepted: int
    failed: int
    sample: str | None
    snapshot_id: str | None


#: What waits for the results of a check and keeps them.
Pending = Callable[[], list[Result]]


def check_sources(connection: duckdb.DuckDBPyConnection, source_ids: Iterable[str]) -> dict[str, Pending]:
    """Begin to check the current claims of sources; return for each what waits for the results and keeps them.

    What holds of all claims is checked of all together. Known exceptions are counted apart, and those that are gone
    reported.
    """
    wanted = list(source_ids)
    counts = dict(connection.execute("SELECT source_id, count(*) FROM claim GROUP BY source_id").fetchall())
    framed = [source_id for source_id in wanted if counts.get(source_id, 0) <= LARGEST_FRAME]
    frame = connection.execute(claims.select(*framed)).df() if framed else pd.DataFrame()
    of_all = ask_by_group(frame, claims.RULES, "source_id")

    def begun(source_id: str) -> Pending:
        suite = SOURCES[source_id]
        special = ask(suite.frame(connection), suite.rules)
        queried = None if source_id in framed else query(connection, claims.select(source_id), claims.RULES)
        nothing = {rule.rule_id: Found(0, ()) for rule in claims.RULES}
        return lambda: _source_results(
            connection, source_id, {**(queried or of_all().get(source_id, nothing)), **special()}
        )

    return {source_id: begun(source_id) for source_id in wanted}


def _source_results(connection: duckdb.DuckDBPyConnection, source_id: str, found: dict[str, Found]) -> list[Result]:
    suite = SOURCES[source_id]
    known = _known(source_id)
    latest = connection.execute(
        "SELECT snapshot_id, origin FROM retrieval WHERE source_id = ? "
        "ORDER BY retrieved_at DESC, snapshot_id DESC LIMIT 1",
        [source_id],
    ).fetchall()
    snapshot_id, origin = latest[0] if latest else (None, None)
    make = partial(_result, f"claims/{source_id}", snapshot_id)
    results = [make(rule, found[rule.rule_id], known) for rule in (*claims.RULES, *suite.rules)]
    seen = {(rule_id, subject, text) for rule_id, one in found.items() for subject, _, text in one.offenders}
    if origin == "baseline":  # it restates facts only, not the cells that hold none
        seen |= {one for one in known if one[0] == "nothing_quarantined"}
    gone = tuple((f"{rule} {subject}", "known_exceptions.csv", text) for rule, subject, text in sorted(known - seen))
    stale = Rule("stale_exception", "Every known exception still occurs", "warning", "", "")
    return _store(connection, f"claims/{source_id}", [*results, make(stale, Found(len(known), gone), set())])


def reads(table: str) -> frozenset[str]:
    """Return the tables that the rules of a derived table look at beside it."""
    suite = TABLES[table]
    steps = f"WITH {suite.steps} " if suite.steps else ""
    return tables_read(parse_select(table, f"{steps}SELECT t.* FROM {table} AS t {suite.joins}")) - {table}


def check_table(connection: duckdb.DuckDBPyConnection, table: str) -> Pending:
    """Begin to check a derived table; return what waits for the results and keeps them."""
    select, rules = tables.select(connection, table, TABLES[table])
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    if count <= LARGEST_FRAME:
        pending = ask(connection.execute(select).df(), rules)
    else:
        queried = query(connection, select, rules)
        pending = lambda: queried  # noqa: E731 - as the other

    def results() -> list[Result]:
        found = pending()
        return _store(connection, table, [_result(table, None, rule, found[rule.rule_id], set()) for rule in rules])

    return results


def stored(connection: duckdb.DuckDBPyConnection, table_name: str) -> list[Result]:
    """Return what the last check of a table found, in the order of its rules."""
    rows = connection.execute(
        "SELECT * FROM validation_result WHERE table_name = ? ORDER BY rowid", [table_name]
    ).fetchall()
    return [Result(*row) for row in rows]


def failures(results: Iterable[Result]) -> list[Result]:
    """Return the blocking rules that failed."""
    return [result for result in results if result.severity == "blocking" and not result.is_success]


def blocking_failures(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return table and rule of every blocking expectation that fails by the last checks."""
    rows = connection.execute(
        "SELECT table_name, expectation_id FROM validation_result "
        "WHERE severity = 'blocking' AND NOT is_success ORDER BY ALL"
    ).fetchall()
    return [f"{table} {rule}" for table, rule in rows]


def require(results: Iterable[Result]) -> None:
    """Raise CheckError if a blocking rule failed, with its place, what was found and what was expected."""
    if failed := failures(results):
        raise CheckError(
            "\n".join(
                f"{one.table_name}, {one.expectation_id}: {one.failed} of {one.checked} fail: "
                f"{'; '.join((one.sample or '').splitlines())}; "
                f"expected: {one.meaning}. Mend the source, correct it, or list it in known_exceptions.csv."
                for one in failed
            )
        )


def _known(source_id: str) -> set[tuple[str, str, str]]:
    """Return the known exceptions of a source: rule, subject, what is found."""
    listed = registry.names("known_exceptions")
    rows = listed.loc[listed["source_id"] == source_id, ["expectation_id", "subject", "found"]]
    return {(rule_id, subject, found) for rule_id, subject, found in rows.itertuples(index=False, name=None)}


def _result(table: str, snapshot_id: str | None, rule: Rule, found: Found, known: set[tuple[str, str, str]]) -> Result:
    new = [one for one in found.offenders if (rule.rule_id, one[0], one[2]) not in known]
    named = dict.fromkeys(f"{subject}, {place}: found {text!r}" for subject, place, text in new)
    return Result(
        table_name=table,
        expectation_id=rule.rule_id,
        meaning=rule.meaning,
        severity=rule.severity,
        is_success=not new,
        checked=found.checked,
        excepted=len(found.offenders) - len(new),
        failed=len(new),
        sample="\n".join(list(named)[:SAMPLE]) or None,
        snapshot_id=snapshot_id,
    )


def _store(connection: duckdb.DuckDBPyConnection, table: str, results: list[Result]) -> list[Result]:
    """Replace what was found in a table before."""
    connection.execute("DELETE FROM validation_result WHERE table_name = ?", [table])
    row = f"({', '.join('?' * len(fields(Result)))})"
    cells = [cell for result in results for cell in astuple(result)]
    connection.execute(f"INSERT INTO validation_result VALUES {', '.join([row] * len(results))}", cells)
    return results
