"""A keyword cloud: the words where the layout put them, in the font that it measured with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.drawing.primitives import Drawing, Primitive, Text, mixed
from components.exports.drawing.text import clean, width
from components.theme import LIGHT

if TYPE_CHECKING:
    from components.content import Words


def words(marks: Words, room: float, most: float) -> Drawing:
    """In `room` points of width and at most `most` of height, in the middle."""
    if not marks.placed:
        return Drawing(room, 0, ())
    scale = min(room / marks.width, most / marks.height)
    shift = (room - marks.width * scale) / 2
    largest = max(float(str(each["size"])) for each in marks.placed)
    drawn = tuple(_word(each, scale, shift, largest) for each in marks.placed)
    return Drawing(room, marks.height * scale, drawn)


def _word(placed: Any, scale: float, shift: float, largest: float) -> Primitive:
    """A word that is wider here than where it was laid out (other scripts) is drawn smaller."""
    text = clean(str(placed["word"]))
    size = float(placed["size"]) * scale
    wide, room = width(text, size, bold=True), float(placed["length"]) * scale
    size = size * room / wide if wide > room > 0 else size
    colour = mixed(LIGHT.accent, LIGHT.ink, 0.85 - 0.85 * float(placed["size"]) / largest)
    x, y = float(placed["x"]) * scale + shift, float(placed["y"]) * scale
    return Text(x, y, text, size, colour, bold=True, turned=bool(placed["turned"]))
