"""``python -m data update``: asks the feeds and stores what is new; meant for cron."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.commands import add, stored
from data.errors import SourceError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from data.articles import Reject
    from data.sources.feeds.subscriptions import Subscriptions
    from data.sources.feeds.update import Outcome
    from data.sources.rows import Row

EXAMPLES = """\
  python -m data update                      ask the feeds that are switched on and due
  python -m data update --now                ask all of them now
  python -m data update --import my.opml     add the feeds of an OPML file first
  python -m data update --list               say which feeds there are, and since when one fails"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--now", action="store_true", help="ask also the feeds that were asked less than an hour ago")
    parser.add_argument("--import", dest="opml", metavar="OPML", action="append", default=[], help="feeds to add first")
    parser.add_argument("--list", action="store_true", help="list the feeds and ask none")
    parser.add_argument(
        "--full-text", action="store_true", help="fetch the articles' own pages where robots.txt allows"
    )
    add.common(parser)


def run(chosen: argparse.Namespace) -> int:
    """Asks the feeds; a dead one is reported with since when, and holds up no other."""
    from data import storing
    from data.sources.feeds.subscriptions import Subscriptions
    from data.sources.feeds.update import Asking, update

    subscriptions = Subscriptions.of_user()
    _take_in(subscriptions, chosen.opml)
    if chosen.list:
        return _list(chosen, subscriptions)
    how = Asking(impatient=chosen.now, full_text=chosen.full_text)
    outcomes = list(update(subscriptions.feeds(), subscriptions.states(), how=how))
    new = [outcome for outcome in outcomes if outcome.kind == "new" and outcome.items]
    parts = [storing.Part(each.feed.title or each.feed.address, partial(_rows, each)) for each in new]
    code = add.add(chosen, parts, f"updated {len(outcomes):,} feeds") if parts else 0
    # Only now: a feed noted as read before its rows are stored would not be asked for them again.
    subscriptions.note({outcome.feed.address: outcome.state for outcome in outcomes if outcome.kind != "waiting"})
    failed = [outcome for outcome in outcomes if outcome.kind == "failed"]
    if not (chosen.json and parts):
        stored.answer(chosen, [_record(outcome) for outcome in outcomes], _lines(outcomes))
    if failed and len(failed) == len(outcomes):
        raise SourceError("No feed could be read. Is this computer connected to the network?")
    return stored.PARTLY if failed else code


def _take_in(subscriptions: Subscriptions, files: Iterable[str]) -> None:
    from data.sources.feeds import opml

    for file in files:
        try:
            subscriptions.add(opml.load(Path(file).read_bytes()).feeds)
        except OSError as error:
            raise SourceError(f"{file} cannot be read ({error.strerror}).") from error


def _rows(outcome: Outcome) -> Iterator[Row | Reject]:
    return iter(outcome.items)


def _record(outcome: Outcome) -> dict[str, object]:
    return {"feed": outcome.feed.address, "kind": outcome.kind, "items": len(outcome.items)} | asdict(outcome.state)


def _lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        since = outcome.state.failing_since
        why = f" since {since:%d %B %Y %H:%M}: {outcome.state.reason}" if outcome.kind == "failed" and since else ""
        if outcome.kind != "new":
            yield f"{outcome.feed.title or outcome.feed.address}: {outcome.kind}{why}"


def _list(chosen: argparse.Namespace, subscriptions: Subscriptions) -> int:
    states = subscriptions.states()
    feeds = [(feed, states.get(feed.address)) for feed in subscriptions.feeds()]
    lines = [
        f"{'on ' if feed.on else 'off'}  {feed.title or feed.publisher}  {feed.address}"
        + (f"  failing since {state.failing_since:%d %B %Y}: {state.reason}" if state and state.failing_since else "")
        for feed, state in feeds
    ]
    stored.answer(chosen, [asdict(feed) | {"state": asdict(state) if state else None} for feed, state in feeds], lines)
    return 0
