"""Two selections on the same axis, with the differences beside the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.charts import LONGEST, bar_chart, paint, size_of, spread, values
from components.exports.powerpoint.sheets import Column, attach, column
from components.exports.powerpoint.tables import Cell, said, table
from components.exports.powerpoint.text import Run, box_of_text, cut, shown
from components.theme import sides
from components.wording import points
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Paired
    from components.theme import Palette

LONGEST_NAME = 60
"""Characters of the name of a selection."""
_WIDTHS = (0.2, 0.8)
_MORE = (
    ("number", "{}_n"),
    ("of", "{}_of"),
    ("lowest", "{}_low"),
    ("highest", "{}_high"),
)


def paired(shapes: Any, box: Box, marks: Paired, palette: Palette, alt: str) -> None:
    """A chart with two bars a row, and in line with it a table of differences and their 95 % intervals."""
    frame = marks.frame
    if frame.empty:
        return
    head, body = box.down(inches(0.36), inches(0.04))
    drawn, beside = body.across(0.7, inches(0.15))
    names = [shown(label, LONGEST) for label in frame["label"]]
    first, second = (shown(name, LONGEST_NAME) for name in marks.names)
    shares = (column(first, frame["a_share"].tolist()), column(second, frame["b_share"].tolist()))
    chart = bar_chart(shapes, drawn, names, shares, "Pairs of bars", alt)
    _colour(chart, palette, size_of(body, 2 * len(frame)))
    highest = max((value for one in shares for value in one.values if value is not None), default=0)
    spread(chart, names, drawn, size_of(body, len(frame)), highest, 60 / (drawn.width / POINT))
    attach(chart, [Column("", tuple(names)), *shares, *_rest(marks, first, second)])
    _key(shapes, Box(drawn.left, head.top, drawn.width, head.height), (first, second), sides(palette))
    beside = Box(beside.left, head.top, beside.width, beside.bottom - head.top)
    _differences(shapes, beside, marks, head.height)


def _colour(chart: Any, palette: Palette, size: float) -> None:
    plot: Any = chart.plots[0]
    plot.gap_width, plot.overlap = 55, -5
    for series, colour in zip(plot.series, sides(palette), strict=True):
        paint(series.format.fill, colour, palette)
        values(series, size, counted=False)


def _rest(marks: Paired, first: str, second: str) -> list[Column]:
    frame = marks.frame
    sides = [
        column(f"{name}: {what}", frame[key.format(side)].tolist())
        for side, name in (("a", first), ("b", second))
        for what, key in _MORE
    ]
    gaps = (("Difference", "difference"), ("Lowest difference", "low"), ("Highest difference", "high"))
    clear = ["yes" if value else "no" for value in frame["clear"]]
    return [*sides, *(column(name, frame[key].tolist()) for name, key in gaps), column("More than chance", clear)]


def _key(shapes: Any, box: Box, names: tuple[str, str], colours: tuple[str, str]) -> None:
    """Which bar is which: names beside the colours of the bars, in their order."""
    squares = [Run("■ ", 14, colour=colours[0]), Run("     ■ ", 14, colour=colours[1])]
    room = box.width / POINT / 2 - 30
    said = [Run(cut(name, 14, room, bold=True), 14, bold=True) for name in names]
    line = [run for pair in zip(squares, said, strict=True) for run in pair]
    box_of_text(shapes, box, "Key", [line], anchor="middle")


def _differences(shapes: Any, box: Box, marks: Paired, head: int) -> None:
    """A row a pair, each in line with its bars."""
    size = min(size_of(box, len(marks.frame)), 12.0)
    title, body = box.down(head, inches(0.04))
    words = [[said("Points", 12, bold=True), said("95 % interval", 12, bold=True)]]
    alt = "Difference in percentage points, and its 95 % interval"
    table(shapes, title, words, _WIDTHS, "Heading of the differences", alt)
    lines = [_line(row, size) for row in rows(marks.frame)]
    alt = "Differences between the shares in percentage points; bold where they are more than chance"
    table(shapes, body, lines, _WIDTHS, "Differences", alt)


def _line(row: Any, size: float) -> list[Cell]:
    clear = bool(row.clear)
    numbers = (row.difference, row.low, row.high)
    gap, low, high = (points(number).split()[0] for number in numbers)  # the heading says what they are
    return [
        said(gap, size, bold=clear, quiet=not clear),
        said(f"{low} to {high}" + ("" if clear else " · may be chance"), size, quiet=True),
    ]
