"""Bars, one a row: the label on the left, the numbers on the right, intervals where there is little to count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.bars import bar_labels
from components.exports.drawing.primitives import Drawing, Line, Primitive, Rect, Text, mixed
from components.exports.drawing.text import fitted, width
from components.theme import LIGHT
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Bars

FEW = 100
"""Shares of fewer units than this have a wide interval, which is drawn."""
TALLEST, LOWEST = 30.0, 13.0
"""Points that a row may take."""


def bars(marks: Bars, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height."""
    frame, left_out = shortened(marks.frame, most)
    if frame.empty:
        return Drawing(room, 0, ())
    row = min(TALLEST, (most - (14 if left_out else 0)) / len(frame))
    size = min(13.0, row * 0.56)
    words = bar_labels(frame, marks.numbers)
    names = min(max(_indent(each, size) + width(str(each.label)[:80], size) for each in rows(frame)), room * 0.36)
    numbers = max(width(text, size) for text in words) + 10
    scale = _scale(marks, room - names - 10 - numbers)
    drawn: list[Primitive] = []
    for n, (each, text) in enumerate(zip(rows(frame), words, strict=True)):
        drawn += _row(each, n * row, row, size, names, scale, marks.numbers == "shares")
        drawn.append(Text(room, n * row + row / 2 + size * 0.36, text, size, LIGHT.ink, at="end"))
    if left_out:
        drawn.append(Text(0, most - 2, more(left_out), 9, LIGHT.quiet))
    return Drawing(room, most if left_out else row * len(frame), tuple(drawn), left_out)


def shortened(frame: Any, most: float, lowest: float = LOWEST) -> tuple[Any, int]:
    """The rows for which there is room, and how many are left out."""
    fitting = max(int(most // lowest), 1)
    return (frame, 0) if len(frame) <= fitting else (frame.head(fitting - 1), len(frame) - fitting + 1)


def more(left_out: int) -> str:
    """What is said of rows without room."""
    return f"… and {left_out:,} more, for which there is no room here: see the table."


def _indent(each: Any, size: float) -> float:
    return float(each.level) * size


def _scale(marks: Bars, room: float) -> float:
    """Points for a unit, or for the whole of a share."""
    frame = marks.frame
    if marks.numbers == "shares":
        longest = max(
            frame["share"].max(), frame.loc[frame["n"] < FEW, "high"].max() if (frame["n"] < FEW).any() else 0
        )
    else:
        few = frame["n"] < FEW
        longest = max(frame["n"].max(), (frame["high"] * frame["of"])[few].max() if few.any() else 0)
    return room / float(longest) if longest > 0 else 0.0


def _row(each: Any, top: float, row: float, size: float, names: float, scale: float, shares: bool) -> list[Primitive]:
    middle, start, indent = top + row / 2, names + 10, _indent(each, size)
    high = row * (0.68 if not each.level else 0.42)
    whole = 1.0 if shares else float(each.of)
    label = fitted(str(each.label), size, names - indent)
    drawn: list[Primitive] = [
        Text(indent, middle + size * 0.36, label, size, LIGHT.ink if not each.level else LIGHT.quiet),
        Rect(start, middle - high / 2, max(each.share * whole * scale, 0.6 if each.n else 0), high, each.colour),
    ]
    if each.n < FEW and each.of:
        drawn += whisker(start + each.low * whole * scale, start + each.high * whole * scale, middle, row * 0.13)
    return drawn


def whisker(low: float, high: float, middle: float, half: float) -> list[Primitive]:
    """An interval: a thin line with ends."""
    colour = mixed(LIGHT.ink, LIGHT.page, 0.25)
    lines = (
        ((low, middle), (high, middle)),
        ((low, middle - half), (low, middle + half)),
        ((high, middle - half), (high, middle + half)),
    )
    return [Line(points, colour, 0.9) for points in lines]
