"""SQL models as files: read their headers, find what they read, put them in order. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp

from warehouse.errors import SqlModelError

SQL_FOLDER = Path(__file__).parent / "sql"
WINDOW_FILE = "across_branches"


@dataclass(frozen=True)
class Branch:
    """One SELECT: a whole table, or one of the alternatives that a folder's table is the union of."""

    name: str
    sql: str
    select: exp.Select


@dataclass(frozen=True)
class SqlModel:
    """One derived table: its purpose, grain, identity column and branches.

    grain: columns whose values identify a row; (`claim_id`,) marks a view of claims, which holds no numbers of its own.
    across: expressions over the union of all branches (no numbers), where a folder has such a file.
    sums: rows sum up the claims of a group, so that each number has many inputs.
    """

    name: str
    purpose: str
    grain: tuple[str, ...]
    id_column: str
    branches: tuple[Branch, ...]
    across: exp.Select | None
    sums: bool = False

    @property
    def is_claims(self) -> bool:
        """Tell whether rows are claims themselves rather than numbers derived from them."""
        return self.grain == ("claim_id",)

    @property
    def is_folder(self) -> bool:
        """Tell whether the table is a union of branches, told apart by its column `branch`."""
        return self.branches[0].name != self.name

    @cached_property
    def reads(self) -> frozenset[str]:
        """Return the names of the tables that the SQL reads, its own CTEs left out."""
        return frozenset().union(*(tables_read(branch.select) for branch in self.branches))


def tables_read(select: exp.Select) -> frozenset[str]:
    """Return the tables that a SELECT reads, its CTEs left out."""
    ctes = {cte.alias for cte in select.find_all(exp.CTE)}
    return frozenset(table.name for table in select.find_all(exp.Table)) - ctes


def parse_select(name: str, sql: str) -> exp.Select:
    """Parse one SELECT in DuckDB's dialect.

    Raises: SqlModelError if it is no single SELECT.
    """
    try:
        statements = sqlglot.parse(sql, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        said = re.sub(r"\x1b\[\d*m", "", str(error))  # it is underlined for a terminal
        raise SqlModelError(f"{name}: {said}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise SqlModelError(f"{name}: found something else than one SELECT; put branches into files of one folder")
    return statements[0]


def read_models(folder: Path = SQL_FOLDER) -> dict[str, SqlModel]:
    """Read every SQL model of a folder, in an order in which each comes after what it reads.

    Raises: SqlModelError for a file without header, or models that read each other in a circle.
    """
    models = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            files = sorted(path.glob("*.sql"))
        elif path.suffix == ".sql":
            files = [path]
        else:
            continue
        models[path.stem] = _model(path.stem, files)
    graph = {name: sorted(model.reads & models.keys()) for name, model in models.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise SqlModelError(f"models read each other in a circle: {' -> '.join(error.args[1])}") from error
    return {name: models[name] for name in order}


def _model(name: str, files: Iterable[Path]) -> SqlModel:
    branches: list[Branch] = []
    across: exp.Select | None = None
    header: dict[str, str] = {}
    purposes: list[str] = []
    for path in files:
        sql = path.read_text()
        found = _header(path, sql)
        select = parse_select(path.stem, sql)
        if path.stem == WINDOW_FILE:
            across = select
            header["purpose"] = found["purpose"]
        else:
            branches.append(Branch(path.stem, sql, select))
            purposes.append(f"{path.stem}: {found['purpose']}" if path.stem != name else found["purpose"])
        header |= {key: value for key, value in found.items() if key in ("grain", "id", "sums") and key not in header}
    if "grain" not in header:
        raise SqlModelError(f"{name}: no line '-- grain: COLUMN, ...' in the header; say what identifies a row")
    grain = tuple(part.strip() for part in header["grain"].split(","))
    purpose = header.get("purpose") or "\n".join(purposes)
    return SqlModel(name, purpose, grain, header.get("id", "row_id"), tuple(branches), across, "sums" in header)


def _header(path: Path, sql: str) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line[2:].strip()
        if match := re.match(r"(grain|id|method|sums):\s*(.+)", text):
            header[match[1]] = match[2]
        elif "grain" not in header:
            header["purpose"] = f"{header.get('purpose', '')} {text}".strip()
    if "purpose" not in header:
        raise SqlModelError(f"{path.name}: no header; begin with a comment that says what one row is")
    return header
