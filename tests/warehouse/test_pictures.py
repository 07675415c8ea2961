"""The pictures show what the tables hold, name their sources, and come out the same twice."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import pictured, pictures
from warehouse.errors import NotFoundError, TraceError, WarehouseError
from warehouse.macros import MACRO_FILE

#: Name and emissions [t] of each region; the middle ones are neither extreme nor discussed.
REGIONS = {
    "canadaeast": ("Canada East", 1_100),
    "canadacentral": ("Canada Central", 3_800),
    "francecentral": ("France Central", 5_700),
    "francesouth": ("France South", 5_750),
    "brazilsouth": ("Brazil South", 11_000),
    "westus": ("West US", 13_000),
    "eastus": ("East US", 20_000),
    "uksouth": ("UK South", 34_000),
    "centralus": ("Central US", 40_000),
    "northeurope": ("North Europe", 41_000),
    "southindia": ("South India", 50_000),
    "westindia": ("West India", 50_500),
    "southafricanorth": ("South Africa North", 55_000),
    "southafricawest": ("South Africa West", 55_500),
}
#: Of these three one is not among those that are shown.
UNDATED = ("canadaeast", "westus", "eastus")
FILES = {"emissions_by_region.svg", "emissions_by_region.png", "energy_gpt3_gpt4.svg", "energy_gpt3_gpt4.png"}


@pytest.fixture
def release() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(MACRO_FILE.read_text())
    connection.execute(
        """
        CREATE TABLE estimates_by_region (
            estimate_by_region_id BIGINT, run_id TEXT, model_id TEXT, method TEXT, region_id TEXT, region_name TEXT,
            is_preferred BOOLEAN, emissions_tco2e DOUBLE, emissions_tco2e_low DOUBLE, emissions_tco2e_high DOUBLE,
            intensity_source_id TEXT, is_own BOOLEAN DEFAULT false, intensity_match TEXT);
        CREATE TABLE estimates (
            estimate_id BIGINT, model_id TEXT, method TEXT, is_headline BOOLEAN,
            energy_kwh DOUBLE, energy_kwh_low DOUBLE, energy_kwh_high DOUBLE, is_own BOOLEAN DEFAULT false,
            energy_p05_kwh DOUBLE, energy_p95_kwh DOUBLE, energy_basis TEXT);
        CREATE TABLE number_references (table_name TEXT, row_id BIGINT, column_name TEXT, reference_id TEXT);
        CREATE TABLE reference (reference_id TEXT, title TEXT, publisher TEXT, year INTEGER);
        CREATE VIEW claim AS SELECT reference_id AS claim_id, reference_id FROM reference;
        CREATE SCHEMA references_of;
        CREATE VIEW references_of.estimates AS
            SELECT row_id, column_name, reference_id AS claim_id FROM number_references
            WHERE table_name = 'estimates';
        CREATE VIEW references_of.estimates_by_region AS
            SELECT row_id, column_name, reference_id AS claim_id FROM number_references
            WHERE table_name = 'estimates_by_region';
        INSERT INTO reference VALUES
            ('grid', 'Carbon Intensity of Grids', 'arXiv', 2019),
            ('datasheet', 'Server Datasheet', 'Maker', 2020),
            ('paper', 'Energy of Large Models', 'arXiv', 2021),
            ('unused', 'A Document of Other Numbers', NULL, NULL);
        INSERT INTO estimates VALUES
            (1, 'gpt-3', 'disclosed', true, 1287000, 1287000, 1287000, false, NULL, NULL, 'calculated by others'),
            (2, 'gpt-3', 'accelerator_power', false, 900000, 900000, 900000, false, 600000, 1200000, NULL),
            (3, 'gpt-4', 'server_power', false, 54570000, 51772500, 57525000, false, 20000000, 90000000, NULL),
            (4, 'gpt-4', 'server_average_power', true, 41473200, 39347100, 43719000, false, 21600000, 77900000, NULL);
        INSERT INTO number_references VALUES
            ('estimates', 1, 'energy_kwh', 'paper'), ('estimates', 3, 'energy_kwh', 'datasheet'),
            ('estimates', 4, 'energy_kwh', 'datasheet'),
            ('estimates', 2, 'energy_kwh', 'unused');
        """
    )
    for row_id, (region, (name, tonnes)) in enumerate(REGIONS.items(), start=1):
        connection.execute(
            "INSERT INTO estimates_by_region "
            "VALUES (?, 'run', 'gpt-4', 'server_power', ?, ?, true, ?, ?, ?, 'feed', false, ?)",
            [
                row_id,
                f"azure/{region}",
                name,
                tonnes,
                tonnes * 0.95,
                tonnes * 1.05,
                "undated" if region in UNDATED else "same year",
            ],
        )
        connection.execute(
            "INSERT INTO number_references VALUES ('estimates_by_region', ?, 'emissions_tco2e', 'grid')", [row_id]
        )
    # none of these may be drawn: another provider, another method, another model, another feed's intensity
    connection.execute(
        """
        INSERT INTO estimates_by_region (
            estimate_by_region_id, run_id, model_id, method, region_id, region_name, is_preferred, emissions_tco2e,
            emissions_tco2e_low, emissions_tco2e_high, intensity_source_id
        ) VALUES
            (101, 'run', 'gpt-4', 'server_power', 'gcp/lowest', 'Not Azure', true, 1, 1, 1, 'feed'),
            (102, 'run', 'gpt-4', 'training_compute', 'azure/westus', 'Not the method', true, 1, 1, 1, 'feed'),
            (103, 'run', 'gpt-3', 'server_power', 'azure/westus', 'Not the model', true, 1, 1, 1, 'feed'),
            (104, 'run', 'gpt-4', 'server_power', 'azure/westus', 'Not preferred', false, 1, 1, 1, 'feed')
        """
    )
    yield connection
    connection.close()


def draw(release: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Draw what a release shows into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in pictures.answer(pictured.shown(release)).items():
        files.append(folder / name)
        files[-1].write_bytes(content)
    return files


def test_writes_four_files(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    files = draw(release, tmp_path / "new" / "folder")
    assert {file.name for file in files} == FILES
    for file in files:
        signature = b"\x89PNG\r\n\x1a\n" if file.suffix == ".png" else b"<svg"
        assert file.read_bytes().startswith(signature)


def test_regions_shown_are_the_extremes_and_the_discussed(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    draw(release, tmp_path)
    svg = (tmp_path / "emissions_by_region.svg").read_text(encoding="utf-8")
    shown = [name for name, _ in REGIONS.values() if f">{name}<" in svg or f">{name} *<" in svg]
    assert shown == [name for name, _ in REGIONS.values() if name not in ("East US", "UK South", "North Europe")]
    assert "11 of Azure's 14 regions" in svg.replace("&#39;", "'").replace("&apos;", "'")
    assert "Not " not in svg
    assert "take 76% of it" in svg  # 41,473,200 of 54,570,000 kWh
    for text in ("GPT-4", ">13,000<", ">40,000<", "tonnes CO2e", "Carbon Intensity of Grids (arXiv, 2019)"):
        assert text in svg


def test_regions_whose_intensity_has_no_date_are_marked(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    draw(release, tmp_path / "marked")
    svg = (tmp_path / "marked" / "emissions_by_region.svg").read_text(encoding="utf-8")
    assert [name for name, _ in REGIONS.values() if f">{name} *<" in svg] == ["Canada East", "West US"]
    assert "* The source of the grid intensity gives no date: 2 of those shown." in svg
    release.execute("UPDATE estimates_by_region SET intensity_match = 'same year'")
    draw(release, tmp_path / "dated")
    assert " *" not in (tmp_path / "dated" / "emissions_by_region.svg").read_text(encoding="utf-8")


def test_energy_is_in_gigawatt_hours_with_its_range(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    draw(release, tmp_path)
    svg = (tmp_path / "energy_gpt3_gpt4.svg").read_text(encoding="utf-8")
    for text in (
        "GPT-3",
        "GPT-4",
        ">1.29 GWh<",
        ">41 GWh (22 to 78)<",  # its 90 % interval, to the digits that this lets be known
        ">54.6 GWh (51.8 to 57.5)<",
        "Electricity of training (GWh)",
        "Energy of Large Models (arXiv, 2021)",
        "Server Datasheet (Maker, 2020)",
    ):
        assert text in svg
    assert "A Document of Other Numbers" not in svg


def test_a_bound_is_a_hollow_bar_that_says_so_and_a_stated_figure_says_whose_it_is(
    release: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    draw(release, tmp_path)
    svg = (tmp_path / "energy_gpt3_gpt4.svg").read_text(encoding="utf-8")
    for text in ("upper bound: nameplate", "estimated", "calculated by others"):
        assert svg.count(f">{text}<") == 1
    assert svg.count(f'fill-opacity="{pictures.HOLLOW}"') == 1
    assert svg.count(f'stroke="{pictures.VERMILION}"') == 1
    emissions = (tmp_path / "emissions_by_region.svg").read_text(encoding="utf-8")
    assert "at nameplate power, an upper bound (tonnes CO2e)" in emissions
    assert f'fill-opacity="{pictures.HOLLOW}"' not in emissions


def test_same_tables_give_the_same_bytes(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first, second = draw(release, tmp_path / "1"), draw(release, tmp_path / "2")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_a_missing_region_is_named(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release.execute("DELETE FROM estimates_by_region WHERE region_id = 'azure/centralus'")
    with pytest.raises(NotFoundError, match="azure/centralus"):
        draw(release, tmp_path)


def test_two_numbers_for_one_bar_are_refused(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release.execute("UPDATE estimates_by_region SET is_preferred = true WHERE estimate_by_region_id = 104")
    with pytest.raises(WarehouseError, match="azure/westus has several rows"):
        draw(release, tmp_path)


def test_numbers_without_references_are_refused(release: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release.execute("DELETE FROM number_references WHERE table_name = 'estimates'")
    with pytest.raises(TraceError, match=r"estimates\.energy_kwh"):
        draw(release, tmp_path)
