"""The address bar is the state: everything chosen stands in the query parameters and nowhere else.

A callback works out the next state and writes it here; the rerun that follows reads it back. So a link, a reload and
the browser's Back button restore the page without further code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from components.state import State

if TYPE_CHECKING:
    from data.selection import Selection


def read() -> State:
    """What the address bar says now."""
    return State.from_query({name: st.query_params.get_all(name) for name in st.query_params})


def select(selection: Selection) -> None:
    """Goes to another selection."""
    write(read().select(selection))


def show(**changes: Any) -> None:
    """Shows the same selection otherwise: names and values of View's fields."""
    write(read().show(**changes))


def toggle(facet: str, value: str) -> None:
    """Chooses a value of a facet, or takes it back: what a click on any mark does."""
    select(read().edited.toggle(facet, value))


def write(state: State) -> None:
    """Puts the state into the address bar."""
    st.query_params.from_dict(state.to_query())
