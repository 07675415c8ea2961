"""Every rule about sources holds for the bundled tables with their exceptions; one damaged cell breaks one rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import pandas as pd
import pytest

from sources import registry
from warehouse.checks import check_sources
from warehouse.expectations import Rule, claims
from warehouse.expectations.engine import Found, ask, query
from warehouse.expectations.suites import SOURCES


class Case(NamedTuple):
    source_id: str
    rule_id: str
    damage: str
    found: str


def cell(source_id: str, subject: str, quantity: str, change: str, extra: str = "") -> str:
    """Return the damage to one claim."""
    return (
        f"UPDATE claim SET {change} WHERE source_id = '{source_id}' AND subject = '{subject}' "
        f"AND quantity = '{quantity}' AND superseded_at IS NULL {extra}"
    )


def number(value: float, text: str = "") -> str:
    return f"low = {value}, value = {value}, high = {value}, reported_text = '{text or value}'"


def impact(subject: str, quantity: str, change: str) -> str:
    return cell("mlco2_impact", subject, quantity, change)


def renamed(before: str, after: str) -> str:
    return f"UPDATE claim SET subject = '{after}' WHERE source_id = 'mlco2_impact' AND subject = '{before}'"


def word(text: str) -> str:
    return f"object = '{text}', object_id = '{text}', reported_text = '{text}'"


def cited(text: str) -> str:
    """Return a change of reference to a document known only by what is printed, which must be loaded before."""
    return f"reference_id = 'cited-{text}'"


IN_MLCO2_IMPACT = [
    ("E4", renamed("aws/eu-north-1", "ibm/eu-north-1"), "ibm"),
    ("E5", renamed("aws/eu-north-1", "aws/eu-west-1"), "eu-west-1"),
    ("E6", renamed("aws/eu-north-1", "aws/EU-north-1"), "EU-north-1"),
    ("E7", impact("aws/eu-north-1", "grid_intensity", number(1201)), "1201"),
    ("E7", impact("aws/eu-north-1", "grid_intensity", number(0)), "0"),
    ("E8", impact("ovh/gra", "offset_ratio", number(12.5)), "12.5"),
    ("E9", impact("seeweb/fro2", "pue", number(2.6)), "2.6"),
    ("E9-source", impact("seeweb/fro2", "pue", cited("plain")), "A brochure"),
    ("E10", impact("aws/eu-north-1", "grid_intensity", "flags = 'uncited'"), ""),
    ("E11", impact("aws/eu-north-1", "grid_intensity", cited("plain")), "A brochure"),
    ("E12", impact("aws/eu-north-1", "grid_intensity", "reference_id = 'cea2018'"), "http://www.cea.nic.in"),
    ("E13", impact("azure/westus", "grid_intensity", number(250)), "250"),
    ("E14", impact("azure/koreasouth", "grid_intensity", cited("web")), "https://example.org/other"),
    ("E15", impact("ovh/gra", "city", word("Gravelines,")), "Gravelines,"),
    ("E16", impact("ovh/gra", "city", word("Springfield")), "Springfield"),
    (
        "E17",
        f"""{impact("gcp/europe-west6", "country", word("Schweiz"))};
        DELETE FROM claim WHERE source_id = 'mlco2_impact' AND subject = 'gcp/europe-west6' AND quantity = 'city'""",
        "Schweiz",
    ),
    ("E21", cell("gsf_regions", "gcp/us-west2", "grid_intensity", number(60)), "240.6"),
]

IN_MLCO2_GPUS = [
    (
        "name_unique",
        "UPDATE claim SET subject = 'T4' WHERE source_id = 'mlco2_gpus' AND subject = 'RTX A5000'",
        "T4",
    ),
    ("type_known", cell("mlco2_gpus", "T4", "hardware_type", word("asic")), "asic"),
    ("tdp_range", cell("mlco2_gpus", "T4", "tdp", number(7000)), "7000"),
    ("memory_range", cell("mlco2_gpus", "T4", "memory", number(16000)), "16000"),
    (
        "half_not_below_single",
        cell("mlco2_gpus", "T4", "peak_flops", number(5e12, "5"), "AND qualifier = 'fp16_bf16'"),
        "fp32 8.141, fp16 5",
    ),
    (
        "half_per_single",
        cell("mlco2_gpus", "T4", "peak_flops", number(9e13, "90"), "AND qualifier = 'fp16_bf16'"),
        "fp32 8.141, fp16 90",
    ),
    (
        "single_per_watt",
        cell("mlco2_gpus", "T4", "peak_flops", number(4e13, "40"), "AND qualifier = 'fp32'"),
        "40",
    ),
    (
        "cited",
        "UPDATE claim SET flags = 'uncited' WHERE source_id = 'mlco2_gpus' AND subject = 'T4'",
        "",
    ),
]

LATEST = "AND period_end = DATE '2024-12-31' AND boundary = 'location;average_"
IN_GSF_REGIONS = [
    (
        "record_unique",
        """UPDATE claim SET period_end = DATE '2023-12-31'
        WHERE source_id = 'gsf_regions' AND subject = 'gcp/asia-east1' AND period_end = DATE '2024-12-31'""",
        "gcp/asia-east1 Taiwan 2023",
    ),
    (
        "consumption_range",
        cell("gsf_regions", "aws/af-south-1", "grid_intensity", number(1501), LATEST + "consumption'"),
        "1501",
    ),
    (
        "production_range",
        cell("gsf_regions", "aws/af-south-1", "grid_intensity", number(1501), LATEST + "production'"),
        "1501",
    ),
    (
        "consumption_per_production",
        cell("gsf_regions", "aws/af-south-1", "grid_intensity", number(200), LATEST + "consumption'"),
        "2024: 200 / 701.92",
    ),
    ("pue_range", cell("gsf_regions", "aws/af-south-1", "pue", number(2.1)), "2.1"),
    ("water_range", cell("gsf_regions", "aws/af-south-1", "water_usage_effectiveness", number(11)), "11"),
    (
        "carbon_free_range",
        cell("gsf_regions", "gcp/asia-east1", "carbon_free_energy", number(17), "AND qualifier = 'annual'"),
        "17",
    ),
]

IN_EPOCH_MODELS = [
    (
        "model_unique",
        "INSERT INTO claim SELECT * REPLACE (claim_id + 1 AS claim_id) FROM claim "
        "WHERE source_id = 'epoch_models' AND subject = 'GLaM' AND quantity = 'model'",
        "GLaM",
    ),
    ("released_range", cell("epoch_models", "GLaM", "released_on", word("2031-01-01")), "2031-01-01"),
    ("compute_range", cell("epoch_models", "GLaM", "training_compute", number(0.5)), "0.5"),
    ("duration_range", cell("epoch_models", "FunSearch", "training_duration", number(30000)), "30000"),
    ("count_range", cell("epoch_models", "ProtT5-XL-U50", "accelerator_count", number(2000000)), "2000000"),
    ("utilization_range", cell("epoch_models", "GLaM", "hardware_utilization", number(1.2)), "1.2"),
    ("power_per_tdp", cell("epoch_models", "Meena", "run_power", number(4608808)), "4608808"),
    ("compute_possible", cell("epoch_models", "GLaM", "training_compute", number(1e27, "1e+27")), "1e+27"),
]

IN_EPOCH_HARDWARE = [
    (
        "name_unique",
        "INSERT INTO claim SELECT * REPLACE (claim_id + 1 AS claim_id) FROM claim "
        "WHERE source_id = 'epoch_hardware' AND subject = 'NVIDIA Tesla T4' AND quantity = 'tdp'",
        "NVIDIA Tesla T4",
    ),
    ("tdp_range", cell("epoch_hardware", "NVIDIA Tesla T4", "tdp", number(7000)), "7000"),
    ("memory_range", cell("epoch_hardware", "NVIDIA Tesla T4", "memory", number(512)), "512"),
    ("single_range", cell("epoch_hardware", "NVIDIA M40", "peak_flops", number(4e14, "400")), "400"),
    (
        "half_not_below_single",
        cell("epoch_hardware", "NVIDIA P100", "peak_flops", number(1e12, "1"), "AND qualifier = 'fp16_bf16'"),
        "fp32 9300000000000.0, fp16 1",
    ),
    (
        "eighth_not_below_half",
        cell("epoch_hardware", "Google TPU v7 Ironwood", "peak_flops", number(1e12, "1"), "AND qualifier = 'fp8'"),
        "fp8 1",
    ),
]

GCP_2022 = "AND period_end = DATE '2022-12-31'"
TURIN = "gcp/europe-west12"  # stated for one year only, so that no change from year to year follows
IN_GCP_REGION_CARBON = [
    (
        "record_unique",
        "UPDATE claim SET subject = 'gcp/us-east4' WHERE source_id = 'gcp_region_carbon' "
        f"AND subject = 'gcp/us-east5' {GCP_2022}",
        "gcp/us-east4 2022",
    ),
    (
        "region_written",
        f"UPDATE claim SET subject = 'gcp/Europe West12' WHERE source_id = 'gcp_region_carbon' AND subject = '{TURIN}'",
        "Europe West12",
    ),
    (
        "year_range",
        "UPDATE claim SET period_start = DATE '2018-01-01', period_end = DATE '2018-12-31' "
        "WHERE source_id = 'gcp_region_carbon' AND subject = 'gcp/us-west4' AND period_end = DATE '2019-12-31'",
        "2018",
    ),
    ("intensity_range", cell("gcp_region_carbon", TURIN, "grid_intensity", number(1001)), "1001"),
    (
        "basis_of_year",
        cell("gcp_region_carbon", TURIN, "grid_intensity", "boundary = 'location;lifecycle'"),
        "2022: location;lifecycle",
    ),
    ("zero_explained", cell("gcp_region_carbon", TURIN, "grid_intensity", number(0)), "0"),
    (
        "year_on_year",
        cell("gcp_region_carbon", "gcp/us-west4", "grid_intensity", number(731), GCP_2022),
        "2022: 365 to 731",
    ),
    ("carbon_free_range", cell("gcp_region_carbon", TURIN, "carbon_free_energy", number(42)), "42"),
]

IN_2024 = "AND period_end = DATE '2024-12-31'"
IN_OWID_INTENSITY = [
    (
        "record_unique",
        "INSERT INTO claim SELECT * REPLACE (claim_id + 1 AS claim_id) FROM claim "
        f"WHERE source_id = 'owid_intensity' AND subject = 'Kosovo' {IN_2024}",
        "country Kosovo 2024",
    ),
    (
        "year_range",
        "UPDATE snapshot SET retrieved_at = TIMESTAMP '2024-06-01' WHERE source_id = 'owid_intensity'",
        "2025",
    ),
    (
        "intensity_range",
        cell("owid_intensity", "Turkmenistan", "grid_intensity", number(1401), IN_2024),
        "1401",
    ),
    (
        "lifecycle_above_zero",
        cell("owid_intensity", "Turkmenistan", "grid_intensity", number(0), IN_2024),
        "2024: 0",
    ),
    (
        "year_on_year",
        cell("owid_intensity", "Turkmenistan", "grid_intensity", number(400), IN_2024),
        "2024: 400",
    ),
    (
        "year_follows",
        "DELETE FROM claim WHERE source_id = 'owid_intensity' AND subject = 'Kosovo' "
        "AND period_end = DATE '2010-12-31'",
        "2009 to 2011",
    ),
]

IN_HARDWARE = [
    ("tdp_range", cell("hardware", "nvidia-t4", "tdp", number(7000)), "7000"),
    ("memory_range", cell("hardware", "nvidia-t4", "memory", number(30000)), "30000"),
    (
        "half_not_below_single",
        cell("hardware", "nvidia-a40", "peak_flops", number(1e12, "1"), "AND qualifier = 'fp16_bf16'"),
        "fp16 1",
    ),
    (
        "eighth_not_below_half",
        cell("hardware", "nvidia-h100-sxm5-80gb", "peak_flops", number(1e12, "1"), "AND qualifier = 'fp8'"),
        "fp8 1",
    ),
    ("accelerators_per_server", cell("hardware", "nvidia-dgx-1-v100", "accelerators_per_server", number(7)), "7"),
    ("power_per_accelerator", cell("hardware", "nvidia-dgx-1-v100", "server_power", number(1000)), "1000"),
]

PUE_ROW = "UPDATE claim SET {} WHERE claim_id = (SELECT min(claim_id) FROM claim WHERE source_id = 'pue' AND {})"
MEASURED = "qualifier = 'measured_operational' AND period_start IS NOT NULL AND period_end IS NOT NULL"
IN_PUE = [
    ("kind_known", PUE_ROW.format("qualifier = 'hoped_for'", "qualifier = 'design'"), "hoped_for"),
    ("pue_range", PUE_ROW.format(number(3.2), "qualifier = 'design'"), "3.2"),
    ("measured_range", PUE_ROW.format(number(2.2), MEASURED), "2.2"),
    ("measured_period", PUE_ROW.format("period_end = NULL, reported_text = 'undated'", MEASURED), "undated"),
    (
        "period_order",
        PUE_ROW.format("period_start = DATE '2031-01-01', period_end = DATE '2030-12-31'", MEASURED),
        "2031-01-01 to 2030-12-31",
    ),
]

IN_TRAINING_RUNS = [
    ("hours_agree", cell("training_runs", "llama-65b", "training_duration", number(2000, "83 days")), "83 days"),
    ("energy_per_hour", cell("training_runs", "sam", "energy", number(69630000)), "69630000"),
    ("emissions_per_energy", cell("training_runs", "sam", "emissions", number(2800)), "2800"),
    (
        "model_present",
        "DELETE FROM claim WHERE source_id = 'training_runs' AND subject = 'sam' AND quantity = 'model'",
        "sam",
    ),
    (
        "period_order",
        cell("training_runs", "sam", "released_on", "period_start = DATE '2031-01-01', period_end = DATE '2030-12-31'"),
        "2031-01-01 to 2030-12-31",
    ),
]

IN_ASSUMPTIONS = [
    (
        "assumption_present",
        "DELETE FROM claim WHERE source_id = 'assumptions' AND quantity = 'hardware_utilization'",
        "world hardware_utilization",
    ),
    (
        "assumption_unique",
        "INSERT INTO claim SELECT * REPLACE (claim_id + 1 AS claim_id) FROM claim "
        "WHERE quantity = 'emissions_per_capita' AND source_id = 'assumptions'",
        "us emissions_per_capita",
    ),
    (
        "tolerances_ordered",
        cell("assumptions", "world", "audit_tolerance", number(0.9), "AND qualifier = 'follows'"),
        "audit_tolerance",
    ),
]

IN_PUBLISHED_CLAIMS = [
    ("formula_known", cell("published_claims", "ludvigsen2023/hours", "audit_formula", word("guess")), "guess"),
    (
        "statement_present",
        "DELETE FROM claim WHERE subject = 'ludvigsen2023/hours' AND quantity = 'statement'",
        "ludvigsen2023/hours",
    ),
    (
        "published_once",
        "INSERT INTO claim SELECT * REPLACE (claim_id + 1 AS claim_id) FROM claim "
        "WHERE subject = 'ludvigsen2023/hours' AND qualifier = 'published'",
        "2",
    ),
]

IN_CORRECTIONS = [
    (
        "correction_applied",
        "UPDATE correction SET status = 'retired', found_text = '250' "
        "WHERE subject = 'Tesla V100-PCIE-16GB' AND quantity = 'tdp'",
        "looked for 300, found 250",
    ),
    (
        "replacement_stated",
        "UPDATE correction SET correcting_claim_id = NULL WHERE subject = 'Tesla V100-PCIE-16GB' AND quantity = 'tdp'",
        "looked for 300",
    ),
]

CASES = [
    Case(source_id, *case)
    for source_id, cases in {
        "mlco2_impact": IN_MLCO2_IMPACT,
        "mlco2_gpus": IN_MLCO2_GPUS,
        "gsf_regions": IN_GSF_REGIONS,
        "gcp_region_carbon": IN_GCP_REGION_CARBON,
        "owid_intensity": IN_OWID_INTENSITY,
        "epoch_models": IN_EPOCH_MODELS,
        "epoch_hardware": IN_EPOCH_HARDWARE,
        "hardware": IN_HARDWARE,
        "pue": IN_PUE,
        "training_runs": IN_TRAINING_RUNS,
        "assumptions": IN_ASSUMPTIONS,
        "published_claims": IN_PUBLISHED_CLAIMS,
        "corrections": IN_CORRECTIONS,
    }.items()
    for case in cases
]

ONE_CLAIM = "claim_id = (SELECT min(claim_id) FROM claim WHERE source_id = 'assumptions')"
OF_EVERY_SOURCE = [
    Case("assumptions", *case)
    for case in (
        (
            "claim_id_unique",
            f"INSERT INTO claim SELECT * REPLACE ('pue' AS source_id) FROM claim WHERE {ONE_CLAIM}",
            "",
        ),
        ("reference_exists", f"UPDATE claim SET reference_id = 'gone' WHERE {ONE_CLAIM}", "gone"),
        ("text_printable", f"UPDATE claim SET reported_text = 'a' || chr(7) WHERE {ONE_CLAIM}", "a\x07"),
        ("text_printable", f"UPDATE claim SET reported_text = ' ' WHERE {ONE_CLAIM}", " "),
        (
            "value_plausible",
            cell("assumptions", "us", "emissions_per_capita", number(16000)),
            "16000",
        ),
        (
            "stated_once",
            f"INSERT INTO claim SELECT * REPLACE (-1 AS claim_id) FROM claim WHERE {ONE_CLAIM}",
            "",
        ),
        (
            "worked_out_in_words",
            f"UPDATE claim SET flags = 'worked_out', scope_note = NULL, reported_text = 'half' WHERE {ONE_CLAIM}",
            "beside half",
        ),
        ("name_resolved", f"UPDATE claim SET subject_id = NULL, subject = 'nobody' WHERE {ONE_CLAIM}", "nobody"),
        (
            "rows_accounted",
            "DELETE FROM snapshot_count WHERE source_id = 'assumptions'",
            "",
        ),
        (
            "nothing_quarantined",
            "INSERT INTO quarantine SELECT source_id, snapshot_id, 9, 'PUE', 'n/a', 'a number' FROM snapshot_count "
            "WHERE source_id = 'assumptions'; "
            "UPDATE snapshot_count SET quarantined_cells = 1 WHERE source_id = 'assumptions'",
            "n/a",
        ),
    )
]


def broken(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, rules: tuple[Rule, ...]) -> Mapping[str, Found]:
    """Return what offends each rule, by a query on the frame."""
    connection.register("given", frame)
    return query(connection, "SELECT * FROM given", rules)


BEFORE: dict[tuple[str, bool], Mapping[str, Found]] = {}


def check_case(case: Case, connection: duckdb.DuckDBPyConnection, is_general: bool) -> None:
    suite = SOURCES[case.source_id]
    rules = claims.RULES if is_general else suite.rules

    def frame() -> pd.DataFrame:
        general = claims.select(case.source_id)
        return connection.execute(general).df() if is_general else suite.frame(connection)

    for key, title in (("plain", "A brochure"), ("web", "https://example.org/other")):
        connection.execute(
            "INSERT INTO reference BY NAME SELECT 'cited-' || ? AS reference_id, 'misc' AS type, ? AS title, "
            "false AS is_curated, true AS is_openable",
            [key, title],
        )
    if (case.source_id, is_general) not in BEFORE:
        BEFORE[case.source_id, is_general] = broken(connection, frame(), rules)
    before = BEFORE[case.source_id, is_general]
    connection.execute(case.damage)
    damaged = frame()
    after = broken(connection, damaged, rules)
    new = {rule: set(one.offenders) - set(before[rule].offenders) for rule, one in after.items()}
    assert {rule for rule, offenders in new.items() if offenders} == {case.rule_id}
    assert any(case.found in found for _, _, found in new[case.rule_id]), new[case.rule_id]
    rule = next(rule for rule in rules if rule.rule_id == case.rule_id)
    assert ask(damaged, [rule])() == {case.rule_id: after[case.rule_id]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.source_id}-{case.rule_id}")
def test_one_damaged_cell_breaks_one_rule(case: Case, damaged: duckdb.DuckDBPyConnection) -> None:
    check_case(case, damaged, is_general=False)


@pytest.mark.parametrize("case", OF_EVERY_SOURCE, ids=lambda case: case.rule_id)
def test_one_damaged_claim_breaks_one_rule_of_all_sources(case: Case, damaged: duckdb.DuckDBPyConnection) -> None:
    check_case(case, damaged, is_general=True)


def test_every_rule_has_a_failing_case() -> None:
    stated = {(source_id, rule.rule_id) for source_id, suite in SOURCES.items() for rule in suite.rules}
    stated = {
        (source_id, rule_id)
        for source_id, rule_id in stated
        if source_id != "own_runs" and registry.ADAPTERS[source_id].series is None
    }  # those of training_runs, and those of series, which are tried in test_series
    assert {(case.source_id, case.rule_id) for case in CASES} == stated
    assert {case.rule_id for case in OF_EVERY_SOURCE} == {rule.rule_id for rule in claims.RULES}


@pytest.mark.parametrize("source_id", SOURCES)
def test_bundled_tables_hold_with_their_exceptions(source_id: str, damaged: duckdb.DuckDBPyConnection) -> None:
    results = check_sources(damaged, [source_id])[source_id]()
    assert [(result.expectation_id, result.sample) for result in results if not result.is_success] == []


def test_one_place_under_two_countries_fails(damaged: duckdb.DuckDBPyConnection) -> None:
    damaged.execute(impact("aws/ap-east-1", "country", word("Hong Kong")))  # the two others are known
    result = next(
        one for one in check_sources(damaged, ["mlco2_impact"])["mlco2_impact"]() if one.expectation_id == "E17"
    )
    assert (result.excepted, result.failed) == (2, 1)
    assert result.sample == "aws/ap-east-1, line 27: found 'Hong Kong'"
