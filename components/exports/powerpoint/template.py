"""A user's own PowerPoint file as the base: its master, layouts, fonts and colours, without its slides.

The file is not trusted: it is opened only if it is small, holds no programs, and loads nothing from elsewhere.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from data.errors import ReportError

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

MOST_BYTES = 50_000_000
"""Of the file."""
MOST_UNPACKED = 250_000_000
MOST_PARTS = 4_000
BROKEN = (
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    etree.LxmlError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    PythonPptxError,
    RecursionError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    zlib.error,
)
"""What the libraries raise on files that are no PowerPoint files, or damaged."""
DAMAGED = "This template cannot be read: open it in PowerPoint, save it again as a .pptx file, and choose that."
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml."
_PROGRAMS = re.compile(r"vbaProject|activeX|/embeddings/|/ctrlProps/", re.IGNORECASE)
_WITH_MACROS = re.compile(rb"(presentation|template|slideshow|addin)\.macroEnabled", re.IGNORECASE)
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def opened(template: bytes) -> Deck:
    """The presentation of a .pptx, .potx or .ppsx file, without slides; ReportError says what is wrong with it."""
    try:
        deck = Presentation(BytesIO(_checked(template)))
        _empty(deck)
        _look_through(deck)
        if not deck.slide_layouts or not deck.slide_width or not deck.slide_height:
            raise ReportError("This template has no slide layouts: choose a .pptx or .potx file with a slide master.")
    except BROKEN as error:
        raise ReportError(DAMAGED) from error
    return deck


def _checked(template: bytes) -> bytes:
    """The file as a presentation, copied part by part."""
    if len(template) > MOST_BYTES:
        raise ReportError(f"This template is too large: choose one below {MOST_BYTES // 1_000_000} MB.")
    if template[:4] != b"PK\x03\x04":
        raise ReportError("This template is no .pptx or .potx file, or has a password: save it as .pptx without one.")
    copy = BytesIO()
    with ZipFile(BytesIO(template)) as old, ZipFile(copy, "w", ZIP_DEFLATED, compresslevel=1) as new:
        _refuse(old)
        for name in old.namelist():
            new.writestr(name, _part(name, old.read(name)))
    return copy.getvalue()


def _refuse(package: ZipFile) -> None:
    names = package.namelist()
    if len(names) > MOST_PARTS or sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
        raise ReportError("This template is too large when it is unpacked: choose a smaller one.")
    if len({name.lower() for name in names}) < len(names):
        raise ReportError(DAMAGED)


def _part(name: str, blob: bytes) -> bytes:
    """One part of the package, after a look; what makes the whole a template is changed to make it a presentation."""
    if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in blob or b"<!ENTITY" in blob):
        raise ReportError(DAMAGED)
    if name == "[Content_Types].xml":
        if _WITH_MACROS.search(blob):
            raise ReportError("This template holds macros: save it as .pptx without them.")
        for kind in ("template", "slideshow"):
            blob = blob.replace(f"{_MAIN}{kind}.main+xml".encode(), f"{_MAIN}presentation.main+xml".encode())
    return blob


def _empty(deck: Deck) -> None:
    """Takes all slides out, and everything that speaks of them."""
    root: Any = deck.element
    for slide in root.xpath("p:sldIdLst/p:sldId"):
        deck.part.rels.pop(slide.rId)
        slide.getparent().remove(slide)
    for leftover in root.xpath(f"p:custShowLst | p:extLst/p:ext[@uri='{_SECTIONS}']"):
        leftover.getparent().remove(leftover)
    for extensions in root.xpath("p:extLst[not(*)]"):
        root.remove(extensions)
    for master in deck.slide_masters:
        for holder in (master, *master.slide_layouts):
            _unlink(holder)
    _without_thumbnail(deck)


def _look_through(deck: Deck) -> None:
    """Refuses what is left of the file if it holds programs, or loads anything when it is opened."""
    package: Any = deck.part.package
    for part in package.iter_parts():
        if _PROGRAMS.search(str(part.partname)):
            raise ReportError("The layouts of this template hold macros or embedded files: save it without them.")
        if any(rel.is_external and rel.reltype != RT.HYPERLINK for rel in part.rels.values()):
            raise ReportError("This template loads pictures or files from elsewhere: embed them, and save it again.")


def _unlink(holder: Any) -> None:
    """Takes out links to slides, which would keep them in the file."""
    slides = [key for key, rel in holder.part.rels.items() if rel.reltype == RT.SLIDE]
    for key in slides:
        for link in holder.element.xpath(f".//*[@r:id='{key}']"):
            link.getparent().remove(link)
        holder.part.rels.pop(key)


def _without_thumbnail(deck: Deck) -> None:
    package: Any = deck.part.package
    rels = package._rels
    for key in [key for key, rel in rels.items() if rel.reltype == RT.THUMBNAIL]:
        rels.pop(key)
