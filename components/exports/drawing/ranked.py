"""Lists side by side, each line with its number, its course over time or its bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.drawing.bars import more
from components.exports.drawing.primitives import Circle, Drawing, Line, Primitive, Rect, Text, moved
from components.exports.drawing.text import fitted, width, wrapped
from components.theme import LIGHT

if TYPE_CHECKING:
    from components.content import Entry, Ranked

_GAP, _HEAD = 28.0, 26.0
_SPARK = 96.0
"""Width of a course."""
_KINDS = {"now": LIGHT.accent, "before": LIGHT.unsure}


def ranked(marks: Ranked, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height, a column for each list."""
    if not marks.parts:
        return Drawing(room, 0, ())
    wide = (room - _GAP * (len(marks.parts) - 1)) / len(marks.parts)
    drawn: list[Primitive] = []
    lowest, left_out = 0.0, 0
    for n, (head, entries) in enumerate(marks.parts):
        column, below, without = _column(head, entries, wide, most)
        drawn += moved(column, n * (wide + _GAP), 0)
        lowest, left_out = max(lowest, below), left_out + without
    return Drawing(room, lowest, tuple(drawn), left_out)


def _column(head: str, entries: tuple[Entry, ...], room: float, most: float) -> tuple[list[Primitive], float, int]:
    top = _HEAD if head else 0.0
    drawn: list[Primitive] = []
    if head:
        drawn += [
            Text(0, 13, fitted(head, 12, room, bold=True), 12, LIGHT.ink, bold=True),
            Line(((0, 19), (room, 19)), LIGHT.line),
        ]
    for n, entry in enumerate(entries):
        part, high = _entry(entry, room)
        over = top + high > most - (0 if n == len(entries) - 1 else 14)
        if over and n:
            drawn.append(Text(0, top + 11, fitted(more(len(entries) - n), 9, room), 9, LIGHT.quiet))
            return drawn, top + 14, len(entries) - n
        drawn += moved(part, 0, top)
        top += high
    return drawn, top, 0


def _entry(entry: Entry, room: float) -> tuple[list[Primitive], float]:
    """One line of the list, and its height."""
    beside = _SPARK + 12 if entry.course and room > 2.6 * _SPARK else 0.0
    number = f"{entry.number} {entry.noun}".strip()
    right = room - beside
    said = width(number, 10.5) + 14 if number else 0.0
    name = wrapped(entry.name, 12, right - said, 2, bold=True)
    drawn: list[Primitive] = [Text(0, 13 + n * 15, line, 12, LIGHT.ink, True) for n, line in enumerate(name)]
    drawn.append(Text(right, 13, number, 10.5, LIGHT.quiet, at="end"))
    y = 13 + 15 * len(name)
    if entry.about:
        drawn.append(Text(0, y - 1, fitted(entry.about, 9.5, right), 9.5, LIGHT.quiet))
        y += 13
    longest = max([width(words, 9) for _, _, words in entry.bars], default=0.0)
    for kind, length, words in entry.bars:
        scale = max(right - min(longest, right / 2) - 10, 10)
        drawn.append(Rect(0, y - 8, max(scale * min(max(length, 0), 1), 0.6), 8, _KINDS.get(kind, LIGHT.unsure)))
        drawn.append(Text(scale * length + 8, y, fitted(words, 9, right / 2), 9, LIGHT.ink))
        y += 12
    if beside:
        drawn += moved(_spark(entry.course, _SPARK, 18), right + 12, 2)
        drawn.append(Text(room, 32, fitted(entry.span, 8, _SPARK + 4), 8, LIGHT.quiet, at="end"))
        y = max(y, 45)
    return drawn, y


def _spark(course: tuple[int, ...], wide: float, high: float) -> list[Primitive]:
    """Counts in equal stretches of time, as a line from 0."""
    most = max(course) or 1
    step = wide / max(len(course) - 1, 1)
    points = tuple((n * step, high - high * value / most) for n, value in enumerate(course))
    drawn: list[Primitive] = [Line(((0, high), (wide, high)), LIGHT.line, 0.6)]
    if len(points) > 1:
        return [*drawn, Line(points, LIGHT.accent, 1.4)]
    return [*drawn, Circle(*points[0], 2.2, LIGHT.accent)]
