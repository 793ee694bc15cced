"""Drawings: an SVG file a finding, zipped with the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.exports.drawing import svg_of
from components.exports.packed import packed, told

if TYPE_CHECKING:
    from components.exports import Options, Step
    from components.report.document import Document


def write(document: Document, options: Options, step: Step) -> bytes:
    """The document as a ZIP archive of SVG files."""
    drawn = (svg_of(content, title, more).encode("utf-8") for content, title, more in told(document))
    return packed(document, ".svg", drawn, step)
