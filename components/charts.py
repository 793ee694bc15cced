"""What all panels share: the card they stand in, their table twin, and figures whose marks are filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import address
from components.theme import DARK, LIGHT, Palette
from components.wording import escape

if TYPE_CHECKING:
    from datetime import date

    import plotly.graph_objects as go

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def palette() -> Palette:
    """The colours of the theme that the reader has on."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@contextmanager
def card(name: str, title: str, view: address.View, corner: Callable[[], None] | None = None) -> Iterator[bool]:
    """A bordered card with its title; yields whether it is to show its table. `corner` draws its own switch, if any."""
    with st.container(border=True, key=f"card-{name}", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"head-{name}", gap="small"):
            st.header(title, anchor=False, width="stretch")
            if corner:
                corner()
            tabled = name in view.tables
            st.button(
                "Chart" if tabled else "Table",
                key=f"table-{name}",
                icon=":material/bar_chart:" if tabled else ":material/table_rows:",
                type="tertiary",
                help=f"Show {title.lower()} as a {'chart' if tabled else 'table'}",
                on_click=_turn,
                args=(name,),
            )
        yield tabled


def _turn(name: str) -> None:
    _, view = address.read()
    left = [panel for panel in view.tables if panel != name]
    address.show(tables=tuple(left if name in view.tables else [*left, name]))


def table(frame: pd.DataFrame, *, alt: str, key: str) -> None:
    """The table twin of a figure. Columns named "Share" hold 0 to 1."""
    shares = {name: st.column_config.NumberColumn(format="percent") for name in frame.columns if name in _SHARES}
    st.dataframe(frame, hide_index=True, key=key, column_config=shares, width="stretch", height=380, alt=alt)


_SHARES = ("Share", "Lowest", "Highest")


def empty(text: str) -> None:
    """What a card says instead of drawing nothing."""
    st.info(escape(text), icon=":material/filter_alt_off:")


def note(text: str) -> None:
    """The line below a figure that says what is counted; `text` may hold words from outside."""
    st.caption(escape(text))


def pickable(
    figure: go.Figure, *, name: str, alt: str, config: Mapping[str, Any] | None = None, stretch: bool = False
) -> None:
    """Draws a figure whose marks are filters: `customdata` of each mark holds facet, value, facet, value, ...

    With `stretch` the figure is as high as its container, else as high as its layout says.
    """
    key = _key(name)
    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config={**CONFIG, **(config or {})},
        on_select=lambda: _pick(name, key),
        selection_mode="points",
        alt=alt,
        height="stretch" if stretch else "content",
    )


def brushable(figure: go.Figure, *, name: str, alt: str) -> None:
    """Draws a figure over time in which dragging sideways chooses the days."""
    key = _key(name)
    st.plotly_chart(
        figure, key=key, theme=None, config=CONFIG, on_select=lambda: _brush(name, key), selection_mode="box", alt=alt
    )


def _key(name: str) -> str:
    """A key that changes after every pick, so that Plotly forgets its own selection and a second click arrives."""
    return f"{name}-{st.session_state.get(f'picks-{name}', 0)}"


def _renew(name: str) -> None:
    st.session_state[f"picks-{name}"] = st.session_state.get(f"picks-{name}", 0) + 1


def _pick(name: str, key: str) -> None:
    marks = picked(st.session_state[key])
    if marks:
        selection, _ = address.read()
        address.select(selection.toggle_all(marks))
        _renew(name)


def _brush(name: str, key: str) -> None:
    days = brushed(st.session_state[key])
    if days:
        selection, _ = address.read()
        address.select(selection.between(*days))
        _renew(name)


def picked(event: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The (facet, value) pairs of the first mark in a selection event; empty when none was hit."""
    for point in event["selection"]["points"]:
        data = point.get("customdata") or ()
        if isinstance(data, Mapping):
            data = [data[key] for key in sorted(data)]
        return tuple(zip(map(str, data[::2]), map(str, data[1::2]), strict=False))
    return ()


def brushed(event: Mapping[str, Any]) -> tuple[date, date] | None:
    """First and last day of a box drawn over a time axis, or None."""
    for box in event["selection"].get("box", ()):
        if len(box.get("x", ())) >= 2:
            first, last = sorted(pd.Timestamp(x).date() for x in box["x"][:2])
            return first, last
    return None
