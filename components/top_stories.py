"""Top stories: the largest or the fastest-growing stories of the selection, each with its course."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from components import asides, cards, charts, frontend
from components.content import Content, Ranked
from components.naming import titles
from components.ranks import as_entry
from components.wording import count, day, one, plain, unit_of_stories
from data.bursts import rising
from data.facets import FACETS, NONE
from data.frames import rows
from data.periods import latest

if TYPE_CHECKING:
    from components.asking import Ask
    from components.view import View
    from data.engines import Engine, Unit
    from data.periods import Split
    from data.selection import Selection

SHOWN = 8
COLUMNS = 18
"""Most columns of a story's course."""
_UNITS: tuple[Unit, Unit] = ("articles", "publishers")
_ORDERS = {"largest": "Largest", "growing": "Growing", "brief": "In brief"}


@dataclass(frozen=True, slots=True)
class Told:
    """A story as the articles of a selection tell it."""

    story: str
    title: str
    articles: int
    publishers: int
    copies: int
    countries: tuple[str, ...]
    """Those that its articles are about, most first."""
    days: tuple[tuple[date, int], ...]
    """Dated articles by day, in order."""
    growth: str = ""
    """Now and before in words, where the fastest-growing are listed."""


def content(ask: Ask) -> Content:
    """What the card shows: the largest or the fastest-growing stories."""
    stories, split = asked(ask)
    others, top, unit = ask.selection.without("story"), ask.view.top, ask.unit
    entries = tuple(as_entry(entry(story, False, unit)) for story in stories)
    return Content(
        panel="top-stories",
        title="Top stories",
        marks_of=(lambda: Ranked((("", entries),))) if entries else None,
        table_of=lambda: as_table(stories),
        caption=caption(len(stories), top, ask.engine.totals(others, "stories").n, split, unit),
        alt=f"List of the {top} stories: {'; '.join(each.name for each in entries[:5])}.",
        sentence_of=lambda: sentence(stories, top, unit),
        method=ask.method(others, how=_HOW[top]),
        hint="A click filters by a story." if entries else "",
        empty="" if entries else nothing(top, split, ask.engine.totals(others).n),
    )


_HOW = {
    "largest": "A story is all articles on one event; copies count as articles.",
    "growing": "Growing: a larger share now than before by an exact test, false discoveries controlled at 5 %.",
}


def asked(ask: Ask) -> tuple[tuple[Told, ...], Split | None]:
    """The stories, and what now and before are where growing ones are asked for."""
    others, unit = ask.selection.without("story"), ask.unit
    split = latest(ask.engine.counts(others, ("day",))) if ask.view.top == "growing" else None
    found = growing(ask.engine, others, split, unit) if ask.view.top == "growing" else largest(ask.engine, others, unit)
    return told(ask.engine, others, found), split


def sentence(stories: tuple[Told, ...], top: str, unit: Unit) -> str:
    """The first story with its numbers."""
    if not stories:
        return ""
    first = stories[0]
    title = plain(first.title)
    what = "Fastest growing" if top == "growing" else "Largest story"
    n, other = (
        (first.publishers, "")
        if unit == "publishers"
        else (first.articles, f" by {count(first.publishers, 'publishers')}" if first.publishers else "")
    )
    return f"{what}: “{title}”, {count(n, unit_of_stories(unit))}{other}"


def draw(ask: Ask) -> None:
    """The card; its corner switches between the largest, the fastest-growing, and the largest in their own words."""
    if ask.view.top == "brief":
        asides.draw("brief", ask, lambda: _switch(ask.view))
        return
    made = content(ask)

    def shown() -> None:
        stories = asked(ask)[0]
        frontend.mount(
            "ranks", key="top-stories", data=_list(stories, ask.selection, ask.unit), on={"picked": charts.pick}
        )

    cards.panel(ask, made, shown, lambda: _switch(ask.view))


def _switch(view: View) -> None:
    charts.switch("Order of the top stories", "top", view.top, _ORDERS, key="top-stories-order")


def largest(engine: Engine, selection: Selection, unit: Unit) -> pd.DataFrame:
    """The stories with most articles (publishers, if those are counted), of those with several: column story."""
    found = engine.counts(selection, ("story",), unit_of_stories(unit), SHOWN)
    return found[found["n"] > 1]


def growing(engine: Engine, selection: Selection, split: Split | None, unit: Unit) -> pd.DataFrame:
    """The stories that clearly grow, surest first: columns story, now, of_now, before, of_before."""
    if split is None:
        return pd.DataFrame({"story": []})
    found = rising(engine, selection, "story", split, unit_of_stories(unit))
    return found[found["clear"]].head(SHOWN)


def told(engine: Engine, selection: Selection, found: pd.DataFrame) -> tuple[Told, ...]:
    """What the selection's articles tell of these stories, in the same order."""
    if found.empty:
        return ()
    inside = selection.choose("story", found["story"])
    articles, publishers = (_numbers(engine.counts(inside, ("story",), unit)) for unit in _UNITS)
    originals = articles
    if engine.totals(inside).copies:
        listed = engine.articles(inside, "newest", 0, sum(articles.values()), copies=False)
        originals = Counter(listed["story"].tolist())
    countries = _by_story(engine.counts(inside, ("story", "country")))
    days = _by_story(engine.counts(inside, ("story", "day")))
    titled = titles(engine, found["story"])
    return tuple(
        Told(
            row.story,
            titled[row.story],
            articles[row.story],
            publishers.get(row.story, 0),
            articles[row.story] - originals[row.story],
            tuple(code for code, _ in countries.get(row.story, ())),
            tuple(sorted((date.fromisoformat(when), n) for when, n in days.get(row.story, ()))),
            f"{row.now:,} of {row.of_now:,} now, {row.before:,} of {row.of_before:,} before" if "now" in found else "",
        )
        for row in rows(found)
    )


def _numbers(counts: pd.DataFrame) -> dict[str, int]:
    return dict(zip(counts["story"].tolist(), counts["n"].tolist(), strict=True))


def _by_story(pairs: pd.DataFrame) -> dict[str, list[tuple[str, int]]]:
    """The values of the second facet and their counts, for each story, most first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for story, value, n in zip(*(pairs[name].tolist() for name in pairs.columns), strict=True):
        if value != NONE:
            found.setdefault(story, []).append((value, n))
    return found


def course(days: tuple[tuple[date, int], ...], columns: int = COLUMNS) -> list[int]:
    """Articles in equal stretches of time from the first day to the last, each of a day or longer."""
    if not days:
        return []
    first, span = days[0][0], (days[-1][0] - days[0][0]).days + 1
    width = -(-span // columns)
    counts = [0] * -(-span // width)
    for when, n in days:
        counts[(when - first).days // width] += n
    return counts


def _list(stories: tuple[Told, ...], selection: Selection, unit: Unit) -> dict[str, Any]:
    entries = [entry(story, story.story in selection.chosen("story"), unit) for story in stories]
    return {"parts": [{"head": "", "label": "Top stories", "rows": entries}]}


def entry(story: Told, on: bool, unit: Unit = "articles") -> dict[str, Any]:
    """One story as the list shows it; its number counts publishers if those are the unit, else articles."""
    places = [FACETS["country"].text(code) for code in story.countries]
    where = ", ".join(places[:2]) + (f" and {len(places) - 2} more" if len(places) > 2 else "")
    counted = {"articles": story.articles, "publishers": story.publishers}
    noun = unit_of_stories(unit)
    number = counted.pop(noun)
    others = [count(n, name) for name, n in (*counted.items(), ("copies", story.copies)) if n]
    return {
        "marks": ["story", story.story],
        "on": on,
        "hint": "Take the filter back" if on else "Filter by this story",
        "name": plain(story.title),
        "about": " · ".join(filter(None, (*others, where, story.growth))),
        "course": course(story.days),
        "span": span(story),
        "number": f"{number:,}",
        "noun": noun if number != 1 else one(noun),
    }


def span(story: Told) -> str:
    """First and last day of a story."""
    if not story.days:
        return "undated"
    first, last = story.days[0][0], story.days[-1][0]
    if first == last:
        return day(first)
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def as_table(stories: tuple[Told, ...]) -> pd.DataFrame:
    """The list as a table."""
    frame = pd.DataFrame(
        {
            "Story": [plain(story.title) for story in stories],
            "Articles": [story.articles for story in stories],
            "Copies": [story.copies for story in stories],
            "Publishers": [story.publishers for story in stories],
            "Countries": [", ".join(map(FACETS["country"].text, story.countries)) for story in stories],
            "First": [story.days[0][0] if story.days else None for story in stories],
            "Last": [story.days[-1][0] if story.days else None for story in stories],
        }
    )
    return frame.assign(Growth=[s.growth for s in stories]) if any(s.growth for s in stories) else frame


def nothing(top: str, split: Split | None, articles: int) -> str:
    """Why there is no story to list."""
    if not articles:
        return "No articles match."
    if top == "largest":
        return "No event is reported twice here: every story has one article."
    return "No story clearly grows." if split else "Too few dated articles here to tell what grows."


def caption(shown: int, top: str, stories: int, split: Split | None, unit: Unit) -> str:
    """Which stories are listed, and what their numbers are."""
    by = unit_of_stories(unit)
    listed = f"{shown:,} of {count(stories, 'stories')}"
    if top == "growing" and split:
        since = f"in the last {count(split.length, 'days')} (to {day(split.last)})"
        return (
            f"{listed}: those with a clearly larger share of all {by} {since} than before; at most 1 in 20 by chance."
        )
    return f"{listed}, those with most {by} first; only what this selection holds counts."
