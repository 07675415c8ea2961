"""What README says: its source table, its commands and its SQL are those of the project."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.main import get_command

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


def test_the_pictures_are_those_of_the_release(home: Home) -> None:
    for shown in sorted((ROOT / "docs" / "pictures").glob("*.svg")):
        texts = [re.findall(r">([^<>]+)<", path.read_text()) for path in (shown, home.pictures / shown.name)]
        assert texts[0] == texts[1], f"{shown.name}: copy the one that a run draws"


COMMANDS = re.findall(r"^(?:\$ )?footnote ([^\n#]+)", README, re.MULTILINE)
#: What serves until it is stopped, or would change the home that all tests read: its help must do.
ONLY_HELP = {"add", "dagster", "refresh", "remove", "restore", "schedule"}


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_runs(line: str, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line)
    words = [words[0], "--help"] if words[0] in ONLY_HELP else [*words, "--home", str(home.path)]
    if "--as-of" in words:  # the home of the tests is as old as they are
        words[words.index("--as-of") + 1] = datetime.now(UTC).date().isoformat()
    if words[0] == "deprecate":
        assert {"--dry-run", "--list"} & {*words}, "would mark something as wrong in the home that all tests read"
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert not end.value.code
    captured = capsys.readouterr()
    assert captured.out.strip() or captured.err.strip()


def test_every_command_is_told() -> None:
    told = README + (ROOT / "CONTRIBUTING.md").read_text()
    for command in get_command(cli.app).commands:  # type: ignore[attr-defined]
        assert f"footnote {command}" in told, command


def test_every_file_of_yours_that_is_named_is_there() -> None:
    added = [line.split()[1] for line in COMMANDS if line.startswith("add ")]
    assert added
    for path in added:
        assert (ROOT / path).exists(), path


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
    _, command, *shown = README.split("```")[1].splitlines()
    with pytest.raises(SystemExit):
        cli.main([*command.removeprefix("$ footnote ").split(), "--home", str(home.path)])
    printed = {line.rstrip() for line in capsys.readouterr().out.splitlines()}
    for line in shown:
        if line.strip() and line.strip() != "...":
            assert line.rstrip() in printed


#: Each number of the prose: what README says, and the query that must give those numbers.
COUNTS = {
    "15 figures from the inputs that it cites: 4 follow, 10 do not, one has the wrong unit": (
        """SELECT count(*), count(*) FILTER (verdict = 'follows'), count(*) FILTER (verdict = 'does_not_follow'),
            count(*) FILTER (verdict = 'unit_error')
        FROM claim_audit WHERE starts_with(published_id, 'ludvigsen2023/')""",
        (15, 4, 10, 1),
    ),
    "runs through nine of them": (
        """WITH RECURSIVE slip AS (
            SELECT 'ludvigsen2023/hours' AS published_id
            UNION
            SELECT later.published_id FROM claim_audit AS later JOIN slip ON later.builds_on_id = slip.published_id
        )
        SELECT count(*) FROM slip JOIN claim_audit USING (published_id) WHERE verdict = 'does_not_follow'""",
        (9,),
    ),
    "All in all 76 figures of 35 publications are audited: 36 follow, 11 are rounded, 21 do not follow, 2 have a wrong "
    "unit, 6 cannot be checked": (
        """SELECT count(*), count(DISTINCT split_part(published_id, '/', 1)), count(*) FILTER (verdict = 'follows'),
            count(*) FILTER (verdict = 'rounding'), count(*) FILTER (verdict = 'does_not_follow'),
            count(*) FILTER (verdict = 'unit_error'), count(*) FILTER (verdict = 'not_checkable')
        FROM claim_audit""",
        (76, 35, 36, 11, 21, 2, 6),
    ),
    "317 models have an estimate, 196 of them by two or more methods": (
        """SELECT count(*), count(*) FILTER (methods >= 2)
        FROM (SELECT model_id, count(DISTINCT method) AS methods FROM estimates WHERE NOT is_own GROUP BY model_id)""",
        (317, 196),
    ),
    "could be scored 10 times: the median miss is a factor of 1.36, and 8 of 10 energies lie inside": (
        """SELECT CAST(scored_runs AS INTEGER), round(median_error_factor, 2), inside_their_interval
        FROM calibration_summary WHERE branch = 'overall'""",
        (10, 1.36, "8 of 10"),
    ),
    "of two developers only, and the largest of these runs took 456 MWh": (
        """SELECT count(DISTINCT developer_id), max(measured_energy_kwh) / 1000
        FROM calibration WHERE is_scored AND NOT is_nameplate(method)""",
        (2, 456),
    ),
    "Of 319 runs only 6 have a known cloud region, GPT-4's inferred from a quotation. For 312 the countries of their "
    "developers stand in, with the range over their cloud regions unless a source states or assumes the run's "
    "intensity; for 1, the world. The PUE of 270 is the average of an industry survey": (
        """SELECT count(*), count(*) FILTER (region_id IS NOT NULL),
            count(*) FILTER (place_basis IN ('country of the developer', 'countries of the developers')),
            count(*) FILTER (place_id = 'world'), count(*) FILTER (pue_basis = 'industry survey')
        FROM estimates WHERE is_headline AND NOT is_own""",
        (319, 6, 312, 1, 270),
    ),
    "For 16 runs the intervals of two methods do not meet": (
        "SELECT count(DISTINCT run_id) FROM method_disagreement WHERE NOT is_own",
        (16,),
    ),
    "Of 40 disclosed energies 11 were measured, 1 (GPT-3's) was calculated by others than the developer, and 1 is "
    "known second-hand": (
        """SELECT count(*), count(*) FILTER (energy_basis = 'measured'),
            count(*) FILTER (energy_basis = 'calculated by others' AND model_id = 'gpt-3'),
            count(*) FILTER (ends_with(energy_basis, ', second-hand'))
        FROM estimates WHERE method = 'disclosed' AND NOT is_own""",
        (40, 11, 1, 1),
    ),
    "27 of the 82 name no document": (
        """SELECT count(*) FILTER (contains(flags, 'broken_chain')), count(*)
        FROM claim WHERE source_id = 'mlco2_impact' AND quantity = 'grid_intensity'""",
        (27, 82),
    ),
    "is far wider: 11,000 to 41,000 t": (
        """SELECT round(emissions_p05_tco2e, -3), round(emissions_p95_tco2e, -3)
        FROM estimates WHERE model_id = 'gpt-4' AND is_headline""",
        (11_000, 41_000),
    ),
    "at what they draw on average, the run took a quarter less": (
        """SELECT round(4 * (1 - average.energy_kwh / nameplate.energy_kwh))
        FROM estimates AS average JOIN estimates AS nameplate USING (model_id)
        WHERE model_id = 'gpt-4' AND average.method = 'server_average_power' AND nameplate.method = 'server_power'""",
        (1,),
    ),
    "(Of this one: where it ran.)": (
        "SELECT first(role ORDER BY share DESC) FROM variance_shares('llama-3.1-405b')",
        ("grid_intensity_g_per_kwh",),
    ),
}


@pytest.mark.parametrize("words", COUNTS)
def test_the_counts_in_the_prose_are_those_of_the_tables(words: str, home: Home) -> None:
    query, expected = COUNTS[words]
    assert words in " ".join(README.split())
    with reader(home) as connection:
        assert connection.execute(query).fetchone() == expected


def test_the_methods_are_told_in_their_order(home: Home) -> None:
    told = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\|$", README, re.MULTILINE)
    with reader(home) as connection:
        rows = connection.execute("SELECT DISTINCT method, method_order(method) FROM estimates ORDER BY 2").fetchall()
    assert told == [method for method, _ in rows]


def test_every_feed_is_attributed() -> None:
    for adapter in registry.ADAPTERS.values():
        if adapter.is_feed:
            assert f"- {adapter.source.attribution}\n" in README
