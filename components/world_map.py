"""World map: the countries that articles are about, or those where they were published; never both at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components import cards, charts, theme
from components.content import Content, Places
from components.frontend.shell import SHAPES_PATH
from components.shapes import shapes
from components.wording import count, for_plotly, percent
from data import geography
from data.facets import FACETS, NONE
from data.frames import rows
from data.statistics import shares

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Numbers
    from components.theme import Figure, Palette
    from components.view import View
    from data.engines import Totals, Unit
    from data.selection import Selection

FACET_OF = {"about": "country", "published": "published_in"}
HEIGHT = "clamp(180px, max(25vw, min(400px, 54vw)), 600px)"
"""As the world is about twice as wide as high, and the card 3/5 of the page, or all of it on a phone."""
MARGIN = {"l": 0, "r": 0, "t": 0, "b": 44}
_BACK = 0.35
"""Opacity of countries that stand back."""
PROJECTION = {
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
    numbers: Numbers = "counts",
) -> Figure:
    """`counts`: one row a country (first column: ISO 3166-1 alpha-2 under the facet's name) with n and share.

    Colour is the log of n, or the share; chosen countries are outlined, those outside `lit` (default: the chosen ones)
    stand back.
    """
    facet, lit = counts.columns[0], frozenset(chosen) if lit is None else lit
    frame = with_places(counts[counts[facet] != NONE])
    scaled = Scale.of(frame, numbers)
    back = np.array([bool(lit) and code not in lit for code in frame[facet].tolist()], bool)
    small = frame["small"].to_numpy(bool)
    layers = [(frame[back], frame[back & small], _BACK), (frame[~back], frame[~back & small], 1.0)]
    traces = [ground(frame, palette, unit)]
    for areas, points, opacity in layers:
        scale = opacity == 1 or bool(back.all())
        drawn = _areas(areas, palette, scaled, unit)
        traces.append(drawn | {"showscale": scale, "marker": _standing(areas, chosen, opacity, palette)})
        dots = _standing(points, chosen, opacity, palette) | _dots(points, palette, scaled)
        traces.append(_points(points, unit) | {"marker": dots})
    return theme.Figure(traces, theme.layout(palette, height=None, margin=MARGIN, geo=PROJECTION, uirevision="map"))


def with_places(counts: pd.DataFrame) -> pd.DataFrame:
    """Adds iso3, name, place and whether the country needs a point; codes that are no country are left out."""
    facet, outlines = counts.columns[0], shapes()
    known = counts[counts[facet].isin(geography.COUNTRIES)].copy()
    countries = [geography.COUNTRIES[code] for code in known[facet].tolist()]
    drawn = [outlines.get(country.iso3) for country in countries]
    known["iso3"] = [country.iso3 for country in countries]
    known["name"] = [country.name for country in countries]
    known["lon"] = [s.longitude if s else c.longitude for s, c in zip(drawn, countries, strict=True)]
    known["lat"] = [s.latitude if s else c.latitude for s, c in zip(drawn, countries, strict=True)]
    known["small"] = np.array([s is None or s.small for s in drawn], bool)
    return known


def _hover(frame: pd.DataFrame, unit: Unit) -> list[str]:
    rows = zip(*(frame[name].tolist() for name in ("name", "n", "share")), strict=True)
    return [f"<b>{for_plotly(name)}</b><br>{count(n, unit)} · {percent(share)}" for name, n, share in rows]


def ground(frame: pd.DataFrame, palette: Palette, unit: Unit) -> dict[str, Any]:
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
    on = [code in chosen for code in frame.iloc[:, 0].tolist()]
    lines = {"color": [palette.ink if o else palette.page for o in on], "width": [2.0 if o else 0.6 for o in on]}
    return {"line": lines, "opacity": opacity}


def _meaning(frame: pd.DataFrame, unit: Unit) -> dict[str, Any]:
    """What marks filter by, and what they say."""
    facet = frame.columns[0]
    return {
        "customdata": [[facet, code] for code in frame[facet].tolist()],
        "text": _hover(frame, unit),
        "hovertemplate": "%{text}<extra></extra>",
    }


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to colours: the log of a count, or a share."""

    numbers: Numbers
    highest: float

    @classmethod
    def of(cls, frame: pd.DataFrame, numbers: Numbers) -> Scale:
        """The scale that reaches up to the highest number of the frame."""
        if numbers == "shares":
            return cls(numbers, max(float(frame["share"].max()) if len(frame) else 0.0, 0.01))
        return cls(numbers, max(float(np.log10(frame["n"].max())) if len(frame) else 0.0, 0.5))

    def values(self, frame: pd.DataFrame) -> list[float]:
        """What the colours of these rows stand for."""
        known = frame["share"].to_numpy(float) if self.numbers == "shares" else np.log10(frame["n"].to_numpy(float))
        values: list[float] = known.tolist()
        return values

    def ticks(self) -> tuple[list[float], list[str]]:
        """Places on the scale and their words."""
        if self.numbers == "shares":
            step = next(
                s for s in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0) if self.highest / s <= 4 or s == 1
            )
            places = [step * n for n in range(int(self.highest / step) + 1)]
            return places, [f"{round(100 * place, 1):g} %" for place in places]
        ticks = [n for n in _COUNTS if np.log10(n) <= self.highest]
        return [float(np.log10(n)) for n in ticks], [f"{n:,}" for n in ticks]


_COUNTS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000)


def _areas(frame: pd.DataFrame, palette: Palette, scale: Scale, unit: Unit) -> dict[str, Any]:
    return {
        **_meaning(frame, unit),
        "type": "choropleth",
        "locations": frame["iso3"].tolist(),
        "z": scale.values(frame),
        "zmin": 0,
        "zmax": scale.highest,
        "colorscale": theme.colour_scale(palette),
        "colorbar": colour_bar(palette, *scale.ticks(), legend(unit, scale.numbers)),
    }


def colour_bar(palette: Palette, places: list[float], words: list[str], title: str) -> dict[str, Any]:
    """The legend of a map's colours, in its lower left corner."""
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
        "tickvals": places,
        "ticktext": words,
        "tickfont": small,
        "title": {"text": title, "side": "top", "font": small},
    }


def _points(frame: pd.DataFrame, unit: Unit) -> dict[str, Any]:
    """States too small to see or to hit, as points."""
    place = {"lon": frame["lon"].tolist(), "lat": frame["lat"].tolist()}
    return {**_meaning(frame, unit), **place, "type": "scattergeo", "mode": "markers"}


def _dots(frame: pd.DataFrame, palette: Palette, scale: Scale) -> dict[str, Any]:
    """The colours of the areas for the points."""
    look = {"cmin": 0, "cmax": scale.highest, "colorscale": theme.colour_scale(palette)}
    return {"color": scale.values(frame), "size": 10, **look}


def content(ask: Ask) -> Content:
    """What the map card shows: countries *about* or *published in*."""
    facet, unit = FACET_OF[ask.view.map], ask.unit
    others = ask.selection.without("country", "region") if facet == "country" else ask.selection.without(facet)
    totals = ask.totals(others)
    counts = shares(ask.engine.counts(others, (facet,), unit), totals.n)
    chosen, shown = ask.selection.chosen(facet), lit(ask.selection, facet)
    return Content(
        panel="map",
        title=_TITLES[ask.view.map],
        marks_of=lambda: marks(counts, totals.n, unit, ask.numbers),
        table_of=lambda: as_table(counts, facet, unit),
        caption=caption(counts, totals, facet, unit),
        alt=_alt(counts, facet, unit),
        sentence_of=lambda: sentence(
            counts[counts[facet].isin(shown)] if shown else counts,
            facet,
            ask.of_what(others),
            among(ask.selection, facet),
        ),
        method=ask.method(others, how=_HOW[facet]),
        figure=lambda palette: figure(counts, chosen, palette, shown, unit, ask.numbers),
    )


_HOW = {
    "country": "Countries found in the words of the text; one article may be about several or none.",
    "published_in": "Where the publisher sits, from the source or a table of publishers; never from the text.",
}


def marks(counts: pd.DataFrame, n: int, unit: Unit, numbers: Numbers) -> Places:
    """The countries as data."""
    facet = counts.columns[0]
    known = with_places(counts[counts[facet] != NONE])
    said = [f"{count(row.n, unit)} · {percent(row.share)}" for row in rows(known)]
    value = known["share"] if numbers == "shares" else np.log10(known["n"].to_numpy(float))
    frame = known.assign(of=n, value=value, said=said).rename(
        columns={facet: "code", "lon": "longitude", "lat": "latitude"}
    )
    columns = ["code", "iso3", "name", "n", "of", "share", "value", "said", "longitude", "latitude", "small"]
    return Places(frame[columns], "share" if numbers == "shares" else "log", legend(unit, numbers))


def legend(unit: Unit, numbers: Numbers) -> str:
    """What the colours mean."""
    return f"Share of {unit}" if numbers == "shares" else f"{unit.capitalize()} (log scale)"


def among(selection: Selection, facet: str) -> str:
    """Among which countries one leads, where some are chosen: "In Europe, "."""
    if selection.chosen(facet):
        return "Of those chosen, " if len(selection.chosen(facet)) > 1 else ""
    regions = [name for name in selection.chosen("region") if name in geography.REGION_NAMES]
    return f"In {' and '.join(regions)}, " if regions and facet == "country" else ""


def sentence(counts: pd.DataFrame, facet: str, of: str, where: str = "") -> str:
    """The country with most, with its share; `where`: see :func:`among`."""
    known = counts[counts[facet] != NONE]
    if known.empty:
        return ""
    first, *others = [FACETS[facet].text(code) for code in known[facet][:3]]
    share = f"{percent(float(known['share'].iloc[0]))} of {of}"
    then = f"; next {' and '.join(others)}" if others else ""
    if facet != "country":
        return f"{where}{first} publishes {share}{then}"
    return f"{where}{first} leads: {share} are about it{then}" if len(known) > 1 else f"{share} are about {first}"


def draw(ask: Ask) -> None:
    """The map card; its corner switches between *about* and *published in*."""
    made = content(ask)
    cards.panel(
        ask,
        made,
        lambda: charts.picked(made, name=f"map-{ask.view.map}", height=HEIGHT, config={"topojsonURL": SHAPES_PATH}),
        lambda: _switch(ask.view),
    )


def lit(selection: Selection, facet: str) -> frozenset[str]:
    """The countries that stand out: the chosen ones, else on the map of *about* those of the chosen regions."""
    if selection.chosen(facet) or facet != "country":
        return frozenset(selection.chosen(facet))
    regions = [name for name in selection.chosen("region") if name in geography.REGION_NAMES]
    return frozenset(code for name in regions for code in geography.members(name))


def _switch(view: View) -> None:
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
