"""Drawings without a browser: panels from a few kinds of marks, as SVG, PNG and on the pages of a PDF file.

content --figures--> Drawing --panel--> groups --on_svg--> text · --on_pdf--> PDF --PDFium--> PNG
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Image

    from components.content import Content

TWICE = 2
"""Pixels of a PNG for each point, so that it is sharp on dense screens."""


def svg_of(content: Content, title: str = "", more: tuple[str, ...] = ()) -> str:
    """A panel as an SVG file; `title` stands in for its name, `more` are paragraphs below the caption."""
    from components.exports.drawing.on_svg import svg
    from components.exports.drawing.panel import WIDTH, panel

    groups, height = panel(content, title, more)
    return svg(groups, WIDTH, height, title or content.title, content.alt)


def png_of(content: Content, title: str = "", more: tuple[str, ...] = ()) -> bytes:
    """A panel as a PNG file, with the same as its SVG file."""
    return next(pictures([(content, title, more)]))


def pictures(told: Iterable[tuple[Content, str, tuple[str, ...]]]) -> Iterator[bytes]:
    """A PNG file for each content with its title and paragraphs, drawn by PDFium (through pypdfium2) from PDF pages.

    All pages are in one file, since opening the fonts takes longer than drawing.
    """
    from pypdfium2 import PdfDocument

    from components.exports.drawing.on_pdf import Paper
    from components.exports.drawing.panel import WIDTH, panel

    with Paper("Pictures") as paper:
        for content, title, more in told:
            groups, height = panel(content, title, more)
            paper.page((WIDTH, height), groups)
        file = paper.output()
    with PdfDocument(file) as document:
        for page in document:
            yield _png(page.render(scale=TWICE).to_pil())


def _png(picture: Image) -> bytes:
    from io import BytesIO

    file = BytesIO()
    picture.save(file, "PNG", dpi=(72 * TWICE, 72 * TWICE))
    return file.getvalue()
