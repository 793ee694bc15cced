"""The row of filters, the chips of what is chosen, and the sentence that says it with its numbers.

Every widget shows what the address bar says and writes its change there; none of them holds state of its own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import address, charts
from components.naming import naming
from components.wording import COUNTED, count, escape, percent, plain, selected
from data import geography
from data.engines import UNITS
from data.facets import FACETS, NONE
from data.selection import Selection, facet_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from components.view import View
    from data.engines import Engine, Totals, Unit
    from data.selection import Naming

MOST_OPTIONS = 400
"""Values offered by a list; one that is rarer can be chosen by clicking a mark or in the table of its panel."""


def draw(engine: Engine, selection: Selection, view: View) -> None:
    """The whole filter bar."""
    say = naming(engine)
    with st.container(horizontal=True, vertical_alignment="center", key="filters", gap="small"):
        _search(selection)
        with _menu("About", selection, "region", "country"):
            _region_menu(engine, selection)
        for name in ("topic", "keyword", "published_in", "publisher", "language"):
            with _menu(FACETS[name].label, selection, name, *(["subtopic"] if name == "topic" else [])):
                _list(FACETS[name].label, name, options(engine, selection, name), selection)
                if name == "topic":
                    _list(FACETS["subtopic"].label, "subtopic", options(engine, selection, "subtopic"), selection)
        with _menu("Dates", selection, "day"):
            _dates(engine, selection)
        st.button(
            "Clear all",
            key="clear",
            icon=":material/close:",
            type="tertiary",
            disabled=not selection,
            on_click=_clear,
            shortcut="Ctrl+Shift+L",
        )
    _chips(selection, say)
    with st.container(horizontal=True, vertical_alignment="center", key="counted"):
        with st.container(key="sentence", width="stretch"):
            if view.mode == "explore":  # a comparison says both of its selections itself
                st.markdown(sentence(selection, engine.totals(selection, view.unit), view.unit, say))
        _units(view)


_NUMBERS = {"counts": "Numbers", "shares": "Shares"}


def _units(view: View) -> None:
    """The switches of what every number counts, and whether marks show it or its share."""
    st.session_state["unit"] = view.unit
    with st.container(horizontal=True, vertical_alignment="center", key="units", width="content", gap="small"):
        if view.mode == "explore":
            charts.switch("Marks show", "numbers", view.numbers, _NUMBERS, key="numbers")
        st.text("Count", width="content")
        st.segmented_control(
            "Count",
            UNITS,
            format_func=str.capitalize,
            key="unit",
            label_visibility="collapsed",
            required=True,
            help="What every number of the page counts. " + ". ".join(map(str.capitalize, COUNTED.values())) + ".",
            on_change=lambda: address.show(unit=st.session_state["unit"]),
        )


def _clear() -> None:
    address.select(Selection())


def _menu(label: str, selection: Selection, *facets: str) -> Any:
    chosen = sum(len(selection.chosen(name)) for name in facets)
    chosen += bool("day" in facets and (selection.first or selection.last))
    return st.popover(f"{label} · {chosen}" if chosen else label, key=f"menu-{facets[0]}", width="content")


def options(engine: Engine, selection: Selection, name: str) -> list[str]:
    """Values that a list offers: those with articles under the other filters, most first, and the chosen ones."""
    counted = engine.counts(selection.without(name), (name,))[name].head(MOST_OPTIONS)
    return list(dict.fromkeys([*counted, *selection.chosen(name)]))


def _list(label: str, name: str, values: Sequence[str], selection: Selection) -> None:
    key = f"filter-{name}"
    st.session_state[key] = list(selection.chosen(name))
    st.multiselect(
        label,
        values,
        key=key,
        format_func=lambda value: escape_option(FACETS[name].text(value)),
        placeholder=f"Any {label.lower()}" if name != "published_in" else "Anywhere",
        on_change=lambda: _choose(name, st.session_state[key]),
    )


@lru_cache(maxsize=10_000)
def escape_option(text: str) -> str:
    """A value as an option of a list, which shows plain text."""
    return " ".join(plain(text).split())


def _choose(name: str, values: Sequence[str]) -> None:
    selection = address.read().edited
    address.select(selection.choose(name, values))


def _region_menu(engine: Engine, selection: Selection) -> None:
    """Regions open into their parts, and those into countries; named groups stand beside them."""
    chosen = selection.chosen("region")
    levels = region_levels(chosen)
    offered = [name for _, names in levels for name in names]
    for label, names in levels:
        key = f"filter-region-{label}"
        st.session_state[key] = [name for name in names if name in chosen]
        st.pills(
            label,
            names,
            selection_mode="multi",
            key=key,
            format_func=FACETS["region"].text,
            on_change=_toggle_regions(key, [name for name in names if name in chosen]),
        )
    rest = [name for name in chosen if name not in offered]
    if rest:
        st.caption(f"Also chosen: {escape(', '.join(map(FACETS['region'].text, rest)))}")
    _list("Countries", "country", country_options(engine, selection), selection)


def _toggle_regions(key: str, before: Sequence[str]) -> Callable[[], None]:
    def change() -> None:
        selection = address.read().edited
        for name in set(before) ^ set(st.session_state[key]):
            selection = selection.toggle("region", name)
        address.select(selection)

    return change


def region_levels(chosen: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The rows of the region menu: the regions, the named groups, and for every chosen region its parts."""
    levels = [("Regions", [*(region.name for region in geography.REGIONS), NONE]), ("Groups", list(geography.GROUPS))]
    for top in geography.REGIONS:
        for region in top.walk():
            opened = region.name in chosen or any(part.name in chosen for sub in region.parts for part in sub.walk())
            if opened and region.parts:
                levels.append((f"Parts of {region.name}", [part.name for part in region.parts]))
    return levels


def country_options(engine: Engine, selection: Selection) -> list[str]:
    """Countries of the chosen regions (of all, if none is chosen), most articles first."""
    inside: set[str] = set()
    for name in selection.chosen("region"):
        inside |= geography.members(name) if name in geography.REGION_NAMES else set()
    values = options(engine, selection.without("region"), "country")
    return [code for code in values if not inside or code in inside or code in selection.chosen("country")]


def _search(selection: Selection) -> None:
    st.session_state["filter-text"] = selection.text
    st.text_input(
        "Search",
        key="filter-text",
        placeholder='Search: words, "a phrase", -not',
        label_visibility="collapsed",
        icon=":material/search:",
        width=260,
        on_change=_find,
    )


def _find() -> None:
    selection = address.read().edited
    address.select(replace(selection, text=st.session_state["filter-text"].strip()))


def _dates(engine: Engine, selection: Selection) -> None:
    totals = engine.totals(Selection())
    if totals.first and totals.last:
        _date_range(selection, totals.first, totals.last)
    if totals.undated:
        st.session_state["filter-undated"] = bool(selection.chosen("day"))
        st.checkbox(f"Only undated ({totals.undated:,})", key="filter-undated", on_change=_undated)


def _date_range(selection: Selection, first: date, last: date) -> None:
    shown = (selection.first or first, selection.last or last)
    # A range with one end picked so far is left alone, else the second click could never come.
    if len(st.session_state.get("filter-dates", shown)) == 2:
        st.session_state["filter-dates"] = shown
    low, high = min(first, shown[0]), max(last, shown[1])
    st.date_input(
        "From and to", value=shown, min_value=low, max_value=high, key="filter-dates", on_change=_range(first, last)
    )


def _range(first: date, last: date) -> Callable[[], None]:
    def change() -> None:
        days = st.session_state["filter-dates"]
        if len(days) == 2:
            selection = address.read().edited
            whole = tuple(days) == (first, last)
            address.select(selection.between(None, None) if whole else selection.between(*days))

    return change


def _undated() -> None:
    selection = address.read().edited
    only = [NONE] if st.session_state["filter-undated"] else []
    address.select(selection.between(None, None).choose("day", only))


def _chips(selection: Selection, say: Naming) -> None:
    """What is chosen, a button each that takes it back.

    The row is there when it is empty too: were it not, all that follows would change places and be drawn anew.
    """
    with st.container(horizontal=True, key="chips", gap="small"):
        for key, label, left in chips(selection, say):
            st.button(
                escape(label),
                key=f"chip-{key}",
                icon=":material/close:",
                on_click=address.select,
                args=(left,),
                help="Take back",
            )


def chips(selection: Selection, say: Naming = facet_text) -> list[tuple[str, str, Selection]]:
    """(key, words, the selection without it) of every value chosen."""
    found = [
        (f"{name}-{value}", f"{FACETS[name].label}: {say(name, value)}", selection.toggle(name, value))
        for name, values in selection.values
        for value in values
    ]
    if selection.first or selection.last:
        words = Selection(first=selection.first, last=selection.last).describe("").strip()
        found.append(("days", words, selection.between(None, None)))
    if selection.text:
        found.append(("text", f"Says: {selection.text}", replace(selection, text="")))
    return found


def sentence(selection: Selection, totals: Totals, unit: Unit = "articles", say: Naming = facet_text) -> str:
    """The selection in words with its numbers, as Markdown: "**12 of 240 articles** (5 %): Articles on Politics."."""
    numbers = f"**{totals.n:,} of {count(totals.of, unit)}**"
    if not selection:
        return f"**All {count(totals.of, unit)}**. Click anything on this page to filter by it.{_corrected(totals)}"
    share = percent(totals.n / totals.of) if totals.of else "0 %"
    return f"{numbers} ({share}): {escape(selection.describe(selected(unit), say))}.{_corrected(totals)}"


def _corrected(totals: Totals) -> str:
    """ " 3 corrections apply.", where any does."""
    n = totals.corrections
    return f" {count(n, 'corrections')} {'applies' if n == 1 else 'apply'}." if n else ""
