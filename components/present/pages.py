"""The slides of a document in order: opening, one a finding, method, sources. What they say, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from components.wording import day, plain
from data.facets import FACETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.content import Cited
    from components.method import Method
    from components.report.document import Document, Slide

SOURCES = 18
"""Articles on one slide of sources, in two columns."""
Kind = Literal["opening", "finding", "method", "sources"]
Block = dict[str, Any]
"""A piece of text as the component "slide" draws it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One slide: what it is, and which of its kind (from 0)."""

    kind: Kind
    place: int = 0


def pages(document: Document) -> tuple[Page, ...]:
    """All slides in order."""
    findings = (Page("finding", place) for place in range(len(document.slides)))
    sources = (Page("sources", place) for place in range(-(-len(document.cited) // SOURCES)))
    return (Page("opening"), *findings, Page("method"), *sources)


def bounded(number: int, of: int) -> int:
    """The slide that is shown where `number` (from 1) is asked for: the last one, if there are not so many."""
    return min(max(number, 1), of)


def named(document: Document, page: Page) -> str:
    """What a slide is called, for those who do not see it."""
    if page.kind == "finding":
        return _line(document.slides[page.place].sentence)
    return {"opening": _line(document.title), "method": "Method", "sources": "Sources"}[page.kind]


def opening(document: Document, broken: str = "") -> list[Block]:
    """Title, subtitle, the data and when the slides were made; `broken` says why the findings are not the reader's."""
    rests = f"{document.method.data}. {document.method.numbers}, {document.method.dates}."
    return [
        {"kind": "title", "text": _line(document.title)},
        {"kind": "subtitle", "text": _line(document.subtitle)},
        {"kind": "made", "text": _line(rests)},
        {"kind": "made", "text": f"Made {day(document.made.date())}"},
        *([{"kind": "moved", "text": _line(broken)}] if broken else []),
    ]


def head(slide: Slide) -> list[Block]:
    """What stands above a figure: the sentence, and what changed since it was written."""
    moved = [{"kind": "moved", "text": _line(slide.moved)}] if slide.moved else []
    return [{"kind": "title", "text": _line(slide.sentence)}, *moved]


def foot(slide: Slide) -> list[Block]:
    """What stands below a figure: its author's note, and what is counted."""
    note = [{"kind": "note", "text": _line(slide.note)}] if slide.note.strip() else []
    return [*note, {"kind": "caption", "text": _line(slide.content.caption)}]


def method(card: Method) -> list[Block]:
    """The method of the whole."""
    return [{"kind": "title", "text": "Method"}, rows(card)]


def rows(card: Method) -> Block:
    """A method card as a list of labels and words."""
    return {"kind": "rows", "rows": [[label, plain(words)] for label, words in card.rows()]}


def sources(document: Document, place: int) -> list[Block]:
    """One slide of the cited articles."""
    first = place * SOURCES
    cited = document.cited[first : first + SOURCES]
    last = first + len(cited)
    part = f" ({first + 1}–{last})" if len(document.cited) > SOURCES else ""
    return [
        {"kind": "title", "text": f"Sources{part}"},
        {"kind": "caption", "text": _line(document.cited_of)},
        {"kind": "sources", "first": first + 1, "columns": True, "articles": articles(cited)},
    ]


def articles(cited: Sequence[Cited]) -> list[dict[str, str]]:
    """Articles as a list draws them: never a text of theirs."""
    return [
        {
            "title": _line(each.title) or "untitled",
            "publisher": _line(each.publisher) or FACETS["publisher"].missing,
            "when": day(each.published),
            "url": each.url,
            "language": each.language or "und",
        }
        for each in cited
    ]


def _line(text: str) -> str:
    return " ".join(plain(text).split())
