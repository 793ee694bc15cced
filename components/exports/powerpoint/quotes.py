"""Sentences with their sources, and words that set two selections apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import MSO_SHAPE

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.charts import paint
from components.exports.powerpoint.tables import Cell, said, table
from components.exports.powerpoint.text import Run, box_of_text, cut, fitted, leftward, lines, safe_link, shown
from components.theme import sides
from components.wording import day, percent
from data.frames import rows

if TYPE_CHECKING:
    from components.content import Apart, Cited, Sentences
    from components.theme import Palette

_SIZES = (24, 22, 20, 18, 17, 16, 15, 14, 13, 12, 11)
_SOURCE, _GAP = 15.0, 7.0
"""Points of a line with a source, and between quotes."""
_NONE = "No word is surely more frequent here."
_BAR = inches(0.05)


def sentences(shapes: Any, box: Box, marks: Sentences, palette: Palette, alt: str) -> None:
    """A quote below the other, in the largest type in which all fit, each with its article."""
    if not marks.said:
        return
    room = (box.width - inches(0.4)) / POINT
    each = box.height / len(marks.said) / POINT
    size = _size([shown(text) for text, _ in marks.said], room, box.height / POINT)
    top = box.top
    for text, cited in marks.said:
        most = max(int((each - _GAP - _SOURCE) / (size * 1.2)), 1)
        words = shown(text)
        fits = words if size > _SIZES[-1] else cut(words, size, room, most)
        high = round((lines(fits, size, room) * size * 1.2 + _SOURCE) * POINT)
        _quote(shapes, Box(box.left, top, box.width, high), (Run(fits, size), cited), palette)
        top += high + round(_GAP * POINT)


def _size(texts: list[str], room: float, high: float) -> float:
    """The largest size in which all texts and their sources fit; the smallest if they do not."""
    for size in _SIZES:
        if sum(lines(text, size, room) * size * 1.2 + _SOURCE + _GAP for text in texts) <= high:
            return size
    return _SIZES[-1]


def _quote(shapes: Any, box: Box, said_by: tuple[Run, Cited], palette: Palette) -> None:
    run, cited = said_by
    side = box.right - _BAR if leftward(run.text) else box.left
    rule = shapes.add_shape(MSO_SHAPE.RECTANGLE, side, box.top, _BAR, box.height)
    rule.name = "Rule"
    paint(rule.fill, palette.accent, palette)
    rule.line.fill.background()
    rule.shadow.inherit = False
    text = Box(box.left + inches(0.2), box.top, box.width - inches(0.4), box.height)
    paragraphs = [[run], [source(cited, 11.5, text.width / POINT)]]
    box_of_text(shapes, text, f"Quote from {cited.publisher}", paragraphs)


def source(cited: Cited, size: float, room: float) -> Run:
    """ "The Harbour Post, 2 May 2025: Title", linked where the article has an address."""
    words = ", ".join(word for word in (cited.publisher, day(cited.published)) if word)
    return Run(cut(f"{words}: {cited.title}", size, room), size, quiet=True, link=safe_link(cited.url))


def apart(shapes: Any, box: Box, marks: Apart, palette: Palette, alt: str) -> None:
    """Two tables side by side, the surest words first; below them a sentence from each side, where there is room."""
    frame = marks.frame
    examples = marks.examples.get(str(frame["word"].iloc[0]), ()) if len(frame) else ()
    top, below = box.down(box.height - inches(1.1), inches(0.1)) if examples else (box, box)
    for side, name, place, colour in zip("AB", marks.names, top.columns(2, inches(0.4)), sides(palette), strict=True):
        head, body = place.down(inches(0.42))
        named = cut(f"{side}: {name}", 16, head.width / POINT - 24, bold=True)
        words = [Run("■ ", 16, colour=colour), Run(named, 16, bold=True)]
        box_of_text(shapes, head, f"Side {side}", [words])
        _words(shapes, body, frame[frame["side"] == side], side, palette, f"Words of {name}. {alt}")
    if examples:
        word = shown(str(frame["word"].iloc[0]), 40)
        _examples(shapes, below, word, examples, palette)


def _words(shapes: Any, box: Box, frame: Any, side: str, palette: Palette, alt: str) -> None:
    rows_shown = frame.head(max(int(box.height / inches(0.3)) - 1, 1))
    if frame.empty:
        box_of_text(shapes, box, f"No words of {side}", [[Run(_NONE, 14, quiet=True)]])
        return
    high = min(inches(0.4), box.height // (len(rows_shown) + 1))
    size = min(high / POINT * 0.5, 14.0)
    other = "B" if side == "A" else "A"
    titles = ("Word", f"In {side}", f"In {other}", "How much more", "z")
    head = [said(title, size * 0.9, quiet=True) for title in titles]
    body = [_word(row, side, size) for row in rows(rows_shown)]
    place = Box(box.left, box.top, box.width, high * (len(body) + 1))
    table(shapes, place, [head, *body], (1.2, 0.95, 0.95, 1.9, 0.45), f"Words of {side}", alt, rule=palette.line)


def _word(row: Any, side: str, size: float) -> list[Cell]:
    counts = {"A": (row.a_n, row.a_of), "B": (row.b_n, row.b_of)}
    own, other = counts[side], counts["B" if side == "A" else "A"]
    return [
        said(row.word, size, bold=True),
        said(_share(*own), size),
        said(_share(*other), size, quiet=True),
        said(row.effect, size),
        said(f"{row.z:+.1f}".replace("-", "−"), size, quiet=True),
    ]


def _share(n: int, of: int) -> str:
    return f"{percent(n / of)} · {n:,}" if of else f"{n:,}"


def _examples(shapes: Any, box: Box, word: str, examples: tuple[tuple[str, Cited], ...], palette: Palette) -> None:
    """A sentence from each side that has the word."""
    for (text, cited), place in zip(examples, box.columns(2, inches(0.4)), strict=False):
        head, body = place.down(inches(0.26))
        box_of_text(shapes, head, f"Example of {word}", [[Run(f"“{word}”, for example", 12, quiet=True)]])
        quote, under = body.down(inches(0.5))
        words, size = fitted(text, quote, (14, 13, 12, 11))
        box_of_text(shapes, quote, "Example", [[Run(words, size)]])
        box_of_text(shapes, under, "Its article", [[source(cited, 11, under.width / POINT)]])
