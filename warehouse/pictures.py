"""How the pictures are drawn, aside (`warehouse.aside`); what they show is `warehouse.pictured`'s."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import vl_convert

from warehouse.pictured import GROUPS, Shown

FONT = "Arial, Helvetica, sans-serif"
INK, SOFT, GRID = "#1F2933", "#52606D", "#E4E7EB"
#: Blue and vermilion of the Okabe-Ito palette, told apart with every kind of colour vision; the pale one is a tint.
PALE, BLUE, VERMILION = "#A6CBE3", "#0072B2", "#D55E00"
#: How much colour is left in the bar of an upper bound.
HOLLOW = 0.12
CHART_WIDTH, CAPTION_CHARACTERS, PNG_SCALE = 500, 122, 2


def prepare() -> None:
    """Draw a nothing, so that what draws is ready: beside the imports, that is what takes long."""
    nothing = alt.Chart(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x:Q")
    vl_convert.svg_to_png(vl_convert.vegalite_to_svg(nothing.to_json()))


def answer(request: Mapping[str, Shown]) -> dict[str, bytes]:
    """Draw each picture as SVG and PNG; the same content gives the same bytes.

    Returns: what the files hold, by their names.
    """
    files = {}
    for name, content in request.items():
        svg = vl_convert.vegalite_to_svg(CHARTS[name](content).to_json())
        files[f"{name}.svg"] = svg.encode()
        files[f"{name}.png"] = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return files


def emissions_by_region(content: Shown) -> alt.VConcatChart:
    """Build the bars of GPT-4's emissions [t CO2e] in Azure's extreme and most discussed regions."""
    shown = content.rows
    bold = [str(label) for label in shown.loc[shown["group"] == GROUPS[0], "label"]]
    weight = alt.condition(f"indexof({bold}, datum.value) >= 0", alt.value("bold"), alt.value("normal"))
    y = alt.Y("label:N", sort=list(shown["label"]), title=None, axis=alt.Axis(labelFontWeight=weight))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=list(GROUPS), range=[VERMILION, PALE]),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    bars = _bars(
        shown, y, colour, "Emissions of training at nameplate power, an upper bound (tonnes CO2e)", row_height=26
    )
    return _framed(bars, "GPT-4's training emissions depend on the place", content.caption)


def energy_gpt3_gpt4(content: Shown) -> alt.VConcatChart:
    """Build the bars of the electricity [GWh] that training GPT-3 and GPT-4 took."""
    models = content.rows
    split = alt.Axis(labelExpr="split(datum.label, '|')", labelFontSize=13, labelLineHeight=17)
    y = alt.Y("label:N", sort=list(models["label"]), title=None, axis=split)
    scale = alt.Scale(domain=list(models["model_name"].unique()), range=[BLUE, VERMILION])
    bars = _bars(
        models, y, alt.Color("model_name:N", scale=scale, legend=None), "Electricity of training (GWh)", row_height=64
    )
    return _framed(bars, "Electricity to train GPT-3 and GPT-4", content.caption)


CHARTS = {"emissions_by_region": emissions_by_region, "energy_gpt3_gpt4": energy_gpt3_gpt4}


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


def _framed(bars: alt.LayerChart, heading: str, caption: Sequence[str]) -> alt.VConcatChart:
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
