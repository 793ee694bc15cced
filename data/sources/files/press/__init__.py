"""Documents of press archives, Factiva and Nexis, in whatever form they were downloaded: RTF, HTML or Word.

member ─LINES─▶ lines as a reader sees them ─▶ Factiva by its codes · Nexis by its keywords · else a text like any other

They are read by the codes and keywords that stand in the text, never by layout, which changes every few years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources.files.encoding import Line
from data.sources.files.layout import stories
from data.sources.files.press import factiva, nexis
from data.sources.files.press.lines import from_html, from_rtf, from_text, from_word
from data.sources.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.articles import Reject
    from data.sources.files.members import Member

WITHOUT_CODES = (
    "articles of Factiva without their codes (HD, PD, SN …); download them again as 'Full Article/Report plus Indexing'"
)


def read_rtf(member: Member) -> Iterator[Row | Reject]:
    """The articles of an RTF file."""
    return _articles(member, from_rtf)


def read_word(member: Member) -> Iterator[Row | Reject]:
    """The articles of a Word document."""
    return _articles(member, from_word)


def read_text(member: Member) -> Iterator[Row | Reject]:
    """The articles of a text file, whose lines `kind` knows."""
    return _articles(member, from_text)


def read_html(member: Member) -> Iterator[Row | Reject]:
    """The articles of a page saved from an archive; SourceError where it is another page."""
    found = from_html(member)
    articles = archived(found, member.name)
    if articles is None:
        raise SourceError(
            "a web page that holds no articles of Factiva or Nexis. Give its address, or save its text as plain text"
        )
    return articles


def kind(found: Sequence[str]) -> str:
    """Whose articles the lines are: Factiva, Nexis, or empty for any other text."""
    return "Factiva" if factiva.fits(found) else "Nexis" if nexis.fits(found) else ""


def archived(found: Sequence[str], file: str) -> Iterator[Row | Reject] | None:
    """The articles in lines of an archive; None where they are of none. SourceError where Factiva's codes lack."""
    archive = kind(found)
    if archive:
        return factiva.rows(found, file) if archive == "Factiva" else nexis.rows(found, file)
    if factiva.lacks_codes(found):
        raise SourceError(WITHOUT_CODES)
    return None


def _articles(member: Member, lines: Callable[[Member], list[str]]) -> Iterator[Row | Reject]:
    found = lines(member)
    if not any(map(str.strip, found)):
        raise SourceError("a document of Word, or in its format, that holds no text")
    articles = archived(found, member.name)
    return _plain(found, member.name) if articles is None else articles


def _plain(found: Sequence[str], file: str) -> Iterator[Row | Reject]:
    for story in stories(Line(number, text) for number, text in enumerate(found, 1)):
        yield Row({"title": story.title, "text": "\n\n".join(story.paragraphs)}, file, story.line)
