"""What kind of file it is, by its first bytes and never by its name.

In this order: signatures of what cannot be read (each with a word on what to do), Parquet, markup, JSON and JSON Lines,
GDELT's tables, other tables with a separator, plain text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources.files import dialect, press
from data.sources.files.encoding import SAMPLE, decode, encoding_of

if TYPE_CHECKING:
    from data.sources.files.members import Member

READABLE = (
    "What can be read: plain text, CSV, TSV, JSON, JSON Lines, Parquet, feeds, GDELT's GKG; "
    "folders, zip or gzip files of these."
)

_ARCHIVE = "an archive inside an archive, which is not opened; unpack it and give the folder"
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_UNREADABLE: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file, which cannot be read; export it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, which cannot be read; save it as CSV or plain text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "an SQLite database, which cannot be read; export its table as CSV"),
    (b"ARROW1", "an Arrow file, which cannot be read; save it as Parquet"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_SIGNS: tuple[tuple[bytes, str], ...] = ((b"PAR1", "parquet"), (b"{\\rtf", "rtf"), (b"WARC/1.", "warc"))
"""First bytes of what is no text, or none to be read as such."""
_ROOTS: dict[str, str] = {
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "ppsarticle": "factiva xml",
    "article": "factiva xml",
    "html": "web page",
    "body": "web page",
}
"""Formats by the name of their first element, without its namespace and in small letters."""
_MARKUP = re.compile(r"<(?:\?xml|!doctype|html|rss|feed|opml|rdf|[a-z]+:)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?([A-Za-z][\w.-]{0,40})[\s/>]")

# GDELT's tables without a header, whose columns would be guessed wrongly
_GKG = re.compile(r"\d{14}-T?\d+\t|GKGRECORDID\t")
_OLD_GKG = re.compile(r"\d{8}\t\d+(?:\t[^\t\n]*){9}\r?\n|DATE\tNUMARTS\tCOUNTS\t")
_EVENTS = re.compile(r"\d{6,10}\t(?:\d{8}\t\d{6}\t\d{4}\t|\d{14}\t\d{14}\t\d\t)|GlobalEventID\t", re.IGNORECASE)


def kind_of(member: Member) -> str:
    """The format of `member`, a name in data.sources.files.FORMATS; SourceError says what else it is."""
    with member.open() as stream:
        sample = stream.read(SAMPLE)
    if not sample:
        raise SourceError(member.fault or "the file is empty")
    if sample.startswith(_PACKED) or sample[257:262] == b"ustar":
        what = _ARCHIVE if member.path is None else "an archive of a kind that cannot be read"
        raise SourceError(f"{what}. {READABLE}")
    for start, what in _UNREADABLE:
        if sample.startswith(start):
            raise SourceError(f"{what}. {READABLE}")
    for start, kind in _SIGNS:
        if sample.startswith(start):
            return kind
    return _text_kind(decode(sample, encoding_of(member)))


def _text_kind(sample: str) -> str:
    text = sample.lstrip("\ufeff \t\r\n")
    if is_binary(sample):
        raise SourceError(f"no kind of file that can be read. {READABLE}")
    if not text:
        raise SourceError("the file holds no text")
    if _is_feed(text):
        return "feed"
    if kind := _markup_kind(text):
        return kind
    if _MARKUP.match(text):
        raise SourceError(f"a web page or other XML, which cannot be read. {READABLE}")
    if is_json_lines(sample):
        return "json lines"
    if text[0] in "{[":
        return "json"
    if _GKG.match(text):
        return "gkg 2.1"
    if _OLD_GKG.match(text):
        return "gkg 1.0"
    if _EVENTS.match(text):
        raise SourceError("a GDELT table of events, which names no articles; give GKG files (.gkg.csv.zip) instead")
    if press.kind(sample.splitlines()):
        return "press text"
    return "table" if dialect.sniff(sample) else "text"


def _is_feed(text: str) -> bool:
    """Whether the root of a document is that of RSS, RDF or Atom, or of a list of feeds; or it is a JSON Feed."""
    if text.startswith("{"):
        return "jsonfeed.org/version/" in text[:4000]
    root = _ROOT.search(text[:4000]) if text.startswith("<") else None
    return root is not None and root[1].lower() in ("rss", "feed", "rdf", "opml")


def _markup_kind(text: str) -> str:
    """The format of a document in XML or HTML by its first element; empty where that is none that we read."""
    root = _ROOT.search(text[:8000]) if text.startswith("<") else None
    name = root[1].casefold() if root else ""
    if name == "document" and "wordprocessingml" in text[:8000]:
        return "word"
    if name == "article" and "accessionNo" not in text[:8000]:
        return ""
    return _ROOTS.get(name, "")


def is_binary(sample: str) -> bool:
    """Whether a sample that was decoded as text is none: more than one character in twenty is a control character."""
    controls = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\x1b")
    return controls > 3 and controls * 20 > len(sample)


def is_json_lines(sample: str) -> bool:
    """Whether half of the lines that the sample holds in full, and two at least, are JSON objects each."""
    lines = [line for line in sample.split("\n")[:-1][:200] if line.strip()]
    rest = sample.rpartition("\n")[2]
    if rest.strip():
        lines.append(rest)
    objects = sum(1 for line in lines if _is_object(line))
    return len(lines) > 1 and objects * 2 >= len(lines) and _starts(lines) * 2 >= len(lines)


def _starts(lines: list[str]) -> int:
    return sum(1 for line in lines if line.lstrip("\ufeff \t").startswith("{"))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line.strip().lstrip("\ufeff")), dict)
    except (ValueError, RecursionError):
        return False
