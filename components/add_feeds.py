"""Add news, feeds: the list with its switches, and lists from and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import ways
from components.corrections import may_change
from components.wording import count, escape, plain
from data.articles import make_id
from data.errors import NewsError
from data.sources import addresses
from data.sources.feeds import Feed, catalogue, opml
from data.sources.feeds.subscriptions import Subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.sources.feeds.state import State
    from data.store import Store

EVERY = "All groups"
SHOWN = 60
"""Feeds that are shown at once."""
_TOLD = "add-feeds-told"


def tab(target: Store, start: Callable[..., bool]) -> None:
    """The tab; `start` begins an addition."""
    listed = Subscriptions.of_user()
    feeds = listed.feeds()
    on = sum(feed.on for feed in feeds)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{on:,} of {count(len(feeds), 'feeds')}** switched on", width="stretch")
        st.button(
            "Update now", key="add-feeds-start", type="primary", disabled=not on, on_click=_update, args=(target, start)
        )
    if told := st.session_state.pop(_TOLD, ""):
        st.info(escape(told))
    _more(feeds)
    with st.container(horizontal=True):
        group = st.selectbox("Group", [EVERY, *groups(feeds)], index=1, key="add-feeds-group", format_func=_named)
        words = st.text_input("Search the list", key="add-feeds-search", placeholder="Name, address or country code")
    found = matching(feeds, "" if words or group == EVERY else group, words)
    _switches(found, listed.states())


def groups(feeds: Iterable[Feed]) -> list[str]:
    """The groups in the order of the list."""
    return list(dict.fromkeys(feed.group for feed in feeds))


def _named(group: str) -> str:
    return plain(group) or "Your own"


def matching(feeds: Iterable[Feed], group: str = "", words: str = "") -> list[Feed]:
    """The feeds of a group (empty: of all) that hold all the words in what is known of them."""
    wanted = words.casefold().split()
    return [
        feed
        for feed in feeds
        if (not group or feed.group == group)
        and all(
            word in f"{feed.title} {feed.publisher} {feed.address} {feed.country} {feed.group}".casefold()
            for word in wanted
        )
    ]


def _switches(found: Sequence[Feed], states: dict[str, State]) -> None:
    if not found:
        st.text("No feed of the list matches.")
        return
    with st.container(horizontal=True):
        st.button("All of these on", key="add-feeds-on", on_click=_switch_all, args=(found, True))
        st.button("All of these off", key="add-feeds-off", on_click=_switch_all, args=(found, False))
    own = {feed.address for feed in found} - {feed.address for feed in catalogue()}
    with st.container(height=320, key="add-feeds-list"):
        for feed in found[:SHOWN]:
            _feed(feed, states.get(feed.address), feed.address in own)
        if len(found) > SHOWN:
            st.caption(f"and {len(found) - SHOWN:,} more: search for them.")


def _feed(feed: Feed, state: State | None, own: bool) -> None:
    key = make_id(feed.address)
    st.session_state[f"feed-{key}"] = feed.on
    with st.container(horizontal=True, vertical_alignment="center"):
        st.toggle(
            escape(feed.title or feed.publisher or feed.address),
            key=f"feed-{key}",
            help=escape(feed.address),
            on_change=_switch,
            args=(feed.address, f"feed-{key}"),
        )
        if own:
            st.button("Remove", key=f"feed-remove-{key}", type="tertiary", on_click=_remove, args=(feed.address,))
    if words := trouble(state):
        st.caption(escape(words))


def trouble(state: State | None) -> str:
    """Since when a feed fails, and why; empty if it does not."""
    if state is None or state.failing_since is None:
        return ""
    return f"Failing since {state.failing_since:%d %B %Y}: {state.reason}"


def _more(feeds: Sequence[Feed]) -> None:
    with st.expander("Add an address, import or export a list", key="add-feeds-more"):
        st.text_input("Address of a feed", key="add-feeds-address", placeholder="https://…", on_change=_add)
        st.file_uploader("Import a list (OPML)", key="add-feeds-opml", on_change=_import, max_upload_size=5)
        st.download_button(
            "Export the list (OPML)",
            opml.dump([feed for feed in feeds if feed.on], "World news"),
            "feeds.opml",
            "text/x-opml",
            key="add-feeds-export",
            on_click="ignore",
        )


# ---------------------------------------------------------------------------------------------------------- callbacks


def _try(change: Callable[[Subscriptions], str]) -> None:
    """Makes a change of the list, and has told what came of it."""
    if not may_change():
        return
    try:
        st.session_state[_TOLD] = change(Subscriptions.of_user())
    except NewsError as error:
        st.session_state[_TOLD] = str(error)


def _switch(address: str, key: str) -> None:
    on = bool(st.session_state[key])

    def change(listed: Subscriptions) -> str:
        listed.switch(address, on)
        return ""

    _try(change)


def _switch_all(feeds: Sequence[Feed], on: bool) -> None:
    def change(listed: Subscriptions) -> str:
        listed.switch_all([feed.address for feed in feeds], on)
        return f"{count(len(feeds), 'feeds')} switched {'on' if on else 'off'}"

    _try(change)


def _remove(address: str) -> None:
    def change(listed: Subscriptions) -> str:
        listed.remove(address)
        return f"Removed {address}"

    _try(change)


def _add() -> None:
    address = addresses.link(st.session_state["add-feeds-address"].strip())

    def change(listed: Subscriptions) -> str:
        if not address:
            return "That is no address of the web; it has to begin with http:// or https://."
        new = listed.add([Feed(address, group="Added")])
        return f"Added {address}" if new else f"{address} is on the list already, and switched on"

    _try(change)


def _import() -> None:
    if file := st.session_state["add-feeds-opml"]:
        _try(lambda listed: imported(listed, file.getvalue()))


def imported(listed: Subscriptions, body: bytes) -> str:
    """Adds the feeds of an OPML file; in words what came of it."""
    read = opml.load(body)
    new = listed.add(read.feeds)
    lost = f"; {read.lost:,} more could not be read" if read.lost else ""
    return f"{count(len(read.feeds), 'feeds')} in the list, {new:,} of them new and switched on{lost}"


def _update(target: Store, start: Callable[..., bool]) -> None:
    start("Updating the feeds", ways.feeds(target))
