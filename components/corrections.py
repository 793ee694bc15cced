"""Corrections as the page makes them: each is written to the log, applied for every session, and can be undone at once.

Callbacks of the page call these before its next run; what is to be told or asked then waits in the session.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import streamlit as st

from components import frontend
from components.opening import Opened, begin
from components.wording import count, plain
from data.corrections import FACETS_CORRECTED, Correction, Log, TagCorrection, Undo, again, parse
from data.corrections.records import RuleFacet
from data.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.corrections import TagFacet

READ_ONLY = "--read-only"
"""Argument of the app that switches corrections off: for a server that strangers can reach."""
_TOLD, _ASKED = "corrections-told", "corrections-asked"
_MARKS: dict[str, TagFacet] = {name: name for name in FACETS_CORRECTED}
_RULED: dict[str, RuleFacet] = {name: name for name in get_args(RuleFacet)}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said at the foot of the window after a correction, and what its Undo takes back."""

    words: str
    events: tuple[Correction | Undo, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dialog is to ask about an article: a tag to add, or (with `facet` and `value`) how to read its words."""

    article: str
    facet: RuleFacet | None = None
    value: str = ""


def may_change() -> bool:
    """Whether visitors of this server may make and undo corrections."""
    return READ_ONLY not in sys.argv[1:]


def take_off(article: str, mark: str) -> None:
    """Takes a tag off an article; `mark` is its facet and value, as "topic=politics"."""
    facet, _, value = mark.partition("=")
    if facet in _MARKS and value:
        make(TagCorrection(article=article, facet=_MARKS[facet], value=value, action="remove"))


def make(correction: Correction) -> None:
    """Keeps a correction, applies it, and has it told with an Undo."""
    _change(correction.describe(), lambda log: log.add(correction))


def undo(words: str, ids: Sequence[str]) -> None:
    """Takes corrections back; `words` say which."""
    _change(f"Taken back: {words}", lambda log: log.undo(ids))


def undo_one(correction: str) -> None:
    """Takes the correction with this id back."""
    result = begin().result
    held = result.said.in_force if isinstance(result, Opened) else ()
    undo(next((each.describe() for each in held if each.id == correction), "a correction"), [correction])


def undo_all() -> None:
    """Takes all corrections back."""
    _change("All corrections taken back", Log.undo_all)


def load(raw: bytes) -> None:
    """Adds the corrections that hold in a file to those that are kept; what cannot be read is counted."""
    read = parse(raw)
    bad = f"; {count(len(read.damaged), 'lines')} could not be read" if read.damaged else ""
    words = f"{count(len(read.in_force), 'corrections')} loaded{bad}"
    _change(words, lambda log: log.add(*map(again, read.in_force)))


def _change(words: str, change: Callable[[Log], tuple[Correction | Undo, ...]]) -> None:
    if not may_change():
        return
    try:
        events = change(Log.of_user())
    except StoreError as error:
        st.session_state[_TOLD] = Told(str(error))
        return
    begin().refresh()
    st.session_state[_TOLD] = Told(words, events)


def _take_back(told: Told) -> None:
    """What the Undo at the foot of the window does."""
    try:
        Log.of_user().reverse(told.events)
    except StoreError as error:
        st.session_state[_TOLD] = Told(str(error))
        return
    begin().refresh()
    st.session_state[_TOLD] = Told("Undone")


def ask(article: str, what: str) -> None:
    """Has the next run of the page open a dialog: `what` is "add", or the mark of a tag whose words were misread."""
    facet, _, value = what.partition("=")
    if may_change():
        st.session_state[_ASKED] = Asked(article, _RULED.get(facet), value)


def asked() -> Asked | None:
    """What is to be asked in this run of the page, once."""
    waiting: Asked | None = st.session_state.pop(_ASKED, None)
    return waiting


def tell() -> None:
    """Says at the foot of the window what was just done, for one run of the page."""
    told: Told | None = st.session_state.pop(_TOLD, None)
    late = begin().applying
    follow = " The numbers of this page follow in a moment." if late and told else ""
    frontend.mount(
        "told",
        key="told",
        data={"words": plain(told.words) + follow if told else "", "undo": bool(told and told.events)},
        on={"undone": lambda _: _take_back(told) if told else None},
    )
    if late:
        st.session_state[_TOLD] = told
        _wait()


@st.fragment(run_every=1.0)
def _wait() -> None:
    """Draws the page anew when corrections have been applied behind it."""
    if not begin().applying:
        st.rerun()
