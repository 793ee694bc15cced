"""The page without its figures, for `tests.benchmarks.rerun`."""

from __future__ import annotations

import gc

import streamlit as st

from components import address, filters, kpis
from components.opening import Opened, begin


def draw(*, stock: bool) -> None:
    """Draws it; as `stock`, what is open is put back into the sight of the garbage collector."""
    st.set_page_config(layout="wide")
    state, begun = address.read(), begin()
    begun.done.wait()
    if stock:
        gc.unfreeze()
    if isinstance(begun.result, Opened):
        st.title("World News Themes")
        filters.draw(begun.result.engine, state.edited, state.view)
        kpis.draw(begun.result.engine, state.edited, state.view)
