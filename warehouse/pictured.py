"""What the pictures show: rows of a release, and the words beneath with method and sources, read from its tables."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import duckdb
import pandas as pd

from warehouse.errors import NotFoundError, TraceError, WarehouseError
from warehouse.vocabulary import factor

GPT_3, GPT_4 = "gpt-3", "gpt-4"
DISCUSSED = ("azure/westus", "azure/canadaeast", "azure/centralus")
LOWEST, HIGHEST = 6, 4
TIMES = " \N{MULTIPLICATION SIGN} "
METHODS = {
    "server_power": TIMES.join(["servers", "maximum system power", "hours", "PUE"]),
    "server_average_power": TIMES.join(["servers", "maximum system power", "share drawn on average", "hours", "PUE"]),
    "disclosed": "as the cited document states it",
}

#: The mark of a region whose grid intensity has no date.
UNDATED = " *"

#: The two kinds of region in the picture.
GROUPS = ("Regions discussed for GPT-4", "Lowest and highest of the others")

#: How many characters of a document's title are shown.
TITLE_CHARACTERS = 90


@dataclass(frozen=True)
class Shown:
    """One picture's content: a row for each bar (label, value, low, high, text), and the paragraphs beneath."""

    rows: pd.DataFrame
    caption: tuple[str, ...]


def shown(connection: duckdb.DuckDBPyConnection) -> dict[str, Shown]:
    """Return what each picture shows, by its file's name.

    Raises: NotFoundError if a picture's numbers are missing, TraceError if they end in no reference.
    """
    return {
        "emissions_by_region": emissions_by_region(connection),
        "energy_gpt3_gpt4": energy_gpt3_gpt4(connection),
    }


def emissions_by_region(connection: duckdb.DuckDBPyConnection) -> Shown:
    """Return GPT-4's emissions [t CO2e] in Azure's extreme and most discussed regions."""
    regions = connection.execute(
        """
        SELECT estimate_by_region_id AS row_id, region_id,
            coalesce(region_name, region_id)
                || CASE WHEN intensity_match = 'undated' THEN $undated ELSE '' END AS label,
            emissions_tco2e AS value, emissions_tco2e_low AS low, emissions_tco2e_high AS high
        FROM estimates_by_region
        WHERE model_id = $model AND method = 'server_power' AND is_preferred AND starts_with(region_id, 'azure/')
            AND emissions_tco2e IS NOT NULL AND NOT is_own
        ORDER BY value, region_id
        """,
        {"model": GPT_4, "undated": UNDATED},
    ).df()
    _check("estimates_by_region", regions, "region_id", DISCUSSED)
    rank = pd.Series(range(len(regions)))
    is_discussed = regions["region_id"].isin(DISCUSSED)
    shown = regions[(rank < LOWEST) | (rank >= len(regions) - HIGHEST) | is_discussed].copy()
    shown["group"] = [GROUPS[0] if found else GROUPS[1] for found in is_discussed[shown.index]]
    shown["text"] = [f"{value:,.0f}" for value in shown["value"]]
    caption = [
        f"{len(shown)} of Azure's {len(regions)} regions. Bar: central figure; line: all inputs low to all high.",
        f"Method, as in the article: {METHODS['server_power']}{TIMES}grid intensity. Nameplate power is an upper "
        f"bound; servers that draw their average take {_share_of_nameplate(connection):.0%} of it.",
        _sources(connection, "estimates_by_region", "emissions_tco2e", shown),
    ]
    if is_undated := [str(label).endswith(UNDATED) for label in shown["label"]].count(True):
        caption.insert(
            1, f"{UNDATED.strip()} The source of the grid intensity gives no date: {is_undated} of those shown."
        )
    return Shown(shown, tuple(caption))


def energy_gpt3_gpt4(connection: duckdb.DuckDBPyConnection) -> Shown:
    """Return the electricity [GWh] that training GPT-3 and GPT-4 took."""
    models = connection.execute(
        """
        SELECT estimate_id AS row_id, model_id, method, upper(model_id) AS model_name, is_nameplate(method) AS is_bound,
            CASE WHEN is_nameplate(method) THEN 'upper bound: nameplate'
                WHEN method = 'disclosed' THEN energy_basis ELSE 'estimated' END AS status,
            energy_kwh AS value,
            CASE method WHEN 'server_average_power' THEN energy_p05_kwh ELSE energy_kwh_low END AS low,
            CASE method WHEN 'server_average_power' THEN energy_p95_kwh ELSE energy_kwh_high END AS high
        FROM estimates
        WHERE energy_kwh IS NOT NULL AND NOT is_own
            AND ((model_id = $gpt_3 AND method = 'disclosed')
                OR (model_id = $gpt_4 AND method IN ('server_average_power', 'server_power')))
        ORDER BY model_id, method
        """,
        {"gpt_3": GPT_3, "gpt_4": GPT_4},
    ).df()
    models["bar"] = models["model_id"] + " by " + models["method"]
    bars_of = (f"{GPT_3} by disclosed", f"{GPT_4} by server_average_power", f"{GPT_4} by server_power")
    _check("estimates", models, "bar", bars_of)
    for column in ("value", "low", "high"):
        models[column] *= float(factor("kWh", "GWh"))
    models["label"] = models["model_name"] + "|" + models["status"]
    models["text"] = [
        _written(value, low, high, digits=2 if method == "server_average_power" else 3)
        for method, value, low, high in models[["method", "value", "low", "high"]].itertuples(index=False)
    ]
    named = zip(models["model_name"].astype(str), models["method"].astype(str), strict=True)
    caption = [
        "Electricity with the data centre's overhead (PUE). Bar: central figure, hollow where it is an upper bound; "
        "line: of the estimate its 90 % interval, of the bound all inputs low to all high.",
        "Method: " + "; ".join(f"{name}, {METHODS[method]}" for name, method in named) + ".",
        _sources(connection, "estimates", "energy_kwh", models),
    ]
    return Shown(models, tuple(caption))


def _written(value: float, low: float, high: float, digits: int) -> str:
    """Return a figure [GWh] with its range, if it has one; the last bits of a product decide no digit."""
    value, low, high = (float(f"{number:.12g}") for number in (value, low, high))
    ends = f" ({low:.{digits}g} to {high:.{digits}g})" if low < high else ""
    return f"{value:.{digits}g} GWh{ends}"


def _share_of_nameplate(connection: duckdb.DuckDBPyConnection) -> float:
    """Return which part of the energy at nameplate power GPT-4's training took at average power."""
    energy = "max(energy_kwh) FILTER (method = '{}')".format
    query = f"SELECT {energy('server_average_power')} / {energy('server_power')} FROM estimates WHERE model_id = ?"
    ((share,),) = connection.execute(query, [GPT_4]).fetchall()
    return float(share)


def _sources(connection: duckdb.DuckDBPyConnection, table: str, column: str, shown: pd.DataFrame) -> str:
    """Name the documents in which the shown numbers end."""
    found = connection.execute(
        f"""
        SELECT DISTINCT reference.title, coalesce(reference.publisher, '') AS publisher, reference.year
        FROM references_of.{table} AS cited
        JOIN claim ON claim.claim_id = cited.claim_id
        JOIN reference ON reference.reference_id = claim.reference_id
        WHERE cited.column_name = $column AND list_contains($rows, cited.row_id)
        ORDER BY reference.title, publisher, reference.year
        """,
        {"column": column, "rows": [int(row) for row in shown["row_id"]]},
    ).fetchall()
    if not found:
        raise TraceError(f"{table}.{column}: the picture's numbers end in no reference; rebuild the lineage")
    named = []
    for title, publisher, year in found:
        origin = ", ".join(str(part) for part in (publisher, year) if part)
        short = textwrap.shorten(title, TITLE_CHARACTERS, placeholder=" …")
        named.append(f"{short} ({origin})" if origin else short)
    return f"Sources: {'; '.join(named)}."


def _check(table: str, rows: pd.DataFrame, key: str, expected: tuple[str, ...]) -> None:
    found = rows[key].astype(str)
    if missing := sorted(set(expected) - set(found)):
        raise NotFoundError(f"{table}: no row for {', '.join(missing)}; the picture needs one for each {key}")
    if doubled := sorted(set(found[found.duplicated()])):
        raise WarehouseError(f"{table}: {key} {doubled[0]} has several rows; a bar is one number, expected one")
