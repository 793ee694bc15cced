"""Exports: a document as files that other programs open. One module a format, and a row here.

document + options --write--> bytes. Whatever a format can hold carries its method card and the articles it cites.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from data.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.report.document import Document

    Step = Callable[[float, str], None]
    """Told how far an export is (0..1) and what it does; raises :class:`data.errors.StoppedError` to end it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may set."""

    template: bytes = b""
    """A PowerPoint file whose layouts and look are taken."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    key: str
    label: str
    about: str
    suffix: str
    mime: str
    module: str
    """Below this package, with a function ``write(document, options, step) -> bytes``."""


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        Format(
            "pptx",
            "PowerPoint",
            "Editable charts, map and text",
            ".pptx",
            f"{_OFFICE}.presentationml.presentation",
            "powerpoint",
        ),
        Format("html", "Web page", "One interactive file, works offline", ".html", "text/html", "page"),
        Format("pdf", "PDF", "To print or send", ".pdf", "application/pdf", "pdf"),
        Format("xlsx", "Excel", "A sheet a panel, and the method", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", "excel"),
        Format("csv", "CSV", "A file a panel, zipped", ".csv.zip", "application/zip", "tables"),
        Format("png", "Pictures (PNG)", "A picture a panel, zipped", ".png.zip", "application/zip", "png"),
        Format("svg", "Drawings (SVG)", "A drawing a panel, zipped", ".svg.zip", "application/zip", "svg"),
        Format("json", "Figures (JSON)", "The report with all its figures", ".json", "application/json", "figures"),
        Format("bib", "BibTeX", "The cited articles", ".bib", "application/x-bibtex", "bibtex"),
        Format("ris", "RIS", "The cited articles", ".ris", "application/x-research-info-systems", "ris"),
    )
}


def write(document: Document, key: str, options: Options | None = None, step: Step | None = None) -> bytes:
    """The document as a file of the format `key`; ReportError where there is no such format, or why it cannot be."""
    if key not in FORMATS:
        raise ReportError(f"No export format {key!r}; choose one of {', '.join(FORMATS)}.")
    module = import_module(f"components.exports.{FORMATS[key].module}")
    made: bytes = module.write(document, options or Options(), step or (lambda share, words: None))
    return made
