"""The two pictures of a release. What they show, and the sources named beneath, is read from its tables alone."""

from __future__ import annotations

import textwrap
from pathlib import Path

import altair as alt
import duckdb
import pandas as pd
import pint
import vl_convert

from warehouse.connect import Home, reader
from warehouse.errors import NotFoundError, TraceError, WarehouseError

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

FONT = "Arial, Helvetica, sans-serif"
INK, SOFT, GRID = "#1F2933", "#52606D", "#E4E7EB"
#: Blue and vermilion of the Okabe-Ito palette, told apart with every kind of colour vision; the pale one is a tint.
PALE, BLUE, VERMILION = "#A6CBE3", "#0072B2", "#D55E00"
#: How much colour is left in the bar of an upper bound.
HOLLOW = 0.12
CHART_WIDTH, CAPTION_CHARACTERS, TITLE_CHARACTERS, PNG_SCALE = 500, 122, 90, 2

UNITS = pint.UnitRegistry()


def prepare() -> None:
    """Draw a nothing, so that what draws is ready: beside the imports, that is what takes long."""
    nothing = alt.Chart(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x:Q")
    vl_convert.svg_to_png(vl_convert.vegalite_to_svg(nothing.to_json()))


def answer(request: tuple[Path]) -> int:
    """Draw the pictures of a home's current release, aside; return how many files were written."""
    home = Home(*request)
    with reader(home) as current:
        return len(draw(current, home.pictures))


def draw(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write each picture as SVG and PNG from an open release; the same tables give the same bytes.

    Returns: the files written.
    Raises: NotFoundError if a picture's numbers are missing, TraceError if they end in no reference.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "emissions_by_region": emissions_by_region(connection),
        "energy_gpt3_gpt4": energy_gpt3_gpt4(connection),
    }
    files = []
    for name, chart in pictures.items():
        svg = vl_convert.vegalite_to_svg(chart.to_json())
        for suffix, content in (("svg", svg.encode()), ("png", vl_convert.svg_to_png(svg, scale=PNG_SCALE))):
            path = folder / f"{name}.{suffix}"
            path.write_bytes(content)
            files.append(path)
    return files


def emissions_by_region(connection: duckdb.DuckDBPyConnection) -> alt.VConcatChart:
    """Build the bars of GPT-4's emissions [t CO2e] in Azure's extreme and most discussed regions."""
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
    groups = ["Regions discussed for GPT-4", "Lowest and highest of the others"]
    shown["group"] = [groups[0] if found else groups[1] for found in is_discussed[shown.index]]
    shown["text"] = [f"{value:,.0f}" for value in shown["value"]]
    bold = [str(label) for label in shown.loc[shown["group"] == groups[0], "label"]]
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
    weight = alt.condition(f"indexof({bold}, datum.value) >= 0", alt.value("bold"), alt.value("normal"))
    y = alt.Y("label:N", sort=list(shown["label"]), title=None, axis=alt.Axis(labelFontWeight=weight))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[VERMILION, PALE]),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    bars = _bars(
        shown, y, colour, "Emissions of training at nameplate power, an upper bound (tonnes CO2e)", row_height=26
    )
    return _framed(bars, "GPT-4's training emissions depend on the place", caption)


def energy_gpt3_gpt4(connection: duckdb.DuckDBPyConnection) -> alt.VConcatChart:
    """Build the bars of the electricity [GWh] that training GPT-3 and GPT-4 took."""
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
        models[column] = UNITS.Quantity(models[column].to_numpy(), "kWh").m_as("GWh")
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
    split = alt.Axis(labelExpr="split(datum.label, '|')", labelFontSize=13, labelLineHeight=17)
    y = alt.Y("label:N", sort=list(models["label"]), title=None, axis=split)
    scale = alt.Scale(domain=list(models["model_name"].unique()), range=[BLUE, VERMILION])
    bars = _bars(
        models, y, alt.Color("model_name:N", scale=scale, legend=None), "Electricity of training (GWh)", row_height=64
    )
    return _framed(bars, "Electricity to train GPT-3 and GPT-4", caption)


def _written(value: float, low: float, high: float, digits: int) -> str:
    """Return a figure [GWh] with its range, if it has one."""
    ends = f" ({low:.{digits}g} to {high:.{digits}g})" if low < high else ""
    return f"{value:.{digits}g} GWh{ends}"


def _share_of_nameplate(connection: duckdb.DuckDBPyConnection) -> float:
    """Return which part of the energy at nameplate power GPT-4's training took at average power."""
    energy = "max(energy_kwh) FILTER (method = '{}')".format
    query = f"SELECT {energy('server_average_power')} / {energy('server_power')} FROM estimates WHERE model_id = ?"
    ((share,),) = connection.execute(query, [GPT_4]).fetchall()
    return float(share)


def _bars(rows: pd.DataFrame, y: alt.Y, colour: alt.Color, x_title: str, row_height: int) -> alt.LayerChart:
    x = alt.X("value:Q", title=x_title, axis=alt.Axis(format=",.0f", tickCount=6, labelFlush=False))
    base = alt.Chart(rows).encode(y=y)
    hollow = alt.condition("datum.is_bound === true", alt.value(HOLLOW), alt.value(1))
    bar = base.mark_bar(size=row_height * 0.62).encode(x=x, color=colour, fillOpacity=hollow)
    outline = base.transform_filter("datum.is_bound === true").mark_bar(
        size=row_height * 0.62, filled=False, strokeWidth=1.5
    )
    ranges = base.transform_filter("datum.low < datum.high")
    rule = ranges.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    end = ranges.mark_tick(color=INK, opacity=1, thickness=1.5, size=row_height * 0.3)
    text = base.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(x="high:Q", text="text:N")
    halo = text.mark_text(align="left", dx=8, fontSize=12, stroke="white", strokeWidth=4)
    layers = alt.layer(
        bar, outline.encode(x=x, color=colour), rule, end.encode(x="low:Q"), end.encode(x="high:Q"), halo, text
    )
    return layers.properties(width=CHART_WIDTH, height=alt.Step(row_height))


def _framed(bars: alt.LayerChart, heading: str, caption: list[str]) -> alt.VConcatChart:
    below = alt.TitleParams(
        [line for paragraph in caption for line in textwrap.wrap(paragraph, CAPTION_CHARACTERS)],
        orient="bottom",
        anchor="start",
        frame="bounds",
        fontSize=11,
        fontWeight="normal",
        lineHeight=15,
        color=SOFT,
        offset=14,
    )
    above = alt.TitleParams(heading, anchor="start", fontSize=17, color=INK, offset=12)
    return (
        alt.vconcat(bars.properties(title=below))
        .properties(title=above, padding=16, background="white")
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_axisX(gridColor=GRID, domain=False, ticks=False, labelPadding=6, titlePadding=8)
        .configure_axisY(domainColor=SOFT, ticks=False, labelPadding=8, labelLimit=220)
        .configure_legend(labelFontSize=12, labelColor=INK, labelLimit=400, symbolStrokeWidth=0, symbolSize=140)
    )


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
