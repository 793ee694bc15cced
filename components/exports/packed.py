"""A drawing a finding in a ZIP archive, with the method and the sources as text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from components.exports.names import parts
from components.exports.tables import METHOD, SOURCES, method_text, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.content import Content
    from components.exports import Step
    from components.report.document import Document, Slide


_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can hold."""
Told = tuple["Content", str, tuple[str, ...]]
"""A content, its sentence, and what else is said below its caption."""


def told(document: Document) -> list[Told]:
    """What is drawn of each slide."""
    return [(slide.content, slide.sentence, _more(slide)) for slide in document.slides]


def _more(slide: Slide) -> tuple[str, ...]:
    said = (f"Changed since it was pinned: {slide.moved}" if slide.moved else "", slide.note)
    return tuple(words for words in said if words)


def packed(document: Document, suffix: str, drawn: Iterable[bytes], step: Step) -> bytes:
    """The archive of the drawings of all slides, "01-topics.svg" and so on, with their method and the sources."""
    file = BytesIO()
    made = max(document.made.timetuple()[:6], _EARLIEST)
    total = max(len(document.slides), 1)
    step(0.0, "Drawing")
    with ZipFile(file, "w") as archive:
        for n, (name, one) in enumerate(zip(parts(document), drawn, strict=True), 1):
            archive.writestr(ZipInfo(f"{name}{suffix}", made), one, ZIP_DEFLATED)
            step(n / (total + 1), f"Drawing {n} of {total} is made")
        about = method_text(document).encode("utf-8")
        archive.writestr(ZipInfo(METHOD, made), about, ZIP_DEFLATED)
        archive.writestr(ZipInfo(SOURCES, made), source_lines(document), ZIP_DEFLATED)
    step(1.0, "Done")
    return file.getvalue()
