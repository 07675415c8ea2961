# ruff: noqa: E501
"""What must stay fast, measured in one go: `make bench`, or `python -m tests.bench --quick`.

Machines differ, so the first figures are ratios of two things measured in turn on the same machine. Nothing here fails:
the table says what is met. It needs no network and leaves nothing behind.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests import bench_series
from warehouse import lineage, replay
from warehouse.connect import Home
from warehouse.derive import bounded, build, complete_all
from warehouse.layout import prepare
from warehouse.relations import Completed

ROOT = Path(__file__).parent.parent
FOOTNOTE = Path(sys.executable).with_name("footnote")
UNWANTED = ("dagster", "great_expectations", "pandas")
#: Not passed on: homes, and what would have every process compile its imports anew, which no installation does.
LEFT_OUT = ("FOOTNOTE_HOME", "DAGSTER_HOME", "PYTHONDONTWRITEBYTECODE")
HEAVY = "import great_expectations, orchestration.definitions, warehouse.checks, warehouse.pictures"

EMPTY_JOB = """
import logging, sys, warnings
warnings.simplefilter("ignore")
import great_expectations
from dagster import DagsterInstance, Definitions, asset, define_asset_job, in_process_executor, logger

def empty(number):
    @asset(name=f"asset_{number}")
    def nothing():
        pass
    return nothing

@logger
def quiet(_context):
    return logging.Logger("quiet")

definitions = Definitions(
    assets=[empty(number) for number in range(int(sys.argv[2]))],
    jobs=[define_asset_job("build", selection="*")],
    executor=in_process_executor,
    loggers={"quiet": quiet},
)
with DagsterInstance.from_config(sys.argv[1]) as instance:
    job = definitions.resolve_job_def("build")
    assert job.execute_in_process(instance=instance, run_config={"loggers": {"quiet": {}}}).success
"""

COLD_TRACE = f"""
import sys
from orchestration.cli import main
try:
    main(["trace", "gpt-4"])
finally:
    print("loaded:", *(name for name in {UNWANTED!r} if name in sys.modules), file=sys.stderr)
"""


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, its goal in the same unit, and what the figure is made of."""

    what: str
    figure: float
    unit: str
    goal: float | None = None
    of: str = ""

    @property
    def mark(self) -> str:
        """Tell whether the goal is met; nothing for a figure without goal."""
        if self.goal is None:
            return ""
        return "met" if self.figure <= self.goal else "MISSED"


def main() -> None:
    """Measure everything and print the table, or be the process that one measurement consists of."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="50,000 synthetic runs and fewer repetitions")
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=1_000_000, help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ledger:
        print(json.dumps(measure_ledger(options.ledger, options.runs, options.repeats)))
        return
    runs, repeats, starts = (50_000, 1, 3) if options.quick else (1_000_000, 3, 5)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        command(sys.executable, "-c", HEAVY)
        ratios, home = pipeline_lines(Path(folder), repeats)
        cold = cold_lines(home, starts)
        ledger_ratios, rest = ledger_lines(Path(folder), home, runs, repeats)
        of_series = series_lines(Path(folder))
    print(table([*ratios, *ledger_ratios, *cold, *rest, *of_series]))
    print(f"Medians; measured in {time.perf_counter() - started:.0f} s on {os.cpu_count()} processors.")


def table(lines: Sequence[Line]) -> str:
    """Lay out the lines in columns."""
    head = ("measured", "figure", "goal", "", "made of")
    cells = [head]
    for line in lines:
        goal = "" if line.goal is None else f"<= {number(line.goal)}"
        cells.append((line.what, f"{number(line.figure)} {line.unit}".rstrip(), goal, line.mark, line.of))
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([rows[0], "-" * max(len(row) for row in rows), *rows[1:]])


def number(figure: float) -> str:
    """Show a figure with as many digits as repeat."""
    return f"{figure:,.0f}" if figure >= 20 or figure == int(figure) else f"{figure:.2f}"


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def alternating(acts: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Return the median seconds of each act, all measured in turn, so that a slow minute hits them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(repeats):
        for name, act in acts.items():
            seconds[name].append(timed(act))
    return {name: statistics.median(found) for name, found in seconds.items()}


def tell(step: str) -> None:
    """Say what is being measured."""
    print(f"measuring {step} ...", file=sys.stderr, flush=True)


def command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a process to its end, from the project's folder, away from anybody's home.

    Raises: CalledProcessError, after showing what the process wrote.
    """
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    done = subprocess.run(
        [str(part) for part in arguments], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    done.check_returncode()
    return done


def pipeline_lines(folder: Path, repeats: int) -> tuple[list[Line], Path]:
    """Measure whole runs against a job that does nothing, and second runs against first ones.

    Returns: the ratios, and a home that is built.
    """
    from assets.graph import all_assets
    from orchestration.records import DAGSTER_SETTINGS

    count = len({key for asset in all_assets() for key in asset.keys})
    homes = [folder / f"home-{turn}" for turn in range(repeats)]
    fresh = iter(homes)
    again = iter(homes)
    empty_homes = iter([folder / f"empty-{turn}" for turn in range(repeats)])

    def empty_job() -> None:
        home = next(empty_homes)
        home.mkdir()
        (home / "dagster.yaml").write_text(DAGSTER_SETTINGS)
        command(sys.executable, "-c", EMPTY_JOB, home, str(count), DAGSTER_HOME=str(home))

    tell("whole runs")
    seconds = alternating(
        {
            "first": lambda: command(FOOTNOTE, "run", "--home", next(fresh)),
            "empty": empty_job,
            "second": lambda: command(FOOTNOTE, "run", "--home", next(again)),
        },
        repeats,
    )
    first, empty, second = seconds["first"], seconds["empty"], seconds["second"]
    return [
        Line(
            "footnote run / empty Dagster job and import of Great Expectations",
            first / empty, "x", 1.5, f"{first:.1f} s / {empty:.1f} s, {count} assets each",
        ),
        Line("second footnote run / first", second / first, "x", 0.5, f"{second:.1f} s / {first:.1f} s"),
    ], homes[0]  # fmt: skip


def cold_lines(home: Path, repeats: int) -> list[Line]:
    """Measure a trace as a process of its own, and what it imports."""
    tell("a trace as a cold process")
    command(FOOTNOTE, "trace", "gpt-4", "--home", home)  # compiles what it imports
    seconds = alternating({"trace": lambda: command(FOOTNOTE, "trace", "gpt-4", "--home", home)}, repeats)["trace"]
    told = command(sys.executable, "-c", COLD_TRACE, FOOTNOTE_HOME=str(home)).stderr
    loaded = told.rsplit("loaded:", 1)[1].split()
    return [
        Line("footnote trace gpt-4, cold process", seconds, "s", 0.6),
        Line(f"of {', '.join(UNWANTED)}, loaded by it", len(loaded), "", 0, ", ".join(loaded)),
    ]


def series_lines(folder: Path) -> list[Line]:
    """Measure a year of half-hours: loading it, and the mean over the months of a run."""
    tell("a year of half-hours")
    found = bench_series.measure(folder)
    return [
        Line("a year of half-hours of 18 zones, loaded", found["load"], "s", 20, f"{number(found['claims'])} claims"),
        Line("one day more", found["day"], "s"),
        Line("mean over a run of four months", 1000 * found["mean"], "ms", 100),
    ]


def ledger_lines(folder: Path, home: Path, runs: int, repeats: int) -> tuple[list[Line], list[Line]]:
    """Measure a large synthetic ledger, in one process of its own. Returns: the ratios, and the rest."""
    tell(f"a ledger of {runs:,} runs")
    path = folder / "ledger.duckdb"
    shutil.copy(Home(home).work, path)
    arguments = ["--ledger", path, "--runs", str(runs), "--repeats", str(repeats)]
    found = json.loads(command(sys.executable, "-m", "tests.bench", *arguments).stdout.splitlines()[-1])
    full, bare, central = found["full"], found["without_ids"], found["central"]
    size = f"{runs:,} runs"
    return [
        Line(
            f"estimates with all ids / same arithmetic and ranges without any, {size}",
            full / bare, "x", 1.5, f"{full:.2f} s / {bare:.2f} s, {found['estimates']:,.0f} rows",
        ),
        Line(
            f"estimates with all ids and ranges / central figures alone, {size}",
            full / central, "x", 1.5, f"{full:.2f} s / {central:.2f} s",
        ),
    ], [
        Line(f"trace of one model, {size}", found["trace"] * 1000, "ms", 50),
        Line(f"peak memory of build, estimates and traces, {size}", found["peak"], "GB", 4),
        Line("the first trace after opening the file", found["first_trace"] * 1000, "ms"),
        Line("typed tables and estimates from claims, as a run builds them", found["build"], "s", None, f"{found['claims']:,.0f} claims"),
        Line("of it the estimates, sorted, checked and indexed", found["build_estimates"], "s"),
        Line("replay of every number", found["replay"], "s", None, f"{found['numbers']:,.0f} numbers, worst difference {found['worst']:g}"),
        Line("peak memory with check and replay", found["peak_of_all"], "GB"),
        Line("size of the database", found["bytes"] / 1e9, "GB"),
    ]  # fmt: skip


def measure_ledger(path: Path, runs: int, repeats: int) -> dict[str, float]:
    """Fill the copy of a built database with synthetic runs, derive their estimates, and measure."""
    completed = complete_all()
    found: dict[str, float] = {}
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET enable_progress_bar = false")
        prepare(connection)
        add_runs(connection, runs)
        for name in upstream(completed, "estimates"):
            seconds = timed(lambda name=name: build(connection, completed[name]))
            found["build"] = found.get("build", 0) + seconds
        found["build_estimates"] = seconds
        with bounded(connection):
            found |= alternating(
                {
                    name: lambda sql=sql: connection.execute(f"CREATE OR REPLACE TABLE measured AS {sql}")
                    for name, sql in variants(completed["estimates"]).items()
                },
                repeats,
            )
        connection.execute("DROP TABLE measured")
        lineage.publish(connection, completed)
        found["estimates"] = count(connection, "estimates")
        found["claims"] = count(connection, "claim")
    with duckdb.connect(str(path)) as connection:
        one = f"SELECT * FROM trace('synthetic-model-{runs // 2}', 'emissions_tco2e')"
        found["first_trace"] = timed(lambda: connection.execute(one).fetchall())
        found |= alternating({"trace": lambda: connection.execute(one).fetchall()}, 10)
        found["peak"] = peak()
        started = time.perf_counter()
        replayed = replay.replay(connection, completed)
        found["replay"] = time.perf_counter() - started
        found["numbers"], found["worst"] = replayed.numbers, replayed.worst
        connection.execute("CHECKPOINT")
        used = connection.execute("SELECT used_blocks * block_size FROM pragma_database_size()").fetchall()
        found["bytes"] = used[0][0]
    return {**found, "peak_of_all": peak()}


def count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])


def peak() -> float:
    """Return the most memory that this process has held so far, in GB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e9 if sys.platform == "darwin" else held * 1024 / 1e9


def upstream(completed: Mapping[str, Completed], last: str) -> list[str]:
    """Return the models that one is made from, itself included, in the order in which they are built."""
    wanted, waiting = set(), [last]
    while waiting:
        name = waiting.pop()
        if name in completed and name not in wanted:
            wanted.add(name)
            waiting += completed[name].model.reads
    return [name for name in completed if name in wanted]


def variants(done: Completed) -> dict[str, str]:
    """Return the SQL of a table: completed, the same without any id, and the central figures that its files state."""
    model = done.model
    plain = [name for name in done.columns if name != model.id_column and not name.endswith(("_claim_id", "_row_id"))]
    stated = "\nUNION ALL BY NAME\n".join(f"({branch.sql})" for branch in model.branches)
    across = (
        "" if model.across is None else "".join(f", {item.sql(dialect='duckdb')}" for item in model.across.expressions)
    )
    return {
        "full": done.sql,
        "without_ids": f"SELECT {', '.join(plain)} FROM ({done.sql})",
        "central": f"SELECT branches.*{across} FROM ({stated}) AS branches",
    }


#: What is claimed of run i: a number's centre, its range as factors, its unit; or a word.
NUMBERS = {
    "accelerator_count": ("8.0 * (1 + i % 512)", "1.0", "1.0", "1"),
    "training_duration": ("24.0 * (1 + i % 89)", "0.9", "1.1", "h"),
    "training_compute": ("1e21 * (1 + i % 997)", "0.8", "1.25", "FLOP"),
}
WORDS = {
    "model": "model_id",
    "accelerator": "accelerator_id",
    "region": "region_id",
    "trained_in": "CAST(year(year_start) AS TEXT)",
}


def add_runs(connection: duckdb.DuckDBPyConnection, runs: int) -> None:
    """Add synthetic training runs: claims and entities like the real ones, on real hardware in real regions.

    Three of four state their compute too, so that each has two or three estimates.
    """
    connection.execute("DROP INDEX IF EXISTS claim_by_claim_id")  # made anew, faster, with the lineage
    connection.execute(f"""
        CREATE TEMP TABLE run AS
        WITH machine AS (
            SELECT row_number() OVER (ORDER BY server.server_id) - 1 AS place, count(*) OVER () AS places, server.accelerator_id
            FROM servers AS server
            JOIN accelerators AS accelerator ON accelerator.accelerator_id = server.accelerator_id
            WHERE server.server_power_w IS NOT NULL AND server.accelerators_per_server IS NOT NULL
                AND accelerator.tdp_w IS NOT NULL AND accelerator.training_peak_flops IS NOT NULL),
        site AS (
            SELECT row_number() OVER (ORDER BY place_id) - 1 AS place, count(*) OVER () AS places, place_id AS region_id
            FROM (SELECT DISTINCT place_id FROM place_intensity WHERE contains(place_id, '/')))
        SELECT i, 'synthetic-' || i AS run_id, 'synthetic-model-' || i AS model_id, machine.accelerator_id, site.region_id,
            make_date(CAST(2018 + i % 7 AS INTEGER), 1, 1) AS year_start
        FROM range({runs}) AS synthetic(i)
        JOIN machine ON machine.place = i % machine.places
        JOIN site ON site.place = i % site.places""")
    connection.execute("""
        INSERT INTO entity SELECT 'training_run', run_id, 'Run ' || i, model_id, NULL, true FROM run
        UNION ALL SELECT 'model', model_id, 'Model ' || i, 'openai', NULL, true FROM run""")
    for quantity, (centre, low, high, unit) in NUMBERS.items():
        some = "WHERE i % 4 <> 0" if quantity == "training_compute" else ""
        add_claims(
            connection, quantity,
            [f"{centre} * {low} AS low", f"{centre} AS value", f"{centre} * {high} AS high", f"'{unit}' AS unit"], some,
        )  # fmt: skip
    period = ["year_start AS period_start", "CAST(year_start + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE) AS period_end"]
    for quantity, word in WORDS.items():
        dated = period if quantity == "trained_in" else []
        add_claims(connection, quantity, [f"{word} AS object", f"{word} AS object_id", *dated])
    connection.execute("DROP TABLE run")


def add_claims(
    connection: duckdb.DuckDBPyConnection, quantity: str, columns: Iterable[str], condition: str = ""
) -> None:
    """Add one claim for each synthetic run, with the reference and snapshot of a real one."""
    connection.execute(f"""
        INSERT INTO claim BY NAME
        SELECT row_key(run_id || '|{quantity}') AS claim_id, row_key(run_id || '|{quantity}|series') AS series_id,
            origin.source_id, 'training_run' AS subject_kind, run_id AS subject, run_id AS subject_id,
            '{quantity}' AS quantity, 'as synthesised' AS reported_text, 'disclosed' AS basis, origin.reference_id,
            'run ' || i AS locator, origin.snapshot_id, i + 1 AS source_row, 'normal' AS rank, origin.first_seen_at,
            {", ".join(columns)}
        FROM run
        CROSS JOIN (
            SELECT source_id, reference_id, snapshot_id, first_seen_at FROM claim
            WHERE source_id = 'training_runs' AND value IS NOT NULL ORDER BY claim_id LIMIT 1) AS origin
        {condition}""")


if __name__ == "__main__":
    main()
