"""Questions that readers ask of a release, answered as rows. No layout, no formulas, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.connect import Home, is_damage, reader
from warehouse.errors import WarehouseError
from warehouse.naming import choose, resolve

#: For those who report errors and do not otherwise know the database.
DatabaseError = duckdb.Error

_MODEL_NAMES = """
SELECT entity_id AS name, entity_id AS model_id FROM entity WHERE kind = 'model'
UNION SELECT name, entity_id FROM entity WHERE kind = 'model'
UNION SELECT alias, entity_id FROM alias WHERE kind = 'model'
UNION SELECT run.entity_id, run.part_of FROM entity AS run WHERE run.kind = 'training_run'
UNION SELECT alias.alias, run.part_of FROM alias
JOIN entity AS run ON run.kind = alias.kind AND run.entity_id = alias.entity_id
WHERE alias.kind = 'training_run'"""

_NAMES = """
SELECT entity_id, entity_id FROM entity WHERE kind = $kind
UNION SELECT name, entity_id FROM entity WHERE kind = $kind
UNION SELECT alias, entity_id FROM alias WHERE kind = $kind"""


@dataclass(frozen=True)
class Rows:
    """The answer to a question: column names and rows."""

    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as mappings."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.values]


class Release:
    """An open release, and the questions it answers."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> Rows:
        """Return the rows of a query."""
        result = self._connection.execute(query, parameters or None)
        return Rows(tuple(column[0] for column in result.description or ()), result.fetchall())

    def model_id(self, asked: str) -> str:
        """Return the id of a model, given by id, name or alias."""
        return resolve("model", asked, self._pairs(_MODEL_NAMES), "All models: footnote models")

    def region_id(self, asked: str) -> str:
        """Return the id of a region, given by id or name."""
        names = self._pairs(_NAMES, kind="region")
        known = self.words("SELECT DISTINCT part_of FROM entity WHERE kind = 'region' ORDER BY part_of")
        place = asked.partition("/")[0]
        listing = f"Regions are written provider/region, as azure/westus; providers: {', '.join(known)}"
        if place in known:
            of_it = self.words(
                "SELECT entity_id FROM entity WHERE kind = 'region' AND part_of = ? ORDER BY ALL", [place]
            )
            listing = f"Regions of {place}: {', '.join(of_it)}"
        return resolve("region", asked, names, listing)

    def provider_id(self, asked: str) -> str:
        """Return the id of a provider, given by id or name."""
        known = self.words("""
            SELECT provider_id FROM training_runs
            UNION SELECT part_of FROM entity WHERE kind = 'region' ORDER BY ALL""")
        names = self._pairs(_NAMES, kind="provider")
        return resolve("provider", asked, names, f"Of runs and regions there are: {', '.join(known)}")

    def developer_id(self, asked: str) -> str:
        """Return the id of a developer, given by id, name or alias."""
        return resolve("developer", asked, self._pairs(_NAMES, kind="developer"), "All: footnote models")

    def country_id(self, asked: str) -> str:
        """Return the id of a country, given by its two letters or its name."""
        return resolve("country", asked, self._pairs(_NAMES, kind="country"), "Countries go by two letters, as us")

    def method(self, asked: str) -> str:
        """Return a method of estimating, if there is such a one."""
        return choose(
            "method", asked, self.words("SELECT method FROM estimates GROUP BY method ORDER BY method_order(method)")
        )

    def audit(self, publication: str | None = None, verdict: str | None = None) -> Rows:
        """Return published figures beside what their own sources give, by publication, in the order of our table.

        publication: the part of `published_id` before the slash.
        """
        if publication is not None:
            known = self.words("SELECT DISTINCT split_part(published_id, '/', 1) FROM claim_audit ORDER BY 1")
            choose("publication", publication, known)
        if verdict is not None:
            choose("verdict", verdict, ("follows", "rounding", "does_not_follow", "unit_error", "not_checkable"))
        return self.rows(
            """
            SELECT audit.row_id, audit.published_id, audit.published_name, audit.statement, audit.unit,
                audit.published_low, audit.published_high, audit.recomputed_low, audit.recomputed_high,
                audit.low_end_difference, audit.high_end_difference, audit.verdict, audit.explanation,
                audit.builds_on_id, claim.reported_text
            FROM claim_audit AS audit
            LEFT JOIN claim ON claim.claim_id = audit.published_claim_id
            WHERE ($publication IS NULL OR split_part(audit.published_id, '/', 1) = $publication)
                AND ($verdict IS NULL OR audit.verdict = $verdict)
            ORDER BY min(claim.source_row) OVER (PARTITION BY split_part(audit.published_id, '/', 1)),
                claim.source_row, audit.published_id""",
            {"publication": publication, "verdict": verdict},
        )

    def credits(self, table: str, row_ids: Sequence[int] | None = None) -> Rows:
        """Return the feeds that the numbers of rows of a table rest on, or of all its rows: whom to name, and licence.

        Our own tables cite a document for each figure; those are named where a number is traced.
        """
        return self.rows(
            f"""
            SELECT split_part(source.attribution, ',', 1) AS credit, source.licence
            FROM (
                SELECT DISTINCT claim.source_id
                FROM references_of.{table} AS cited
                JOIN claim ON claim.claim_id = cited.claim_id
                WHERE $row_ids IS NULL OR list_contains($row_ids, cited.row_id)
            ) AS used
            JOIN source ON source.source_id = used.source_id AND source.schedule <> '@manual'
            ORDER BY NOT starts_with(source.licence, 'CC'), source.attribution""",
            {"row_ids": None if row_ids is None else list(row_ids)},
        )

    def feeds(self) -> Rows:
        """Return all feeds read, as `credits` does."""
        return self.rows("""
            SELECT split_part(source.attribution, ',', 1) AS credit, source.licence
            FROM source
            SEMI JOIN snapshot_count AS counted ON counted.source_id = source.source_id
            WHERE source.schedule <> '@manual'
            ORDER BY NOT starts_with(source.licence, 'CC'), source.attribution""")

    def latest(self) -> dict[str, Any]:
        """Return what the release says of itself."""
        return self.rows("FROM release ORDER BY released_at DESC LIMIT 1").records()[0]

    def _pairs(self, query: str, **parameters: object) -> list[tuple[str, str]]:
        return [(name, identity) for name, identity in self.rows(query, parameters).values if name and identity]

    def words(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[str]:
        """Return the first column of a query's rows, without the unknown."""
        return [row[0] for row in self.rows(query, parameters).values if row[0] is not None]


@contextmanager
def release(home: Home) -> Iterator[Release]:
    """Open the current release for questions.

    Raises: WarehouseError for whatever the database refuses; a table or column that is not there says that the release
    was made by another version, for we ask for those of our own alone.
    """
    try:
        with reader(home) as connection:
            yield Release(connection)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        remedy = "make it anew with: footnote run"
        if home.as_of is not None:
            remedy = "it still answers in its own tables: footnote sql --as-of DATE QUERY"
        raise WarehouseError(
            f"{home.release}: this release was made by another version of footnote, with other tables; {remedy} "
            f"({str(error).splitlines()[0]})"
        ) from error
    except duckdb.Error as error:
        if is_damage(error):
            raise WarehouseError(f"{home.release}: damaged ({error}); make it anew with: footnote run") from error
        raise WarehouseError(f"{home.release}: {error}") from error
