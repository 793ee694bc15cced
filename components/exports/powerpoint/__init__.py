"""PowerPoint: everything native, so that it can be edited: charts with their sheets, tables, a map of shapes, text.

document --opening, a slide a finding, method, sources--> a presentation on the user's template, or on a plain one
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING

from components.exports.powerpoint import pages
from components.exports.powerpoint.deck import made
from components.exports.powerpoint.text import shown

if TYPE_CHECKING:
    from components.exports import Options, Step
    from components.exports.powerpoint.deck import Deck
    from components.report.document import Document


def write(document: Document, options: Options, step: Step) -> bytes:
    """The document as a .pptx file; ReportError where the template cannot be used.

    Nothing in it depends on the clock but the times of its parts in the archive.
    """
    step(0.0, "Opening the presentation")
    deck = made(options.template)
    pages.opening(deck, document)
    for n, slide in enumerate(document.slides):
        step((n + 1) / (len(document.slides) + 3), f"Slide {n + 1} of {len(document.slides)}: {slide.content.title}")
        pages.finding(deck, slide)
    step(0.9, "Method and sources")
    pages.method(deck, document)
    pages.sources(deck, document)
    _sign(deck, document)
    step(0.95, "Writing the file")
    whole = BytesIO()
    deck.presentation.save(whole)
    step(1.0, "Done")
    return whole.getvalue()


def _sign(deck: Deck, document: Document) -> None:
    """The properties of the file: its title, and when it was made."""
    properties = deck.presentation.core_properties
    properties.title = shown(document.title or "World news themes", 250)
    properties.subject = shown(document.subtitle, 250)
    properties.author = properties.last_modified_by = "World News Themes"
    properties.keywords = properties.comments = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = document.made.astimezone(UTC).replace(tzinfo=None)
