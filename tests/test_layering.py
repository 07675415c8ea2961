"""Imports go to the left: sources <- warehouse <- assets <- orchestration; outside libraries stay in their layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["sources", "warehouse", "assets", "orchestration"]
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))

#: Where an outside library may be imported.
HOMES = {
    "duckdb": {"warehouse"},
    "great_expectations": {"warehouse"},
    "sqlglot": {"warehouse"},
    "pint": {"warehouse"},
    "altair": {"warehouse"},
    "pybtex": {"sources"},
    "httpx": {"sources"},
    "tenacity": {"sources"},
    "dagster": {"assets", "orchestration"},
    "typer": {"orchestration"},
    "rich": {"orchestration"},
}
#: Those who read a release: they carry no frames.
READERS = ["trace", "read", "query", "naming", "footprints", "traces", "listings"]

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, those for types alone left out."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@each_file
def test_imports_go_to_the_left(path: Path) -> None:
    to_the_right = LAYERS[LAYERS.index(layer(path)) + 1 :]
    wrong = [name for name in imports(path) if name.split(".")[0] in to_the_right]
    assert wrong == []


@each_file
def test_libraries_stay_in_their_layer(path: Path) -> None:
    wrong = [name for name in imports(path) if layer(path) not in HOMES.get(name.split(".")[0], {layer(path)})]
    assert wrong == []


@pytest.mark.parametrize("name", READERS)
def test_who_reads_a_release_needs_no_frames_and_no_scheduler(name: str) -> None:
    reached: set[str] = set()
    waiting = [f"warehouse.{name}"]
    while waiting:
        module = waiting.pop()
        path = ROOT / f"{module.replace('.', '/')}.py"
        if module not in reached and path.exists():
            waiting += list(imports(path))
        reached.add(module)
    roots = {module.split(".")[0] for module in reached}
    assert "duckdb" in roots or name in ("trace", "naming")
    assert roots & {"pandas", "dagster", "great_expectations", "sqlglot", "pint"} == set()


def test_sources_need_no_database_and_adapters_no_network_library() -> None:
    used = {name.split(".")[0] for path in FILES if layer(path) == "sources" for name in imports(path)}
    assert used & {"duckdb", "sqlglot", "pint", "dagster", "requests"} == set()
    fetching = {path.name for path in FILES if {"httpx", "tenacity", "sources.fetch"} & set(imports(path))}
    assert fetching == {"fetch.py", "refresh.py"}
    assert {"pandas", "pybtex", "csv"} <= used


def test_the_walk_sees_every_layer() -> None:
    assert {layer(path) for path in FILES} == set(LAYERS)
    assert "duckdb" in set(imports(ROOT / "warehouse" / "connect.py"))
