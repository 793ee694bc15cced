"""Sentences taken word for word, each with its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.cells import link
from components.exports.drawing.bars import more
from components.exports.drawing.primitives import Drawing, Line, Link, Primitive, Text
from components.exports.drawing.text import LEADING, block, fitted, width, wrapped
from components.theme import LIGHT
from components.wording import day

if TYPE_CHECKING:
    from components.content import Cited, Sentences

_SIZES = (22.0, 19.0, 17.0, 15.0, 13.0, 12.0, 11.0, 10.0)
_INDENT, _SOURCE, _GAP = 16.0, 15.0, 14.0


def sentences(marks: Sentences, room: float, most: float) -> Drawing:
    """In `room` points of width, in the largest type in which all fit into `most` of height."""
    size = next((size for size in _SIZES if _height(marks, size, room) <= most), _SIZES[-1])
    drawn: list[Primitive] = []
    y, left_out = 0.0, 0
    for n, (said, cited) in enumerate(marks.said):
        lines = wrapped(said, size, room - _INDENT, 6)
        high = len(lines) * size * LEADING + _SOURCE
        if n and y + high > most:
            drawn.append(Text(0, min(y + 4, most - 2), more(len(marks.said) - n), 9, LIGHT.quiet))
            left_out = len(marks.said) - n
            break
        drawn.append(Line(((2, y + 2), (2, y + high)), LIGHT.accent, 3))
        text, below = block(lines, _INDENT, y, size, LIGHT.ink)
        drawn += [*text, *source(cited, _INDENT, below + 10, room - _INDENT)]
        y += high + _GAP
    return Drawing(room, min(max(y - _GAP, 0), most), tuple(drawn), left_out)


def _height(marks: Sentences, size: float, room: float) -> float:
    lines = (len(wrapped(said, size, room - _INDENT, 6)) for said, _ in marks.said)
    return sum(n * size * LEADING + _SOURCE + _GAP for n in lines)


def source(cited: Cited, x: float, y: float, room: float, size: float = 9.5) -> list[Primitive]:
    """ "The Harbour Post, 2 May 2025: Title" in one line, which opens the article if it has an address."""
    words = ", ".join(word for word in (cited.publisher, day(cited.published)) if word)
    text = fitted(f"{words}: {cited.title}", size, room)
    address = link(cited)
    drawn: list[Primitive] = [Text(x, y, text, size, LIGHT.accent if address else LIGHT.quiet)]
    return [*drawn, Link(x, y - size, width(text, size), size * 1.3, address)] if address else drawn
