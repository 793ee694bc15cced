"""*Add news*: files, a link, feeds and GDELT into the user's store, how far it is, what came of it, and undo."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components import add_feeds, add_files, add_summary, adding, ways
from components.corrections import may_change
from components.opening import asked, home
from components.wording import count, escape, plain
from data.errors import NewsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from components.adding import Job, Seen
    from components.opening import Opened
    from data.store import Store

OFTEN = 0.5
"""Seconds between two looks at how far an addition is."""
LINES = 12
"""Parts of an addition that are named while it is under way."""
MOST_HOURS = 72
_OPEN, _WATCHED, _TOLD, _CHANGED = "add-open", "add-watched", "add-told", "add-changed"


def button(opened: Opened) -> None:
    """The button in the header; while something is added, it says so in every session, and its end is noticed."""
    if not may_change():
        return
    busy = adding.under_way()
    st.button(
        "Adding…" if busy else "Add news",
        key="add-news",
        icon=":material/hourglass_top:" if busy else ":material/add:",
        type="primary" if opened.built_in and not busy else "secondary",
        on_click=_open,
    )


def draw(opened: Opened) -> None:
    """Opens the dialog if it is to be open; else, while something is added, waits for its end."""
    if not may_change():
        return
    if st.session_state.get(_OPEN):
        _dialog(opened)
    elif adding.under_way():
        _follow()


def _open() -> None:
    st.session_state[_OPEN] = True


def _close() -> None:
    st.session_state[_OPEN] = False
    add_files.discard()
    if not adding.under_way():
        st.session_state.pop(_WATCHED, None)


@st.fragment(run_every=2 * OFTEN)
def _follow() -> None:
    if not adding.under_way():
        st.rerun()


@st.dialog("Add news", width="large", on_dismiss=_close)
def _dialog(opened: Opened) -> None:
    if st.session_state.pop(_CHANGED, False):
        st.rerun()  # the page behind shows the store as it is now
    target = home(asked(sys.argv))
    if target is None:
        st.error("There is no folder to keep news in: name one with the environment variable NEWS_STORE.")
        return
    job = adding.current()
    if told := st.session_state.pop(_TOLD, ""):
        st.warning(escape(told))
    if job is not None and not job.done.is_set():
        st.session_state[_WATCHED] = job.id
        _progress(job)
    elif job is not None and st.session_state.get(_WATCHED) == job.id:
        _result(job, target)
    else:
        _tabs(opened, target)


def _tabs(opened: Opened, target: Store) -> None:
    if words := elsewhere(opened, target):
        st.info(words)
    files, link, feeds, gdelt = st.tabs(["Files", "Link", "Feeds", "GDELT"])
    try:
        with files:
            add_files.tab(target, start)
        with link:
            _link(target)
        with feeds:
            add_feeds.tab(target, start)
        with gdelt:
            _gdelt(target)
        _latest(target)
    except NewsError as error:
        st.error(escape(str(error)))


def elsewhere(opened: Opened, target: Store) -> str:
    """Why the page will not show what is added, if it will not."""
    if opened.store is None and not opened.built_in:
        return "This page shows what it was started with. What you add goes to your store, which it shows without that."
    if opened.store and opened.version < target.version():
        return f"This page shows version {opened.version} of the store, whatever is added."
    return ""


def start(words: str, work: adding.Work, after: Callable[[], None] = lambda: None) -> bool:
    """Begins an addition unless one is under way, which is said; the way of all tabs, and closed to readers."""
    if not may_change():
        return False
    begun = adding.start(words, work, after)
    if begun is None:
        st.session_state[_TOLD] = "Something is being added already; wait until it is done."
        return False
    st.session_state[_WATCHED] = begun.id
    return True


# --------------------------------------------------------------------------------------------------------------- tabs


def _link(target: Store) -> None:
    st.text_input(
        "Address",
        key="add-link",
        placeholder="https://…",
        help="Of a feed, of a list of feeds (OPML), or of a file of articles. Only public addresses are asked.",
    )
    st.button("Add link", key="add-link-start", type="primary", on_click=_begin_link, args=(target,))


def _begin_link(target: Store) -> None:
    if address := st.session_state["add-link"].strip():
        start("Adding a link", ways.link(address, target, partial(adding.folder, target)))


def _gdelt(target: Store) -> None:
    st.caption(
        "GDELT lists the news of the world every quarter of an hour: titles, places and themes, without texts. Its "
        "files can also be uploaded under Files."
    )
    st.number_input("The last hours", 0.25, float(MOST_HOURS), 1.0, 0.25, key="add-gdelt-hours")
    st.checkbox("Also what was translated into English", value=True, key="add-gdelt-translated")
    st.button("Add from GDELT", key="add-gdelt-start", type="primary", on_click=_begin_gdelt, args=(target,))


def _begin_gdelt(target: Store) -> None:
    from data.sources.gdelt.archive import Archive

    hours = float(st.session_state["add-gdelt-hours"])
    archive = Archive(translated=bool(st.session_state["add-gdelt-translated"]))
    start(f"Adding GDELT of {hours:g} hours", ways.gdelt(hours, archive, target))


def _latest(target: Store) -> None:
    standing = target.runs()
    if not standing:
        return
    last = standing[0]
    with st.container(horizontal=True, vertical_alignment="center", key="add-latest"):
        words = f"Latest addition: {last.cause}, {last.time:%d %B %Y %H:%M} UTC, {count(last.stored, 'articles')}"
        st.markdown(escape(words), width="stretch")
        st.button("Undo", key="add-undo-latest", on_click=_undo, args=(target, last.run))


# ----------------------------------------------------------------------------------------------------------- progress


@st.fragment(run_every=OFTEN)
def _progress(job: Job) -> None:
    if job.done.is_set():
        st.rerun()
    st.progress(job.share(), text=escape(doing(job)))
    for part in under_way(job.parts):
        st.text(line(part))
    if len(job.parts) > LINES:
        ended = sum(part.ended for part in job.parts)
        st.caption(f"{ended:,} of {len(job.parts):,} sources are read.")
    st.button(
        "Cancelling…" if job.stop.is_set() else "Cancel",
        key="add-cancel",
        disabled=job.stop.is_set(),
        on_click=job.cancel,
        help="What is stored by then stays, and can be undone.",
    )


def doing(job: Job) -> str:
    """What an addition is at."""
    if job.stage or not job.parts:
        return job.stage or job.words
    stored = sum(outcome.stored for outcome in job.progress.outcomes)
    return f"{job.words}: {job.progress.read:,} read, {stored:,} stored"


def under_way(parts: Sequence[Seen]) -> Sequence[Seen]:
    """The parts to be named, LINES at most: all of a few, else the last that began and what follows."""
    if len(parts) <= LINES:
        return parts
    begun = sum(part.began for part in parts)
    first = min(max(begun - LINES // 2, 0), len(parts) - LINES)
    return parts[first : first + LINES]


def line(part: Seen) -> str:
    """How far a part is, in words."""
    state = "read" if part.ended else "reading" if part.began else "waiting"
    return f"{plain(part.name)}: {state}" + (f", {count(part.read, 'rows')}" if part.read else "")


# ------------------------------------------------------------------------------------------------------------ summary


def _result(job: Job, target: Store) -> None:
    if job.fault:
        stored = sum(outcome.stored for outcome in job.progress.outcomes)
        st.error(escape(f"{job.fault} {count(stored, 'articles')} were stored before." if stored else job.fault))
    if job.summary:
        add_summary.draw(job, job.summary, target)
    with st.container(horizontal=True):
        if job.summary and job.summary.total("stored") and not job.undone:
            st.button("Undo this addition", key="add-undo", on_click=_undo, args=(target, job.summary.run))
        st.button("Add more", key="add-more", on_click=_add_more)
        st.button("Done", key="add-done", type="primary", on_click=_done)


def _undo(target: Store, run: str) -> None:
    if not may_change() or adding.under_way():
        return
    try:
        adding.undo(target, run)
        st.session_state[_CHANGED] = True
    except NewsError as error:
        st.session_state[_TOLD] = str(error)


def _add_more() -> None:
    st.session_state.pop(_WATCHED, None)


def _done() -> None:
    _close()
    st.session_state[_CHANGED] = True
