"""The list of all corrections: each can be undone, all can be saved and loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import corrections
from components.opening import kept
from components.wording import count, day, escape
from data.corrections import TagCorrection, dump

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.opening import Opened
    from data.corrections import Correction, Damaged

SHOWN = 50
"""Corrections that the list shows, the latest first; the file holds all."""


def button(opened: Opened) -> None:
    """Opens the list; the number is that of the corrections that hold."""
    held = len(opened.said.in_force)
    if not (held or opened.said.damaged or corrections.may_change()):
        return
    if st.button(f"Corrections ({held:,})" if held else "Corrections", key="corrections", icon=":material/edit_note:"):
        _list(opened)


@st.dialog("Corrections", width="large", on_dismiss="rerun")
def _list(opened: Opened) -> None:
    said = kept()  # as it stands now: the dialog stays open while corrections change
    held = said.in_force[::-1]
    st.caption(
        "What was put right by hand, the latest first. It is kept in a file of its own, apart from the articles, and "
        "applied again whenever articles are read."
        if held
        else "None so far. Open an article to take a tag off, to add one, or to say what a word means."
    )
    _damaged(said.damaged)
    titles = _titles(opened, held[:SHOWN])
    for each in held[:SHOWN]:
        _line(each, titles)
    if len(held) > SHOWN:
        st.caption(f"and {len(held) - SHOWN:,} earlier ones.")
    _whole(held)


def _damaged(bad: Sequence[Damaged]) -> None:
    if bad:
        told = "; ".join(f"line {each.line} {each.reason}" if each.line else each.reason for each in bad[:5])
        more = f"; and {len(bad) - 5:,} more" if len(bad) > 5 else ""
        st.warning(escape(f"{count(len(bad), 'lines')} of the file could not be read and stay in it: {told}{more}."))


def _titles(opened: Opened, held: Sequence[Correction]) -> dict[str, str]:
    """Titles of the articles that corrections are about."""
    found = opened.engine.texts([each.article for each in held if isinstance(each, TagCorrection)])
    return dict(zip(found["id"], found["title"], strict=True))


def _line(each: Correction, titles: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"correction-{each.id}"):
        what, *more = map(escape, lines(each, titles))
        st.markdown("  \n".join([f"**{what}**", *more]), width="stretch")
        if corrections.may_change():
            st.button(
                "Undo",
                key=f"undo-{each.id}",
                on_click=corrections.undo,
                args=(each.describe(), [each.id]),
            )


def lines(each: Correction, titles: Mapping[str, str]) -> list[str]:
    """What the list says of a correction: what was done, to which article, when and why."""
    said = [each.describe()]
    if isinstance(each, TagCorrection):
        said.append(titles.get(each.article, "In an article that is not among these"))
    return [*said, " · ".join(filter(None, (day(each.made.date()), each.note)))]


def _whole(held: Sequence[Correction]) -> None:
    with st.container(horizontal=True, key="corrections-whole"):
        if held:
            st.download_button(
                "Download", dump(held[::-1]), "corrections.jsonl", "application/jsonl", key="corrections-download",
                on_click="ignore",
            )  # fmt: skip
        if held and corrections.may_change():
            st.button("Undo all", key="corrections-undo-all", on_click=corrections.undo_all)
    if corrections.may_change():
        st.file_uploader(
            "Load a file of corrections", type=["jsonl", "json", "txt"], key="corrections-file", on_change=_loaded
        )


def _loaded() -> None:
    if file := st.session_state["corrections-file"]:
        corrections.load(file.getvalue())
