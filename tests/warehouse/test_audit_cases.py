"""The audit of figures beyond the article: what the inputs of each give, worked by hand, and the verdict that follows.

Energy in kWh, emissions in t, time in h. Where a publication leaves an input out, a stand-in from another document is
used and named, or the value that its figure implies is given.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.derive import build
from warehouse.macros import macros
from warehouse.sqlmodel import SQL_FOLDER
from warehouse.stages.deriving import completed

#: What the inputs give, and the verdict, by formula and figure.
CASES: dict[str, dict[str, tuple[float | None, str]]] = {
    "accelerator_energy": {
        # 512 x 20 d x 24 x 310 W x 1.12; printed 85.7 MWh
        "patterson2021/t5-11b-energy": (85_327.872, "follows"),
        # 1024 x 30 d x 24 x 289 W x 1.09; printed 232 MWh
        "patterson2021/meena-energy": (232_250.5728, "follows"),
        # 1024 x 3.1 d x 24 x 288 W x 1.09; printed 24.1 MWh, 0.8 % more
        "patterson2021/gshard-600b-energy": (23_916.183552, "rounding"),
        # 200 x 6.8 d x 24 x 208 W x 1.1; printed 7.5 MWh
        "patterson2021/evolved-transformer-nas-energy": (7_468.032, "follows"),
        # 8 x 3.5 d x 24 x 296 W x 1.59; printed 316 kWh
        "patterson2021/transformer-big-p100-energy": (316.27008, "follows"),
        # 8 x 3.2 d x 24 x 271 W x 1.11; printed 185 kWh
        "patterson2021/evolved-transformer-p100-energy": (184.817664, "follows"),
        "du2021/glam-280b-energy": (212_692.62336, "follows"),  # 1,024 x 574 h x 326 W x 1.11; printed 213 MWh
    },
    "accelerator_it_energy": {
        # 256 x 68 h x 400 W; printed 6963 kWh
        "kirillov2023/sam-energy": (6_963.2, "follows"),
        # 256 x 108 h x 400 W; printed 12165.12 kWh, 1.1 times that: a PUE that the paper does not state.
        # Counted as following by those who put 1.1 among the inputs.
        "ravi2024/sam-2-energy": (11_059.2, "does_not_follow"),
    },
    "accelerator_hours_it_energy": {
        "luccioni2022/bloom-dynamic-energy": (433_196, "follows"),  # 1,082,990 h x 400 W
        "li2023starcoder/starcoderbase-energy": (89_671.68, "follows"),  # 320,256 h x 280 W
        # 340,000 h x 400 W; printed 140 MWh, to which 136 rounds at the two digits that it shows
        "fmti-2025/palmyra-x5-energy": (136_000, "rounding"),
        # 1,720,320 h x 400 W; printed 688 mWh. As MWh it would follow; as printed it is a thousand million times less.
        "fmti-2024/llama-2-70b-energy": (688_128, "unit_error"),
    },
    "accelerator_hours_energy": {
        "touvron2023a/llama-7b-energy": (36_270.08, "rounding"),  # 82,432 h x 400 W x 1.1; printed 36 MWh
        "touvron2023a/opt-175b-energy": (356_167.68, "follows"),  # 809,472 h x 400 W x 1.1
        "oquab2023/dinov2-vit-g-energy": (9_687.04, "follows"),  # 22,016 h x 400 W x 1.1
        "granite3-2024/granite-3.0-8b-energy": (757_212.82, "follows"),  # 832,102 h x 700 W x 1.3
        "granite3-2024/granite-3.0-3b-a800m-energy": (121_310.28, "follows"),  # 133,308 h x 700 W x 1.3
    },
    "accelerator_hours_emissions": {
        # hours x W x 1.1 x 0.385 kg/kWh; stated by LLaMA and DINOv2, stand-ins for the others
        "touvron2023a/llama-33b-emissions": (89.8551808, "follows"),  # 530,432 h x 400 W
        "oquab2023/dinov2-vit-g-emissions": (3.7295104, "rounding"),  # 22,016 h x 400 W; printed 3.7 t
        "dinov2-card/released-set-emissions": (6.74212, "rounding"),  # 39,800 h x 400 W; printed 7 t, one digit
        "touvron2023b/llama-2-70b-emissions": (291.422208, "follows"),  # 1,720,320 h x 400 W
        "llama3-card/llama-3-8b-emissions": (385.385, "rounding"),  # 1.3M h x 700 W; printed 390 t
        "llama3-card/family-total": (2_282.665, "follows"),  # 7.7M h x 700 W
        "llama3-1-card/llama-3.1-8b-emissions": (432.817, "not_checkable"),  # 1.46M h x 700 W; printed 420 t
        "llama3-1-card/llama-3.1-405b-emissions": (9_142.518, "not_checkable"),  # 30.84M h x 700 W; printed 8,930 t
        "llama3-1-card/family-total": (11_650.485, "not_checkable"),  # 39.3M h x 700 W; printed 11,390 t
        # 500,000 h x 400 W; printed 50 t. Power, PUE and factor are all stand-ins, so that they refute nothing: 236 W
        # would do as well.
        "gloeckle2024/all-models-emissions": (84.7, "not_checkable"),
    },
    "accelerator_hours": {
        "granite3-2024/granite-3.0-8b-hours": (2_211_840, "does_not_follow"),  # 768 x 120 d x 24; printed 832,102
        "li2023phi/hours": (6_144, "does_not_follow"),  # 32 x 8 d x 24; printed 1.5K
        # 1,024 x 3.1 d x 24; printed 2,048 cores, that is 1,024 chips, in 4 days: 98,304 h, 29 % more
        "lepikhin2020/gshard-600b-hours": (76_185.6, "does_not_follow"),
        "epoch-notable-models-2026/k-exaone-hours": (1_658_880, "follows"),  # 512 x 135 d x 24
    },
    "duration": {
        # 14,820 core-days x 24 / 1,024 cores; printed 347.3 h. Of core-hours, as one note has it, it would be 14.5 h.
        "epoch-notable-models/align-duration": (347.34375, "follows"),
        # 7,000,000 h / 4,096; printed 4,320 h, 2.5 times as much
        "epoch-notable-models/falcon-180b-duration": (1_708.984375, "does_not_follow"),
    },
    "hours_of_stages": {"guo2025/hours": (147_336, "follows")},  # 512 x (198 + 80) + 5,000
    "hours_by_tokens": {"deepseek-v3-readme/pre-training-hours": (2_664_000, "follows")},  # 180,000 x 14.8e12 / 1e12
    # 2,638 MWh / (2,048 x 400 W x 1.1) = 2,927 h = 4.0 months of 730.5 h; printed 5 months
    "duration_from_energy": {"touvron2023a/llama-development-time": (2.638e9 / 901_120, "does_not_follow")},
    "energy_without_power": {
        # No power is stated, so nothing can be recomputed; 400 W, the TDP, is no figure of the publication.
        "fmti-2024/granite-13b-v1-energy": (None, "not_checkable"),
        "tucano-160m-card/energy": (None, "not_checkable"),
    },
    # 22 MW x 14 weeks x 168 x 0.84 = 43,464,960 kWh; printed 42.4 GWh, 2.5 % less. Half a digit of the inputs may make
    # 0.5/22 + 0.5/14 + 0.5/84 = 6.4 %.
    "run_energy": {"iea2025/gpt-4-energy": (43_464_960, "rounding")},
    "run_emissions": {"climate-aware-climatebert-card/emissions": (0.015792, "follows")},  # 48 h x 0.7 kW x 0.47
    "energy_emissions": {
        "patterson2021/t5-11b-emissions": (46.7065, "follows"),  # 85.7 MWh x 0.545
        "patterson2021/meena-emissions": (96.28, "follows"),  # 232 MWh x 0.415
        "patterson2021/gshard-600b-net-emissions": (4.2657, "rounding"),  # 24.1 MWh x 0.177; printed 4.3 t
        "patterson2021/switch-emissions": (72.137, "follows"),  # 179 MWh x 0.403
        "granite3-2024/granite-3.0-8b-emissions": (295.23, "follows"),  # 757.0 MWh x 0.39
        "granite3-2024/granite-3.0-3b-a800m-emissions": (47.268, "follows"),  # 121.2 MWh x 0.39
        # x 0.38095 kg/kWh, Germany in 2023, a stand-in: the cards name the country and CodeCarbon, not the factor
        "tucano-160m-card/emissions": (0.089728963, "follows"),  # 235.54 kWh
        "tucano-630m-card/emissions": (0.350474, "follows"),  # 920 kWh
    },
    "energy_pue_emissions": {
        "groeneveld2024/olmo-7b-a100-emissions": (69.784, "follows"),  # 104 MWh x 1.1 x 0.61
        "groeneveld2024/olmo-7b-mi250x-hydro-emissions": (3.564, "rounding"),  # 135 MWh x 1.1 x 0.024; printed 3.54 t
        "li2023starcoder/starcoderbase-emissions": (16.6735521792, "follows"),  # 89.67168 MWh x 1.2 x 0.15495
    },
    "emissions_with_pue": {"luccioni2022/bloom-emissions-with-pue": (29.628, "rounding")},  # 24.69 t x 1.2; printed 30
    "emissions_sum": {
        "luccioni2022/bloom-life-cycle": (50.49, "follows"),  # 11.2 + 24.69 + 14.6
        "llama2-card/family-total": (385.08, "does_not_follow"),  # 31.22 + 62.44 + 291.42; printed 539.00
    },
    "quoted_emissions": {
        "climate-aware-gpt3-card/emissions": (552.1, "does_not_follow"),  # printed 5,521,000 kg, ten times as much
        "llama3-3-card/emissions": (2_040, "does_not_follow"),  # printed 12.9 t since the revision
        "teenytinyllama-card/emissions": (0.04131, "rounding"),  # printed 41.1 kg, 0.51 % less
    },
    "mlco2_hours_emissions": {
        # hours x 250 W x the factor at two places
        "sd1-card/emissions": (13.875, "does_not_follow"),  # 150,000 h x 0.37; printed 11250 kg, as 0.30 would give
        "wuerstchen-card/emissions": (1.311, "follows"),  # 9,200 h x 0.57 of Ohio, a stand-in for US-east
    },
    # 1,344 h x 128 x 283 W x 0.37; printed 4,503 kg, a quarter: 32 chips were entered
    "mlco2_emissions": {"dalle-mega-card/first-emissions": (18.01347072, "does_not_follow")},
}
FIGURES = {figure: expected for cases in CASES.values() for figure, expected in cases.items()}
BEYOND = "NOT starts_with(published_id, 'ludvigsen2023/')"


def row(connection: duckdb.DuckDBPyConnection, figure: str, columns: str) -> tuple[object, ...]:
    (found,) = connection.execute(f"SELECT {columns} FROM claim_audit WHERE published_id = ?", [figure]).fetchall()
    return tuple(found)


def test_every_figure_and_formula_is_worked_by_hand(tables: duckdb.DuckDBPyConnection) -> None:
    found = tables.execute(f"SELECT published_id, audit_formula FROM claim_audit WHERE {BEYOND}").fetchall()
    assert dict(found) == {figure: formula for formula, cases in CASES.items() for figure in cases}
    assert len(found) == 61


@pytest.mark.parametrize("figure", FIGURES)
def test_figure(tables: duckdb.DuckDBPyConnection, figure: str) -> None:
    low, value, high, verdict = row(tables, figure, "recomputed_low, recomputed, recomputed_high, verdict")
    recomputed, expected = FIGURES[figure]
    assert [low, value, high] == [recomputed and pytest.approx(recomputed, rel=1e-12)] * 3
    assert verdict == expected


def test_the_verdicts_in_numbers(tables: duckdb.DuckDBPyConnection) -> None:
    counted = dict(tables.execute(f"SELECT verdict, count(*) FROM claim_audit WHERE {BEYOND} GROUP BY ALL").fetchall())
    assert counted == {"follows": 32, "rounding": 11, "does_not_follow": 11, "not_checkable": 6, "unit_error": 1}


# --- inputs that are not stated


@pytest.mark.parametrize(
    ("figure", "implied", "said"),
    [
        ("ravi2024/sam-2-energy", 1.1, "with a PUE of 1.10,"),  # 12165.12 / 11059.2
        ("touvron2023a/llama-development-time", 2.638e9 / 901_120 / 3_652.5, "with a power fraction of 0.80,"),
        ("fmti-2024/granite-13b-v1-energy", 153_074_376.7 / (256 * 1_056), "with an average power of 566.2 W,"),
        ("tucano-160m-card/energy", 235_540 / (8 * 44), "with an average power of 669.1 W,"),
    ],
)
def test_the_one_input_left_out_is_implied(
    tables: duckdb.DuckDBPyConnection, figure: str, implied: float, said: str
) -> None:
    found, explanation = row(tables, figure, "implied_factor, explanation")
    assert found == pytest.approx(implied, rel=1e-12)
    assert f"It would follow {said} which the publication does not state." in str(explanation)


def test_nothing_is_implied_elsewhere(tables: duckdb.DuckDBPyConnection) -> None:
    ((count,),) = tables.execute("SELECT count(*) FROM claim_audit WHERE implied_factor IS NOT NULL").fetchall()
    assert count == 4
    ((others,),) = tables.execute(
        "SELECT count(*) FROM claim_audit WHERE contains(explanation, 'would follow')"
    ).fetchall()
    assert others == 4


def test_what_is_left_out_is_a_quantity_with_a_plausible_range(tables: duckdb.DuckDBPyConnection) -> None:
    unknown = tables.execute("""
        SELECT audit.published_id FROM audit_cases AS audit
        LEFT JOIN quantity ON quantity.name = audit.unstated_input AND quantity.plausible_high IS NOT NULL
        WHERE audit.unstated_input IS NOT NULL AND quantity.name IS NULL""").fetchall()
    assert unknown == []


@pytest.mark.parametrize(
    ("published_kwh", "is_said"),
    [(11_059.2 * 2.9, True), (11_059.2 * 3.1, False), (11_059.2 * 0.9, False), (11_059.2, False)],
)
def test_an_implausible_input_explains_nothing(
    damaged: duckdb.DuckDBPyConnection, published_kwh: float, is_said: bool
) -> None:
    """A PUE lies between 1 and 3."""
    publish(damaged, "ravi2024/sam-2-energy", published_kwh)
    (explanation,) = row(damaged, "ravi2024/sam-2-energy", "explanation")
    assert ("would follow with a PUE" in str(explanation)) == is_said


@pytest.mark.parametrize("figure", ["touvron2023b/llama-2-70b-emissions", "llama3-card/llama-3-8b-emissions"])
def test_stand_ins_that_give_the_figure_are_named(tables: duckdb.DuckDBPyConnection, figure: str) -> None:
    (explanation,) = row(tables, figure, "explanation")
    assert "stand-ins for what the publication does not state: grid intensity 0.385 kg CO2eq/kWh (" in str(explanation)
    assert "PUE 1.1 (touvron2023a)" in str(explanation)


def test_stand_ins_refute_nothing(tables: duckdb.DuckDBPyConnection) -> None:
    found = tables.execute(
        "SELECT verdict, count(*) FROM claim_audit WHERE stand_ins IS NOT NULL GROUP BY ALL"
    ).fetchall()
    assert dict(found) == {"follows": 5, "rounding": 1, "not_checkable": 4}
    (explanation,) = row(tables, "llama3-1-card/llama-3.1-8b-emissions", "explanation")
    assert "420 t cannot be checked, since the publication does not state all inputs" in str(explanation)
    assert str(explanation).endswith("give 432.8 t.")


def test_stand_ins_are_other_documents(tables: duckdb.DuckDBPyConnection) -> None:
    own = tables.execute("""
        SELECT claim.subject FROM claim WHERE claim.qualifier = 'unstated' AND claim.superseded_at IS NULL
            AND claim.reference_id = split_part(claim.subject, '/', 1)""").fetchall()
    assert own == []


# --- the rule of ML CO2 Impact's page


@pytest.mark.parametrize(
    ("listed", "used"),
    [(367.8, 370), (568.2, 570), (297.6, 300), (20, 20), (364.9, 360), (365.9, 370), (4.99, 0), (736.6, 740)],
)
def test_the_page_cuts_and_rounds_its_factor(tables: duckdb.DuckDBPyConnection, listed: float, used: float) -> None:
    ((found,),) = tables.execute("SELECT mlco2_intensity(CAST(? AS DOUBLE))", [listed]).fetchall()
    assert found == pytest.approx(used, abs=1e-9)


def test_the_rule_never_falls_so_ranges_go_through_it() -> None:
    assert macros()["mlco2_intensity"].directions == (1,)


@pytest.mark.parametrize(
    ("figure", "unrounded", "said"),
    [
        ("sd1-card/emissions", 13.7925, "not rounded, it gives 13.79 t."),  # 37,500 kWh x 0.3678
        ("wuerstchen-card/emissions", 1.30686, "not rounded, it gives 1.307 t."),  # 2,300 kWh x 0.5682
        ("dalle-mega-card/first-emissions", 17.90636, "not rounded, it gives 17.91 t."),  # 48,685.056 kWh x 0.3678
    ],
)
def test_what_the_rule_changes_is_shown(
    tables: duckdb.DuckDBPyConnection, figure: str, unrounded: float, said: str
) -> None:
    found, difference, recomputed, explanation = row(
        tables, figure, "unrounded, unrounded_difference, recomputed, explanation"
    )
    assert found == pytest.approx(unrounded, rel=1e-6)
    assert difference == pytest.approx(unrounded / float(str(recomputed)) - 1, rel=1e-3)
    assert str(explanation).endswith(said)


# --- verdicts come from numbers


@pytest.mark.parametrize(
    ("number", "step"),
    [(7, 1), (140_000, 10_000), (390, 10), (12.9, 0.1), (12_165.12, 0.01), (0.0411, 0.0001), (6.88e-7, 0)],
)
def test_the_last_digit_that_a_number_shows(tables: duckdb.DuckDBPyConnection, number: float, step: float) -> None:
    ((found,),) = tables.execute("SELECT printed_step(CAST(? AS DOUBLE))", [number]).fetchall()
    assert found == pytest.approx(step, rel=1e-12)


#: Another figure instead of the one printed, and the verdict that it would get.
@pytest.mark.parametrize(
    ("figure", "published", "verdict"),
    [
        ("patterson2021/t5-11b-energy", 95_000, "does_not_follow"),
        ("luccioni2022/bloom-dynamic-energy", 433.196, "unit_error"),
        ("dinov2-card/released-set-emissions", 7.1, "does_not_follow"),  # two digits: 6.742 rounds to 6.7
        ("fmti-2025/palmyra-x5-energy", 141_000, "rounding"),  # 0.4 kW may be 0.45, an eighth more
        ("fmti-2025/palmyra-x5-energy", 154_000, "does_not_follow"),
        ("fmti-2024/llama-2-70b-energy", 688_000, "follows"),
        ("touvron2023a/llama-development-time", 2_927.5, "follows"),
        ("llama3-1-card/llama-3.1-8b-emissions", 432, "follows"),
        ("touvron2023b/llama-2-70b-emissions", 350, "not_checkable"),
        ("llama2-card/family-total", 385.08, "follows"),
        ("sd1-card/emissions", 13.875, "follows"),
        ("dalle-mega-card/first-emissions", 18.013_47, "follows"),
        ("guo2025/hours", 200_000, "does_not_follow"),
        ("fmti-2024/granite-13b-v1-energy", 1_000, "not_checkable"),
    ],
)
def test_the_verdict_comes_from_what_was_published(
    damaged: duckdb.DuckDBPyConnection, figure: str, published: float, verdict: str
) -> None:
    publish(damaged, figure, published)
    assert row(damaged, figure, "verdict") == (verdict,)


def publish(connection: duckdb.DuckDBPyConnection, figure: str, published: float) -> None:
    """Put another figure in place of the one printed, and audit again."""
    connection.execute(
        """UPDATE claim SET low = $1, value = $1, high = $1
        WHERE subject_id = $2 AND qualifier = 'published' AND superseded_at IS NULL""",
        [float(published), figure],
    )
    for name in ("audit_cases", "recomputed_claims", "claim_audit"):
        build(connection, completed()[name])


def test_no_verdict_is_typed(tables: duckdb.DuckDBPyConnection) -> None:
    """No claim says one and no SQL model names one: they come out of the macro that compares the numbers."""
    verdicts = [*{verdict for _, verdict in FIGURES.values()}]
    ((claims,),) = tables.execute(
        """SELECT count(*) FROM claim WHERE source_id = 'published_claims'
        AND (list_contains($1, object) OR list_contains($1, reported_text) OR list_contains($1, qualifier)
            OR list_contains($1, scope_note) OR quantity = 'verdict')""",
        [verdicts],
    ).fetchall()
    assert claims == 0
    files: list[Path] = [SQL_FOLDER / "audit_cases.sql", *(SQL_FOLDER / "recomputed_claims").glob("*.sql")]
    words = " ".join(path.read_text() for path in [*files, SQL_FOLDER / "claim_audit.sql"])
    allowed = ("claim.qualifier = 'follows'", "claim.qualifier = 'rounding'")  # the tolerances, which are claims
    for text in allowed:
        words = words.replace(text, "")
    assert [verdict for verdict in verdicts if f"'{verdict}'" in words] == []
