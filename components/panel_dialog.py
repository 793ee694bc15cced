"""A panel's own dialog: how its figures were made, and its files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components import panels
from components.cards import ASKED_FOR
from components.exports.names import stem
from components.wording import escape

if TYPE_CHECKING:
    from components.asking import Ask
    from components.content import Content


def draw(ask: Ask) -> None:
    """Opens the dialog of the panel that was asked for, if one was."""
    name = st.session_state.get(ASKED_FOR)
    if name in panels.PANELS:
        _dialog(panels.content(name, ask))


def _close() -> None:
    st.session_state.pop(ASKED_FOR, None)


@st.dialog("Method and files", width="large", on_dismiss=_close)
def _dialog(content: Content) -> None:
    said = (("Says", content.sentence),) if content.sentence else ()
    card = "".join(f"| {label} | {escape(words)} |\n" for label, words in (*said, *content.method.rows()))
    st.markdown(f"| Panel | {escape(content.title)} |\n|---|---|\n{card}")
    if content.marks is None:
        return
    with st.container(horizontal=True, gap="small"):
        for label, ending, mime, made in (
            ("Table (CSV)", "csv", "text/csv", _csv),
            ("Picture (PNG)", "png", "image/png", _png),
            ("Drawing (SVG)", "svg", "image/svg+xml", _svg),
        ):
            st.download_button(
                label,
                partial(made, content),
                file_name=f"{stem(content.title)}.{ending}",
                mime=mime,
                key=f"panel-{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _csv(content: Content) -> bytes:
    from components.exports.tables import csv_of

    return csv_of(content)


def _png(content: Content) -> bytes:
    from components.exports.drawing import png_of

    return png_of(content)


def _svg(content: Content) -> bytes:
    from components.exports.drawing import svg_of

    return svg_of(content).encode("utf-8", "replace")
