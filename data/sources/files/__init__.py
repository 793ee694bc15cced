"""Files on this computer: one file, a folder, a zip archive or a gzipped file.

location ─members_at─▶ Member* ─kind_of─▶ name of a format ─FORMATS─▶ Row* with Reject* between them
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.articles import Reject
from data.errors import SourceError
from data.sources import feeds, meter
from data.sources.files import documents, newsxml, parquet, plain, press, tables, warc
from data.sources.files.members import Member, members_at, members_of, size_at, why
from data.sources.files.recognise import READABLE, kind_of
from data.sources.gdelt import gkg
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.sources.files.mapping import Record
    from data.sources.rows import Row


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files; a new one is one module, one line in FORMATS and its sign in `kind_of`."""

    label: str
    read: Callable[[Member], Iterator[Row | Reject]]
    why: str = ""
    """By what a file is recognised as one, to follow "recognised by"."""
    records: Callable[[Member], Callable[[], Iterator[Record | Reject]]] | None = None
    """What gives the records, where names of columns or fields tell what is what."""


FORMATS: dict[str, Format] = {
    "text": Format("Plain text", plain.read, "text without a form of its own"),
    "table": Format("CSV, TSV and other tables in text", tables.read, "rows of as many fields", tables.opened),
    "json": Format("JSON", documents.read, "a list or an object", documents.opened),
    "json lines": Format("JSON Lines", documents.read_lines, "an object a line", documents.opened_lines),
    "parquet": Format("Parquet", parquet.read, "its first bytes", parquet.opened),
    "newsml": Format("NewsML-G2", newsxml.read_newsml, "its element newsItem or newsMessage"),
    "factiva xml": Format("Factiva XML", newsxml.read_factiva, "its element ppsarticle"),
    "rtf": Format("RTF, of Factiva and Nexis among others", press.read_rtf, "its first bytes"),
    "word": Format("Word (DOCX), of Nexis among others", press.read_word, "word/document.xml in a zip archive"),
    "press text": Format("Plain text of Factiva or Nexis", press.read_text, "codes or keywords of the archive"),
    "web page": Format("Web page saved from Factiva or Nexis", press.read_html, "its element html"),
    "warc": Format("Web archive (WARC)", warc.read, "its first bytes"),
    "gkg 2.1": Format("GDELT, Global Knowledge Graph 2.1", gkg.read),
    "gkg 1.0": Format("GDELT, Global Knowledge Graph 1.0", gkg.read_old),
    "feed": Format("RSS, Atom and JSON Feed", feeds.read_file),
}


def accepts(location: str) -> bool:
    """Whether `location` is meant as a path: anything but an address with a scheme."""
    return "://" not in location


def read(location: str) -> Iterator[Row | Reject]:
    """The rows of every file at `location`, one at a time; a file that cannot be read is one reject, with row 0.

    Raises SourceError where nothing exists there, or where no file gave a row.
    """
    place = Path(location).expanduser()
    try:
        exists = place.is_dir() or place.is_file()
    except (OSError, ValueError):
        exists = False
    if not location or not exists:
        raise SourceError(f"There is no file or folder {location!r}. Check the spelling, or give its full path.")
    return _rows(place)


def size(location: str) -> int:
    """The bytes of all files at `location`; 0 where nothing can be found there."""
    try:
        return size_at(Path(location).expanduser())
    except (OSError, ValueError):
        return 0


def _rows(place: Path) -> Iterator[Row | Reject]:
    unread: list[Reject] = []
    rows_found = False
    for item in _items(place):
        if not rows_found and isinstance(item, Reject) and item.row == 0:
            unread.append(item)
            continue
        if not rows_found:
            rows_found = True
            yield from unread
        yield item
    if not rows_found:
        raise SourceError(_nothing(place, unread))


def read_one(path: Path, name: str) -> Iterator[Row | Reject]:
    """The rows of one of the files that reading a folder comes to, as it gives them, see :func:`members.files_in`."""
    return _opened(members_of(path, name))


def _opened(members: Iterator[Member | Reject]) -> Iterator[Row | Reject]:
    for member in members:
        if isinstance(member, Member):
            with meter.reading(member):
                yield from _member(member)
        else:
            yield member


def _items(place: Path) -> Iterator[Row | Reject]:
    try:
        yield from _opened(members_at(place))
    except OSError as error:
        raise SourceError(f"{place.name} {why(error)}.") from error


def _member(member: Member) -> Iterator[Row | Reject]:
    empty = True
    try:
        for item in FORMATS[kind_of(member)].read(member):
            empty = False
            yield item
    except (SourceError, OSError) as error:
        yield reject(member.name, 0, why(error))
        return
    if member.fault:
        yield reject(member.name, 0, member.fault)
    elif empty:
        yield reject(member.name, 0, "the file names columns but holds no rows")


def _nothing(place: Path, unread: list[Reject]) -> str:
    if len(unread) == 1 and not place.is_dir():
        return f"{place.name} cannot be read: {unread[0].reason.rstrip('.')}."
    reasons = "; ".join(f"{item.file}: {item.reason.rstrip('.')}" for item in unread[:3])
    found = f"{len(unread):,} files were tried ({reasons})" if unread else "it holds no files"
    return f"Nothing in {place.name or place} can be read: {found}. {READABLE}"
