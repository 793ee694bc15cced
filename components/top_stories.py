"""Top stories: the largest or the fastest-growing stories of the selection, each with its course."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from components import address, charts, frontend
from components.naming import titles
from components.wording import count, day, one, plain, unit_of_stories
from data.bursts import rising
from data.facets import FACETS, NONE
from data.frames import rows
from data.periods import latest

if TYPE_CHECKING:
    from data.engines import Engine, Unit
    from data.periods import Split
    from data.selection import Selection

SHOWN = 8
COLUMNS = 18
"""Most columns of a story's course."""
_UNITS: tuple[Unit, Unit] = ("articles", "publishers")
_ORDERS = {"largest": "Largest", "growing": "Growing"}


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


def draw(engine: Engine, selection: Selection, view: address.View) -> None:
    """The card; its corner switches between the largest and the fastest-growing."""
    others = selection.without("story")
    split = latest(engine.counts(others, ("day",))) if view.top == "growing" else None
    found = growing(engine, others, split, view.unit) if view.top == "growing" else largest(engine, others, view.unit)
    stories = told(engine, others, found)
    with charts.card("top-stories", "Top stories", view, lambda: _switch(view)) as tabled:
        if not stories:
            charts.empty(nothing(view.top, split, engine.totals(others).n))
        elif tabled:
            charts.table(as_table(stories), alt="Top stories", key="rows-top-stories")
        else:
            frontend.mount(
                "ranks", key="top-stories", data=_list(stories, selection, view.unit), on={"picked": charts.pick}
            )
        charts.note(caption(len(stories), view.top, engine.totals(others, "stories").n, split, view.unit))


def _switch(view: address.View) -> None:
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
    return f"{listed}, those with most {by} first; only what this selection holds counts. A click filters by a story."
