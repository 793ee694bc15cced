"""Pictures: a PNG file a finding at twice the resolution of a screen, zipped with the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.drawing import pictures
from components.exports.packed import packed, told

if TYPE_CHECKING:
    from components.exports import Options, Step
    from components.report.document import Document


def write(document: Document, options: Options, step: Step) -> bytes:
    """The document as a ZIP archive of PNG files."""
    return packed(document, ".png", pictures(told(document)), step)
