"""The keyword cloud as text boxes, and its first words as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.tables import row_height, said, table
from components.exports.powerpoint.text import Run, bare, describe, shown, write
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Words
    from components.theme import Palette

_LISTED = 12
_WIDER = 1.35
"""How much further words may stand apart sideways than the layout has them, to fill a wide slide."""
_MIDDLE = 0.36
"""Of a letter above its base line, as a share of its size."""


def cloud(shapes: Any, box: Box, marks: Words, palette: Palette, alt: str) -> None:
    """A box a word, named by it, as large and where the layout has it."""
    drawn, beside = box.across(0.66, inches(0.4))
    scale = min(drawn.width / marks.width, drawn.height / marks.height)
    across = min(drawn.width / marks.width, scale * _WIDER)
    left = drawn.left + (drawn.width - marks.width * across) / 2
    top = drawn.top + (drawn.height - marks.height * scale) / 2
    counts = dict(zip(marks.frame["word"], marks.frame["n"], strict=True))
    for placed in marks.placed:
        one: Any = placed
        turned, size, length = bool(one["turned"]), float(one["size"]), float(one["length"])
        x = one["x"] - _MIDDLE * size if turned else one["x"] + length / 2
        y = one["y"] - length / 2 if turned else one["y"] - _MIDDLE * size
        word = _word(shapes, one["word"], size * scale, length * scale, turned, palette)
        word.left = round(left + x * across - word.width / 2)
        word.top = round(top + y * scale - word.height / 2)
        describe(word, f"{one['word']}: {counts.get(one['word'], 0):,}")
    _first(shapes, beside, marks, palette, alt)


def _word(shapes: Any, text: str, size: float, length: float, turned: bool, palette: Palette) -> Any:
    """A box around one word, its middle to be placed; `size` and `length` in units of the slide."""
    shape = shapes.add_textbox(0, 0, round(length), round(size * 1.25))
    shape.name = shown(text, 80)
    shape.rotation = 270 if turned else 0
    bare(shape.text_frame, "middle", wrap=False)
    run = Run(shown(text, 28), round(size / POINT, 1), bold=True, colour=palette.accent)
    write(shape.text_frame, [[run]], align="centre")
    return shape


def _first(shapes: Any, box: Box, marks: Words, palette: Palette, alt: str) -> None:
    """The first words with their numbers, as the cloud has only sizes."""
    first = marks.frame.head(_LISTED)
    if first.empty:
        return
    lines = [
        [said(str(n), 13, quiet=True), said(row.word, 13, bold=True), said(f"{row.n:,}", 13, align="right")]
        for n, row in enumerate(rows(first), 1)
    ]
    place = row_height(box, len(lines), 0.4)
    table(shapes, place, lines, (0.1, 0.65, 0.25), "First keywords", alt, rule=palette.line)
