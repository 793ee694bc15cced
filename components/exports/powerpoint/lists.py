"""Ranked lists: a table each, side by side, with small drawings of their course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import MSO_SHAPE

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.charts import paint
from components.exports.powerpoint.tables import Cell, said, table
from components.exports.powerpoint.text import Run, box_of_text, cut, describe, shown, width

if TYPE_CHECKING:
    from components.content import Entry, Ranked
    from components.theme import Palette

_GAP = inches(0.4)
_ROW = 0.62
_LEAST = 0.4
"""Inches of a row: at most, and at least."""
_STRETCHES = 8
"""There is room for so many columns, or for as many as there are."""
_COURSE, _BARS = 0.18, 0.42
"""Shares of the width for drawings."""


def ranked(shapes: Any, box: Box, marks: Ranked, palette: Palette, alt: str) -> None:
    """A column for each list; what there is no room for is said to be left out."""
    parts = [(heading, entries) for heading, entries in marks.parts if entries]
    for (heading, entries), place in zip(parts, box.columns(max(len(parts), 1), _GAP), strict=False):
        head, body = place.down(inches(0.4 if heading else 0.1))
        shown_ones = entries[: max(int(body.height / inches(_LEAST)), 1)]
        left = f" ({len(shown_ones)} of {len(entries)}; all in the notes)" if len(shown_ones) < len(entries) else ""
        room = head.width / POINT - width(left, 12)
        title = [Run(cut(heading, 16, room, bold=True), 16, bold=True), Run(left, 12, quiet=True)]
        if heading or left:
            box_of_text(shapes, head, f"Heading: {heading}", [title])
        _list(shapes, body, shown_ones, palette, f"{heading}. {alt}")


def _list(shapes: Any, box: Box, entries: tuple[Entry, ...], palette: Palette, alt: str) -> None:
    drawn = any(entry.course or entry.bars for entry in entries)
    numbered = any(entry.number for entry in entries)
    high = min(inches(_ROW), box.height // len(entries))
    place = Box(box.left, box.top, box.width, high * len(entries))
    big = min(high / POINT * 0.38, 15.0)
    wide = (_BARS if any(entry.bars for entry in entries) else _COURSE) * drawn
    widths = (1 - wide - 0.2 * numbered, *((wide,) * drawn), *((0.2,) * numbered))
    lines = []
    for entry in entries:
        named = _named(entry, big, widths[0] * place.width / POINT - 12)
        number = [_number(entry, big)] if numbered else []
        lines.append([named, *([said("", big)] * drawn), *number])
    table(shapes, place, lines, widths, "List", alt, rule=palette.line)
    if drawn:
        left = place.left + round(place.width * widths[0])
        for n, entry in enumerate(entries):
            cell = Box(left, place.top + n * high, round(place.width * wide), high)
            _drawing(shapes, cell, entry, palette)


def _named(entry: Entry, size: float, room: float) -> Cell:
    about = " · ".join(words for words in (entry.about, entry.span) if words)
    lines = [(Run(cut(entry.name, size, room, bold=True), size, bold=True),)]
    if about:
        lines.append((Run(cut(about, size * 0.76, room), size * 0.76, quiet=True),))
    return Cell(tuple(lines))


def _number(entry: Entry, size: float) -> Cell:
    noun = ((Run(shown(entry.noun, 20), size * 0.76, quiet=True),),) if entry.noun else ()
    return Cell(((Run(shown(entry.number, 20), size, bold=True),), *noun), align="right")


def _drawing(shapes: Any, cell: Box, entry: Entry, palette: Palette) -> None:
    """Columns of its course, or its bars with their words."""
    pad = cell.height // 6
    inside = Box(cell.left + pad, cell.top + pad, cell.width - 2 * pad, cell.height - 2 * pad)
    if entry.bars:
        _bars(shapes, inside, entry, palette)
    elif entry.course:
        _columns(shapes, inside, entry, palette)


def _columns(shapes: Any, box: Box, entry: Entry, palette: Palette) -> None:
    """One shape with a column a stretch of time."""
    most, wide = max(*entry.course, 1), box.width / max(len(entry.course), _STRETCHES)
    builder = None
    for n, value in enumerate(entry.course):
        if value <= 0:
            continue
        left, right = box.left + round(n * wide), box.left + round((n + 0.8) * wide)
        top = box.bottom - max(round(box.height * value / most), POINT)
        if builder is None:
            builder = shapes.build_freeform(left, box.bottom)
        else:
            builder.move_to(left, box.bottom)
        builder.add_line_segments([(left, top), (right, top), (right, box.bottom)], close=True)
    if builder is None:
        return
    shape = builder.convert_to_shape()
    shape.name = f"Course of {shown(entry.name, 60)}"
    describe(shape, f"Counts in equal stretches of time: {', '.join(map(str, entry.course))}")
    _flat(shape, palette.accent, palette)


def _bars(shapes: Any, box: Box, entry: Entry, palette: Palette) -> None:
    high = box.height // len(entry.bars)
    for n, (kind, length, words) in enumerate(entry.bars):
        line = Box(box.left, box.top + n * high, box.width, high)
        bar, beside = line.across(0.4)
        shape = shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            bar.left,
            bar.top + high // 5,
            max(round(bar.width * min(max(length, 0), 1)), POINT),
            high * 3 // 5,
        )
        shape.name = f"{shown(entry.name, 60)}, {kind}"
        describe(shape, words)
        _flat(shape, palette.accent if kind == "now" else palette.unsure, palette)
        size = min(high / POINT * 0.7, 11.0)
        place = Box(beside.left + POINT * 3, beside.top, beside.width, beside.height)
        text = cut(words, size, place.width / POINT)
        box_of_text(shapes, place, shape.name, [[Run(text, size, quiet=True)]], anchor="middle")


def _flat(shape: Any, colour: str, palette: Palette) -> None:
    paint(shape.fill, colour, palette)
    shape.line.fill.background()
    shape.shadow.inherit = False
