"""The compare view: two complete selections, A and B, beside each other on the same axes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from components import address, asking_slowly, cards, charts, panels
from components.filters import sentence
from components.shown import shown
from components.wording import escape, selected
from data.comparing.periods import previous_period, year_before
from data.selection import Selection

if TYPE_CHECKING:
    from components.asking import Ask
    from components.state import State

_SIDES = {"a": "A", "b": "B"}
_PRESETS = ("The period before A", "The same a year before", "All articles", "The same as A")
_ROWS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("compare-totals",),),
    (("compare-topics",), ("compare-regions", "compare-timeline")),
    (("compare-words",),),
    (("compare-map",),),
)
"""Rows of columns of panels."""


def draw(ask: Ask) -> None:
    """The two selections and every panel that compares them."""
    asking_slowly.panel(ask.engine, "sides", "A and B", lambda: _sides(ask))
    for row in _ROWS:
        for column, names in zip(st.columns(len(row)), row, strict=True):
            with column:
                for name in names:
                    _panel(name, ask)


def _panel(name: str, ask: Ask) -> None:
    def draw_panel() -> None:
        made = panels.content(name, ask)
        cards.panel(ask, made, lambda: shown(made, key=name))

    asking_slowly.panel(ask.engine, name, name.removeprefix("compare-").capitalize(), draw_panel)


def _sides(ask: Ask) -> None:
    """What A and B are, which of them filters and clicks change, and ways to set B."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sides"):
        st.text("Filters and clicks change", width="content")
        charts.switch("Filters change", "side", ask.view.side, _SIDES, key="side", page=1)
        st.button("Swap", key="swap", icon=":material/swap_horiz:", on_click=_swap)
        st.menu_button("Set B to", _PRESETS, key="preset", on_click=lambda: _preset(st.session_state["preset"], ask))
    for column, side, selection in zip(st.columns(2), _SIDES, (ask.selection, ask.other), strict=True):
        with column, st.container(border=True, key=f"side-{side}", height="stretch"):
            said = sentence(selection, ask.totals(selection), ask.unit, ask.say)
            whole = f"All {selected(ask.unit)}" if not selection else ""
            st.markdown(f"**{_SIDES[side]}** · {escape(whole) + ': ' if whole else ''}{said.split(' Click')[0]}")


def _swap() -> None:
    state = address.read()
    address.write(replace(state, a=state.b, b=state.a))


def _preset(what: str | None, ask: Ask) -> None:
    if what not in _PRESETS:
        return
    state = address.read()
    other = preset(what, state, ask)
    if other is None:
        st.toast("A has no dates to go back from.", icon=":material/event_busy:")
    else:
        address.write(replace(state, b=other))


def preset(what: str, state: State, ask: Ask) -> Selection | None:
    """The selection that a preset makes of A; None where A has no dates for it."""
    totals = ask.engine.totals(state.a)
    if what == _PRESETS[0]:
        return previous_period(state.a, totals)
    if what == _PRESETS[1]:
        return year_before(state.a, totals)
    return Selection() if what == _PRESETS[2] else state.a
