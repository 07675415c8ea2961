"""What developers and papers disclose about training runs, and the cited choices for where they are silent."""

from pathlib import Path

import pandas as pd
import pytest

import sources
from sources import claimfile

CURATED = Path(sources.__file__).parent / "curated"

#: Energies whose source does not say whether data-centre overhead is in them.
OVERHEAD_NOT_STATED = {
    ("gpt-4", "iea2025"): "the agency gives power, weeks and load, and no overhead",
    ("bloomz-560m", "luccioni2024"): "the table names fine-tuning energy without its boundary",
    ("bloomz-1.7b", "luccioni2024"): "the table names fine-tuning energy without its boundary",
    ("bloomz-3b", "luccioni2024"): "the table names fine-tuning energy without its boundary",
    ("bloomz-7b", "luccioni2024"): "the table names fine-tuning energy without its boundary",
    ("olmo-2-13b", "morrison2025"): "the table treats overhead differently from row to row",
    ("olmoe-1b-7b", "morrison2025"): "the table treats overhead differently from row to row",
    ("granite-13b-v1", "fmti-2024"): "the report restates an energy without its boundary",
    ("jurassic-2", "fmti-2024"): "the developer gives a range and no method",
    ("olmo-family", "morrison2025"): "the table treats overhead differently from row to row",
    ("palmyra-x5", "fmti-2025"): "0.4 kW per accelerator is said to hold some overhead, without saying how much",
    ("stable-video-diffusion-xt", "fmti-2024"): "the report restates an energy without its boundary",
    ("stylegan2", "karras2019"): "the paper speaks of electricity and of no overhead",
    ("stylegan3", "epoch-notable-models"): "the paper speaks of electricity and of no overhead",
}

#: How a stated energy came about, best first; the words of `method` claims.
METHODS = {
    "metered",
    "sensor extrapolated",
    "measured power x hours",
    "TDP x hours",
    "assumed power x hours",
    "undisclosed",
}

#: Developers that sit in no one country.
NO_COUNTRY = {"aurora-m", "dalle-mega"}


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return claimfile.read("training_runs", (CURATED / "training_runs.csv").read_bytes()).claims


@pytest.fixture(scope="module")
def assumptions() -> pd.DataFrame:
    return claimfile.read("assumptions", (CURATED / "assumptions.csv").read_bytes()).claims


def stated(claims: pd.DataFrame, run: str, quantity: str, reference: str) -> pd.Series:
    """Return the one claim of a run on a quantity by a reference."""
    found = claims[
        (claims["subject"] == run) & (claims["quantity"] == quantity) & (claims["reference_id"] == reference)
    ]
    assert len(found) == 1, (run, quantity, reference)
    return found.iloc[0]


def test_there_are_many_runs_and_each_names_its_model_and_the_day_it_was_published(claims: pd.DataFrame) -> None:
    assert set(claims["subject_kind"]) == {"training_run"}
    runs = set(claims["subject"])
    assert len(runs) >= 157
    for quantity in ("model", "released_on"):
        counts = claims.loc[claims["quantity"] == quantity, "subject"].value_counts()
        assert set(counts.index) == runs
        assert counts.max() == 1
    released = claims[claims["quantity"] == "released_on"]
    assert (pd.to_datetime(released["period_start"]) <= pd.to_datetime(released["period_end"])).all()


@pytest.mark.parametrize(
    ("quantity", "reference", "value", "unit", "basis"),
    [
        ("energy", "patterson2021", "1287", "MWh", "calculated"),
        ("average_power", "patterson2021", "330", "W", "measured"),
        ("accelerator_count", "patterson2021", "10000", "1", "assumed"),
        ("training_duration", "patterson2021", "14.8", "day", "calculated"),
        ("grid_intensity", "patterson2021", "0.429", "kg/kWh", "assumed"),
        ("emissions", "patterson2021", "552.1", "t", "calculated"),
        ("training_compute", "brown2020", "3.14e23", "FLOP", "disclosed"),
        ("parameters", "brown2020", "175e9", "1", "disclosed"),
    ],
)
def test_gpt3_is_as_its_papers_print_it(
    claims: pd.DataFrame, quantity: str, reference: str, value: str, unit: str, basis: str
) -> None:
    claim = stated(claims, "gpt-3", quantity, reference)
    assert (claim["value"], claim["unit"], claim["basis"]) == (value, unit, basis)


def test_gpt3_energy_holds_the_overhead_and_its_place_is_azure(claims: pd.DataFrame) -> None:
    assert stated(claims, "gpt-3", "energy", "patterson2021")["boundary"] == "pue_included;final_run"
    assert stated(claims, "gpt-3", "pue", "patterson2021")["value"] == "1.1"
    assert stated(claims, "gpt-3", "provider", "patterson2021")["object"] == "azure"
    assert stated(claims, "gpt-3", "released_on", "brown2020")["object"] == "2020-05-28"


def test_gpt4_hardware_and_days_are_a_leak(claims: pd.DataFrame) -> None:
    count = stated(claims, "gpt-4", "accelerator_count", "gpt4-leak-2023")
    assert (count["value"], count["reported_text"], count["basis"]) == ("25000", "~25,000 A100s", "leaked")
    days = stated(claims, "gpt-4", "training_duration", "gpt4-leak-2023")
    assert (days["low"], days["high"], days["unit"], days["basis"]) == ("90", "100", "day", "leaked")
    assert days["reported_text"] == "90-100 days"
    hardware = stated(claims, "gpt-4", "accelerator", "gpt4-leak-2023")
    assert (hardware["object"], hardware["basis"]) == ("nvidia-a100", "leaked")


def test_gpt4_place_is_assumed_by_the_article_and_reported_by_the_press(claims: pd.DataFrame) -> None:
    server = stated(claims, "gpt-4", "server", "ludvigsen2023")
    assert (server["object"], server["basis"]) == ("nvidia-dgx-a100-40gb", "assumed")
    article = stated(claims, "gpt-4", "region", "ludvigsen2023")
    assert (article["object"], article["basis"]) == ("azure/westus", "assumed")
    press = stated(claims, "gpt-4", "region", "ap2023")
    assert (press["object"], press["basis"]) == ("azure/centralus", "disclosed")


def test_gpt4_estimates_of_others_are_calculated(claims: pd.DataFrame) -> None:
    compute = stated(claims, "gpt-4", "training_compute", "epoch-notable-models")
    assert (float(compute["value"]), compute["basis"]) == (2.1e25, "calculated")
    assert float(stated(claims, "gpt-4", "hardware_utilization", "epoch-notable-models")["value"]) == 0.34
    energy = stated(claims, "gpt-4", "energy", "iea2025")
    assert (energy["value"], energy["unit"], energy["basis"]) == ("42.4", "GWh", "calculated")
    ended = stated(claims, "gpt-4", "trained_in", "openai-gpt4-system-card")
    assert (ended["period_start"], ended["period_end"]) == (None, "2022-08-31")


def test_every_energy_says_whether_overhead_is_in_it_or_why_that_is_unknown(claims: pd.DataFrame) -> None:
    energy = claims[claims["quantity"] == "energy"]
    unstated = energy[~energy["boundary"].fillna("").str.contains("pue_included|pue_excluded")]
    keys = set(zip(unstated["subject"], unstated["reference_id"], strict=True))
    assert keys == set(OVERHEAD_NOT_STATED)


def test_one_usable_energy_for_each_boundary_of_a_run(claims: pd.DataFrame) -> None:
    usable = claims[(claims["quantity"] == "energy") & (claims["rank"] != "deprecated")]
    doubled = usable[usable.duplicated(["subject", "boundary"], keep=False)]
    assert doubled[["subject", "boundary", "reference_id"]].values.tolist() == []


def test_measured_energies_are_those_whose_power_was_measured(claims: pd.DataFrame) -> None:
    energy = claims[claims["quantity"] == "energy"]
    assert set(energy.loc[energy["basis"] == "measured", "subject"]) == {
        "t5-11b",
        "meena",
        "gshard-600b",
        "transformer-big",
        "evolved-transformer-medium",
        "evolved-transformer-medium-p100",
        "evolved-transformer-nas",
        "bloom-176b",
        "olmo-7b",
        "olmo-7b-twin-2t",
        "olmo-2-7b",
        "olmo-2-13b",
        "teenytinyllama-460m",
        "tucano-160m",
        "tucano-630m",
        "vitucano-2b8-v1",
    }
    bloom = energy[(energy["subject"] == "bloom-176b") & (energy["basis"] == "measured")]
    assert bloom["boundary"].tolist() == ["pue_excluded;idle_only"]


def test_only_gpt4_rests_on_a_leak(claims: pd.DataFrame) -> None:
    assert set(claims.loc[claims["basis"] == "leaked", "subject"]) == {"gpt-4"}


def test_known_wrong_figures_are_kept_and_never_used(claims: pd.DataFrame) -> None:
    deprecated = claims[claims["rank"] == "deprecated"]
    assert set(zip(deprecated["subject"], deprecated["quantity"], deprecated["reported_text"], strict=True)) == {
        ("llama-3.3-70b", "emissions", "12.9 tons CO2eq"),
        ("llama-3.3-70b", "emissions", "11,390 tons CO2eq"),
        ("jurassic-2", "emissions", "2-300 tCO2eq"),
        ("dalle-mega", "emissions", "4503 kg CO2 eq."),
        ("falcon-180b", "training_duration", "9 months"),
    }


def test_every_energy_has_one_method_of_its_own_boundary(claims: pd.DataFrame) -> None:
    methods = claims[claims["quantity"] == "method"]
    assert set(methods["object"]) <= METHODS
    energy = claims[claims["quantity"] == "energy"]
    key = ["subject", "boundary", "reference_id"]
    joined = energy.merge(methods, on=["subject", "boundary"], how="left", suffixes=("", "_method"))
    assert len(joined) == len(energy)
    assert (joined["reference_id"] == joined["reference_id_method"]).all(), joined[key]
    assert (joined["flags"].fillna("") == joined["flags_method"].fillna("")).all(), joined[key]


def test_a_measured_energy_rests_on_measured_power_and_a_nameplate_is_never_called_measured(
    claims: pd.DataFrame,
) -> None:
    energy = claims[claims["quantity"] == "energy"]
    methods = claims.loc[claims["quantity"] == "method", ["subject", "boundary", "object"]]
    joined = energy.drop(columns="object").merge(methods, on=["subject", "boundary"])
    measured = joined.loc[joined["basis"] == "measured", "object"]
    assert set(measured) <= {"metered", "sensor extrapolated", "measured power x hours"}
    assert set(joined.loc[joined["object"].isin(["TDP x hours", "assumed power x hours"]), "basis"]) == {"calculated"}


@pytest.mark.parametrize(
    ("run", "value"),
    [("deepseek-v2", "172800"), ("deepseek-llm-67b", "300600"), ("tinyllama-1.1b", "3456"), ("deepseek-v3", "2664000")],
)
def test_hours_of_a_part_of_a_run_are_a_lower_bound(claims: pd.DataFrame, run: str, value: str) -> None:
    hours = claims[
        (claims["subject"] == run) & (claims["quantity"] == "accelerator_hours") & (claims["value"] == value)
    ]
    assert hours["boundary"].str.contains("lower_bound").tolist() == [True]


def test_figures_of_a_family_stand_on_no_single_model(claims: pd.DataFrame) -> None:
    numbers = claims[claims["value"].notna() & claims["quantity"].isin(["energy", "emissions", "accelerator_hours"])]
    families = numbers[numbers["subject"].str.endswith("-family")]
    assert families["boundary"].str.contains("family_total|all_experiments").all()


def test_overheads_of_bloom_are_claims_of_their_own(claims: pd.DataFrame) -> None:
    bloom = claims[(claims["subject"] == "bloom-176b") & (claims["quantity"] == "emissions")]
    found = dict(zip(bloom["value"], bloom["boundary"], strict=True))
    assert found == {
        "24.69": "location;pue_excluded;final_run",
        "30": "location;pue_included;final_run",
        "14.6": "location;pue_excluded;idle_only",
        "39.3": "location;pue_excluded;dynamic_and_idle",
        "11.2": "embodied_included;lifecycle",
        "50.5": "location;pue_excluded;dynamic_and_idle;embodied_included;lifecycle",
        "66.29": "location;pue_excluded;all_experiments",
    }


def test_every_run_has_a_country_of_its_developer_and_one_of_them_comes_first(claims: pd.DataFrame) -> None:
    countries = claims[claims["quantity"] == "developer_country"]
    first = countries.loc[countries["qualifier"].isna(), "subject"]
    assert first.is_unique
    assert set(first) == set(claims["subject"]) - NO_COUNTRY
    assert set(countries["qualifier"].dropna()) == {"also"}
    assert not countries.duplicated(["subject", "object"]).any()
    several = countries[countries["subject"].duplicated(keep=False)]
    assert ((several["rank"] == "preferred") == several["qualifier"].isna()).all()


def test_what_a_catalogue_restates_is_flagged(claims: pd.DataFrame) -> None:
    catalogues = ["epoch-ai-models", "epoch-notable-models", "epoch-notable-models-2026", "crfm-ecosystem-graphs"]
    assert set(claims.loc[claims["reference_id"].isin(catalogues), "flags"]) == {"secondary"}


@pytest.mark.parametrize("table", ["claims", "assumptions"])
def test_texts_hold_no_double_quotes_and_ranges_run_upwards(table: str, request: pytest.FixtureRequest) -> None:
    frame: pd.DataFrame = request.getfixturevalue(table)
    for column in ("reported_text", "scope_note", "locator", "object"):
        assert not frame[column].fillna("").str.contains('"').any()
    ranges = frame[frame["low"].notna()]
    assert (ranges["low"].astype(float) <= ranges["high"].astype(float)).all()
    assert frame["reference_id"].notna().all()


def test_assumptions_hold_the_choices_that_the_tables_fall_back_on(assumptions: pd.DataFrame) -> None:
    columns = ["quantity", "qualifier", "value", "low", "high", "unit"]
    found = {tuple(str(cell) for cell in row) for row in assumptions[columns].to_numpy()}
    assert {
        ("hardware_utilization", "None", "None", "21.3", "46.2", "percent"),
        ("power_fraction", "server_nameplate", "76", "None", "None", "percent"),
        ("audit_tolerance", "follows", "0.005", "None", "None", "1"),
        ("audit_tolerance", "rounding", "0.02", "None", "None", "1"),
        ("emissions_per_capita", "None", "16", "None", "None", "t"),
        ("world_emissions", "None", "36.8", "None", "None", "Gt"),
    } <= found
