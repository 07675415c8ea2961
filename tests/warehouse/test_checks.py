"""Running expectations: known exceptions, what is kept, what stops a release, and what is imported when."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import duckdb
import pandas as pd
import pytest

from warehouse import checks
from warehouse.checks import Result
from warehouse.errors import CheckError
from warehouse.expectations import Rule, between, holds, matches
from warehouse.expectations.engine import ask

CURRENT = "source_id = 'mlco2_impact' AND superseded_at IS NULL"


def result_of(connection: duckdb.DuckDBPyConnection, source_id: str, rule_id: str) -> Result:
    return next(
        one for one in checks.check_sources(connection, [source_id])[source_id]() if one.expectation_id == rule_id
    )


def test_importing_the_checks_does_not_import_great_expectations() -> None:
    code = "import sys, warehouse.checks; print('great_expectations' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_a_known_exception_is_counted_apart(damaged: duckdb.DuckDBPyConnection) -> None:
    result = result_of(damaged, "mlco2_impact", "E7")
    assert (result.is_success, result.checked, result.excepted, result.failed) == (True, 82, 1, 0)
    assert result.sample is None
    assert result.snapshot_id is not None


def test_a_new_defect_like_a_known_one_fails(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(
        f"""UPDATE claim SET low = 0, value = 0, high = 0, reported_text = '0'
        WHERE {CURRENT} AND subject = 'ovh/gra' AND quantity = 'grid_intensity'"""
    )
    result = result_of(damaged, "mlco2_impact", "E7")
    assert (result.is_success, result.excepted, result.failed) == (False, 1, 1)
    assert result.sample == "ovh/gra, line 77: found '0'"


def test_a_known_defect_that_changes_fails_again(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(
        f"""UPDATE claim SET low = -5, value = -5, high = -5, reported_text = '-5'
        WHERE {CURRENT} AND subject = 'seeweb/fro2' AND quantity = 'grid_intensity'"""
    )
    results = {one.expectation_id: one for one in checks.check_sources(damaged, ["mlco2_impact"])["mlco2_impact"]()}
    assert (results["E7"].excepted, results["E7"].failed) == (0, 1)
    assert results["stale_exception"].severity == "warning"
    assert results["stale_exception"].sample == "E7 seeweb/fro2, known_exceptions.csv: found '0'"


def test_an_exception_that_is_gone_is_reported(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(f"UPDATE claim SET object_id = 'Berkeley County' WHERE {CURRENT} AND object = 'Berkeley County,'")
    result = result_of(damaged, "mlco2_impact", "stale_exception")
    assert (result.is_success, result.failed) == (False, 1)
    assert result.sample == "E15 gcp/us-east1, known_exceptions.csv: found 'Berkeley County,'"


def test_what_only_the_publishers_bytes_hold_is_not_missed_in_a_baseline(damaged: duckdb.DuckDBPyConnection) -> None:
    assert result_of(damaged, "mlco2_gpus", "stale_exception").is_success
    damaged.execute("UPDATE snapshot SET origin = 'http' WHERE source_id = 'mlco2_gpus'")
    stale = result_of(damaged, "mlco2_gpus", "stale_exception")
    assert (stale.failed, (stale.sample or "")[:28]) == (1, "nothing_quarantined memory, ")


def test_what_was_found_replaces_what_was_found_before(damaged: duckdb.DuckDBPyConnection) -> None:
    first = checks.check_table(damaged, "servers")()
    damaged.execute("UPDATE servers SET server_power_w_low = 20000 WHERE server_id = 'nvidia-dgx-2'")
    second = checks.check_table(damaged, "servers")()
    assert checks.stored(damaged, "servers") == second != first
    assert [one.expectation_id for one in second] == [one.expectation_id for one in first]
    assert checks.blocking_failures(damaged) == ["servers range_order"]


def test_a_source_and_a_table_of_one_name_are_kept_apart(damaged: duckdb.DuckDBPyConnection) -> None:
    of_source = checks.check_sources(damaged, ["training_runs"])["training_runs"]()
    of_table = checks.check_table(damaged, "training_runs")()
    assert {one.table_name for one in of_source} == {"claims/training_runs"}
    assert checks.stored(damaged, "claims/training_runs") == of_source
    assert checks.stored(damaged, "training_runs") == of_table


def test_large_tables_are_checked_by_query(damaged: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    by_frame = checks.check_table(damaged, "estimates")()
    monkeypatch.setattr(checks, "LARGEST_FRAME", 10)
    monkeypatch.setattr(checks, "ask", None)
    assert checks.check_table(damaged, "estimates")() == by_frame


def test_a_blocking_failure_names_rule_place_found_and_expected() -> None:
    failed = Result(
        "servers", "tdp_range", "Power is plausible", "blocking", False, 9, 0, 1, "dgx, row 7: found '1'", None
    )
    twice = dataclasses.replace(failed, failed=2, sample="dgx, row 7: found '1'\nhgx, row 8: found '2'")
    with pytest.raises(CheckError, match="2 of 9 fail: dgx, row 7: found '1'; hgx, row 8: found '2'; expected: Power"):
        checks.require([twice])
    warned = Result("servers", "odd", "Nothing is odd", "warning", False, 9, 0, 1, "dgx, row 7: found '1'", None)
    assert checks.failures([failed, warned]) == [failed]
    checks.require([warned])
    with pytest.raises(CheckError) as caught:
        checks.require([warned, failed])
    assert str(caught.value) == (
        "servers, tdp_range: 1 of 9 fail: dgx, row 7: found '1'; expected: Power is plausible. "
        "Mend the source, correct it, or list it in known_exceptions.csv."
    )


def test_twenty_offenders_are_shown_and_all_are_counted() -> None:
    frame = pd.DataFrame({"subject": [f"s{n}" for n in range(28)], "place": "line 1", "x": range(28)})
    found = ask(frame, [between("small", "x is small", "blocking", "x", None, 0)])()["small"]
    shown = checks._result("t", None, between("small", "x is small", "blocking", "x", None, 0), found, set())
    assert (shown.checked, shown.failed) == (28, 27)
    assert shown.sample == "\n".join(f"s{n}, line 1: found '{n}'" for n in range(1, 21))


def test_missing_cells_are_passed_over() -> None:
    frame = pd.DataFrame(
        {"subject": ["a", "b"], "place": "line 1", "ok": [None, True], "word": [None, "x"]}, dtype=object
    )
    rules = [holds("ok", "it is so", "blocking", "ok"), matches("word", "it is a word", "blocking", "word", "^x$")]
    assert {rule: (one.checked, one.offenders) for rule, one in ask(frame, rules)().items()} == {
        "ok": (1, ()),
        "word": (1, ()),
    }


def test_a_rule_that_cannot_run_is_an_error_and_no_success() -> None:
    frame = pd.DataFrame({"subject": ["a"], "place": ["line 1"], "x": ["text"]})
    with pytest.raises(CheckError, match="rule broken cannot be checked"):
        ask(
            frame, [Rule("broken", "x is a number", "blocking", "x", "ExpectColumnValuesToBeBetween", {"min_value": 1})]
        )()
