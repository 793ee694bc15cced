"""What a slide shows of itself without leaving it: the articles behind a mark, its table, its method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import charts, frontend
from components.present.behind import behind, listed, said, sides
from components.present.pages import articles, rows
from components.report.building import asked
from components.wording import escape

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content
    from components.report.document import Document

ASKED_FOR = "slide-asked-for"
"""Key of the session state: (what, the marks that were picked), where what is articles, table or method."""


def draw_dialog(ask: Ask, document: Document, place: int) -> None:
    """Opens what was asked for of the slide at `place`, once."""
    what, picked = st.session_state.pop(ASKED_FOR, ("", ()))
    content = document.slides[place].content
    if what == "articles":
        _articles(asked(document.report.findings[place], ask), content, picked)
    elif what == "table":
        _table(content)
    elif what == "method":
        _method(content)


@st.dialog("Articles", width="large")
def _articles(ask: Ask, content: Content, picked: tuple[str, ...]) -> None:
    for side, selection in sides(ask):
        inside = behind(selection, content.panel, picked)
        cited, extent = listed(ask, inside)
        name = f"{side} · " if side else ""
        st.markdown(f"**{name}{escape(said(ask, inside))}**")
        st.caption(escape(extent))
        _list(f"behind-{side}", {"kind": "sources", "first": 1, "columns": False, "articles": articles(cited)})


@st.dialog("Table", width="large")
def _table(content: Content) -> None:
    st.markdown(f"**{escape(content.title)}**")
    charts.table(content.table, alt=content.alt, key="slide-table")
    st.caption(escape(content.caption))


@st.dialog("Method", width="large")
def _method(content: Content) -> None:
    _list("slide-method", rows(content.method))


def _list(key: str, block: dict[str, object]) -> None:
    frontend.mount("slide", key=key, data={"blocks": [block], "look": "list"}, on={})
