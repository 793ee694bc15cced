"""What changed: topics and countries up and down, stories new, grown and gone, since a day or an older version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.content import Content, Entry, Ranked
from components.naming import titles
from components.wording import capital, count, day, percent, plain, points, unit_of_stories
from data import changes
from data.bursts import LEAST
from data.changes import GONE, GROWN, NEW, Changes
from data.comparing.periods import days_of
from data.facets import FACETS, NONE
from data.frames import rows
from data.periods import latest

if TYPE_CHECKING:
    from components.asking import Ask
    from data.engines import Engine
    from data.periods import Split

SHOWN = 5
"""Entries of a list."""
LIKELIEST = 3
"""The same where nothing is clear."""
_TITLE = "What changed"
_HOW = (
    "Shares now against shares before: 95 % intervals of the difference (Newcombe 1998), two-proportion tests with"
    " at most 5 % false discoveries a list (Benjamini and Hochberg 1995). Stories: new without an article before, gone"
    f" without one now, grown by an exact test; at least {LEAST} articles."
)
_VERSIONS = " Articles of the older version are taken to be in the newer one too, as far as there are as many."
_STORIES = {NEW: "Stories new", GROWN: "Stories grown", GONE: "Stories gone"}


def content(ask: Ask) -> Content:
    """What the card shows: since a version of the store ("v12"), a day, or in the latest period."""
    if ask.view.since.startswith("v"):
        older = ask.older()
        if older is None:
            return _nothing(ask, f"There is no version {plain(ask.view.since[1:])} of the store to compare with.")
        found = changes.between_versions(ask.engine, older, ask.selection, ask.unit, unit_of_stories(ask.unit))
        return _content(ask, found, f"version {ask.view.since[1:]}", older, _HOW + _VERSIONS)
    split = period(ask)
    if split is None:
        return _nothing(ask, "Too few dated articles here to tell what changed.")
    found = changes.between_periods(ask.engine, ask.selection, split, ask.unit, unit_of_stories(ask.unit))
    if not found.now.n or not found.before.n:
        side = "since" if not found.now.n else "before"
        return _nothing(ask, f"Nothing is dated {side} {day(split.start)} here.")
    return _content(ask, found, day(split.start), ask.engine, _HOW, split)


def period(ask: Ask) -> Split | None:
    """Since the day that is asked for, else the latest period that says enough; and as long a time before."""
    whole = ask.selection.without("day")
    try:
        start = date.fromisoformat(ask.view.since) if ask.view.since else None
    except ValueError:
        start = None
    days = days_of(ask.selection, ask.engine.totals(whole))
    if start:
        return changes.since(start, days[1]) if days and start <= days[1] else None
    found = latest(ask.engine.counts(ask.selection, ("day",)))
    return changes.since(found.start, found.last) if found else None


def _content(ask: Ask, found: Changes, when: str, older: Engine, how: str, split: Split | None = None) -> Content:
    titled = titles(older, found.stories["story"]) | {
        story: title for story, title in titles(ask.engine, found.stories["story"]).items() if title != story
    }
    clear = _is_clear(found)
    lists = parts(found, titled, clear=clear)
    counted = ask.selection.between(split.first, split.last) if split else ask.selection
    base = f"{found.now.n:,} {ask.unit} now, {found.before.n:,} before"
    return Content(
        panel="changed",
        title=f"{_TITLE} since {when}",
        marks_of=(lambda: Ranked(lists)) if lists else None,
        table_of=lambda: as_table(found, titled),
        caption=caption(ask, found, when, split),
        alt="; ".join(f"{head}: {', '.join(entry.name for entry in entries)}" for head, entries in lists),
        sentence_of=lambda: sentence(found, when),
        method=ask.method(counted, base=base, how=how),
        empty="" if lists else f"Nothing changed since {when}.",
    )


def _nothing(ask: Ask, why: str) -> Content:
    table = pd.DataFrame({"What": [], "Now": [], "Before": []})
    return Content(
        panel="changed",
        title=_TITLE,
        marks_of=None,
        table_of=lambda: table,
        caption="",
        alt=why,
        method=ask.method(how=_HOW),
        empty=why,
    )


def _is_clear(found: Changes) -> bool:
    return bool(len(found.stories)) or any(bool(frame["clear"].any()) for frame in found.shares.values())


def parts(found: Changes, titled: dict[str, str], *, clear: bool) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The lists that have entries: what is clear, and if nothing is, the largest differences, said to be that."""
    lists = []
    for name, frame in found.shares.items():
        known = frame[(frame["value"] != NONE) & (frame["difference"] != 0) & (frame["clear"] | (not clear))]
        by_size = known.reindex(known["difference"].abs().sort_values(ascending=False, kind="stable").index)
        for up in (True, False):
            some = by_size[(by_size["difference"] > 0) == up].head(SHOWN if clear else LIKELIEST)
            heading = f"{capital(FACETS[name].plural)} {'up' if up else 'down'}{'' if clear else ' that may be chance'}"
            lists.append((heading, tuple(_share(name, row) for row in rows(some))))
    for kind, heading in _STORIES.items():
        some = found.stories[found.stories["kind"] == kind].head(SHOWN)
        lists.append((heading, tuple(_story(row, titled) for row in rows(some))))
    return tuple((heading, entries) for heading, entries in lists if entries)


def _share(name: str, row: Any) -> Entry:
    now, before = float(row.a_share), float(row.b_share)
    longest = max(now, before)
    number, _, noun = points(row.difference).partition(" ")
    return Entry(
        name=capital(plain(FACETS[name].text(row.value))),
        about=f"{row.a_n:,} of {row.a_of:,} now, {row.b_n:,} of {row.b_of:,} before",
        number=number,
        noun=noun,
        bars=(("now", now / longest, f"{percent(now)} now"), ("before", before / longest, f"{percent(before)} before")),
    )


def _story(row: Any, titled: dict[str, str]) -> Entry:
    return Entry(
        name=plain(titled.get(row.story, row.story)),
        about=f"{row.now:,} now, {row.before:,} before",
        number=f"{row.now - row.before:+,}".replace("-", "−"),
        noun="articles" if abs(row.now - row.before) != 1 else "article",
    )


def sentence(found: Changes, when: str) -> str:
    """The largest clear change of a share; else the largest story that is new or grown; else that nothing is clear."""
    clear = pd.concat([frame[frame["clear"] & (frame["value"] != NONE)] for frame in found.shares.values()])
    if len(clear):
        row = next(rows(clear.iloc[[int(clear["difference"].abs().to_numpy().argmax())]]))
        name = next(name for name, frame in found.shares.items() if row.value in set(frame["value"]))
        label = capital(plain(FACETS[name].text(row.value)))
        way = "up" if row.difference > 0 else "down"
        gap = points(row.difference).lstrip("+−")
        return f"{label} is {way} {gap} since {when}: {percent(row.a_share)} against {percent(row.b_share)} before"
    new = found.stories[found.stories["kind"] == NEW]
    stories = f"; new: {count(len(new), 'stories')} of {LEAST} or more articles" if len(new) else ""
    return f"No topic or country is clearly up or down since {when}{stories}"


def as_table(found: Changes, titled: dict[str, str]) -> pd.DataFrame:
    """All topics, countries and stories with their numbers."""
    lines: list[tuple[object, ...]] = []
    for name, frame in found.shares.items():
        lines += [
            (
                FACETS[name].label, capital(plain(FACETS[name].text(row.value))), row.a_n, row.a_of, row.a_share,
                row.b_n, row.b_of, row.b_share, row.difference, "yes" if row.clear else "no",
            )
            for row in rows(frame)
        ]  # fmt: skip
    for row in rows(found.stories):
        shares = (row.now / max(row.of_now, 1), row.before / max(row.of_before, 1))
        title = plain(titled.get(row.story, row.story))
        numbers = (row.now, row.of_now, shares[0], row.before, row.of_before, shares[1], shares[0] - shares[1])
        lines.append((f"Story {row.kind}", title, *numbers, "yes"))
    head = ["What", "Name", "Now", "Of now", "Now share", "Before", "Of before", "Before share"]
    return pd.DataFrame(lines, columns=[*head, "Difference in share", "Clear"])


def caption(ask: Ask, found: Changes, when: str, split: Split | None) -> str:
    """What is compared with what."""
    now, before = count(found.now.n, ask.unit), f"{found.before.n:,}"
    if split:
        stretch = count(split.length, "days")
        what = f"Now: the {stretch} from {day(split.start)} to {day(split.last)}, {now}; before: as long, {before}."
    else:
        what = f"Now: {now}; in {when}: {before}."
    shares = any(frame["clear"].any() for frame in found.shares.values())
    sure = "of those listed at most 1 in 20 is chance" if shares else "no topic or country is clearly up or down"
    return f"{what} Shares of each time's own {ask.unit}; {sure}."
