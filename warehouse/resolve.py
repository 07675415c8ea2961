"""What names mean: the entities behind a source's words, and the documents behind its citations. Never a guess."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import duckdb

from warehouse.errors import LoadError
from warehouse.vocabulary import quantities

#: Kinds of the things that quantities of kind `entity` name, where they are called otherwise.
OBJECT_KINDS = {"builds_on": "published_claim", "developer_country": "country"}

#: What resolving a row depends on.
_RESOLVED = itemgetter("subject_kind", "subject", "quantity", "object", "reference_id", "citation")


def slug(name: str) -> str:
    """Return a name as an identity: lower case, with one hyphen for what is neither letter, digit nor point.

    `+` is spelt, since it tells one model from another.
    """
    plain = unicodedata.normalize("NFKD", name.replace("+", " plus ")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


class Names:
    """Resolve the names that a source uses, and the documents that it cites."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, source_id: str) -> None:
        aliases = connection.execute(
            "SELECT kind, alias, entity_id FROM alias WHERE source_id IN ('', ?) ORDER BY source_id", [source_id]
        ).fetchall()
        self.entities = set(connection.execute("SELECT kind, entity_id FROM entity WHERE is_curated").fetchall())
        self.aliases: dict[tuple[str, str], str] = {(kind, alias): entity for kind, alias, entity in aliases}
        [(self.feed, defines)] = connection.execute(
            "SELECT reference_id, defines FROM source WHERE source_id = ?", [source_id]
        ).fetchall()
        self.defines = tuple(defines.split(";"))
        self.curated = {row[0] for row in connection.execute("SELECT reference_id FROM reference").fetchall()}
        self.citations = dict(connection.execute("SELECT citation, reference_id FROM citation").fetchall())
        self.cited: dict[str, list[Any]] = {}
        self._known: dict[tuple[Any, ...], dict[str, Any]] = {}

    def entity(self, kind: str, name: str) -> str | None:
        """Return the entity that a name means, or that it defines; None if it means nothing known; never a guess."""
        if (kind, name) in self.aliases:
            return self.aliases[kind, name]
        if (kind, name) in self.entities:
            return name
        if kind == "region":  # any source may name a region of a provider that is known
            provider, _, code = name.partition("/")
            return name.lower() if ("provider", provider) in self.entities and code else None
        return slug(name) or None if kind in self.defines else None

    def resolve(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return subject, object and reference of a row, resolved."""
        key = _RESOLVED(row)
        if key not in self._known:
            self._known[key] = self._resolve(row)
        return self._known[key]

    def _resolve(self, row: Mapping[str, Any]) -> dict[str, Any]:
        kind = quantities()[row["quantity"]].kind
        stated = row["object"]
        object_kind = OBJECT_KINDS.get(row["quantity"], row["quantity"])
        return {
            "subject_id": self.entity(row["subject_kind"], row["subject"]),
            "object_id": self.entity(object_kind, stated) if kind == "entity" else stated,
            "reference_id": self._reference(row),
        }

    def _reference(self, row: Mapping[str, Any]) -> str:
        key, citation = row["reference_id"], row["citation"]
        if key is not None:
            if key not in self.curated:
                raise LoadError(
                    f"{row['source_id']}, line {row['source_row']}: found reference {key!r}; expected a key of "
                    "sources/references.bib. Add the document there."
                )
            return str(key)
        if citation is None:
            return str(self.feed)
        if citation in self.citations:
            return str(self.citations[citation])
        identity = f"cited-{hashlib.md5(citation.encode()).hexdigest()[:12]}"
        address = re.search(r"https?://\S+", citation)
        year = re.search(r"\b(19|20)\d\d\b", citation)
        url = address[0].rstrip(").,") if address else None
        openable = bool(address or year)
        self.cited[identity] = [
            identity,
            "misc",
            citation,
            None,
            year and year[0],
            None,
            url,
            None,
            None,
            False,
            openable,
        ]
        return identity
