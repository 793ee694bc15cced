"""A table with coloured cells: the darker, the larger the share of its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.drawing.bars import more
from components.exports.drawing.primitives import Drawing, Primitive, Rect, Text, on_scale
from components.exports.drawing.text import fitted, width, wrapped
from components.theme import LIGHT, ink_on
from components.wording import percent
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Grid

_TALLEST, _LOWEST = 30.0, 13.0


def grid(marks: Grid, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height."""
    frame = marks.frame
    if frame.empty:
        return Drawing(room, 0, ())
    columns = list(dict.fromkeys(frame["column"]))
    names = dict(zip(frame["row"], frame["row_label"], strict=True))
    left = min(max(width(str(name)[:80], 11) for name in names.values()) + 12, room * 0.24)
    wide = (room - left) / len(columns)
    head, top = _head(frame, columns, left, wide)
    fitting = max(int((most - top - 14) // _LOWEST), 1)
    shown = list(names)[:fitting]
    high = min(_TALLEST, (most - top - (14 if len(shown) < len(names) else 0)) / len(shown))
    size = _size(frame, wide - 4, high)
    highest = float(frame.loc[frame["of"] >= marks.enough, "share"].max()) if len(frame) else 0.0
    drawn: list[Primitive] = list(head)
    for n, key in enumerate(shown):
        text = fitted(str(names[key]), min(11, high * 0.6), left - 8)
        drawn.append(Text(0, top + (n + 0.5) * high + 4, text, min(11, high * 0.6), LIGHT.ink))
    for cell in rows(frame):
        if cell.row in shown:
            x, y = left + columns.index(cell.column) * wide, top + shown.index(cell.row) * high
            drawn += _cell(cell, marks.enough, highest, (x, y, wide, high), size)
    if len(shown) < len(names):
        drawn.append(Text(0, most - 3, more(len(names) - len(shown)), 9, LIGHT.quiet))
        return Drawing(room, most, tuple(drawn), len(names) - len(shown))
    return Drawing(room, top + high * len(shown), tuple(drawn))


def _head(frame: Any, columns: list[Any], left: float, wide: float) -> tuple[list[Primitive], float]:
    """Names of the columns in up to three lines with how many units each has; and where they end."""
    first = frame.drop_duplicates("column").set_index("column")
    size = 11.0 if wide > 70 else 8.0
    named = [wrapped(str(first.at[key, "column_label"]), size, wide - 6, 3) for key in columns]
    lines = max(map(len, named))
    drawn: list[Primitive] = []
    for n, (key, words) in enumerate(zip(columns, named, strict=True)):
        x = left + (n + 0.5) * wide
        for line, text in enumerate(reversed(words)):
            y = (lines - line) * size * 1.25
            drawn.append(Text(x, y, text, size, LIGHT.ink, bold=True, at="middle"))
        of = f"{int(first.at[key, 'of']):,}"
        small = min(9.0, 9.0 * (wide - 2) / max(width(of, 9), 1))
        drawn.append(Text(x, lines * size * 1.25 + 12, of, small, LIGHT.quiet, at="middle"))
    return drawn, lines * size * 1.25 + 19


def _size(frame: Any, wide: float, high: float) -> float:
    """The largest size in which every number fits its cell: numbers are never cut."""
    widest = max(width(percent(share), 1) for share in frame["share"].tolist())
    return min(12.0, high * 0.62, wide / widest)


def _cell(
    cell: Any, enough: int, highest: float, box: tuple[float, float, float, float], size: float
) -> list[Primitive]:
    x, y, wide, high = box
    little = cell.of < enough
    fill = LIGHT.page if little else LIGHT.empty
    if not little and cell.n and highest > 0:
        fill = on_scale(LIGHT.scale, cell.share / highest)
    words = f"{cell.n:,}" if little else percent(cell.share)
    number = f"{cell.n:,}"
    ink = LIGHT.quiet if little else ink_on(fill)
    drawn: list[Primitive] = [
        Rect(x + 1, y + 1, wide - 2, high - 2, fill, LIGHT.line if little else ""),
    ]
    both = not little and high >= 26 and width(words, size) + width(number, 8) + 18 <= wide
    if both:
        drawn.append(Text(x + wide - 7, y + high / 2 + 3, number, 8, ink, at="end"))
    place = x + 8 if both else x + wide / 2
    middle = y + high / 2 + size * 0.36
    drawn.append(Text(place, middle, words, size, ink, at="start" if both else "middle"))
    return drawn
