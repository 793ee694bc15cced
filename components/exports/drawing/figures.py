"""Marks of any kind as a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.content import Apart, Bars, Course, Grid, Paired, Places, Ranked, Sentences, Words
from components.exports.drawing.apart import apart
from components.exports.drawing.bars import bars
from components.exports.drawing.course import course
from components.exports.drawing.grid import grid
from components.exports.drawing.paired import paired
from components.exports.drawing.places import places
from components.exports.drawing.primitives import Circle, Drawing, Line, Text, scaled
from components.exports.drawing.ranked import ranked
from components.exports.drawing.sentences import sentences
from components.exports.drawing.text import block, wrapped
from components.exports.drawing.words import words
from components.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.content import Content, Marks

KINDS: dict[type, Callable[[Any, float, float], Drawing]] = {
    Bars: bars,
    Course: course,
    Grid: grid,
    Places: places,
    Words: words,
    Ranked: ranked,
    Sentences: sentences,
    Paired: paired,
    Apart: apart,
}


LARGER = (1.6, 1.45, 1.3, 1.15)
"""How much larger than usual a list or table is drawn where there is room for that."""
_GROWING = (Bars, Grid, Ranked, Paired, Apart)


def figure(content: Content, room: float, most: float) -> Drawing:
    """What a content shows, `room` points wide and at most `most` high; says why where there is nothing."""
    drawn = Drawing(room, 0, ()) if content.marks is None else _drawn(content.marks, room, most)
    if drawn.marks:
        return drawn
    lines = wrapped(content.empty or "There is nothing to show.", 14, room, 4)
    said, below = block(lines, 0, 8, 14, LIGHT.quiet)
    return Drawing(room, below, said)


def _drawn(marks: Marks, room: float, most: float) -> Drawing:
    """As large as it may be without leaving out or cutting what is there at the usual size."""
    kind = KINDS[type(marks)]
    usual = kind(marks, room, most)
    if not isinstance(marks, _GROWING) or usual.left_out:
        return usual
    for by in LARGER:
        tried = kind(marks, room / by, most / by)
        whole = not tried.left_out and _cut(tried) <= _cut(usual) and _courses(tried) == _courses(usual)
        if whole and tried.height <= most / by:
            return scaled(tried, by)
    return usual


def _cut(drawing: Drawing) -> int:
    """Texts whose ends are cut."""
    return sum(isinstance(mark, Text) and mark.text.endswith("…") for mark in drawing.marks)


def _courses(drawing: Drawing) -> int:
    """Lines and points: small courses are left out where a list is narrow."""
    return sum(isinstance(mark, Line | Circle) for mark in drawing.marks)
