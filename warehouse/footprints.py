"""Estimates, as readers ask for them, and what to say where there is none."""

from __future__ import annotations

from warehouse.errors import NotFoundError
from warehouse.naming import hint
from warehouse.nothing import why_none
from warehouse.read import Release, Rows

QUANTITIES = ("it_energy_kwh", "pue", "energy_kwh", "grid_intensity_g_per_kwh", "emissions_tco2e")

#: Methods that multiply hours by nameplate power: bounds, which no average is expected to reach.
NAMEPLATE = ("server_power", "accelerator_power")

_NUMBERS = ",\n    ".join(f"row.{name}, row.{name}_low, row.{name}_high" for name in QUANTITIES)

_OWN = f"""
SELECT row.estimate_id, row.model_id, row.run_id, run.developer_id, year(run.run_year) AS run_year, row.method,
    counted.method_count, row.is_headline, row.is_own, row.place_id, row.region_id, run.provider_id, row.place_basis,
    row.accelerator_id, row.server_id, row.hardware_basis, row.energy_boundary, row.energy_basis, row.pue_basis,
    row.pue_match, row.intensity_basis, row.intensity_match, row.intensity_boundary,
    {_NUMBERS},
    row.energy_p05_kwh, row.energy_p95_kwh, row.emissions_p05_tco2e, row.emissions_p95_tco2e,
    row.nameplate_energy_kwh, row.nameplate_energy_kwh_low, row.nameplate_energy_kwh_high,
    row.embodied_emissions_tco2e, row.embodied_emissions_tco2e_low, row.embodied_emissions_tco2e_high,
    beside.overheads, disagreeing.disagreements,
    told.reported_text AS stated_emissions, told.reference_id AS stated_emissions_in
FROM estimates AS row
JOIN training_runs AS run ON run.run_id = row.run_id
JOIN (SELECT model_id, count(DISTINCT method) AS method_count FROM estimates GROUP BY model_id) AS counted
    ON counted.model_id = row.model_id
LEFT JOIN claim AS told ON told.claim_id = run.stated_emissions_tco2e_claim_id
LEFT JOIN (
    SELECT run_id,
        list({{kind: kind, contains_run: contains_run, energy_kwh: energy_kwh, emissions_tco2e: emissions_tco2e}}
            ORDER BY kind) AS overheads
    FROM (
        SELECT run_id, kind, contains_run, max(energy_kwh) AS energy_kwh, max(emissions_tco2e) AS emissions_tco2e
        FROM overheads GROUP BY run_id, kind, contains_run
    )
    GROUP BY run_id
) AS beside ON beside.run_id = row.run_id
LEFT JOIN (
    SELECT run_id,
        list({{method: method, other_method: other_method, energy_ratio: energy_ratio}}
            ORDER BY method_order(method), method_order(other_method)) AS disagreements
    FROM method_disagreement GROUP BY run_id
) AS disagreeing ON disagreeing.run_id = row.run_id"""

#: A moved run's spread is as `estimates` has it, with the PUE of the region: no method's error is in what is disclosed.
_IN_REGIONS = f"""
SELECT row.estimate_by_region_id, row.model_id, row.run_id, run.developer_id, year(run.run_year) AS run_year,
    row.method, counted.method_count, row.is_headline, row.is_own, row.region_id AS place_id, row.region_id,
    row.provider_id,
    CASE WHEN row.is_own_region THEN 'region of the run' ELSE 'what if: the run moved here' END AS place_basis,
    own.hardware_basis, own.energy_boundary, own.energy_basis, row.pue_basis, row.pue_match,
    row.intensity_source_id AS intensity_basis, row.intensity_match, row.intensity_boundary, row.is_preferred,
    {_NUMBERS},
    CASE
        WHEN own.it_energy_kwh IS NULL THEN own.input_spread
        WHEN row.method = 'disclosed' THEN root_sum(own.input_spread_high, half_log(row.pue_low, row.pue_high))
        ELSE root_sum(
            root_sum(own.input_spread_high, half_log(row.pue_low, row.pue_high)), log_error(missed.method_error)
        ) END AS energy_spread,
    root_sum(
        energy_spread, half_log(row.grid_intensity_g_per_kwh_low, row.grid_intensity_g_per_kwh_high)
    ) AS emissions_spread,
    row.energy_kwh / exp(energy_spread) AS energy_p05_kwh,
    row.energy_kwh * exp(energy_spread) AS energy_p95_kwh,
    row.emissions_tco2e / exp(emissions_spread) AS emissions_p05_tco2e,
    row.emissions_tco2e * exp(emissions_spread) AS emissions_p95_tco2e
FROM estimates_by_region AS row
JOIN training_runs AS run ON run.run_id = row.run_id
JOIN (SELECT model_id, count(DISTINCT method) AS method_count FROM estimates GROUP BY model_id) AS counted
    ON counted.model_id = row.model_id
JOIN run_energy AS own ON own.run_energy_id = row.energy_row_id
LEFT JOIN method_errors AS missed ON missed.method = row.method"""

#: How each filter is asked of the rows; the place of a run is its region's country, or where its developers are.
_CONDITIONS = {
    "model_id": "row.model_id = $model_id",
    "region_id": "row.region_id = $region_id",
    "method": "row.method = $method",
    "developer_id": "run.developer_id = $developer_id",
    "run_year": "year(run.run_year) = $run_year",
    "method_count": "counted.method_count >= $method_count",
    "country_id": """(list_contains(string_split(row.place_id, '+'), $country_id) OR EXISTS (
        FROM country_places AS located WHERE located.place_id = row.region_id AND located.country_id = $country_id))""",
}


def estimates(
    opened: Release,
    model: str | None = None,
    region: str | None = None,
    method: str | None = None,
    provider: str | None = None,
    *,
    developer: str | None = None,
    country: str | None = None,
    year: int | None = None,
    at_least_methods: int | None = None,
    all_methods: bool = False,
    sort: str | None = None,
    ascending: bool = False,
) -> Rows:
    """Return estimates: of a model or of all, at the run's own place or in a region.

    provider: with a model, the run in each of the provider's regions; without, the runs on the provider.
    Without a model, only the headline and the preferred grid intensity, unless method or all_methods say more.
    """
    in_regions = region is not None or (model is not None and provider is not None)
    found = {
        "model_id": model and opened.model_id(model),
        "region_id": region and opened.region_id(region),
        "provider_id": provider and opened.provider_id(provider),
        "method": method and opened.method(method),
        "developer_id": developer and opened.developer_id(developer),
        "country_id": country and opened.country_id(country),
        "run_year": year,
        "method_count": at_least_methods,
    }
    asked: dict[str, object] = {name: value for name, value in found.items() if value is not None}
    provided = {"provider_id": f"{'row' if in_regions else 'run'}.provider_id = $provider_id"}
    conditions = [(_CONDITIONS | provided)[name] for name in asked]
    if not (method or all_methods or (model and not (in_regions and region is None))):
        conditions.append("row.is_headline")
    if in_regions and not (model and region):
        conditions.append("row.is_preferred")
    query = (_IN_REGIONS if in_regions else _OWN) + "\nWHERE " + (" AND ".join(conditions) or "true")
    order = "row.energy_kwh DESC NULLS LAST, row.run_id"
    if in_regions and model and region:
        order = "row.run_id, row.is_preferred DESC, row.intensity_source_id, method_order(row.method)"
    elif in_regions and model:
        order = "row.emissions_tco2e, row.region_id"
    elif model:
        order = "row.run_id, method_order(row.method)"
    rows = opened.rows(f"{query}\nORDER BY {order}, row.method", asked)
    if not rows.values:
        raise NotFoundError(why_none(opened, asked))
    return _sorted(rows, sort, ascending)


def _sorted(found: Rows, column: str | None, ascending: bool) -> Rows:
    """Sort by a column: numbers from the largest unless ascending, words from the first; unknown last."""
    if column is None and not ascending:
        return found
    asked = column or "energy_kwh"
    if asked not in found.columns:
        near = hint(asked, [(name, name) for name in found.columns])
        raise NotFoundError(f"cannot sort by '{asked}'{near}. Columns: {', '.join(found.columns)}")
    place = found.columns.index(asked)
    known = [row for row in found.values if row[place] is not None]
    if any(isinstance(row[place], list) for row in known):
        raise NotFoundError(f"cannot sort by '{asked}', which holds several figures")
    is_falling = not ascending and not any(isinstance(row[place], str) for row in known)
    known.sort(key=lambda row: row[place], reverse=is_falling)
    return Rows(found.columns, known + [row for row in found.values if row[place] is None])
