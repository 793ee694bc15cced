"""Asks many feeds for what is new.

Feed* ─due?─▶ hosts side by side ─fetch, only if changed─▶ bytes ─parsing─▶ Outcome, one a feed, as they come

Nothing is written here. Whoever stores the rows notes the state after that (:meth:`Subscriptions.note`): what was not
stored has to be sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Literal, Protocol

from data.errors import FetchError, SourceError
from data.sources import net
from data.sources.feeds import pages
from data.sources.feeds.parsing import parse, refused
from data.sources.feeds.state import State, after_failure, after_success, may_ask
from data.sources.net import polite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from data.articles import Reject
    from data.sources.feeds.catalogue import Feed
    from data.sources.rows import Row


class Fetch(Protocol):
    """How an address is asked; :func:`data.sources.net.fetch`, but for tests."""

    def __call__(self, url: str, *, etag: str = "", modified: str = "") -> net.Fetched: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking one feed has given."""

    feed: Feed
    kind: Literal["new", "unchanged", "waiting", "failed"]
    """`waiting`: it was not asked, because it was asked not long ago or its server wants a pause."""
    items: tuple[Row | Reject, ...]
    state: State
    """To be noted when the items are stored. Since when a feed fails, and why, stands in it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How feeds are asked."""

    fetch: Fetch = net.fetch
    pace: polite.Pace | None = None
    impatient: bool = False
    """Ask also those that were asked not long ago."""
    full_text: bool = False
    """Fetch the pages of articles too, where the feed has only a summary and the site's robots.txt allows it."""


def update(
    feeds: Iterable[Feed],
    states: Mapping[str, State],
    *,
    how: Asking | None = None,
    stop: Event | None = None,
    now: datetime | None = None,
) -> Iterator[Outcome]:
    """One outcome for each feed that is switched on, in the order in which they come.

    A feed that fails is an outcome as any other and holds nobody up. Setting `stop` ends it soon: what was not asked
    has no outcome. `now` is for tests.
    """
    how, stop, moment = how or Asking(), stop or Event(), now or datetime.now(UTC)
    due: list[Feed] = []
    for feed in feeds:
        state = states.get(feed.address, State())
        if feed.on and may_ask(state, moment, impatient=how.impatient):
            due.append(feed)
        elif feed.on:
            yield Outcome(feed, "waiting", (), state)
    pace = how.pace or polite.Pace()
    readers = pages.Pages(how.fetch, pace, stop) if how.full_text else None
    task = partial(_asked, states=states, how=how, now=moment, readers=readers)
    yield from polite.spread(task, due, _address, pace=pace, stop=stop)


def _address(feed: Feed) -> str:
    return feed.address


def _asked(feed: Feed, states: Mapping[str, State], how: Asking, now: datetime, readers: pages.Pages | None) -> Outcome:
    state = states.get(feed.address, State())
    try:
        answer = how.fetch(feed.address, etag=state.etag, modified=state.modified)
        if answer.not_modified:
            validators = answer.etag or state.etag, answer.modified or state.modified
            return Outcome(feed, "unchanged", (), after_success(state, now, *validators))
        items = _items(answer, feed)
    except FetchError as error:
        return Outcome(feed, "failed", (), after_failure(state, now, str(error), error.retry_after))
    except SourceError as error:
        return Outcome(feed, "failed", (), after_failure(state, now, str(error)))
    if readers is not None:
        items = readers.completed(items)
    return Outcome(feed, "new", items, after_success(state, now, answer.etag, answer.modified))


def _items(answer: net.Fetched, feed: Feed) -> tuple[Row | Reject, ...]:
    """The entries of an answer. They are named by the feed's own address, which stays while redirects change."""
    try:
        return tuple(parse(answer.body, feed.address, feed, answer.headers.get("content-type", "")))
    except SourceError as error:
        raise refused(error, answer.body, answer.url) from error
