"""What all panels share: the card they stand in, their table twin, and figures whose marks are filters."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components import address, frontend
from components.theme import DARK, LIGHT, Figure, Palette
from components.wording import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from components.content import Content
    from components.view import View


def palette() -> Palette:
    """The colours of the theme that the reader has on."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@contextmanager
def card(
    name: str, title: str, view: View, corner: Callable[[], None] | None = None, more: Callable[[], None] | None = None
) -> Iterator[bool]:
    """A bordered card with its title; yields whether it is to show its table.

    `corner` draws its own switch, if any, and `more` the menu of what else can be done with it.
    """
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
            if more:
                more()
        yield tabled


def _turn(name: str) -> None:
    tables = address.read().view.tables
    left = [panel for panel in tables if panel != name]
    address.show(tables=tuple(left if name in tables else [*left, name]))


def switch(label: str, field: str, shown: str, options: Mapping[Any, str], *, key: str, **also: Any) -> None:
    """A switch between ways to show a panel: `field` of the view, what it is now, and the words for each value.

    `also` is set in the view along with it.
    """
    st.session_state[key] = shown
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: address.show(**{field: st.session_state[key]}, **also),
    )


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


def pickable(figure: Figure, *, name: str, alt: str, height: str = "", config: Mapping[str, Any] | None = None) -> None:
    """Draws a figure whose marks are filters: `customdata` of each mark holds facet, value, facet, value, ...

    `height` is a length of CSS; by default it is the pixels of the figure's layout.
    """
    _plot(figure, name, alt, height, config or {}, {"picked": pick})


def picked(content: Content, *, name: str, height: str = "", config: Mapping[str, Any] | None = None) -> None:
    """Draws the figure of a panel whose marks are filters."""
    if content.figure:
        pickable(content.figure(palette()), name=name, alt=content.alt, height=height, config=config)


def brushed(content: Content, *, name: str) -> None:
    """Draws the figure of a panel over time, in which dragging sideways chooses the days."""
    if content.figure:
        _plot(content.figure(palette()), name, content.alt, "", {}, {"brushed": _brush})


def _plot(
    figure: Figure,
    name: str,
    alt: str,
    height: str,
    config: Mapping[str, Any],
    on: Mapping[str, Callable[[Any], None]],
) -> None:
    data = {
        "figure": figure.to_json(),
        "height": height or f"{figure.layout['height']}px",
        "alt": alt,
        "config": dict(config),
        "pick": "picked" in on,
    }
    frontend.mount("plot", key=f"plot-{name}", data=data, on=on)


def pick(customdata: Any) -> None:
    """Chooses what a mark stands for, or takes it back."""
    address.select(address.read().edited.toggle_all(marks(customdata)))


def _brush(ends: Any) -> None:
    address.select(address.read().edited.between(*days(ends)))


def marks(customdata: Sequence[object]) -> tuple[tuple[str, str], ...]:
    """The (facet, value) pairs that a mark stands for."""
    words = [str(word) for word in customdata]
    return tuple(zip(words[::2], words[1::2], strict=True))


def days(ends: Sequence[str]) -> tuple[date, date]:
    """First and last day between two ends of a stretch of a time axis, in any order."""
    first, last = sorted(pd.Timestamp(end).date() for end in ends)
    return first, last
