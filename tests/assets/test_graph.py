"""The graph: built from the registry and the SQL folder, described, and with dependencies read from the SQL."""

from __future__ import annotations

import pytest

pytest.importorskip("dagster")
from dagster import AssetCheckSeverity, AssetKey, AssetsDefinition

from assets import reports
from assets.graph import all_assets, last_tables
from sources import registry
from warehouse import checks
from warehouse.expectations import suites
from warehouse.stages import deriving


@pytest.fixture(scope="module")
def graph() -> dict[AssetKey, AssetsDefinition]:
    return {key: asset for asset in all_assets() for key in asset.keys}


def test_every_source_and_every_table_is_an_asset(graph: dict[AssetKey, AssetsDefinition]) -> None:
    for source_id in registry.ADAPTERS:
        assert AssetKey(["snapshots", source_id]) in graph
        assert AssetKey(["claims", source_id]) in graph
    for table in deriving.completed():
        assert AssetKey(table) in graph
    named = {AssetKey(name) for name in ("names", "claim", "lineage", "proof", "release", "pictures")}
    assert len(graph) == 2 * len(registry.ADAPTERS) + len(deriving.completed()) + len(named)


def test_every_asset_says_what_it_is(graph: dict[AssetKey, AssetsDefinition]) -> None:
    for key, asset in graph.items():
        spec = asset.specs_by_key[key]
        assert spec.description, key
        assert spec.group_name in {"names", "snapshots", "claims", "views_of_claims", "derived", "release"}
        assert spec.code_version
        assert spec.kinds


def test_dependencies_are_those_of_the_sql(graph: dict[AssetKey, AssetsDefinition]) -> None:
    def upstream(name: str) -> set[str]:
        asset = graph[AssetKey(name)]
        return {key.to_user_string() for key in asset.asset_deps[AssetKey(name)]}

    assert upstream("accelerator_time") == {"training_runs"}
    assert upstream("run_energy") == {
        "accelerator_time",
        "accelerators",
        "run_compute",
        "run_servers",
        "servers",
        "training_runs",
        "usable_claims",
        "world_facts",
    }
    assert upstream("usable_claims") == {"claim"}
    assert upstream("servers") == {"chosen_facts", "claim"}
    assert upstream("claim") == {f"claims/{source_id}" for source_id in registry.ADAPTERS}
    assert upstream("release") == {"lineage", "proof"}
    assert upstream("lineage") == upstream("proof") == set(last_tables())


def test_lineage_and_proof_wait_for_every_table(graph: dict[AssetKey, AssetsDefinition]) -> None:
    reached, waiting = set[str](), list(last_tables())
    while waiting:
        name = waiting.pop()
        if name in deriving.completed() and name not in reached:
            reached.add(name)
            waiting += [key.to_user_string() for key in graph[AssetKey(name)].asset_deps[AssetKey(name)]]
    assert reached == set(deriving.completed())


def test_every_table_with_expectations_has_a_check_that_can_block(graph: dict[AssetKey, AssetsDefinition]) -> None:
    for name in suites.TABLES:
        (spec,) = [one for one in graph[AssetKey(name)].check_specs if one.asset_key == AssetKey(name)]
        assert spec.name == "expectations"
        assert spec.blocking


def expectation(severity: checks.Severity, is_success: bool) -> checks.Result:
    failed = 0 if is_success else 2
    return checks.Result("estimates", "E1", "x is y", severity, is_success, 10, 1, failed, "row 7", None)


def test_only_a_failed_blocking_expectation_is_an_error() -> None:
    key = AssetKey("estimates")
    good, warned, failed = (
        reports.expectations([expectation("blocking", blocking), expectation("warning", warning)], key, "expectations")
        for blocking, warning in ((True, True), (True, False), (False, True))
    )
    assert (good.passed, warned.passed, failed.passed) == (True, False, False)
    assert (warned.severity, failed.severity) == (AssetCheckSeverity.WARN, AssetCheckSeverity.ERROR)
    assert warned.metadata["findings"].value == "- **E1** (warning) x is y: 2 of 10. row 7"
    assert [failed.metadata[name].value for name in ("expectations", "blocking", "failed", "excepted")] == [2, 1, 1, 2]
