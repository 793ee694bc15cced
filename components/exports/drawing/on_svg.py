"""Groups of marks as an SVG file: real text, escaped, nothing that is loaded or run."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from components.exports.cells import line
from components.exports.drawing.primitives import Circle, Line, Link, Polygon, Rect, Text
from components.exports.drawing.text import from_right
from components.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.exports.drawing.primitives import Group, Primitive

FONTS = "DejaVu Sans, Verdana, Noto Sans, Arial, sans-serif"
"""The font that widths are measured with, then ones that are as wide or narrower."""


def svg(groups: Iterable[Group], width: float, height: float, title: str, description: str) -> str:
    """An SVG 1.1 document, drawn at its size in CSS pixels and free to be scaled."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}"'
        f' viewBox="0 0 {_n(width)} {_n(height)}" role="img" font-family="{FONTS}">'
        f"<title>{escape(line(title))}</title><desc>{escape(line(description))}</desc>"
        f'<rect width="100%" height="100%" fill="{LIGHT.page}"/>'
    )
    return "\n".join([head, *map(_group, groups), "</svg>\n"])


def _group(group: Group) -> str:
    marks = "\n".join(drawn for mark in group.marks if (drawn := _mark(mark)))
    alt = f"<title>{escape(line(group.alt))}</title>" if group.alt else ""
    role = ' role="img"' if group.role == "Figure" else ""
    return f"<g{role}>{alt}{marks}</g>"


def _mark(mark: Primitive) -> str:
    match mark:
        case Rect():
            place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
            return f"<rect {place}{_paint(mark.fill, mark.line, mark.thick)}/>"
        case Polygon():
            path = "".join("M" + "L".join(f"{_n(x)},{_n(y)}" for x, y in ring) + "Z" for ring in mark.rings)
            return f'<path fill-rule="evenodd" d="{path}"{_paint(mark.fill, mark.line, mark.thick)}/>'
        case Line():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
            dash = f' stroke-dasharray="{" ".join(map(_n, mark.dash))}"' if mark.dash else ""
            return f'<polyline points="{points}"{_paint("", mark.colour, mark.thick)}{dash}/>'
        case Circle():
            place = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}"'
            return f"<circle {place}{_paint(mark.fill, mark.line, 1)}/>"
        case Text():
            return _text(mark)
        case Link():
            return ""


def _text(mark: Text) -> str:
    words = escape(line(mark.text))
    if not words:
        return ""
    if from_right(mark.text):
        words = f'<tspan direction="rtl" unicode-bidi="embed">{words}</tspan>'
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" fill={quoteattr(mark.colour)}'
    anchor = f' text-anchor="{mark.at}"' if mark.at != "start" else ""
    bold = ' font-weight="700"' if mark.bold else ""
    turned = f' transform="rotate(-90 {_n(mark.x)} {_n(mark.y)})"' if mark.turned else ""
    return f"<text {place}{anchor}{bold}{turned}>{words}</text>"


def _paint(fill: str, stroke: str, thick: float) -> str:
    outline = f' stroke={quoteattr(stroke)} stroke-width="{_n(thick)}"' if stroke else ""
    return f" fill={quoteattr(fill or 'none')}{outline}"


def _n(value: float) -> str:
    """A number as short as it may be."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
