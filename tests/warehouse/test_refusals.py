"""What lineage cannot follow is refused when it is built, naming the table, the place and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.derive import complete_all
from warehouse.errors import SqlModelError
from warehouse.sqlmodel import read_models

FACTS = """-- Facts of runs.
-- grain: run_id
WITH facts AS (
    SELECT
        claim.subject_id AS run_id,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerator_count') AS accelerator_count,
        max(claim.value) FILTER (WHERE claim.quantity = 'pue') AS pue
    FROM claim AS claim
    GROUP BY claim.subject_id
)
SELECT facts.run_id, facts.accelerator_count, facts.pue
FROM facts AS facts
"""
JOINED = "FROM facts AS run JOIN facts AS other ON other.run_id = run.run_id"


def complete(folder: Path, **files: str) -> None:
    for name, sql in {"facts": FACTS, **files}.items():
        (folder / f"{name}.sql").write_text(sql if sql.startswith("--") else f"-- Test.\n-- grain: run_id\n{sql}")
    complete_all(read_models(folder))


def test_the_statement_that_is_varied_here_is_accepted(tmp_path: Path) -> None:
    complete(tmp_path, t=f"SELECT run.run_id, run.pue * other.accelerator_count AS x {JOINED}")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (f"SELECT * {JOINED}", "t.*: SELECT *"),
        (f"SELECT run.* {JOINED}", "t.*: SELECT *"),
        (f"SELECT COLUMNS('pue') {JOINED}", "t."),
        (f"SELECT DISTINCT run.run_id {JOINED}", "DISTINCT (use GROUP BY)"),
        (
            "SELECT a.run_id FROM facts AS a UNION ALL SELECT b.run_id FROM facts AS b",
            "t: found something else than one",
        ),
        ("SELECT run.run_id FROM facts AS run JOIN facts AS other USING (run_id)", "USING, NATURAL or ASOF; write ON"),
        ("SELECT run.run_id FROM facts AS run NATURAL JOIN facts AS other", "USING, NATURAL or ASOF; write ON"),
        (f"SELECT run.run_id, (SELECT max(f.pue) FROM facts AS f) AS x {JOINED}", "a subquery outside FROM; join it"),
        (f"SELECT run.run_id {JOINED} WHERE EXISTS (SELECT 1 FROM facts AS f)", "EXISTS (join instead)"),
        (f"SELECT run.run_id, run.pue * 1000 AS x {JOINED}", "t.1000: a bare number; cite it as a claim"),
        (f"SELECT run.run_id, run.pue * 1 AS x {JOINED}", "t.x: the bare number 1; cite it as a claim"),
        (f"SELECT run.run_id, run.pue + 0 AS x {JOINED}", "t.x: the bare number 0"),
        (f"SELECT run.run_id {JOINED} WHERE run.pue > 1.5", "t.1.5: a bare number"),
        (
            f"SELECT run.run_id, coalesce(run.pue, other.pue) * run.accelerator_count AS x {JOINED}",
            "t.x: a choice inside arithmetic; choose in a column of its own first",
        ),
        (
            f"SELECT run.run_id, run.pue * CASE WHEN run.pue IS NULL THEN run.pue ELSE other.pue END AS x {JOINED}",
            "t.x: a choice inside arithmetic",
        ),
        (
            f"SELECT run.run_id, abs(run.pue) * other.pue AS x {JOINED}",
            "t.x: ABS(run.pue), which lineage cannot follow",
        ),
        (f"SELECT run.run_id, coalesce(run.pue, 1) AS x {JOINED}", "t.x: a number mixed with something untraced"),
        (
            f"SELECT run.run_id, accelerator_count AS x {JOINED}",
            "t.accelerator_count: an unqualified name; write alias.column",
        ),
        (
            f"SELECT run.run_id, run.pue * run.accelerator_count / run.pue AS x {JOINED}",
            "run.pue enters with opposite signs",
        ),
        (f"SELECT run.run_id, run.pue - run.pue AS x {JOINED}", "t.x: run.pue enters with opposite signs; cancel"),
        (
            f"SELECT run.run_id, run.pue * other.pue AS x, run.pue_claim_id AS x_claim_id {JOINED}",
            "t.x: x_claim_id is written by hand; leave it out; the build adds it",
        ),
        (
            f"SELECT run.run_id, run.pue * q.plausible_low AS x {JOINED} JOIN quantity AS q ON q.name = 'pue'",
            "t.x: it reads q.plausible_low but no claim stands behind that column; derive plausible_low from claims",
        ),
        (
            "WITH inner_sum AS (SELECT run.run_id, run.pue * run.accelerator_count AS y FROM facts AS run) "
            "SELECT inner_sum.run_id, inner_sum.y AS x FROM inner_sum AS inner_sum",
            "t.y: a formula inside a CTE; compute it in the final SELECT",
        ),
        (
            "SELECT s.run_id, s.y AS x FROM (SELECT run.run_id, run.pue * run.pue AS y FROM facts AS run) AS s",
            "t.y: a formula inside a CTE",
        ),
        (
            "WITH both AS (SELECT a.run_id, a.pue FROM facts AS a UNION ALL SELECT b.run_id, b.pue FROM facts AS b) "
            "SELECT both.run_id, both.pue FROM both AS both",
            "UNION (put the branches into files of one folder)",
        ),
        (
            f"SELECT run.run_id, run.accelerator_count AS pue, pue * other.accelerator_count AS x {JOINED}",
            "t.pue: it names both an output and an input column; name the output differently",
        ),
        (f"SELECT run.run_id, random() AS x {JOINED}", "a random number"),
        (f"SELECT run.run_id, now() AS x {JOINED}", "t.NOW(): a function that is none of ours; put it into a macro"),
        (f"SELECT run.run_id, current_timestamp AS x {JOINED}", "the current time"),
        (f"SELECT run.run_id, uuid() AS x {JOINED}", "a random number"),
        (f"SELECT run.run_id, arg_max(run.pue, run.run_id) AS x {JOINED}", "arg_max (value and id can part"),
        ("SELECT run.run_id FROM facts AS run TABLESAMPLE 10%", "a sample"),
        (f"SELECT run.run_id, current_date AS x {JOINED}", "the current date"),
        (f"SELECT run.run_id, run.watts AS x {JOINED}", "t.run.watts: no such column; run offers accelerator_count"),
        (f"SELECT run.run_id, third.pue AS x {JOINED}", "t.third.pue: no alias third; add it to FROM"),
        ("SELECT run.run_id FROM elsewhere AS run", "no such table; known are"),
        (f"SELECT run.pue AS x {JOINED}", "t.run_id: it is in the grain but not selected"),
        (f"SELECT run.run_id, run.pue * other.pue_high AS x {JOINED}", "t.x: a bound inside a central formula"),
        (f"SELECT run.run_id, run.pue AS x, other.pue AS x {JOINED}", "x"),
        ("SELECT run.run_id, unnest([run.pue]) AS x FROM facts AS run", "UNNEST"),
        ("SELECT run.run_id, {'a': run.pue} AS x FROM facts AS run", "a struct"),
        ("DELETE FROM facts", "t: found something else than one SELECT"),
        ("SELECT run.run_id FROM facts AS run; SELECT 1", "t: found something else than one SELECT"),
        ("SELECT run.run_id FROM FROM", "t: "),
    ],
)
def test_refused(tmp_path: Path, sql: str, message: str) -> None:
    with pytest.raises(SqlModelError, match=re.escape(message)):
        complete(tmp_path, t=sql)


def test_models_that_read_each_other_are_named(tmp_path: Path) -> None:
    with pytest.raises(SqlModelError, match=r"models read each other in a circle: (a -> b -> a|b -> a -> b)"):
        complete(tmp_path, a="SELECT b.run_id FROM b AS b", b="SELECT a.run_id FROM a AS a")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT run.run_id FROM facts AS run", "t.sql: no header; begin with a comment"),
        ("-- Purpose alone.\nSELECT run.run_id FROM facts AS run", "t: no line '-- grain: COLUMN, ...' in the header"),
    ],
)
def test_a_file_says_what_one_row_is(tmp_path: Path, sql: str, message: str) -> None:
    (tmp_path / "t.sql").write_text(sql)
    with pytest.raises(SqlModelError, match=re.escape(message)):
        read_models(tmp_path)
