"""Pages with the cited articles: never their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.cells import link
from components.exports.drawing.pages import MARGIN, WIDTH, Page, Part, flowing, paragraph, space
from components.exports.drawing.primitives import Group, Link, Primitive, Text
from components.exports.drawing.text import fitted, width, wrapped
from components.theme import LIGHT
from components.wording import day

if TYPE_CHECKING:
    from components.content import Cited
    from components.report.document import Document


def sources(document: Document) -> list[Page]:
    """The cited articles, each with its link where it has one of the web."""
    said = paragraph(document.cited_of, 10, LIGHT.quiet) if document.cited_of else []
    return flowing("Sources", [*said, space(6), *(_entry(cited, n) for n, cited in enumerate(document.cited, 1))])


def _entry(cited: Cited, number: int) -> Part:
    """Title in up to two lines; below it publisher, date and address. Drawn from 0 down, with its height."""
    x, room = MARGIN + 34, WIDTH - 2 * MARGIN - 34
    drawn: list[Primitive] = [Text(MARGIN + 24, 10, f"{number}", 9, LIGHT.quiet, at="end")]
    y = 10.0
    for text in wrapped(cited.title, 10, room, 2) or ("",):
        drawn.append(Text(x, y, text, 10, LIGHT.ink))
        y += 13
    about = fitted(", ".join(w for w in (cited.publisher, day(cited.published) or "undated") if w), 8.5, room * 0.5)
    drawn.append(Text(x, y - 1, about, 8.5, LIGHT.quiet))
    if address := link(cited):
        left = x + width(about, 8.5) + 12
        shown = fitted(address, 8.5, x + room - left)
        drawn.append(Text(left, y - 1, shown, 8.5, LIGHT.accent))
        drawn.append(Link(left, y - 9, width(shown, 8.5), 11, address))
    return Part(Group("P", tuple(drawn)), y + 8)
