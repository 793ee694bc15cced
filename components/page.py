"""The page from top to bottom: read the address, ask the engine, draw the panels in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from components import (
    about,
    add_news,
    address,
    asking_slowly,
    charts,
    correcting,
    corrections_list,
    emerging,
    export_dialog,
    filters,
    findings_list,
    frontend,
    keyword_cloud,
    kpis,
    panel_dialog,
    region_topic,
    sign_in,
    stories,
    timeline,
    top_stories,
    topics,
    turns,
    world_map,
)
from components.asking import Ask
from components.opening import Opened, Opening, begin, source
from components.report import keeping
from components.wording import count, escape
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.state import State
    from data.engines import Engine

TITLE = "World News Themes"
ICON = frontend.FOLDER / "icon.png"

_STYLE = """
<style>
[data-testid=stLayoutWrapper]:has(> .st-key-title) { min-width: min(20rem, 100%); }
@media (max-width: 640px) { .st-key-units [data-testid=stText] { display: none; } }
.st-key-title h1 { padding: 0; line-height: 1.2; }
.st-key-title [data-testid=stMarkdownContainer] { margin-bottom: 0; }
.st-key-title p { font-size: .875rem; }
.stMainBlockContainer { padding: 1.6rem 1.6rem 3rem; max-width: 2200px; }
.st-key-filters [data-testid=stPopover] button { white-space: nowrap; }
[data-testid=stCaptionContainer] { color: inherit; opacity: .82; }
[class*=st-key-card-] { padding: .9rem 1rem .6rem; }
.st-key-kpis [data-testid=stMetric] { padding: .5rem .9rem; min-width: 150px; }
.st-key-kpis [data-testid=stMetric] > div { padding: 0; }
.st-key-kpis [data-testid=stMetricValue] { font-size: 1.45rem; font-weight: 650; }
.st-key-kpis [data-testid=stMetricDelta] { background: none; padding: 0; color: inherit; opacity: .82; }
</style>
"""


def draw() -> None:
    """Draws the whole page for what the address bar says."""
    st.set_page_config(page_title=TITLE, page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    sign_in.gate()
    state = address.read()
    version = state.view.version
    opened = _wait(begin(int(version) if version.isdecimal() else None))
    ask = Ask(opened.engine, state.a, state.view, source(opened), state.b, _older if opened.store else None)
    if state.view.slide:
        from components import present  # loaded by those who present

        present.draw(ask, keeping.current())
        return
    _header(opened, state)
    patient = replace(ask, engine=asking_slowly.patient(opened.engine))
    _panel("filters", "Filters", patient, lambda ask: filters.draw(ask.engine, state.edited, state.view))
    if state.view.mode == "compare":
        from components import comparing  # with its statistics it is loaded by those who compare

        comparing.draw(patient)
    elif asking_slowly.is_slow(patient.engine):
        _explore(patient)
    else:
        with turns.turn():
            _explore(patient)
    correcting.draw(opened)
    add_news.draw(opened)
    panel_dialog.draw(ask)
    findings_list.draw(ask)
    export_dialog.draw(ask)


def _explore(ask: Ask) -> None:
    """One selection in all its panels."""
    if not asking_slowly.is_slow(ask.engine):
        keyword_cloud.prepare(ask)
    _panel("totals", "Totals", ask, lambda ask: kpis.draw(ask.engine, ask.selection, ask.view))
    for first, second in _ROWS:
        for column, (name, title, draw_panel) in zip(st.columns([3, 2]), (first, second), strict=True):
            with column:
                _panel(name, title, ask, draw_panel)
    left, right = st.columns([2, 3])
    with right:
        _panel("stories", "Articles", ask, stories.draw)
    with left:  # last, because its layout takes longest
        _panel("cloud", "Keywords", ask, keyword_cloud.draw)


_Panel: TypeAlias = "tuple[str, str, Callable[[Ask], None]]"
_ROWS: tuple[tuple[_Panel, _Panel], ...] = (
    (("map", "Countries", world_map.draw), ("topics", "Topics", topics.draw)),
    (("timeline", "Over time", timeline.draw), ("region-topic", "Topics by region", region_topic.draw)),
    (("top-stories", "Top stories", top_stories.draw), ("emerging", "Emerging", emerging.draw)),
)
"""Two panels a row: name, what it is called while it is counted or where it fails, and what draws it."""


def _panel(name: str, title: str, ask: Ask, draw_panel: Callable[[Ask], None]) -> None:
    asking_slowly.panel(ask.engine, name, title, lambda: draw_panel(ask))


_MODES = {"explore": "Explore", "compare": "Compare"}


def _older(version: int) -> Engine | None:
    """The engine of an older version of the store, opened in the background as the page's own is."""
    begun = begin(version)
    begun.done.wait(_PATIENCE)
    return begun.result.engine if isinstance(begun.result, Opened) else None


_PATIENCE = 30.0
"""Seconds that the reader waits for an older version."""


def _header(opened: Opened, state: State) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        with st.container(gap="xxsmall", width="stretch", key="title"):
            st.title(TITLE, anchor=False)
            st.markdown(_what(opened))
        charts.switch("The page shows", "mode", state.view.mode, _MODES, key="mode", page=1)
        st.button("Present", key="present", icon=":material/slideshow:", on_click=address.show, kwargs={"slide": 1})
        findings_list.button()
        export_dialog.button()
        add_news.button(opened)
        corrections_list.button(opened)
        if st.button("About", key="about", icon=":material/info:"):
            about.show(opened)


def _what(opened: Opened) -> str:
    if opened.built_in:
        return ":gray-badge[Built-in set] for trying things out: briefs on events of 2024 and 2025, made-up publishers."
    if opened.store:
        return f":gray-badge[Store, version {opened.version}] {_extent(opened)}"
    names = ", ".join(opened.locations)
    rejected = f" · {count(len(opened.rejects), 'rows')} not read, see About" if len(opened.rejects) else ""
    return f"{escape(names if len(names) < 90 else count(len(opened.locations), 'locations'))}{rejected}"


def _extent(opened: Opened) -> str:
    rejected = f" · {count(len(opened.rejects), 'rows')} not read, see About" if len(opened.rejects) else ""
    return f"{count(opened.count, 'articles')}{rejected}"


def _wait(opening: Opening) -> Opened:
    """The opened set; shows how far it is until then, and says what is wrong if it cannot be opened."""
    if not opening.done.wait(0.05):
        st.title(TITLE, anchor=False)
        bar = st.progress(0.0, text="Reading")
        while not opening.done.wait(0.2):
            bar.progress(opening.progress.share, text=escape(opening.progress.words))
        st.rerun()
    opening.refresh()  # another process may have corrected something
    if isinstance(opening.result, Opened):
        return opening.result
    st.title(TITLE, anchor=False)
    reason = str(opening.result) if isinstance(opening.result, NewsError) else "An unexpected fault; see the log."
    st.error(escape(reason))
    with st.container(horizontal=True):
        if opening.pinned is not None:
            st.button("Open the latest version", key="latest", on_click=address.show, kwargs={"version": ""})
        st.button("Try again", key="again", icon=":material/refresh:", on_click=opening.again)
    st.stop()
