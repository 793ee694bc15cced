"""Countries compared: on one map by how much larger each country's share is in A than in B, or smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from components import theme
from components.compare import pairs
from components.compare.sides import Sides
from components.content import Content, Places
from components.wording import for_plotly, percent, plain, points
from components.world_map import MARGIN, PROJECTION, colour_bar, ground, with_places
from data.facets import FACETS, NONE
from data.frames import rows

if TYPE_CHECKING:
    import pandas as pd

    from components.asking import Ask
    from components.theme import Figure, Palette
    from data.engines import Unit

_UNSURE = 0.45
"""Opacity of countries whose difference is not clear."""
_LEAST = 0.02
"""The scale reaches at least so far, that small differences look small."""


def content(ask: Ask) -> Content:
    """What the card shows."""
    sides = Sides(ask)
    frame = pairs.pairs(sides, "country")
    known = places(frame, sides.names)
    empty = sides.empty or ("" if len(known.frame) else "No country on either side.")
    some = frame[frame["value"] != NONE]
    return Content(
        panel="compare-map",
        title="Countries compared",
        marks_of=None if empty else lambda: known,
        table_of=lambda: pairs.as_table(frame, FACETS["country"].label, ask.unit),
        caption=f"{sides.caption()} {_caption(frame, sides.names)}",
        alt=_alt(some, sides.names),
        sentence_of=lambda: "" if empty else pairs.said(sides, "country", some),
        method=sides.method(pairs.HOW),
        figure=None if empty else lambda palette: figure(known, palette, ask.unit),
        empty=empty,
    )


def places(frame: pd.DataFrame, names: tuple[str, str]) -> Places:
    """The rows of paired shares as countries; n, of and share are those of A, and b_n, b_of and b_share those of B."""
    found = frame[frame["value"] != NONE].rename(columns={"value": "code"})
    known = with_places(found[["code", *(name for name in found.columns if name not in ("code", "label"))]])
    known = known.rename(columns={"a_n": "n", "a_of": "of", "a_share": "share", "lon": "longitude", "lat": "latitude"})
    said = [
        f"{percent(row.share)} against {percent(row.b_share)}: {points(row.difference)}"
        f"{'' if row.clear else ', may be chance'}"
        for row in rows(known)
    ]
    columns = ["code", "iso3", "name", "n", "of", "share", "value", "said", "longitude", "latitude", "small"]
    also = ["b_n", "b_of", "b_share", "low", "high", "clear"]
    whole = known.assign(value=known["difference"], said=said)[[*columns, *also]]
    return Places(whole, "difference", f"Share in A less share in B (A: {names[0]}; B: {names[1]})")


def figure(marks: Places, palette: Palette, unit: Unit = "articles") -> Figure:
    """Two colours: one where A's share is larger, one where B's is; pale where that may be chance."""
    frame = marks.frame
    reach = max(float(frame["value"].abs().max()) if len(frame) else 0.0, _LEAST)
    clear, small = frame["clear"].to_numpy(bool), frame["small"].to_numpy(bool)
    # Plain, as the pale blue of other maps would look like a small difference here.
    bare = {
        "colorscale": [(0, palette.page), (1, palette.page)],
        "marker": {"line": {"color": palette.line, "width": 0.8}},
    }
    traces = [ground(frame, palette, unit) | bare]
    for kept, opacity in ((~clear, _UNSURE), (clear, 1.0)):
        traces.append(_areas(frame[kept], palette, reach, opacity, legend=bool(opacity == 1 or not clear.any())))
        traces.append(_points(frame[kept & small], palette, reach, opacity))
    return theme.Figure(traces, theme.layout(palette, height=None, margin=MARGIN, geo=PROJECTION, uirevision="map"))


def _colours(palette: Palette) -> list[tuple[float, str]]:
    return [(n / (len(palette.apart) - 1), colour) for n, colour in enumerate(palette.apart)]


def _meaning(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "customdata": [["country", code] for code in frame["code"]],
        "text": [f"<b>{for_plotly(row.name)}</b><br>{row.said}" for row in rows(frame)],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _areas(frame: pd.DataFrame, palette: Palette, reach: float, opacity: float, *, legend: bool) -> dict[str, Any]:
    ticks = [-reach, 0.0, reach]
    words = [f"B {points(reach)}", "equal", f"A {points(reach)}"]
    return {
        **_meaning(frame),
        "type": "choropleth",
        "locations": frame["iso3"].tolist(),
        "z": frame["value"].tolist(),
        "zmin": -reach,
        "zmax": reach,
        "colorscale": _colours(palette),
        "showscale": legend,
        "colorbar": colour_bar(palette, ticks, words, "Larger share in …") | {"len": 260, "xpad": 34},
        "marker": {"line": {"color": palette.page, "width": 0.6}, "opacity": opacity},
    }


def _points(frame: pd.DataFrame, palette: Palette, reach: float, opacity: float) -> dict[str, Any]:
    """States too small to see, as points."""
    look = {"color": frame["value"].tolist(), "cmin": -reach, "cmax": reach, "colorscale": _colours(palette)}
    return {
        **_meaning(frame),
        "type": "scattergeo",
        "mode": "markers",
        "lon": frame["longitude"].tolist(),
        "lat": frame["latitude"].tolist(),
        "marker": {"size": 10, "opacity": opacity, "line": {"color": palette.quiet, "width": 0.8}, **look},
    }


def _caption(frame: pd.DataFrame, names: tuple[str, str]) -> str:
    some = frame[frame["value"] != NONE]
    n = int(some["clear"].sum())
    sure = f"{n:,} of {len(some):,} countries differ clearly; the others are pale, their differences may be chance."
    return f"Blue: larger share in A ({plain(names[0])}); orange: in B ({plain(names[1])}). {sure}"


def _alt(frame: pd.DataFrame, names: tuple[str, str]) -> str:
    order = np.argsort(-frame["difference"].abs().to_numpy(), kind="stable")[:5]
    top = [f"{row.label} {points(row.difference)}" for row in rows(frame.iloc[order])]
    return f"World map of the difference in share, {names[0]} less {names[1]}; largest: {', '.join(top)}."
