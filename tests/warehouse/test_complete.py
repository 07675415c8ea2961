"""Completing SQL: ranges by interval arithmetic, the id of every input, and what feeds what, read from the tree."""

from __future__ import annotations

from pathlib import Path

import sqlglot

from warehouse.derive import complete_all
from warehouse.relations import Completed
from warehouse.sqlmodel import read_models

FACTS = """-- Facts of runs.
-- grain: run_id
WITH facts AS (
    SELECT
        claim.subject_id AS run_id,
        max(claim.object_id) FILTER (WHERE claim.quantity = 'model') AS model_id,
        max(claim.value) FILTER (WHERE claim.quantity = 'accelerator_count') AS accelerator_count,
        max(claim.value) FILTER (WHERE claim.quantity = 'load_ratio') AS load_ratio,
        max(claim.value) FILTER (WHERE claim.quantity = 'pue') AS stated_pue
    FROM claim AS claim
    GROUP BY claim.subject_id
)
SELECT facts.run_id, facts.model_id, facts.accelerator_count, facts.load_ratio, facts.stated_pue
FROM facts AS facts
"""


def completed(folder: Path, **files: str) -> dict[str, Completed]:
    """Complete FACTS and these SELECTs; a name with `__` is a branch in a folder."""
    for name, sql in {"facts": FACTS, **files}.items():
        path = folder / f"{name.replace('__', '/')}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql if sql.startswith("--") else f"-- Test.\n-- grain: run_id\n{sql}")
    return complete_all(read_models(folder))


def columns(done: Completed) -> dict[str, str]:
    """Return the expressions of the completed SELECT by name."""
    select = sqlglot.parse_one(done.sql, dialect="duckdb")
    return {item.alias_or_name: (item.this if item.alias else item).sql(dialect="duckdb") for item in select.selects}


def test_a_denominator_takes_the_other_end(tmp_path: Path) -> None:
    formula = "log_error(run.load_ratio * (run.stated_pue / run.accelerator_count))"
    sql = f"SELECT run.run_id, {formula} AS x FROM facts AS run"
    made = columns(completed(tmp_path, t=sql)["t"])
    assert made["x"] == "LOG_ERROR(run.load_ratio * (run.stated_pue / run.accelerator_count))"
    assert made["x_low"] == "LOG_ERROR(run.load_ratio_low * (run.stated_pue_low / run.accelerator_count_high))"
    assert made["x_high"] == "LOG_ERROR(run.load_ratio_high * (run.stated_pue_high / run.accelerator_count_low))"


def test_sums_differences_and_roots(tmp_path: Path) -> None:
    sql = "SELECT run.run_id, sqrt(run.stated_pue + run.load_ratio - run.accelerator_count) AS x FROM facts AS run"
    made = columns(completed(tmp_path, t=sql)["t"])
    assert made["x_low"] == "SQRT(run.stated_pue_low + run.load_ratio_low - run.accelerator_count_high)"
    assert made["x_high"] == "SQRT(run.stated_pue_high + run.load_ratio_high - run.accelerator_count_low)"


def test_the_divisor_of_a_quotient_of_quotients_turns_twice(tmp_path: Path) -> None:
    sql = "SELECT run.run_id, run.stated_pue / (run.load_ratio / run.accelerator_count) AS x FROM facts AS run"
    made = columns(completed(tmp_path, t=sql)["t"])
    assert made["x_low"] == "run.stated_pue_low / (run.load_ratio_high / run.accelerator_count_low)"


def test_the_id_of_every_input_is_selected_once(tmp_path: Path) -> None:
    sql = "SELECT run.run_id, run.stated_pue * run.load_ratio AS x, run.stated_pue AS pue FROM facts AS run"
    done = completed(tmp_path, t=sql)["t"]
    made = columns(done)
    ids = {name: body for name, body in made.items() if name.endswith("_claim_id")}
    assert ids == {
        "stated_pue_claim_id": "run.stated_pue_claim_id",
        "load_ratio_claim_id": "run.load_ratio_claim_id",
    }
    assert made["row_id"] == "ROW_KEY(CONCAT_WS('|', 't', COALESCE(CAST(run.run_id AS TEXT), '')))"
    outputs = {output.name: output for output in done.branches[0].outputs}
    assert outputs["x"].formula == "stated_pue * load_ratio"
    assert not outputs["x"].is_claim
    assert outputs["pue"].is_claim
    assert [(i.role, i.id_column, i.table) for i in outputs["pue"].inputs] == [("pue", "stated_pue_claim_id", None)]


def test_a_pick_carries_its_companions_by_the_same_condition(tmp_path: Path) -> None:
    done = completed(tmp_path)["facts"]
    inner = sqlglot.parse_one(done.sql, dialect="duckdb").ctes[0].this
    made = {item.alias: item.this.sql(dialect="duckdb") for item in inner.selects}
    condition = "FILTER(WHERE claim.quantity = 'load_ratio')"
    assert made["load_ratio"] == f"MAX(claim.value) {condition}"
    assert made["load_ratio_low"] == f"MAX(claim.low) {condition}"
    assert made["load_ratio_high"] == f"MAX(claim.high) {condition}"
    assert made["load_ratio_claim_id"] == f"MAX(claim.claim_id) {condition}"
    assert made["model_claim_id"] == "MAX(claim.claim_id) FILTER(WHERE claim.quantity = 'model')"
    assert columns(done)["model_claim_id"] == "facts.model_claim_id"


def test_coalesce_chooses_number_and_id_alike(tmp_path: Path) -> None:
    sql = """SELECT run.run_id, coalesce(run.stated_pue, other.stated_pue) AS pue, pue * run.load_ratio AS x
    FROM facts AS run JOIN facts AS other ON other.run_id = run.model_id"""
    done = completed(tmp_path, t=sql)["t"]
    made = columns(done)
    assert made["pue_low"] == "COALESCE(run.stated_pue_low, other.stated_pue_low)"
    assert made["pue_claim_id"] == "COALESCE(run.stated_pue_claim_id, other.stated_pue_claim_id)"
    assert made["x_high"] == "pue_high * run.load_ratio_high"
    (x,) = (output for output in done.branches[0].outputs if output.name == "x")
    assert [(i.role, i.id_column) for i in x.inputs] == [
        ("pue", "pue_claim_id"),
        ("load_ratio", "load_ratio_claim_id"),
    ]


def test_a_derived_input_is_known_by_its_row(tmp_path: Path) -> None:
    first = "SELECT run.run_id, run.stated_pue * run.load_ratio AS x FROM facts AS run"
    second = "SELECT a.run_id, a.x / b.x AS ratio FROM first AS a JOIN first AS b ON b.run_id <> a.run_id"
    done = completed(tmp_path, first=first, second=second)["second"]
    made = columns(done)
    assert made["ratio_low"] == "a.x_low / b.x_high"
    assert (made["a_row_id"], made["b_row_id"]) == ("a.row_id", "b.row_id")
    (ratio,) = done.branches[0].outputs
    assert ratio.formula == "a_x / b_x"
    assert [(i.role, i.id_column, i.table, i.column) for i in ratio.inputs] == [
        ("a_x", "a_row_id", "first", "x"),
        ("b_x", "b_row_id", "first", "x"),
    ]


def test_branches_are_padded_with_null_of_the_right_kind(tmp_path: Path) -> None:
    one = "SELECT run.run_id, run.stated_pue AS pue, run.load_ratio * run.stated_pue AS x FROM facts AS run"
    two = "SELECT run.run_id, 'none' AS note, run.load_ratio AS x FROM facts AS run"
    done = completed(tmp_path, t__one=one, t__two=two)["t"]
    union = sqlglot.parse_one(done.sql, dialect="duckdb")
    left, right = (columns_of.selects for columns_of in (union.this, union.expression))
    assert [item.alias_or_name for item in left] == [item.alias_or_name for item in right] == list(done.columns)
    absent = {item.alias: item.this.sql(dialect="duckdb") for item in right if item.alias}
    assert absent["pue_high"] == "CAST(NULL AS DOUBLE)"
    assert absent["pue_claim_id"] == "CAST(NULL AS BIGINT)"
    assert {item.alias: item.this.sql(dialect="duckdb") for item in left if item.alias} == {
        "note": "CAST(NULL AS TEXT)",
        "x_claim_id": "CAST(NULL AS BIGINT)",
    }


def test_explicit_bounds_stay_as_they_are_written(tmp_path: Path) -> None:
    sql = "SELECT run.run_id, run.stated_pue_high * run.load_ratio_high AS x FROM facts AS run"
    done = completed(tmp_path, t=sql)["t"]
    made = columns(done)
    assert made["x"] == made["x_low"] == made["x_high"] == "run.stated_pue_high * run.load_ratio_high"
    assert [(i.role, i.bound) for i in done.branches[0].outputs[0].inputs] == [
        ("stated_pue_high", "high"),
        ("load_ratio_high", "high"),
    ]


def test_a_span_goes_from_the_low_end_of_one_to_the_high_end_of_the_other(tmp_path: Path) -> None:
    source = "FROM facts AS a JOIN facts AS b ON b.run_id > a.run_id"
    sql = f"SELECT a.run_id, span(a.stated_pue, b.stated_pue) AS pue {source}"
    made = columns(completed(tmp_path, t=sql)["t"])
    assert made["pue"] == "SPAN(a.stated_pue, b.stated_pue)"
    assert (made["pue_low"], made["pue_high"]) == (
        "IF_KNOWN(a.stated_pue_low, b.stated_pue_low)",
        "IF_KNOWN(b.stated_pue_high, a.stated_pue_high)",
    )


def test_the_condition_of_a_choice_stays_as_it_is(tmp_path: Path) -> None:
    choice = "CASE WHEN run.stated_pue >= run.stated_pue THEN run.stated_pue END"
    made = columns(completed(tmp_path, t=f"SELECT run.run_id, {choice} AS pue FROM facts AS run")["t"])
    assert made["pue_claim_id"] == choice.replace("THEN run.stated_pue", "THEN run.stated_pue_claim_id")
    assert made["pue_high"] == choice.replace("THEN run.stated_pue", "THEN run.stated_pue_high")
