"""A panel's card on the page: its content as figure or table, and the menu of what else can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import charts
from components.report import keeping

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.asking import Ask
    from components.content import Content

_PIN, _METHOD, _SAVE = "Pin as a finding", "Method", "Download"


def panel(
    ask: Ask,
    content: Content,
    shown: Callable[[], None],
    corner: Callable[[], None] | None = None,
    below: Callable[[], None] | None = None,
) -> None:
    """The card of a panel: `shown` draws its figure; `corner` its own switch, `below` what stands under it, if any."""

    def more() -> None:
        _menu(ask, content)

    with charts.card(content.panel, content.title, ask.view, corner, more) as tabled:
        if content.empty:
            charts.empty(content.empty)
        if content.marks_of:
            if tabled:
                charts.table(content.table, alt=content.title, key=f"rows-{content.panel}")
            else:
                shown()
        if below:
            below()
        charts.note(" ".join(filter(None, (content.caption, content.hint))))


def _menu(ask: Ask, content: Content) -> None:
    key = f"more-{content.panel}"
    st.menu_button(
        ":material/more_vert:",
        [_PIN, _METHOD, _SAVE] if content.marks_of else [_METHOD],
        key=key,
        type="tertiary",
        help=f"Pin, explain or save {content.title.lower()}",
        on_click=lambda: _chosen(st.session_state[key], ask, content),
    )


def _chosen(what: str | None, ask: Ask, content: Content) -> None:
    if what == _PIN:
        keeping.pin(ask, content)
    elif what:
        st.session_state[ASKED_FOR] = content.panel


ASKED_FOR = "panel-asked-for"
"""Key of the session state: the panel whose method or files the reader wants to see."""
