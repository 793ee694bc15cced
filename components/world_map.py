"""World map: the countries that articles are about, or those where they were published; never both at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import address, charts, theme
from components.shapes import shapes
from components.wording import count, for_plotly, percent
from data import geography
from data.facets import FACETS, NONE
from data.statistics import shares

if TYPE_CHECKING:
    from components.theme import Palette
    from data.engines import Engine, Totals
    from data.selection import Selection

SHAPES_PATH = "/shapes/"
"""Where the app serves the shapes; plotly.js adds the file's name."""

FACET_OF = {"about": "country", "published": "published_in"}
_BACK = 0.35
"""Opacity of countries that stand back."""
_TITLES = {"about": "Countries the news is about", "published": "Countries it is published in"}


def figure(
    counts: pd.DataFrame, chosen: tuple[str, ...], palette: Palette, lit: frozenset[str] | None = None
) -> go.Figure:
    """`counts`: one row a country (first column: ISO 3166-1 alpha-2 under the facet's name) with n and share.

    Colour is the log of n; chosen countries are outlined, those outside `lit` (default: the chosen ones) stand back.
    """
    facet, lit = counts.columns[0], frozenset(chosen) if lit is None else lit
    frame = _with_places(counts[counts[facet] != NONE])
    highest = max(float(np.log10(frame["n"].max())) if len(frame) else 0.0, 0.5)
    back = frame[facet].map(lambda code: bool(lit) and code not in lit).astype(bool)
    figure = go.Figure(_ground(frame, palette))
    for part, opacity in ((frame[back], _BACK), (frame[~back], 1.0)):
        small = part[part["small"]]
        areas = _areas(part, palette, highest).update(_looks(part[facet], chosen, palette, opacity))
        figure.add_trace(areas.update(showscale=opacity == 1 or bool(back.all())))
        figure.add_trace(_points(small, palette, highest).update(_looks(small[facet], chosen, palette, opacity)))
    theme.tidy(figure, palette, height=None)
    figure.update_geos(
        visible=False,
        fitbounds=False,
        projection_type="equal earth",
        projection_rotation_lon=11,
        lataxis_range=[-56, 84],
        bgcolor="rgba(0,0,0,0)",
    )
    return figure.update_layout(uirevision="map", geo_uirevision="map")


def _with_places(counts: pd.DataFrame) -> pd.DataFrame:
    """Adds iso3, name, place and whether the country needs a point; codes that are no country are left out."""
    facet, outlines = counts.columns[0], shapes()
    known = counts[counts[facet].isin(geography.COUNTRIES)].copy()
    countries = [geography.COUNTRIES[code] for code in known[facet]]
    drawn = [outlines.get(country.iso3) for country in countries]
    known["iso3"] = [country.iso3 for country in countries]
    known["name"] = [country.name for country in countries]
    known["lon"] = [s.longitude if s else c.longitude for s, c in zip(drawn, countries, strict=True)]
    known["lat"] = [s.latitude if s else c.latitude for s, c in zip(drawn, countries, strict=True)]
    known["small"] = np.array([s is None or s.small for s in drawn], bool)
    return known


def _marks(frame: pd.DataFrame, facet: str) -> list[list[str]]:
    return [[facet, code] for code in frame[facet]]


def _hover(frame: pd.DataFrame) -> list[str]:
    rows = zip(frame["name"], frame["n"], frame["share"], strict=True)
    return [f"<b>{for_plotly(name)}</b><br>{count(n, 'articles')} · {percent(share)}" for name, n, share in rows]


def _ground(frame: pd.DataFrame, palette: Palette) -> go.Choropleth:
    """All countries without articles, and disputed areas, so that the map is whole."""
    codes = {country.iso3: country for country in geography.COUNTRIES.values()}
    empty = [shape for code, shape in shapes().items() if code not in set(frame["iso3"])]
    words = [f"<b>{codes[s.iso3].name}</b><br>no articles" if s.iso3 in codes else "Disputed area" for s in empty]
    return go.Choropleth(
        locations=[shape.iso3 for shape in empty],
        z=[0] * len(empty),
        colorscale=[(0, palette.empty), (1, palette.empty)],
        showscale=False,
        marker_line={"color": palette.page, "width": 0.6},
        text=words,
        hovertemplate="%{text}<extra></extra>",
    )


def _looks(codes: pd.Series[str], chosen: tuple[str, ...], palette: Palette, opacity: float) -> dict[str, Any]:
    """Outlines and opacity; the latter once more for Plotly's own idea of what is selected, which it must not show."""
    on = codes.isin(chosen).to_numpy(bool)
    line = {"color": np.where(on, palette.ink, palette.page).tolist(), "width": np.where(on, 2.0, 0.6).tolist()}
    same = {"marker": {"opacity": opacity}}
    return {"marker": {"opacity": opacity, "line": line}, "selected": same, "unselected": same}


def _areas(frame: pd.DataFrame, palette: Palette, highest: float) -> go.Choropleth:
    facet = frame.columns[0]
    ticks = [n for n in (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000) if np.log10(n) <= highest]
    return go.Choropleth(
        locations=frame["iso3"],
        z=np.log10(frame["n"].to_numpy(float)),
        zmin=0,
        zmax=highest,
        colorscale=theme.colour_scale(palette),
        customdata=_marks(frame, facet),
        text=_hover(frame),
        hovertemplate="%{text}<extra></extra>",
        colorbar={
            "orientation": "h",
            "x": 0.01,
            "xanchor": "left",
            "y": 0.02,
            "yanchor": "bottom",
            "lenmode": "pixels",
            "len": 150,
            "thickness": 8,
            "outlinewidth": 0,
            "tickvals": np.log10(ticks).tolist(),
            "ticktext": [f"{n:,}" for n in ticks],
            "tickfont": {"size": 12, "color": palette.quiet},
            "title": {"text": "Articles (log scale)", "side": "top", "font": {"size": 12, "color": palette.quiet}},
        },
    )


def _points(frame: pd.DataFrame, palette: Palette, highest: float) -> go.Scattergeo:
    """States too small to see or to hit, as points in the same colours."""
    facet = frame.columns[0]
    return go.Scattergeo(
        lon=frame["lon"],
        lat=frame["lat"],
        mode="markers",
        customdata=_marks(frame, facet),
        text=_hover(frame),
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": 10,
            "color": np.log10(frame["n"].to_numpy(float)),
            "cmin": 0,
            "cmax": highest,
            "colorscale": theme.colour_scale(palette),
        },
    )


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The map card; its corner switches between *about* and *published in*."""
    facet = FACET_OF.get(view.map, "country")
    others = selection.without("country", "region") if facet == "country" else selection.without(facet)
    totals = engine.totals(others)
    counts = shares(engine.counts(others, (facet,)), totals.n)
    with charts.card("map", _TITLES[view.map], view, lambda: _switch(view)) as tabled:
        if tabled:
            charts.table(as_table(counts, facet), alt="Articles by country", key="rows-map")
        else:
            with st.container(key="map-room"):
                charts.pickable(
                    figure(counts, selection.chosen(facet), charts.palette(), lit(selection, facet)),
                    name=f"map-{view.map}",
                    alt=_alt(counts, facet),
                    config={"topojsonURL": SHAPES_PATH},
                    stretch=True,
                )
        charts.note(caption(counts, totals, facet))


def lit(selection: Selection, facet: str) -> frozenset[str]:
    """The countries that stand out: the chosen ones, else on the map of *about* those of the chosen regions."""
    if selection.chosen(facet) or facet != "country":
        return frozenset(selection.chosen(facet))
    regions = [name for name in selection.chosen("region") if name in geography.REGION_NAMES]
    return frozenset(code for name in regions for code in geography.members(name))


def _switch(view: address.View) -> None:
    st.session_state["map-counts"] = view.map
    st.segmented_control(
        "The map counts",
        ["about", "published"],
        format_func={"about": "About", "published": "Published in"}.__getitem__,
        key="map-counts",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: address.show(map=st.session_state["map-counts"]),
    )


def as_table(counts: pd.DataFrame, facet: str) -> pd.DataFrame:
    """The figure's numbers in words, largest first."""
    names = counts[facet].map(FACETS[facet].text)
    return pd.DataFrame({FACETS[facet].label: names, "Articles": counts["n"], "Share": counts["share"]})


def caption(counts: pd.DataFrame, totals: Totals, facet: str) -> str:
    """What the map counts, its base, and what it cannot show."""
    none = int(counts.loc[counts[facet] == NONE, "n"].sum())
    rest = {"country": "are about no country", "published_in": "do not say where they were published"}[facet]
    base = f"Shares of {count(totals.n, 'articles')}; an article about several countries counts under each. "
    base = base if facet == "country" else f"Shares of {count(totals.n, 'articles')}. "
    borders = "Borders: United Nations; grey stands for no articles or a disputed area."
    return f"{base}{none:,} {rest}. Small states are points. {borders}"


def _alt(counts: pd.DataFrame, facet: str) -> str:
    top = [f"{FACETS[facet].text(v)} {n}" for v, n in zip(counts[facet][:5], counts["n"][:5], strict=True)]
    return f"World map of articles by country, most first: {', '.join(top)}. The table shows all."
