"""The address bar is the state: everything chosen stands in the query parameters and nowhere else.

A callback works out the next selection or view and writes it here; the rerun that follows reads it back. So a link, a
reload and the browser's Back button restore the page without further code.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.engines import UNITS
from data.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.engines import Unit


@dataclass(frozen=True, slots=True)
class View:
    """How the page shows a selection. A field is left out of the address while it has its default."""

    map: str = "about"
    """What the map counts: the countries that articles are "about", or where they are "published"."""
    cloud: str = "frequent"
    """Which words the cloud shows: "frequent" or "distinctive"."""
    unit: Unit = "articles"
    """What every number of the page counts."""
    top: str = "largest"
    """Which stories come first: the "largest" or the "growing"."""
    emerging: str = "rising"
    """What the card of emerging themes shows: what is "rising", or the "themes" discovered."""
    copies: str = "hidden"
    """Whether the list of articles has copies on lines of their own: "hidden" or "shown"."""
    tables: tuple[str, ...] = ()
    """Panels that show their table instead of their figure."""
    order: str = "newest"
    page: int = 1
    """Page of the list of stories, from 1."""
    article: str = ""
    """Id of the article whose evidence is open."""
    version: str = ""
    """Number of the version of the store that is shown whatever is added later; empty for the latest."""

    def to_query(self) -> dict[str, list[str]]:
        """The view as parameters of an address, defaults left out."""
        shown = {field.name: getattr(self, field.name) for field in fields(self)}
        changed = {name: value for name, value in shown.items() if value != _DEFAULTS[name]}
        return {name: list(value) if isinstance(value, tuple) else [str(value)] for name, value in changed.items()}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> View:
        """Reads the parameters of an address; what is not understood is passed over."""
        known: dict[str, Any] = {}
        for name, default in _DEFAULTS.items():
            values = query.get(name, ())
            if isinstance(default, tuple):
                known[name] = tuple(values)
            elif isinstance(default, int):
                known[name] = int(values[0]) if values and values[0].isdecimal() else default
            elif values and values[0] in _CHOICES.get(name, values):
                known[name] = values[0]
        return cls(**known)


_CHOICES = {
    "map": ("about", "published"),
    "cloud": ("frequent", "distinctive"),
    "unit": UNITS,
    "top": ("largest", "growing"),
    "emerging": ("rising", "themes"),
    "copies": ("hidden", "shown"),
    "order": ("newest", "oldest"),
}
_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(View)}


def read() -> tuple[Selection, View]:
    """What the address bar says now."""
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    return Selection.from_query(query), View.from_query(query)


def select(selection: Selection) -> None:
    """Goes to another selection; the list of stories starts again at its top."""
    _, view = read()
    _write(selection, replace(view, page=1, article=""))


def show(**changes: Any) -> None:
    """Shows the same selection otherwise: names and values of View's fields."""
    selection, view = read()
    _write(selection, replace(view, **changes))


def toggle(facet: str, value: str) -> None:
    """Chooses a value of a facet, or takes it back: what a click on any mark does."""
    selection, _ = read()
    select(selection.toggle(facet, value))


def _write(selection: Selection, view: View) -> None:
    st.query_params.from_dict(selection.to_query() | view.to_query())
