"""The ways in: what each tab of *Add news* hands to the addition behind the page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from components.adding import remove
from components.wording import count
from data import sources, storing
from data.errors import SourceError
from data.sources import feeds as feeds_source
from data.sources import net
from data.sources.feeds import opml
from data.sources.feeds.parsing import refused
from data.sources.net.fetching import shown
from data.sources.worker import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from components.adding import Job, Work
    from data.articles import Reject
    from data.sources.feeds.subscriptions import Subscriptions
    from data.sources.feeds.update import Outcome
    from data.sources.gdelt.archive import Archive
    from data.sources.rows import Row
    from data.store import Store

LINKED = 64 << 20
"""Bytes of a file behind a link at most."""


def files(paths: Sequence[tuple[str, Path]], target: Store) -> Work:
    """Files by the names they were uploaded under, each read in a limited process."""

    def work(job: Job) -> storing.Summary:
        parts = [storing.Part(name, partial(read_limited, str(path)), sources.size(str(path))) for name, path in paths]
        return job.store(parts, target, storing.cause_of(parts))

    return work


def link(address: str, target: Store, folder: Callable[[], Path]) -> Work:
    """A feed at an address of the web, a list of feeds (OPML), or a file of articles, for which a `folder` is asked."""

    def work(job: Job) -> storing.Summary:
        from data.sources.feeds.subscriptions import Subscriptions

        if not feeds_source.accepts(address):
            raise SourceError("A link has to begin with http:// or https://.")
        job.stage = f"Asking {shown(address)}"
        answer = net.fetch(address, limit=LINKED)
        if opml.is_opml(answer.body):
            found, listed = opml.load(answer.body).feeds, Subscriptions.of_user()
            listed.add(found)
            return _ask(job, target, listed, {feed.address for feed in found})
        part = storing.Part(shown(address), partial(_linked, answer, folder))
        return job.store([part], target, f"added {shown(address)}")

    return work


def _linked(answer: net.Fetched, folder: Callable[[], Path]) -> Iterator[Row | Reject]:
    """What is behind a link: read as a feed, else as a file, in a limited process."""
    kind = answer.headers.get("content-type", "")
    try:
        if len(answer.body) > net.LIMIT:
            raise SourceError("It is too large for a feed.")
        items = list(feeds_source.parse(answer.body, answer.url, content_type=kind))
    except SourceError as error:
        if "html" in kind:
            raise refused(error, answer.body, answer.url) from error
    else:
        yield from items
        return
    place = folder()
    try:
        file = place / safe(shown(answer.url).rstrip("/").rpartition("/")[2])
        file.write_bytes(answer.body)
        yield from read_limited(str(file))
    finally:
        remove(place)


def feeds(target: Store, *, full_text: bool = False) -> Work:
    """All feeds of the list that are switched on."""

    def work(job: Job) -> storing.Summary:
        from data.sources.feeds.subscriptions import Subscriptions

        return _ask(job, target, Subscriptions.of_user(), full_text=full_text)

    return work


def _ask(
    job: Job, target: Store, listed: Subscriptions, only: set[str] | None = None, *, full_text: bool = False
) -> storing.Summary:
    """Asks the feeds of the list that are on (`only` these addresses), stores what is new, and then notes their states.

    Who presses the button does not want to wait for our own pauses; those that servers ask for are kept.
    """
    from data.sources.feeds.update import Asking, update

    every = [feed for feed in listed.feeds() if feed.on and (only is None or feed.address in only)]
    outcomes: list[Outcome] = []
    for outcome in update(every, listed.states(), how=Asking(impatient=True, full_text=full_text), stop=job.asking):
        outcomes.append(outcome)
        job.stage = f"Asked {len(outcomes):,} of {count(len(every), 'feeds')}"
    parts = [storing.Part(called(each), partial(iter, each.items)) for each in outcomes if each.items]
    summary = job.store(parts, target, f"updated {count(len(every), 'feeds')}")
    listed.note({each.feed.address: each.state for each in to_note(outcomes, summary.cancelled)})
    failed = tuple(storing.Outcome(called(each), fault=_failed(each)) for each in outcomes if each.kind == "failed")
    return replace(summary, outcomes=summary.outcomes + failed)


def to_note(outcomes: Iterable[Outcome], cancelled: bool) -> list[Outcome]:
    """The outcomes whose states are kept: of what was perhaps not stored, the feed has to send it again."""
    return [each for each in outcomes if each.kind != "waiting" and not (cancelled and each.items)]


def called(outcome: Outcome) -> str:
    """What a feed is called in summaries."""
    return outcome.feed.title or outcome.feed.publisher or outcome.feed.address


def _failed(outcome: Outcome) -> str:
    since = outcome.state.failing_since
    return f"{outcome.state.reason} Failing since {since:%d %B %Y}." if since else outcome.state.reason


def gdelt(hours: float, archive: Archive, target: Store) -> Work:
    """The last hours of GDELT, a part for each of its files."""

    def work(job: Job) -> storing.Summary:
        from data.sources.gdelt.archive import latest, rows

        job.stage = "Asking GDELT for its newest files"
        quarters = latest(hours, archive)
        stopped = job.stop.is_set
        parts = [storing.Part(each.name, partial(rows, [each], archive, cancelled=stopped)) for each in quarters]
        return job.store(parts, target, f"added GDELT of {hours:g} hours")

    return work


def safe(name: str) -> str:
    """A name for a file that a stranger named: letters, digits, dots and dashes, and neither long nor hidden."""
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)
    return kept[-60:].lstrip("._-") or "file"
