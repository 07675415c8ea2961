"""Expectations on sources and tables: begun where there is something to check, awaited where it must have held."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import duckdb

from sources import registry
from warehouse import checks
from warehouse.layout import transaction
from warehouse.steps import contents, digest, done_anew, files, is_done


def check(connection: duckdb.DuckDBPyConnection, table: str) -> checks.Pending:
    """Begin to check a derived table, unless that was done on the same content.

    Returns: what waits for the results and keeps them, to be called within a transaction; the checks go on aside
    meanwhile.
    """
    state = _to_check(connection, {table, *checks.reads(table)})
    if is_done(connection, f"checks/{table}", state):
        return lambda: checks.stored(connection, table)
    return _kept(connection, table, state, checks.check_table(connection, table))


def check_sources(connection: duckdb.DuckDBPyConnection) -> dict[str, checks.Pending]:
    """Begin to check the claims of all sources, as `check` does a table."""
    state = _to_check(connection, set())
    labels = {source_id: f"claims/{source_id}" for source_id in registry.ADAPTERS}
    anew = [source_id for source_id, label in labels.items() if not is_done(connection, f"checks/{label}", state)]
    begun = checks.check_sources(connection, anew)
    return {
        source_id: _kept(connection, label, state, begun[source_id])
        if source_id in begun
        else partial(checks.stored, connection, label)
        for source_id, label in labels.items()
    }


def _to_check(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> str:
    """Return the fingerprint of checks on claims and tables."""
    code = files("warehouse/checks.py", "sources/curated/known_exceptions.csv")
    rules = sorted((Path(__file__).parent.parent / "expectations").glob("*.py"))
    return digest([*code, *(path.read_bytes() for path in rules), *contents(connection, {"claim", *tables})])


def _kept(connection: duckdb.DuckDBPyConnection, label: str, state: str, pending: checks.Pending) -> checks.Pending:
    def results() -> list[checks.Result]:
        found: list[checks.Result] = []
        done_anew(connection, f"checks/{label}", state, lambda: found.extend(pending()))
        return found

    return results


def checked(
    connection: duckdb.DuckDBPyConnection, begun: Mapping[str, checks.Pending]
) -> dict[str, list[checks.Result]]:
    """Wait for checks that were begun, and keep their results."""
    with transaction(connection):
        return {name: pending() for name, pending in begun.items()}
