"""The graph: built from the registry and the SQL folder, described, and with dependencies read from the SQL."""

from __future__ import annotations

import pytest

pytest.importorskip("dagster")
from dagster import AssetKey, AssetsDefinition

from assets.graph import all_assets
from sources import registry
from warehouse import stages


@pytest.fixture(scope="module")
def graph() -> dict[AssetKey, AssetsDefinition]:
    return {key: asset for asset in all_assets() for key in asset.keys}


def test_every_source_and_every_table_is_an_asset(graph: dict[AssetKey, AssetsDefinition]) -> None:
    for source_id in registry.ADAPTERS:
        assert AssetKey(["snapshots", source_id]) in graph
        assert AssetKey(["claims", source_id]) in graph
    for table in stages.completed():
        assert AssetKey(table) in graph
    named = {AssetKey(name) for name in ("names", "claim", "lineage", "proof", "release", "pictures")}
    assert len(graph) == 2 * len(registry.ADAPTERS) + len(stages.completed()) + len(named)


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
        "world_facts",
    }
    assert upstream("usable_claims") == {"claim"}
    assert upstream("servers") == {"chosen_facts", "claim"}
    assert upstream("claim") == {f"claims/{source_id}" for source_id in registry.ADAPTERS}
    assert upstream("release") == {"proof"}
    assert upstream("proof") == {"lineage"}


def test_blocking_expectations_block(graph: dict[AssetKey, AssetsDefinition]) -> None:
    of_estimates = [one for one in graph[AssetKey("estimates")].check_specs if one.asset_key == AssetKey("estimates")]
    specs = {spec.name: spec for spec in of_estimates}
    assert specs["blocking_expectations"].blocking
    assert not specs["warning_expectations"].blocking
