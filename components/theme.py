"""Colours and the look that all figures share. A topic has one colour, the same in every panel, theme and export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from data.facets import NONE

TOPIC_COLOURS: dict[str, str] = {
    "politics": "#1e63d1",
    "conflict": "#ba294f",
    "economy": "#cc8405",
    "environment": "#399988",
    "science": "#2b6b7b",
    "health": "#ee619b",
    "sport": "#d75402",
    "disaster": "#9c4e07",
    "crime": "#913dae",
    "arts": "#c572e2",
    "weather": "#2898fb",
    "society": "#7c69e5",
    "education": "#99975f",
    "labour": "#a87051",
    "religion": "#8569a9",
    "lifestyle": "#8096b5",
    "human-interest": "#626459",
}
"""Chosen by search so that the two nearest stay as far apart as 17 colours allow, to normal and to colour-blind eyes
(Machado et al. 2009, all three kinds), with 3:1 contrast on both backgrounds; a test measures both. No figure relies on
colour alone: marks carry their names."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    dark: bool
    page: str
    ink: str
    quiet: str
    """Ink for what may stand back: captions, ticks."""
    line: str
    bars: str
    """Bars that stand behind lines."""
    empty: str
    """A mark that stands for no articles."""
    unsure: str
    """A mark that stands for articles without a value."""
    accent: str
    scale: tuple[str, ...]
    """From few to many, for filled areas."""
    second: str
    """Stands beside `accent` where two selections are compared: orange beside blue, which hardly any eye confuses."""
    apart: tuple[str, ...]
    """From much more in the second selection over equal to much more in the first, for filled areas."""


LIGHT = Palette(
    dark=False,
    page="#ffffff",
    ink="#18212c",
    quiet="#566473",
    line="#d5dde6",
    bars="#e3eaf2",
    empty="#e9eef4",
    unsure="#9aa5b1",
    accent="#0f5ea8",
    scale=("#d6e6f5", "#9fc7ea", "#5b9fd6", "#2470b3", "#0a437c"),
    second="#b4570b",
    apart=("#a04500", "#dd8f4e", "#f3ece2", "#6ea8dc", "#0b4f91"),
)
DARK = Palette(
    dark=True,
    page="#11161d",
    ink="#e7ecf2",
    quiet="#a3b0be",
    line="#313c4a",
    bars="#2c3947",
    empty="#222c38",
    unsure="#77838f",
    accent="#6cb2f5",
    scale=("#1f3d5c", "#2a5f92", "#3f86c6", "#74b3ea", "#c4e1fb"),
    second="#f09a4d",
    apart=("#ffb066", "#b2692a", "#3a3d42", "#3d78b4", "#8cc4fb"),
)

FADED = 0.28
"""Opacity of marks that are not chosen while others are."""


def sides(palette: Palette) -> tuple[str, str]:
    """The colours of two selections, A and B."""
    return palette.accent, palette.second


def topic_colour(topic: str, palette: Palette) -> str:
    """The fixed colour of a topic; a neutral one for articles without a topic."""
    return palette.unsure if topic == NONE else TOPIC_COLOURS[topic]


def colour_scale(palette: Palette) -> list[tuple[float, str]]:
    """The palette's scale as Plotly wants it."""
    return [(i / (len(palette.scale) - 1), colour) for i, colour in enumerate(palette.scale)]


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (WCAG 2.2 relative luminance)."""
    luminance = relative_luminance(colour)
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#10151b"


def relative_luminance(colour: str) -> float:
    """Relative luminance (0 to 1) of an sRGB colour "#rrggbb", as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as plotly.js draws it, in plain dictionaries.

    Plotly's own objects copy and check every value, at every click; here a test makes them of each figure instead.
    """

    data: list[dict[str, Any]]
    """The traces."""
    layout: dict[str, Any]

    def to_json(self) -> str:
        """The figure as plotly.js reads it; a number that is none becomes null."""
        return orjson.dumps({"data": self.data, "layout": self.layout}, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def layout(palette: Palette, *, height: int | None, **more: Any) -> dict[str, Any]:
    """The common look: no decoration, room for labels, the palette's inks. `height` in pixels; None fills the room."""
    return {
        "height": height,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Source Sans, sans-serif", "size": 14, "color": palette.ink},
        "hoverlabel": {
            "bgcolor": palette.page,
            "bordercolor": palette.line,
            "font": {"color": palette.ink, "size": 14},
        },
        "showlegend": False,
        **more,
    }


def over_time(palette: Palette) -> dict[str, Any]:
    """The layout of figures in which dragging sideways chooses days: bars and lines with their names above."""
    return {
        "bargap": 0.12,
        "hovermode": "closest",
        "selectdirection": "h",
        "newselection": {"line": {"color": palette.accent, "width": 1.5, "dash": "solid"}},
        "activeselection": {"fillcolor": palette.accent},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def axis(palette: Palette, **more: Any) -> dict[str, Any]:
    """An axis in the common look that keeps room for its labels and cannot be zoomed."""
    lines = {"gridcolor": palette.line, "zerolinecolor": palette.line, "linecolor": palette.line}
    return {"automargin": True, "fixedrange": True, **lines, **more}
