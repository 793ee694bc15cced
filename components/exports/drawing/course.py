"""Counts or shares over time: bars for all, lines, and below them how many publishers were active."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from components.exports.drawing.axes import days, ticks
from components.exports.drawing.primitives import Circle, Drawing, Line, Point, Primitive, Rect, Text, mixed
from components.exports.drawing.text import fitted, width
from components.theme import LIGHT
from components.wording import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Course, Series

_SIZE = 11.0
_STRIP, _DATES = 26.0, 18.0
_DASHES = {
    "dash": (7.0, 4.0),
    "dot": (1.5, 3.0),
    "dashdot": (7.0, 3.0, 1.5, 3.0),
    "longdash": (12.0, 4.0),
    "longdashdot": (12.0, 3.0, 1.5, 3.0),
}
_BARS = mixed(LIGHT.bars, LIGHT.unsure, 0.3)


class _Plot:
    """Where values and bins lie."""

    def __init__(self, marks: Course, left: float, top: float, right: float, bottom: float, highest: float) -> None:
        self.left, self.top, self.right, self.bottom, self.highest = left, top, right, bottom, highest
        self.bin = (right - left) / len(marks.frame)

    def x(self, n: float) -> float:
        """Middle of bin `n`."""
        return self.left + (n + 0.5) * self.bin

    def y(self, value: float) -> float:
        """Height of a value."""
        return self.bottom - (self.bottom - self.top) * value / self.highest


def course(marks: Course, room: float, most: float) -> Drawing:
    """In `room` points of width, `most` of height (at most half of the width)."""
    if marks.frame.empty:
        return Drawing(room, 0, ())
    high = min(most, room * 0.56)
    legend, below = _legend(marks, room)
    marked = ticks(_highest(marks))
    words = [percent(tick) if marks.numbers == "shares" else f"{tick:,.0f}" for tick in marked]
    if marks.numbers != "shares" and len(set(words)) < len(words):
        marked, words = (0.0, 1.0), ["0", "1"]
    left = max(max(width(text, _SIZE) for text in words) + 8, 34)
    plot = _Plot(marks, left, below + 8, room, high - _STRIP - _DATES - 18, marked[-1])
    drawn: list[Primitive] = [*legend]
    for tick, text in zip(marked, words, strict=True):
        drawn.append(Line(((left, plot.y(tick)), (room, plot.y(tick))), LIGHT.line, 0.6))
        drawn.append(Text(left - 6, plot.y(tick) + _SIZE * 0.36, text, _SIZE, LIGHT.quiet, at="end"))
    drawn += _gaps(marks, plot, plot.top, plot.bottom)
    if "all" in marks.frame:
        drawn += _bars(marks.frame["all"].tolist(), plot, _BARS)
    for series in marks.series:
        drawn += _line(marks.frame[series.column].mask(marks.frame["gap"]).tolist(), series, plot)
    drawn += _dates(marks, plot)
    drawn += _publishers(marks, plot, high)
    return Drawing(room, high, tuple(drawn))


def _highest(marks: Course) -> float:
    columns = [series.column for series in marks.series] + (["all"] if "all" in marks.frame else [])
    values = [float(v) for column in columns for v in marks.frame[column].tolist()]
    return max((value for value in values if isfinite(value)), default=0.0)


def _legend(marks: Course, room: float) -> tuple[list[Primitive], float]:
    """What lines and bars are, in as many lines as it takes; and where they end."""
    drawn: list[Primitive] = []
    x, y = 0.0, 11.0
    known = [(series.label, series) for series in marks.series]
    for label, series in [*([("All", None)] if "all" in marks.frame else []), *known]:
        text = fitted(label, _SIZE, min(room - 40, 260))
        wide = 28 + width(text, _SIZE) + 18
        if x and x + wide - 18 > room:
            x, y = 0.0, y + 16
        if series is None:
            drawn.append(Rect(x, y - 9, 20, 9, _BARS))
        else:
            drawn.append(_stroke(((x, y - 4), (x + 22, y - 4)), series))
        drawn.append(Text(x + 28, y, text, _SIZE, LIGHT.ink))
        x += wide
    return drawn, y + 6


def _stroke(points: tuple[Point, ...], series: Series) -> Line:
    return Line(points, series.colour, 2.4, _DASHES.get(series.dash, ()))


def _bars(values: Sequence[float], plot: _Plot, colour: str) -> list[Primitive]:
    wide = max(plot.bin * 0.82, 0.5)
    return [
        Rect(plot.x(n) - wide / 2, plot.y(value), wide, plot.bottom - plot.y(value), colour)
        for n, value in enumerate(values)
        if isfinite(value) and value > 0
    ]


def _line(values: Sequence[float], series: Series, plot: _Plot) -> list[Primitive]:
    """Broken where nobody published or there is too little for a value; a value on its own is a point."""
    drawn: list[Primitive] = []
    run: list[Point] = []
    for n, value in enumerate([*values, float("nan")]):
        if isfinite(value):
            run.append((plot.x(n), plot.y(value)))
            continue
        if len(run) > 1:
            drawn.append(_stroke(tuple(run), series))
        elif run:
            drawn.append(Circle(*run[0], 2.6, series.colour))
        run = []
    return drawn


def _gaps(marks: Course, plot: _Plot, top: float, bottom: float) -> list[Primitive]:
    """Bins without any publisher, hatched."""
    drawn: list[Primitive] = []
    for n, gap in enumerate(marks.frame["gap"].tolist()):
        if gap:
            drawn += _hatched(plot.left + n * plot.bin, top, plot.left + (n + 1) * plot.bin, bottom)
    return drawn


def _hatched(left: float, top: float, right: float, bottom: float) -> list[Primitive]:
    wide, start, drawn = right - left, top - (right - left), []
    while start < bottom:
        y0, y1 = max(start, top), min(start + wide, bottom)
        drawn.append(Line(((right - (y0 - start), y0), (right - (y1 - start), y1)), LIGHT.unsure, 0.6))
        start += 6
    return list(drawn)


def _dates(marks: Course, plot: _Plot) -> list[Primitive]:
    named = days(marks.frame["start"].tolist(), marks.bin, int((plot.right - plot.left) // 80))
    drawn: list[Primitive] = [Line(((plot.left, plot.bottom), (plot.right, plot.bottom)), LIGHT.unsure, 0.8)]
    for n, text in named:
        half = width(text, _SIZE) / 2
        x = min(max(plot.x(n), plot.left + half - 4), plot.right - half)
        drawn.append(Line(((plot.x(n), plot.bottom), (plot.x(n), plot.bottom + 4)), LIGHT.unsure, 0.8))
        drawn.append(Text(x, plot.bottom + 15, text, _SIZE, LIGHT.quiet, at="middle"))
    return drawn


def _publishers(marks: Course, plot: _Plot, bottom: float) -> list[Primitive]:
    """The strip: more articles in a bin with more publishers are no news."""
    values = [float(v) for v in marks.frame["publishers"].tolist()]
    highest = max([v for v in values if isfinite(v)], default=0.0)
    strip = _Plot(marks, plot.left, bottom - _STRIP, plot.right, bottom, highest or 1.0)
    words = f"Publishers active in each {marks.bin}, at most {highest:,.0f}; hatched: none published"
    return [
        Text(plot.left, strip.top - 4, fitted(words, 9, plot.right - plot.left), 9, LIGHT.quiet),
        *_gaps(marks, strip, strip.top, strip.bottom),
        *_bars(values, strip, LIGHT.unsure),
        Line(((strip.left, bottom), (strip.right, bottom)), LIGHT.unsure, 0.6),
    ]
