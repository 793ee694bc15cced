"""Notes of a slide: everything that has no room on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from components.content import Apart, Ranked, Sentences
from components.exports.powerpoint.text import inert, leftward
from components.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from components.content import Cited, Content
    from components.report.document import Slide

LONGEST = 8_000
"""Characters of a line."""


def note(slide: Any, lines: Iterable[str]) -> None:
    """Writes the notes of a slide, a paragraph a line; those in Arabic, Hebrew and the like from right to left."""
    frame = slide.notes_slide.notes_text_frame or _added(slide.notes_slide)
    kept = [" ".join(inert(line[: 2 * LONGEST]).split())[:LONGEST] for line in lines]
    for n, line in enumerate(kept):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        if line:
            paragraph.add_run().text = line
        if leftward(line):
            paragraph._p.get_or_add_pPr().set("rtl", "1")
            paragraph.alignment = PP_ALIGN.RIGHT


def _added(notes: Any) -> Any:
    """A place for notes, where the notes master of a template has none."""
    notes.shapes.element.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Notes"/><p:cNvSpPr/><p:nvPr>'
            '<p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="4400550"/>'
            '<a:ext cx="5486400" cy="3600450"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
    )
    return notes.notes_text_frame


def lines_of(slide: Slide) -> Iterator[str]:
    """Title, note, what moved, figure in words, caption, method, all rows of lists, and the articles it names."""
    content = slide.content
    yield slide.sentence
    yield from (slide.note, slide.moved and f"Moved since it was pinned: {slide.moved}")
    yield content.empty if content.marks is None else content.alt
    yield content.caption
    yield ""
    yield from (f"{label}: {words}" for label, words in content.method.rows())
    rows = list(_rows(content))
    yield from ("", *rows) if rows else ()
    if content.cited:
        yield ""
        yield "Articles named here:"
        yield from map(reference, content.cited)


def _rows(content: Content) -> Iterator[str]:
    """Lists and sentences in full, as slides may cut them."""
    marks = content.marks
    if isinstance(marks, Ranked):
        for heading, entries in marks.parts:
            yield f"{heading}:"
            for entry in entries:
                number = " ".join(word for word in (entry.number, entry.noun) if word)
                bars = ", ".join(words for _, _, words in entry.bars)
                yield " · ".join(word for word in (entry.name, number, entry.about, entry.span, bars) if word)
    elif isinstance(marks, Sentences):
        yield from (f"“{said}” {reference(cited)}" for said, cited in marks.said)
    elif isinstance(marks, Apart):
        for word, examples in marks.examples.items():
            yield from (f"{word}: “{said}” {reference(cited)}" for said, cited in examples)


def reference(cited: Cited) -> str:
    """ "The Harbour Post, 2 May 2025: Title. https://…"."""
    head = ", ".join(word for word in (cited.publisher, day(cited.published)) if word)
    link = cited.url if cited.url.startswith(("http://", "https://")) else ""
    return f"{head}: {cited.title}. {link}".rstrip()
