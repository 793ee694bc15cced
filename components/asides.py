"""Panels that take the place of another one on the page while they are asked for: in brief, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from components import address, cards, panels
from components.shown import shown
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.asking import Ask


def draw(name: str, ask: Ask, corner: Callable[[], None], below: Callable[[], None] | None = None) -> None:
    """The card of the panel `name`, with the switch of the card that it stands in for."""
    made = panels.content(name, ask)
    cards.panel(ask, made, lambda: shown(made, key=name), corner, below)


def since(ask: Ask) -> None:
    """Chooses the day, or the version of the store, that changes are looked for since."""
    totals = ask.engine.totals(Selection())
    version = ask.source.version
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="since"):
        if totals.first and totals.last:
            shown_day = _day(ask.view.since)
            st.session_state["since-day"] = shown_day
            st.date_input(
                "Since the day",
                value=shown_day,
                min_value=min(totals.first, shown_day or totals.first),
                max_value=max(totals.last, shown_day or totals.last),
                key="since-day",
                on_change=lambda: _since(st.session_state["since-day"]),
                width=160,
            )
        if version:
            number = ask.view.since.removeprefix("v")
            st.session_state["since-version"] = int(number) if number.isdecimal() else None
            st.number_input(
                "or the version",
                min_value=0,
                max_value=max(version - 1, 0),
                value=None,
                key="since-version",
                on_change=lambda: _since(st.session_state["since-version"]),
                width=160,
            )
        if ask.view.since:
            st.button("Latest period", key="since-latest", type="tertiary", on_click=_since, args=(None,))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _since(when: date | int | None) -> None:
    named = "" if when is None else f"v{when}" if isinstance(when, int) else when.isoformat()
    address.show(since=named)
