"""What README says: its source table, its commands and its SQL are those of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration import cli
from sources import registry
from warehouse.connect import Home, reader

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_source_table_is_the_registry() -> None:
    assert registry.markdown_table() in README


@pytest.mark.parametrize("target", ["run", "test"])
def test_make_has_the_two_commands(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_every_pictured_file_is_there() -> None:
    pictures = re.findall(r"\]\((docs/[^)]+)\)", README)
    assert len(pictures) >= 3
    for path in pictures:
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("line", re.findall(r"^(?:\$ )?footnote ([^\n#]+)", README, re.MULTILINE))
def test_every_command_runs(line: str, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    words = line.split()
    if words[0] == "dagster":  # serves until it is stopped: its help must do
        words = ["dagster", "--help"]
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert end.value.code == 0
        return
    with pytest.raises(SystemExit) as end:
        cli.main([*words, "--home", str(home.path)])
    assert not end.value.code
    assert len(capsys.readouterr().out.splitlines()) > 1


def test_every_query_answers(home: Home) -> None:
    blocks = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
    queries = [query for block in blocks for query in block.split(";") if query.strip()]
    assert len(queries) == 3
    with reader(home) as connection:
        for query in queries:
            assert connection.execute(query).fetchall()


def test_the_trace_shown_is_the_trace(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit):
        cli.main(["trace", "gpt-4", "--region", "azure/westus", "--home", str(home.path)])
    printed = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    shown = README.split("```")[1].splitlines()[2:]
    for line in shown:
        if line.strip() and line.strip() != "..." and "snapshot" not in line:
            assert line.rstrip() in printed


def test_the_counts_in_the_prose_are_those_of_the_tables(home: Home) -> None:
    words = " ".join(README.split())
    with reader(home) as connection:
        verdicts = dict(connection.execute("SELECT verdict, count(*) FROM claim_audit GROUP BY ALL").fetchall())
        ((slipped,),) = connection.execute("""
            WITH RECURSIVE slip AS (
                SELECT 'ludvigsen2023/hours' AS published_id
                UNION
                SELECT later.published_id FROM claim_audit AS later JOIN slip ON later.builds_on_id = slip.published_id
            )
            SELECT count(*) FROM slip JOIN claim_audit USING (published_id) WHERE verdict = 'does_not_follow'
        """).fetchall()
        intensities, broken = connection.execute("""
            SELECT count(*), count(*) FILTER (contains(flags, 'broken_chain'))
            FROM claim WHERE source_id = 'mlco2_impact' AND quantity = 'grid_intensity'
        """).fetchall()[0]
    assert verdicts == {"follows": 4, "does_not_follow": 10, "unit_error": 1}
    assert "4 follow, 10 do not, one has the wrong unit" in words
    assert slipped == 9
    assert "runs through nine of them" in words
    assert f"{broken} of the {intensities} name no document" in words
