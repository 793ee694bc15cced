"""PDF: a page a finding with its figure as vectors and its method, then all figures as tables, method and sources.

document --pages--> groups of marks --on_pdf--> one A4 landscape file, made by fpdf2 (LGPL-3.0) without any browser

Text can be selected and searched in every script of the fonts, fonts are embedded as far as they are used, headings,
paragraphs and figures (with their words) are tagged in reading order. The tags are flat: rows of tables are paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.drawing import pages
from components.exports.drawing.appendix import appendix
from components.exports.drawing.on_pdf import Paper
from components.exports.drawing.sources import sources

if TYPE_CHECKING:
    from components.exports import Options, Step
    from components.report.document import Document


def write(document: Document, options: Options, step: Step) -> bytes:
    """The document as a PDF file."""
    laid: list[pages.Page] = [pages.opening(document)]
    total = max(len(document.slides), 1)
    for n, slide in enumerate(document.slides, 1):
        step(0.45 * (n - 1) / total, f"Drawing {slide.content.title}")
        laid.append(pages.finding(slide, n))
    step(0.45, "Printing the figures")
    laid += [*pages.method(document), *appendix(document), *sources(document)]
    with Paper(document.title or "Report", document.made) as paper:
        for n, page in enumerate(laid, 1):
            step(0.5 + 0.4 * n / len(laid), f"Page {n} of {len(laid)}")
            paper.page((pages.WIDTH, pages.HEIGHT), (*page.groups, pages.foot(document, n, len(laid))), page.bookmarks)
        step(0.9, "Putting the fonts in")
        file = paper.output()
    step(1.0, "Done")
    return file
