"""Shaded countries on a map in Equal Earth, a legend, and the first countries with their numbers."""

from __future__ import annotations

from functools import cache
from math import floor
from typing import TYPE_CHECKING

from components.exports.drawing.primitives import Circle, Drawing, Point, Polygon, Primitive, Rect, Text, mixed
from components.exports.drawing.text import fitted, width
from components.exports.shades import Shades, shades
from components.shapes.outlines import height, outlines, project
from components.theme import LIGHT
from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Places

_LIST = 12
"""Countries that are named beside the map."""


@cache
def _rings(room: float) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """The outlines, `room` points wide; points nearer than a third of a point are left out."""
    found = {}
    for code, rings in outlines().items():
        thinned = tuple(_thinned([(x * room, y * room) for x, y in ring.tolist()]) for ring in rings)
        found[code] = tuple(ring for ring in thinned if len(ring) > 2)
    return {code: rings for code, rings in found.items() if rings}


def _thinned(ring: list[Point]) -> tuple[Point, ...]:
    kept = [ring[0]]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 0.35:
            kept.append(point)
    return tuple((round(x, 2), round(y, 2)) for x, y in kept)


def places(marks: Places, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height."""
    beside = min(200.0, room * 0.235)
    wide = float(floor(min(room - beside - 16, (most - 44) / height())))
    high = wide * height()
    colours = shades(marks.frame["value"].tolist(), marks.scale, LIGHT)
    value = dict(zip(marks.frame["iso3"], marks.frame["value"], strict=True))
    drawn: list[Primitive] = [
        Polygon(rings, LIGHT.empty, mixed(LIGHT.line, LIGHT.unsure, 0.3), 0.3)
        for code, rings in _rings(wide).items()
        if code not in value
    ]
    for code in value:
        if code in _rings(wide):
            fill = colours.of(value[code])
            drawn.append(Polygon(_rings(wide)[code], fill, mixed(fill, LIGHT.ink, 0.4), 0.4))
    small = [each for each in rows(marks.frame) if each.small]
    points = project([e.longitude for e in small], [e.latitude for e in small]).tolist() if small else []
    for each, (x, y) in zip(small, points, strict=True):
        drawn.append(Circle(x * wide, y * wide, 3.2, colours.of(each.value), LIGHT.ink))
    drawn += _legend(marks, colours, min(wide, 340.0), high + 10)
    drawn += _first(marks, wide + 16, room, high + 44)
    return Drawing(room, max(high + 44, 180.0) if most >= 180 else high + 44, tuple(drawn))


def _legend(marks: Places, colours: Shades, room: float, top: float) -> list[Primitive]:
    """The colours from low to high with the values of some."""
    steps = 48
    span = colours.high - colours.low
    drawn: list[Primitive] = [
        Rect(n * room / steps, top, room / steps + 0.3, 9, colours.of(colours.low + span * (n + 0.5) / steps))
        for n in range(steps)
    ]
    for n, (value, words) in enumerate(named := _named(marks, colours)):
        x = (value - colours.low) / span * room if span else 0.0
        half = width(words, 9) / 2
        x = min(max(x, half), room - half) if 0 < n < len(named) - 1 else half if not n else min(x, room - half)
        drawn.append(Text(x, top + 20, words, 9, LIGHT.quiet, at="middle"))
    drawn.append(Text(0, top + 32, fitted(marks.legend, 9, room), 9, LIGHT.quiet))
    return drawn


def _named(marks: Places, colours: Shades) -> list[tuple[float, str]]:
    if marks.scale == "log":
        powers = range(floor(colours.high) + 1)
        last = [(colours.high, f"{10**colours.high:,.0f}")] if colours.high - powers[-1] > 0.25 else []
        return [(float(power), f"{10**power:,}") for power in powers] + last
    if marks.scale == "difference":
        most = f"{abs(colours.high) * 100:.0f}"
        return [(colours.low, f"−{most} points"), (0.0, "0"), (colours.high, f"+{most} points")]
    return [(0.0, "0 %"), (colours.high, percent(colours.high))]


def _first(marks: Places, left: float, right: float, most: float) -> list[Primitive]:
    """The countries with the highest values by name: nobody can point at a printed map to ask."""
    frame = marks.frame
    order = frame["value"].abs() if marks.scale == "difference" else frame["value"]
    first = frame.loc[order.sort_values(ascending=False, kind="stable").index].head(min(_LIST, int((most - 14) // 17)))
    drawn: list[Primitive] = []
    for n, each in enumerate(rows(first)):
        y = 14 + n * 17
        room = right - left
        said = fitted(str(each.said), 10, room * 0.62)
        name = fitted(str(each.name), 10, room - width(said, 10) - 10)
        drawn += [Text(left, y, name, 10, LIGHT.ink), Text(right, y, said, 10, LIGHT.quiet, at="end")]
    left_out = len(frame) - len(first)
    if left_out:
        words = f"and {left_out:,} more"
        drawn.append(Text(left, 14 + len(first) * 17, words, 9, LIGHT.quiet))
    return drawn
