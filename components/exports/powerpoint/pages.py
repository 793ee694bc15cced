"""The slides of a document: the opening, one a finding, the method, and the sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER

from components.exports.powerpoint.boxes import POINT, Box, inches
from components.exports.powerpoint.charts import paint
from components.exports.powerpoint.figures import figure
from components.exports.powerpoint.notes import lines_of, note, reference
from components.exports.powerpoint.tables import Cell, table
from components.exports.powerpoint.text import Run, box_of_text, cut, fitted, lines, safe_link, shown, write
from components.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Cited
    from components.exports.powerpoint.deck import Deck
    from components.report.document import Document, Slide
    from components.theme import Palette

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_LONGEST = 900
"""Characters of a row of the method; the notes have all."""
_PAGE = 13
"""Articles on a slide of sources."""


def opening(deck: Deck, document: Document) -> None:
    """Title, what it is about, when it was made, and of which data."""
    slide: Any = deck.open_slide()
    title = document.title or "World news themes"
    made = f"Made {day(document.made.date())}, {document.made:%H:%M} UTC"
    about = [document.subtitle, made, f"Data: {document.method.data}"]
    width, height = deck.presentation.slide_width or 0, deck.presentation.slide_height or 0
    for holder in slide.placeholders:
        box = Box(int(holder.left), int(holder.top), int(holder.width), int(holder.height))
        if holder.placeholder_format.type in _TITLES:
            _into(holder, title, box, (44, 40, 36, 32, 28, 24))
        else:
            _about(holder.text_frame, about, box)
    kinds = [holder.placeholder_format.type for holder in slide.placeholders]
    if not any(kind in _TITLES for kind in kinds):
        box = Box(width // 12, height // 4, width * 5 // 6, height // 4)
        words, size = fitted(title, box, (44, 36, 28, 24), bold=True)
        box_of_text(slide.shapes, box, "Title", [[Run(words, size, bold=True)]], anchor="bottom")
    if PP_PLACEHOLDER.SUBTITLE not in kinds:
        box = Box(width // 12, height * 3 // 5, width * 5 // 6, height // 4)
        shape = box_of_text(slide.shapes, box, "About", [])
        _about(shape.text_frame, about, box)
    note(slide, [title, *about])


def _into(holder: Any, text: str, box: Box, sizes: Sequence[float]) -> None:
    words, size = fitted(text, box, sizes, bold=True)
    write(holder.text_frame, [[Run(words, size, own=False)]])


def _about(frame: Any, about: Sequence[str], box: Box) -> None:
    """The first line large, the others below it; cut to what has room."""
    first, *rest = about
    words, size = fitted(first, replace(box, height=round(box.height * 0.55)), (20, 18, 16, 14))
    small = [[Run(cut(line, 14, box.width / POINT - 16), 14, own=False)] for line in rest if line]
    write(frame, [*([[Run(words, size, own=False)]] if words else []), *small], after=4)


def finding(deck: Deck, slide: Slide) -> None:
    """One finding: its sentence, what it is counted of, the figure, caption, remark and note; the rest in the notes."""
    content = slide.content
    made: Any = deck.slide(slide.sentence or content.title)
    shapes = made.shapes
    top, room = deck.room.down(inches(0.3), inches(0.12))
    under = f"{content.title} · {content.method.selection.rstrip('.')} · {content.method.numbers}"
    words, size = fitted(under, top, (13, 12, 11, 10))
    box_of_text(shapes, top, "Selection", [[Run(words, size, quiet=True)]])
    room = _foot(shapes, room, slide, deck.palette)
    figure(shapes, room, content, deck.palette)
    note(made, lines_of(slide))


def _foot(shapes: Any, room: Box, slide: Slide, palette: Palette) -> Box:
    """Caption, what moved and the note at the bottom; returns the room that is left above."""
    content = slide.content
    rest = room
    caption, rest = _line(rest, 11, f"{content.caption} Data: {content.method.data}.", most=2)
    box_of_text(shapes, caption[0], "Caption", [[Run(caption[1], 11, quiet=True)]])
    if slide.moved:
        moved, rest = _line(rest, 13, f"Moved since it was pinned: {slide.moved}")
        box_of_text(shapes, moved[0], "Moved", [[Run(moved[1], 13, bold=True)]])
    if slide.note.strip():
        said, rest = _line(rest, 15, slide.note, most=2, indent=inches(0.18))
        box_of_text(shapes, said[0], "Note", [[Run(said[1], 15)]], anchor="middle")
        bar = Box(rest.left, said[0].top, inches(0.05), said[0].height)
        rule = shapes.add_shape(MSO_SHAPE.RECTANGLE, *bar.place)
        rule.name = "Rule of the note"
        paint(rule.fill, palette.accent, palette)
        rule.line.fill.background()
        rule.shadow.inherit = False
    return replace(rest, height=rest.height - inches(0.06))


def _line(room: Box, size: float, text: str, *, most: int = 1, indent: int = 0) -> tuple[tuple[Box, str], Box]:
    """A place at the bottom of the room for a text of up to `most` lines, the text cut to it, and the room above."""
    wide = (room.width - indent) / POINT
    words = cut(text, size, wide, most)
    high = round(lines(words, size, wide) * size * 1.22 * POINT)
    box = Box(room.left + indent, room.bottom - high, room.width - indent, high)
    return (box, words), replace(room, height=room.height - high - inches(0.08))


def method(deck: Deck, document: Document) -> None:
    """The card of the whole."""
    rows = document.method.rows()
    made: Any = deck.slide("Method")
    room = deck.room
    size = 15.0
    while size > 7 and sum(_high(words, size, room) for _, words in rows) > room.height:
        size -= 0.5
    heights = [_high(words, size, room) for _, words in rows]
    box = replace(room, height=min(room.height, round(sum(heights))))
    cells = [(_cell(label, size, label=True), _cell(words, size)) for label, words in rows]
    alt, rule = "How the figures were made", deck.palette.line
    table(made.shapes, box, cells, (0.16, 0.84), "Method", alt, rule=rule, heights=heights)
    note(made, [f"{label}: {words}" for label, words in rows])


def _high(words: str, size: float, room: Box) -> float:
    """The height of a row of the method."""
    return (lines(shown(words, _LONGEST), size, 0.82 * room.width / POINT) * 1.2 + 0.7) * size * POINT


def _cell(text: str, size: float, *, label: bool = False) -> Cell:
    """A cell that may take several lines."""
    return Cell(((Run(shown(text, _LONGEST), size, bold=label, quiet=label),),), whole=True)


def sources(deck: Deck, document: Document) -> None:
    """The cited articles, as many slides as they need; titles are links."""
    pages = [document.cited[n : n + _PAGE] for n in range(0, len(document.cited), _PAGE)] or [()]
    for n, page in enumerate(pages, 1):
        part = f" ({n} of {len(pages)})" if len(pages) > 1 else ""
        made: Any = deck.slide(f"Sources{part}")
        head, room = deck.room.down(inches(0.3), inches(0.1))
        words = shown(f"Cited: {document.cited_of}" if document.cited else "No article is cited.")
        box_of_text(made.shapes, head, "How many", [[Run(cut(words, 13, head.width / POINT), 13, quiet=True)]])
        if page:
            _references(made.shapes, room, page, _PAGE * (n - 1), deck.palette)
        note(made, [words, *(reference(cited) for cited in page)])


def _references(shapes: Any, room: Box, page: Sequence[Cited], before: int, palette: Palette) -> None:
    high = room.height // _PAGE
    size = min(high / POINT * 0.55, 13.0)
    box = replace(room, height=high * len(page))
    cells = [_reference(cited, number, size) for number, cited in enumerate(page, before + 1)]
    table(shapes, box, cells, (0.05, 0.22, 0.12, 0.61), "Sources", "The cited articles", rule=palette.line)


def _reference(cited: Cited, number: int, size: float) -> tuple[Cell, ...]:
    title = Run(cited.title or cited.url or "Untitled", size, link=safe_link(cited.url))
    return (
        Cell(((Run(str(number), size, quiet=True),),)),
        Cell(((Run(cited.publisher, size, bold=True),),)),
        Cell(((Run(day(cited.published) or "undated", size, quiet=True),),)),
        Cell(((title,),)),
    )
