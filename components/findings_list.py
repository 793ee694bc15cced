"""The findings dialog: sentences and notes to edit, their order, and the file and the link that keep them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from components import address, export_dialog
from components.exports.names import stem
from components.report import keeping
from components.report.building import slide
from components.report.findings import LONGEST, Report, from_json, to_json
from components.wording import escape, plain
from data.errors import NewsError

if TYPE_CHECKING:
    from components.asking import Ask
    from components.report.document import Slide

_OPEN = "findings-open"


def button() -> None:
    """The button in the header; the number is that of the findings."""
    n = len(keeping.current().findings)
    st.button(f"Findings ({n:,})" if n else "Findings", key="findings", icon=":material/push_pin:", on_click=_open)


def _open() -> None:
    st.session_state[_OPEN] = True


def _close() -> None:
    st.session_state[_OPEN] = False


def draw(ask: Ask) -> None:
    """Opens the dialog if it is to be open."""
    if st.session_state.get(_OPEN):
        _dialog(ask)


@st.dialog("Findings", width="large", on_dismiss=_close)
def _dialog(ask: Ask) -> None:
    if not st.session_state.get(_OPEN):
        st.rerun()  # a click led elsewhere; by itself only the dialog is drawn anew
    if why := keeping.broken():
        st.warning(escape(why))
    report = keeping.current()
    if report:
        st.session_state["report-title"] = report.title
        st.text_input("Title", key="report-title", placeholder="What the news is about", on_change=_retitle)
    else:
        st.caption("None so far. Choose More, then Pin as a finding, on any panel; or open a report that was saved.")
    for place, finding in enumerate(report.findings):
        try:
            made = slide(finding, ask)
        except NewsError as error:
            made = None
            st.error(escape(str(error)))
        _finding(place, len(report.findings), report, made)
    if report and not keeping.fits():
        st.info("These findings are too many for a link: save them to keep them.")
    _whole(report)


def _finding(place: int, of: int, report: Report, made: Slide | None) -> None:
    finding = report.findings[place]
    with st.container(border=True, key=f"finding-{place}"):
        if made:
            st.caption(escape(f"{place + 1}. {made.content.title}: {made.content.method.selection}"))
        for column, name in zip(st.columns([3, 2]), ("sentence", "note"), strict=True):
            key = f"finding-{name}-{place}"
            st.session_state[key] = getattr(finding, name)
            with column:
                st.text_input(
                    name.capitalize(),
                    key=key,
                    max_chars=LONGEST,
                    placeholder="What you want to say about it" if name == "note" else "",
                    on_change=_say,
                    args=(place, name, key),
                )
        if made and made.moved:
            st.warning(escape(made.moved), icon=":material/sync_problem:")
        with st.container(horizontal=True, gap="small"):
            st.button("Up", key=f"finding-up-{place}", disabled=place == 0, on_click=_move, args=(place, -1))
            st.button("Down", key=f"finding-down-{place}", disabled=place == of - 1, on_click=_move, args=(place, 1))
            st.button("Show", key=f"finding-show-{place}", help="Go to its selection", on_click=_show, args=(place,))
            if finding.suggested and finding.sentence != finding.suggested:
                st.button("As suggested", key=f"finding-reset-{place}", on_click=_reset, args=(place,))
            st.button("Remove", key=f"finding-remove-{place}", type="tertiary", on_click=_remove, args=(place,))


def _retitle() -> None:
    keeping.keep(replace(keeping.current(), title=st.session_state["report-title"][:LONGEST]))


def _say(place: int, name: str, key: str) -> None:
    words = st.session_state[key]
    report = keeping.current()
    keeping.keep(report.change(place, sentence=words) if name == "sentence" else report.change(place, note=words))


def _reset(place: int) -> None:
    report = keeping.current()
    keeping.keep(report.change(place, sentence=report.findings[place].suggested))


def _move(place: int, by: int) -> None:
    keeping.keep(keeping.current().move(place, by))


def _remove(place: int) -> None:
    keeping.keep(keeping.current().remove(place))


def _show(place: int) -> None:
    """Goes to what the finding shows; the findings stay."""
    finding = keeping.current().findings[place]
    address.write(address.read().at(finding.parameters()))
    _close()


def _whole(report: Report) -> None:
    """What can be done with all of them."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if report:
            st.button("Present", key="findings-present", icon=":material/slideshow:", type="primary", on_click=_present)
            st.button("Export", key="findings-export", icon=":material/download:", on_click=_export)
            st.download_button(
                "Save",
                to_json(report).encode("utf-8", "replace"),
                file_name=f"{stem(plain(report.title), 'findings')}.json",
                mime="application/json",
                key="findings-save",
                icon=":material/save:",
                help="A small file that this dashboard opens again",
                on_click="ignore",
            )
            st.button("Remove all", key="findings-clear", type="tertiary", on_click=_clear)
    opened = st.file_uploader("Open a saved report", type=["json"], key="findings-file", max_upload_size=5)
    if opened is not None and st.session_state.get("findings-read") != opened.file_id:
        st.session_state["findings-read"] = opened.file_id
        try:
            keeping.keep(from_json(opened.getvalue()))
        except NewsError as error:
            st.error(escape(str(error)))
        else:
            st.rerun()


def _present() -> None:
    _close()
    address.show(slide=1)


def _export() -> None:
    _close()
    export_dialog.ask_for("findings")


def _clear() -> None:
    keeping.keep(Report())
