"""The present view: a report as slides over the whole page, one rerun a slide, each mark a way to its articles.

address (slide=3) --document, made once--> page 3 --draw--> title, figure, caption; the bar below them turns the pages
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from components import address, frontend
from components.present import pages
from components.present.dialogs import ASKED_FOR, draw_dialog
from components.present.making import DOCUMENTS
from components.report import keeping
from components.shown import shown
from components.wording import escape, plain
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.asking import Ask
    from components.present.pages import Block, Page
    from components.report.document import Document
    from components.report.findings import Report

_PINNED = "version-presented"
"""Key of the session state: the version of the store that a presentation has pinned, to be let go when it ends."""


def draw(ask: Ask, report: Report) -> None:
    """The slide that the address asks for: of `report`, or of what the page shows where nothing is pinned."""
    style = (frontend.FOLDER / "present.css").read_text(encoding="utf-8")
    st.html(f"<style>{style}</style>")
    ask = _on_one_version(ask)
    try:
        document = _document(ask, report)
    except NewsError as error:
        with st.container(key="slide"):
            st.error(escape(str(error)))
        _stage(1, 1, "Presentation", "", ())
        return
    all_pages = pages.pages(document)
    number = pages.bounded(ask.view.slide, len(all_pages))
    page = all_pages[number - 1]
    with st.container(key="slide"):
        _draw_page(document, page, number)
    more = _more(document, page)
    _stage(number, len(all_pages), document.title, pages.named(document, page), more)
    if page.kind == "finding":
        draw_dialog(ask, document, page.place)


def _on_one_version(ask: Ask) -> Ask:
    """The question to the version of the store that was open when the presentation began, so that no number moves.

    The address gets it with the first step: were it written at once, the browser's Back button would not get past it.
    """
    if ask.view.version or ask.source.version is None:
        return ask
    st.session_state[_PINNED] = str(ask.source.version)
    return replace(ask, view=replace(ask.view, version=st.session_state[_PINNED]))


def _document(ask: Ask, report: Report) -> Document:
    place = st.empty()

    def step(share: float, words: str) -> None:
        place.progress(share, text=escape(words))

    document = DOCUMENTS.get(ask, report, step)
    place.empty()
    return document


def _draw_page(document: Document, page: Page, number: int) -> None:
    if page.kind == "finding":
        _finding(document, page.place)
    elif page.kind == "opening":
        _words(pages.opening(document, keeping.broken()), f"fill-words-{number}", "opening", fill=True)
    elif page.kind == "method":
        _words(pages.method(document.method), f"fill-words-{number}", "list", fill=True)
    else:
        _words(pages.sources(document, page.place), f"fill-words-{number}", "list sources", fill=True)


def _finding(document: Document, place: int) -> None:
    slide = document.slides[place]
    _words(pages.head(slide), f"head-{place}")
    if slide.content.marks is None:
        _words([{"kind": "empty", "text": plain(slide.content.empty)}], f"fill-{place}", fill=True)
    else:
        shown(slide.content, key=f"fill-{place}", large=True, pick=_pick)
    _words(pages.foot(slide), f"foot-{place}")


def _words(blocks: list[Block], key: str, look: str = "", *, fill: bool = False) -> None:
    frontend.mount("slide", key=key, data={"blocks": blocks, "look": look, "large": fill}, on={}, fill=fill)


def _pick(picked: Sequence[str]) -> None:
    st.session_state[ASKED_FOR] = ("articles", tuple(map(str, picked)))


def _more(document: Document, page: Page) -> tuple[str, ...]:
    """What else a slide can show of itself."""
    if page.kind != "finding":
        return ()
    drawn = document.slides[page.place].content.marks is not None
    return ("table", "method", "articles") if drawn else ("method",)


def _stage(at: int, of: int, name: str, title: str, more: tuple[str, ...]) -> None:
    """The bar below the slides, which also takes the keys."""
    data = {"at": at, "of": of, "name": plain(name), "title": title, "more": list(more)}
    frontend.mount("stage", key="stage", data=data, on={"went": _go, "left": _leave, "asked": _ask_for})


def _go(number: int) -> None:
    version = address.read().view.version or st.session_state.get(_PINNED, "")
    address.show(slide=int(number), version=version)


def _leave(_: object) -> None:
    """Back to the page as it was: a version that only the presentation pinned is let go."""
    version = address.read().view.version
    own = st.session_state.pop(_PINNED, None) == version
    address.show(slide=0, version="" if own else version)


def _ask_for(what: str) -> None:
    st.session_state[ASKED_FOR] = (what, ())
