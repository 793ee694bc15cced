"""PDF, as a program that is not ours reads it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument, raw

from components.exports import write
from components.exports.drawing.appendix import shown
from components.exports.drawing.pages import BOTTOM, WIDTH, finding
from components.exports.drawing.primitives import Text
from components.exports.drawing.text import width
from data.errors import StoppedError
from tests.documents import CITED, KINDS, content, document
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from components.content import Cited


@cache
def made() -> bytes:
    """The usual document."""
    return write(document(), "pdf")


def text_of(file: bytes) -> str:
    """All text of a PDF file, with the marks of direction that the reader puts in left out."""
    with PdfDocument(file) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return re.sub("[\u202a-\u202e\u200e\u200f\ufffe]", "", "\n".join(pages))


def letters(text: str) -> str:
    """Only what is not space, which readers put where they see fit."""
    return "".join(text.split())


def test_every_page_has_its_words() -> None:
    told = document()
    said = letters(text_of(made()))
    for slide in told.slides:
        for words in (slide.sentence, slide.content.caption, slide.note):
            assert letters(words) in said
    for label, words in told.method.rows():
        assert letters(label) in said
        assert letters(words) in said
    assert "Changedsinceitwaspinned:was37%" in said
    assert letters(told.cited_of) in said
    assert "Noarticlesmatch." in said


@pytest.mark.parametrize("cited", CITED, ids=lambda cited: cited.language)
def test_titles_can_be_searched_in_every_script(cited: Cited) -> None:
    found = text_of(made())
    words = cited.title.split()
    assert all(word in found or word[::-1] in found for word in words)


def test_every_number_is_there_to_the_digit() -> None:
    found = set(re.findall(r"[\d,]+", text_of(made())))
    for panel in KINDS:
        table = content(panel).table
        for name in table.columns:
            for value in table[name].tolist():
                if isinstance(value, int) and not isinstance(value, bool):
                    assert f"{value:,}" in found, (panel, name, value)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Articles", 1204, "1,204"),
        ("Share", 0.381, "38 %"),
        ("A share", 0.004, "under 1 %"),
        ("Lowest", -0.04, "−4 %"),
        ("z", 6.1, "6.1"),
        ("Share", None, "–"),
        ("clear", True, "yes"),
    ],
)
def test_cells_are_printed_as_on_the_page(column: str, value: float | None, words: str) -> None:
    assert shown(column, value) == words


def test_outline_title_language_and_tags() -> None:
    told = document()
    with PdfDocument(made()) as pdf:
        titles = [(each.level, each.get_title()) for each in pdf.get_toc()]
        assert pdf.get_metadata_dict()["Title"] == told.title
        assert raw.FPDFCatalog_IsTagged(pdf)
        assert len(pdf) > len(told.slides) + 3
    assert titles[0] == (0, "Opening")
    assert titles[1] == (0, f"1. {told.slides[0].sentence}")
    assert [name for level, name in titles if not level][-3:] == ["Method", "Figures", "Sources"]
    assert sum(level for level, _ in titles) == len(told.slides)
    assert b"/Lang (en-GB)" in made()
    assert b"/S /Figure" in made()
    assert b"/Alt " in made()
    assert b"/S /H1" in made()


def links(file: bytes) -> set[str]:
    """Addresses that the file opens."""
    return {each.decode() for each in re.findall(rb"/URI \(([^)]*)\)", file)}


def test_links_are_only_those_of_the_web() -> None:
    told = document()
    bad = ("javascript:alert(1)", "file:///etc/passwd", "", "data:text/html,x")
    hostile = replace(told, cited=tuple(replace(CITED[0], url=url) for url in bad), slides=())
    assert links(made()) == {cited.url for cited in CITED if cited.url}
    assert links(write(hostile, "pdf")) == set()
    assert b"/JavaScript" not in made()
    assert b"/Launch" not in made()


def test_any_text_makes_a_file_that_opens() -> None:
    texts = [made_up(3_000) for made_up in HOSTILE.values()]
    told = document(title=texts[0])
    slides = tuple(
        replace(slide, sentence=text, note=text, moved=text, content=replace(slide.content, caption=text, alt=text))
        for slide, text in zip(told.slides[:1] * len(texts), texts, strict=True)
    )
    cited = tuple(replace(CITED[0], title=t, publisher=t, url=f"https://example.org/{t[:50]}") for t in texts)
    hostile = replace(told, slides=slides, cited=cited, subtitle=texts[2])
    with PdfDocument(write(hostile, "pdf")) as pdf:
        assert len(pdf) >= len(texts) + 4


def test_long_sentences_are_whole_among_the_figures() -> None:
    long = " ".join(f"word{n}" for n in range(300))
    told = document(sentence=long)
    told = replace(told, slides=told.slides[:1])
    assert letters(long) in letters(text_of(write(told, "pdf")))


@pytest.mark.parametrize("note", ["", "Said in the meeting. " * 60])
@pytest.mark.parametrize("panel", KINDS)
def test_a_finding_stays_on_its_page(panel: str, note: str) -> None:
    told = document(note=note, sentence="A finding with many words in its title " * 6)
    slide = next(s for s in told.slides if s.content.panel == panel)
    for group in finding(slide, 1).groups:
        for mark in group.marks:
            if isinstance(mark, Text) and mark.at == "start" and not mark.turned:
                assert mark.x + width(mark.text, mark.size, mark.bold) <= WIDTH - 40
                assert mark.y <= BOTTOM + 2


def test_it_can_be_stopped_and_says_how_far_it_is() -> None:
    seen: list[float] = []

    def step(share: float, words: str) -> None:
        seen.append(share)
        if share > 0.5:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(document(), "pdf", step=step)
    assert seen == sorted(seen)
    assert len(seen) > 12


def test_same_document_makes_the_same_file() -> None:
    assert write(document(), "pdf") == made()


def test_it_opens_in_a_reader_and_draws_something_on_each_page() -> None:
    with PdfDocument(io.BytesIO(made())) as pdf:
        for page in pdf:
            colours = page.render(scale=0.5).to_pil().convert("L").getextrema()
            assert colours[0] < 120
            assert colours[1] == 255
