"""The lines of documents as a reader sees them: of RTF, of HTML, of the XML inside a Word file.

All are read whole and so are limited in size. Cells of a table are separated by tabs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources.files.encoding import encoding_of
from data.sources.files.markup import MAX_XML, elements, name_of

if TYPE_CHECKING:
    from data.sources.files.members import Member

MAX_DOCUMENT = 50 << 20
"""Bytes of an RTF or HTML file; archives give at most some hundred articles in one."""
_BLOCKS = re.compile(
    "address|article|blockquote|br|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|tr|ul", re.IGNORECASE
)
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template"})


def from_rtf(member: Member) -> list[str]:
    """The lines of an RTF file; SourceError where it is damaged beyond reading."""
    from striprtf.striprtf import rtf_to_text

    text = _read(member).decode("latin-1")  # RTF is ASCII, with numbers for all other letters
    text = _CELL.sub(r"\\tab", text)
    try:
        plain: str = rtf_to_text(text, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise SourceError("an RTF file that is damaged; save it once more, or as plain text") from error
    return plain.split("\n")


def from_text(member: Member) -> list[str]:
    """The lines of a text file."""
    return _read(member).decode(encoding_of(member), "replace").lstrip("\ufeff").splitlines()


def from_word(member: Member) -> list[str]:
    """The paragraphs of ``word/document.xml``."""
    lines: list[str] = []
    for paragraph in elements(member, ("p",), MAX_XML):
        parts: list[str] = []
        for part in paragraph.iter():
            match name_of(part):
                case "t":
                    parts.append(part.text or "")
                case "tab":
                    parts.append("\t")
                case "br" | "cr":
                    parts.append("\n")
        lines += "".join(parts).split("\n")
    return lines


def from_html(member: Member) -> list[str]:
    """The lines of an HTML page; of one that is damaged what can be found."""
    from lxml import etree, html

    data = _read(member)
    parser = html.HTMLParser(encoding=encoding_of(member), no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise SourceError("a web page that is damaged")
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = name_of(element)
        if name in _UNSEEN or not name:
            if event == "end":
                parts.append(element.tail or "")
            continue
        if event == "start":
            parts.append("\n" if _BLOCKS.fullmatch(name) else "")
            parts.append("" if _hidden(element) else _flat(element.text or "", name))
        else:
            parts.append("\t" if name in _CELLS else "\n" if _BLOCKS.fullmatch(name) else "")
            parts.append(_flat(element.tail or "", ""))
    return "".join(parts).split("\n")


def _hidden(element: object) -> bool:
    parent = element.getparent()  # type: ignore[attr-defined]  # lxml
    return parent is not None and name_of(parent) in _UNSEEN


def _flat(text: str, name: str) -> str:
    return text if name == "pre" else re.sub(r"[ \t\r\n]+", " ", text)


def _read(member: Member) -> bytes:
    with member.open() as stream:
        data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise SourceError(f"a document of more than {MAX_DOCUMENT >> 20} MB. Split it")
    return data
