"""Two selections on the same axis: two bars a row, and beside them the difference with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.drawing.bars import more, shortened, whisker
from components.exports.drawing.primitives import Circle, Drawing, Line, Primitive, Rect, Text
from components.exports.drawing.text import fitted, width
from components.theme import LIGHT, sides
from components.wording import percent, points
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Paired

_HEAD = 38.0
_TALLEST, _LOWEST = 46.0, 18.0


def paired(marks: Paired, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height."""
    frame, left_out = shortened(marks.frame, most - _HEAD, _LOWEST)
    if frame.empty:
        return Drawing(room, 0, ())
    row = min(_TALLEST, (most - _HEAD - (14 if left_out else 0)) / len(frame))
    size = min(12.0, row * 0.42)
    beside = room * 0.3
    names = min(max(width(str(label)[:80], size) for label in frame["label"]), room * 0.24)
    left = names + 10
    numbers = max(width(text, size * 0.9) for each in rows(frame) for text in _words(each)) + 10
    scale = (room - beside - 24 - left - numbers) / max(float(frame[["a_share", "b_share"]].max().max()), 1e-9)
    axis = _Axis(frame, room - beside + 8, room - _said_room(size))
    drawn: list[Primitive] = [*names_of(marks.names, room - beside - 16), *_head(axis, room - beside + 8, room)]
    drawn.append(Line(((axis.zero, _HEAD - 4), (axis.zero, _HEAD + row * len(frame))), LIGHT.unsure, 0.8))
    for n, each in enumerate(rows(frame)):
        top = _HEAD + n * row
        drawn.append(Text(0, top + row / 2 + size * 0.36, fitted(str(each.label), size, names), size, LIGHT.ink))
        drawn += _bars(each, left, top, row, size, scale)
        drawn += _difference(each, axis, top + row / 2, size, room)
    if left_out:
        drawn.append(Text(0, most - 2, more(left_out), 9, LIGHT.quiet))
    return Drawing(room, most if left_out else _HEAD + row * len(frame), tuple(drawn), left_out)


class _Axis:
    """Differences around zero."""

    def __init__(self, frame: Any, left: float, right: float) -> None:
        low, high = min(float(frame["low"].min()), 0.0), max(float(frame["high"].max()), 0.0)
        self.scale = (right - left) / ((high - low) or 1.0)
        self.zero = left - low * self.scale

    def x(self, value: float) -> float:
        """Place of a difference."""
        return self.zero + value * self.scale


def _said_room(size: float) -> float:
    return width("+00.0 points", size * 0.9) + 12


def names_of(names: tuple[str, str], room: float) -> list[Primitive]:
    """Which colour is which selection, below each other."""
    drawn: list[Primitive] = []
    for n, (name, colour) in enumerate(zip(names, sides(LIGHT), strict=True)):
        drawn.append(Rect(0, 1 + n * 15, 10, 10, colour))
        words = fitted(f"{'AB'[n]}: {name}", 10.5, room - 18, bold=True)
        drawn.append(Text(17, 10 + n * 15, words, 10.5, LIGHT.ink, bold=True))
    return drawn


def _head(axis: _Axis, left: float, right: float) -> list[Primitive]:
    words = ("A less B, 95 % interval;", "filled: more than chance")
    return [Text(left, 10 + n * 13, fitted(text, 9, right - left), 9, LIGHT.quiet) for n, text in enumerate(words)]


def _words(each: Any) -> tuple[str, str]:
    return f"{percent(each.a_share)} · {each.a_n:,}", f"{percent(each.b_share)} · {each.b_n:,}"


def _bars(each: Any, left: float, top: float, row: float, size: float, scale: float) -> list[Primitive]:
    high = row * 0.36
    drawn: list[Primitive] = []
    both = zip((each.a_share, each.b_share), _words(each), sides(LIGHT), strict=True)
    for n, (share, words, colour) in enumerate(both):
        y = top + row * 0.12 + n * (high + row * 0.03)
        drawn.append(Rect(left, y, max(share * scale, 0.6), high, colour))
        drawn.append(Text(left + share * scale + 6, y + high / 2 + size * 0.32, words, size * 0.9, LIGHT.ink))
    return drawn


def _difference(each: Any, axis: _Axis, middle: float, size: float, right: float) -> list[Primitive]:
    colour = sides(LIGHT)[0 if each.difference > 0 else 1] if each.clear else LIGHT.quiet
    return [
        *whisker(axis.x(each.low), axis.x(each.high), middle, 3),
        Circle(axis.x(each.difference), middle, 3.6, colour if each.clear else LIGHT.page, colour),
        Text(right, middle + size * 0.32, points(each.difference), size * 0.9, colour, bold=bool(each.clear), at="end"),
    ]
