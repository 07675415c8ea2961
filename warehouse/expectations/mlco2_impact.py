"""Rules for the region table of ML CO2 Impact, numbered E4 to E21; what is known to offend is listed as exceptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd

from warehouse.expectations import Rule, Suite, above, absent, between, matches, one_of
from warehouse.expectations.places import CITIES, GRIDS, PUBLISHER_COUNTRIES, STATES
from warehouse.expectations.records import groups_with_several, stated, wide

PROVIDERS = ["gcp", "aws", "azure", "ovh", "scaleway", "coreweave", "seeweb"]
TEXTS = ["provider_name", "place_name", "country", "state", "city"]
#: By how much a value may differ from the same region's latest average in Real Time Cloud, relative to that.
LARGEST_DIFFERENCE = 0.5

RULES: tuple[Rule, ...] = (
    one_of("E4", "The provider is one that has been reviewed", "warning", "provider", PROVIDERS),
    absent("E5", "Provider and region are filled and name one row only", "blocking", "E5"),
    matches("E6", "A region is written in lower case, digits and hyphens", "warning", "region", r"^[a-z0-9-]+$"),
    above(
        "E7",
        "Grid intensity is above 0 and at most 1200 g/kWh",
        "blocking",
        "intensity",
        0,
        1200,
        shows="intensity_text",
    ),
    matches(
        "E8",
        "The offset ratio is a whole number of percent from 0 to 100",
        "blocking",
        "offset_text",
        r"^(?:100|[0-9]{1,2})$",
    ),
    between("E9", "PUE is between 1 and 2.5", "blocking", "pue", 1, 2.5, shows="pue_text"),
    matches("E9-source", "A PUE names the address of its source", "warning", "pue_citation", "https?://"),
    matches("E10", "A source is named", "warning", "citation", r"\S"),
    matches("E11", "The source is a document with an address", "warning", "named_source", "https?://"),
    absent("E12", "The source speaks of the country of the region", "warning", "E12"),
    absent("E13", "Regions on one grid have one intensity", "warning", "E13"),
    absent("E14", "One intensity of one country has one source", "warning", "E14"),
    absent("E15", "No cell ends in a comma or holds double spaces", "warning", "E15"),
    absent("E16", "City, state and country are a place that has been reviewed", "warning", "E16"),
    absent("E17", "The country is in the list, and one place has one country", "warning", "E17"),
    between(
        "E21",
        "The value is within half of the region's latest average in Real Time Cloud",
        "warning",
        "difference",
        -LARGEST_DIFFERENCE,
        LARGEST_DIFFERENCE,
        shows="intensity_text",
    ),
)

NAMES = {"grid_intensity": "intensity", "offset_ratio": "offset"}


def frame(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the region table, one row a record, with what offends each rule that looks across cells or rows."""
    claims = stated(connection, "mlco2_impact")
    named = claims.assign(name=claims["quantity"].replace(NAMES))
    table = wide(named, "line", ["intensity", "offset", "pue"], TEXTS)
    return table.assign(latest=table["subject"].str.lower().map(latest(connection))).pipe(offences)


def latest(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return the latest average intensity by consumption of each Google region in Real Time Cloud."""
    rows = connection.execute("""
        SELECT claim.subject, claim.value FROM claim
        WHERE claim.source_id = 'gsf_regions' AND claim.quantity = 'grid_intensity' AND claim.superseded_at IS NULL
            AND claim.rank <> 'deprecated' AND claim.boundary = 'location;average_consumption'
            AND starts_with(claim.subject, 'gcp/') AND claim.value > 0
        QUALIFY row_number() OVER (PARTITION BY claim.subject ORDER BY claim.period_end DESC, claim.claim_id) = 1
    """).fetchall()
    return dict(rows)


def offences(table: pd.DataFrame) -> pd.DataFrame:
    """Add the columns that rules look at: provider, region, citation, and under its rule's name what offends."""
    words = table[TEXTS].fillna("")
    parts = table["subject"].str.partition("/")
    citation = table["intensity_citation"].fillna("")
    is_double = table["subject"].duplicated(keep=False) | (parts[0] == "") | (parts[2] == "")
    country, state, city = words["country"], words["state"], words["city"].str.rstrip(",")
    grid = state.where(state != "", city).map(lambda name: GRIDS.get(name, name))
    by_grid = table.assign(grid=grid.where(grid != ""), stated=table["intensity"])
    by_value = table.assign(citation=citation.where(citation != ""))
    about = country + " " + city + " " + words["place_name"]
    hong_kong = about.str.contains("Hong Kong")
    is_known = country.isin(list(CITIES)) & ~(hong_kong & (country[hong_kong].nunique() > 1))
    cells = [*(words[name] for name in TEXTS), citation]
    return table.assign(
        provider=parts[0],
        region=parts[2],
        citation=citation,
        named_source=citation.where(citation != ""),
        E5=parts[2].where(is_double),
        E12=_each(_foreign_source, citation, country),
        E13=table["intensity_text"].where(groups_with_several(by_grid, ["country", "grid"], "stated")),
        E14=citation.where((citation != "") & groups_with_several(by_value, ["country", "intensity"], "citation")),
        E15=_each(_untidy, *cells),
        E16=_each(_unknown_place, country, state, city),
        E17=country.where(~is_known),
        difference=table["intensity"] / table["latest"] - 1,
    )


def _each(find: Callable[..., str | None], *columns: pd.Series) -> pd.Series:
    """Return what offends in each row, None where nothing does."""
    found: list[Any] = [find(*cells) for cells in zip(*columns, strict=True)]
    return pd.Series(found, index=columns[0].index, dtype=object)


def _foreign_source(citation: str, country: str) -> str | None:
    known = [countries for part, countries in PUBLISHER_COUNTRIES.items() if part in citation]
    return citation if known and country not in known[0] else None


def _untidy(*cells: str) -> str | None:
    return " | ".join(cell for cell in cells if cell.endswith(",") or "  " in cell or cell != cell.strip()) or None


def _unknown_place(country: str, state: str, city: str) -> str | None:
    wrong = [state] if state and state not in STATES.get(country, ()) else []
    wrong += [city] if city and city not in CITIES.get(country, ()) else []
    return " / ".join(wrong) or None


SUITE = Suite(frame, RULES)
