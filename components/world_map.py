"""World map: the countries that articles are about, or those where they were published; never both at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import address, charts, theme
from components.frontend.shell import SHAPES_PATH
from components.shapes import shapes
from components.wording import count, for_plotly, percent
from data import geography
from data.facets import FACETS, NONE
from data.statistics import shares

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from components.theme import Palette
    from data.engines import Engine, Totals, Unit
    from data.selection import Selection

FACET_OF = {"about": "country", "published": "published_in"}
_HEIGHT = "clamp(180px, max(25vw, min(400px, 54vw)), 600px)"
"""As the world is about twice as wide as high, and the card 3/5 of the page, or all of it on a phone."""
_MARGIN = {"l": 0, "r": 0, "t": 0, "b": 44}
_BACK = 0.35
"""Opacity of countries that stand back."""
_PROJECTION = {
    "visible": False,
    "fitbounds": False,
    "projection": {"type": "equal earth", "rotation": {"lon": 11}},
    "lataxis": {"range": [-56, 84]},
    "bgcolor": "rgba(0,0,0,0)",
    "uirevision": "map",
}
"""Equal-area, as a map of shaded areas should be."""
_SEVERAL: dict[Unit, str] = {
    "articles": "an article about several countries",
    "stories": "a story told of or in several countries",
    "publishers": "a publisher writing about several countries",
}
_COUNTED = {"about": "About", "published": "Published in"}
_TITLES = {"about": "Countries the news is about", "published": "Countries it is published in"}


def figure(
    counts: pd.DataFrame,
    chosen: tuple[str, ...],
    palette: Palette,
    lit: frozenset[str] | None = None,
    unit: Unit = "articles",
) -> go.Figure:
    """`counts`: one row a country (first column: ISO 3166-1 alpha-2 under the facet's name) with n and share.

    Colour is the log of n; chosen countries are outlined, those outside `lit` (default: the chosen ones) stand back.
    """
    facet, lit = counts.columns[0], frozenset(chosen) if lit is None else lit
    frame = _with_places(counts[counts[facet] != NONE])
    highest = max(float(np.log10(frame["n"].max())) if len(frame) else 0.0, 0.5)
    back = np.array([bool(lit) and code not in lit for code in frame[facet]], bool)
    small = frame["small"].to_numpy(bool)
    layers = [(frame[back], frame[back & small], _BACK), (frame[~back], frame[~back & small], 1.0)]
    traces = [_ground(frame, palette, unit)]
    for areas, points, opacity in layers:
        scale = opacity == 1 or bool(back.all())
        drawn = _areas(areas, palette, highest, unit)
        traces.append(drawn | {"showscale": scale, "marker": _standing(areas, chosen, opacity, palette)})
        dots = _standing(points, chosen, opacity, palette) | _dots(points, palette, highest)
        traces.append(_points(points, unit) | {"marker": dots})
    return theme.draw(traces, theme.layout(palette, height=None, margin=_MARGIN, geo=_PROJECTION, uirevision="map"))


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


def _hover(frame: pd.DataFrame, unit: Unit) -> list[str]:
    rows = zip(frame["name"], frame["n"], frame["share"], strict=True)
    return [f"<b>{for_plotly(name)}</b><br>{count(n, unit)} · {percent(share)}" for name, n, share in rows]


def _ground(frame: pd.DataFrame, palette: Palette, unit: Unit) -> dict[str, Any]:
    """All countries without articles, and disputed areas, so that the map is whole."""
    with_articles = set(frame["iso3"])
    empty = {code: words for code, words in _outlines(unit).items() if code not in with_articles}
    return {
        "type": "choropleth",
        "locations": list(empty),
        "z": [0] * len(empty),
        "colorscale": [(0, palette.empty), (1, palette.empty)],
        "showscale": False,
        "marker": {"line": {"color": palette.page, "width": 0.6}},
        "text": list(empty.values()),
        "hovertemplate": "%{text}<extra></extra>",
    }


@cache
def _outlines(unit: Unit) -> dict[str, str]:
    """ISO 3166-1 alpha-3 code of every outline, and what to say of it where there are no articles."""
    none = f"<br>no {unit}"
    names = {country.iso3: country.name for country in geography.COUNTRIES.values()}
    return {code: f"<b>{names[code]}</b>{none}" if code in names else "Disputed area" for code in shapes()}


def _standing(frame: pd.DataFrame, chosen: tuple[str, ...], opacity: float, palette: Palette) -> dict[str, Any]:
    """How marks stand out or back; Plotly knows one opacity for all areas of a layer."""
    on = [code in chosen for code in frame.iloc[:, 0]]
    lines = {"color": [palette.ink if o else palette.page for o in on], "width": [2.0 if o else 0.6 for o in on]}
    return {"line": lines, "opacity": opacity}


def _meaning(frame: pd.DataFrame, unit: Unit) -> dict[str, Any]:
    """What marks filter by, and what they say."""
    facet = frame.columns[0]
    return {
        "customdata": [[facet, code] for code in frame[facet]],
        "text": _hover(frame, unit),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _log(frame: pd.DataFrame) -> list[float]:
    logs: list[float] = np.log10(frame["n"].to_numpy(float)).tolist()
    return logs


def _areas(frame: pd.DataFrame, palette: Palette, highest: float, unit: Unit) -> dict[str, Any]:
    return {
        **_meaning(frame, unit),
        "type": "choropleth",
        "locations": frame["iso3"].tolist(),
        "z": _log(frame),
        "zmin": 0,
        "zmax": highest,
        "colorscale": theme.colour_scale(palette),
        "colorbar": _colour_bar(palette, highest, unit),
    }


def _colour_bar(palette: Palette, highest: float, unit: Unit) -> dict[str, Any]:
    ticks = [n for n in (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000) if np.log10(n) <= highest]
    small = {"size": 12, "color": palette.quiet}
    return {
        "orientation": "h",
        "x": 0.01,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "lenmode": "pixels",
        "len": 150,
        "thickness": 8,
        "outlinewidth": 0,
        "tickvals": [float(np.log10(n)) for n in ticks],
        "ticktext": [f"{n:,}" for n in ticks],
        "tickfont": small,
        "title": {"text": f"{unit.capitalize()} (log scale)", "side": "top", "font": small},
    }


def _points(frame: pd.DataFrame, unit: Unit) -> dict[str, Any]:
    """States too small to see or to hit, as points."""
    place = {"lon": frame["lon"].tolist(), "lat": frame["lat"].tolist()}
    return {**_meaning(frame, unit), **place, "type": "scattergeo", "mode": "markers"}


def _dots(frame: pd.DataFrame, palette: Palette, highest: float) -> dict[str, Any]:
    """The colours of the areas for the points."""
    scale = {"cmin": 0, "cmax": highest, "colorscale": theme.colour_scale(palette)}
    return {"color": _log(frame), "size": 10, **scale}


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The map card; its corner switches between *about* and *published in*."""
    facet = FACET_OF[view.map]
    others = selection.without("country", "region") if facet == "country" else selection.without(facet)
    totals = engine.totals(others, view.unit)
    counts = shares(engine.counts(others, (facet,), view.unit), totals.n)
    with charts.card("map", _TITLES[view.map], view, lambda: _switch(view)) as tabled:
        if tabled:
            charts.table(as_table(counts, facet, view.unit), alt=f"{view.unit.capitalize()} by country", key="rows-map")
        else:
            charts.pickable(
                figure(counts, selection.chosen(facet), charts.palette(), lit(selection, facet), view.unit),
                name=f"map-{view.map}",
                alt=_alt(counts, facet, view.unit),
                height=_HEIGHT,
                config={"topojsonURL": SHAPES_PATH},
            )
        charts.note(caption(counts, totals, facet, view.unit))


def lit(selection: Selection, facet: str) -> frozenset[str]:
    """The countries that stand out: the chosen ones, else on the map of *about* those of the chosen regions."""
    if selection.chosen(facet) or facet != "country":
        return frozenset(selection.chosen(facet))
    regions = [name for name in selection.chosen("region") if name in geography.REGION_NAMES]
    return frozenset(code for name in regions for code in geography.members(name))


def _switch(view: address.View) -> None:
    charts.switch("The map counts", "map", view.map, _COUNTED, key="map-counts")


def as_table(counts: pd.DataFrame, facet: str, unit: Unit = "articles") -> pd.DataFrame:
    """The figure's numbers in words, largest first."""
    names = counts[facet].map(FACETS[facet].text)
    return pd.DataFrame({FACETS[facet].label: names, unit.capitalize(): counts["n"], "Share": counts["share"]})


def caption(counts: pd.DataFrame, totals: Totals, facet: str, unit: Unit = "articles") -> str:
    """What the map counts, its base, and what it cannot show."""
    none = int(counts.loc[counts[facet] == NONE, "n"].sum())
    rest = {"country": "without a country", "published_in": "without a place of publication"}[facet]
    each = f"; {_SEVERAL[unit]} counts under each" if facet == "country" or unit == "stories" else ""
    base = f"Shares of {count(totals.n, unit)}{each}. "
    borders = "Borders: United Nations; grey stands for no articles or a disputed area."
    return f"{base}{none:,} {rest}. Small states are points. {borders}"


def _alt(counts: pd.DataFrame, facet: str, unit: Unit) -> str:
    top = [f"{FACETS[facet].text(v)} {n}" for v, n in zip(counts[facet][:5], counts["n"][:5], strict=True)]
    return f"World map of {unit} by country, most first: {', '.join(top)}. The table shows all."
