"""From a mark of a slide to the articles behind it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from components.charts import marks
from components.citing import cited_as
from components.wording import count
from data.facets import FACETS, NONE
from data.frames import records
from data.selection import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.asking import Ask
    from components.content import Cited
    from data.selection import Selection

SHOWN = 20
"""Articles that are listed of those behind a mark."""

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "topics": ("topic", "subtopic"),
    "timeline": ("day",),
    "region-topic": ("region", "topic"),
    "top-stories": ("story",),
    "emerging": ("keyword", "story"),
    "cloud": ("keyword",),
}
"""The facets of the selection that a panel's figure does not heed, as it draws them; see each panel's `content`."""
_OF_MAP = {"country": ("country", "region"), "published_in": ("published_in",)}


def behind(selection: Selection, panel: str, picked: Sequence[str]) -> Selection:
    """The articles that a mark counts, in a panel that shows `selection`; without marks, all that are selected."""
    chosen: dict[str, list[str]] = {}
    for facet, value in marks(picked):
        chosen.setdefault(facet, []).append(value)
    days = [chosen.pop(name)[0] for name in (FIRST, LAST) if name in chosen]
    chosen = {facet: values for facet, values in chosen.items() if facet in FACETS}
    if panel == "topics" and "topic" in chosen:
        chosen.pop("subtopic", None)  # the bar of an open topic takes its subtopics back on the page; it counts them
    ignored = _ignored(panel, chosen)
    within = selection.without(*ignored) if chosen or days else selection
    for facet, values in chosen.items():
        within = within.choose(facet, values)
    return within.between(*map(date.fromisoformat, days)) if len(days) == 2 else within


def _ignored(panel: str, chosen: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if panel == "map":
        return _OF_MAP.get(next(iter(chosen), ""), ())
    if NONE in chosen.get("subtopic", ()):
        return ("subtopic",)  # the bar of those without a subtopic stands for those of the topics that are open
    return LEFT_OUT.get(panel, ())


def listed(ask: Ask, selection: Selection) -> tuple[tuple[Cited, ...], str]:
    """The first articles of a selection, and how many of how many they are."""
    totals = ask.engine.totals(selection)
    found = ask.engine.articles(selection, "central", 0, SHOWN, copies=False)
    cited = tuple(cited_as(row) for row in records(found))
    return cited, extent(len(cited), totals.n, totals.copies)


def extent(shown: int, n: int, copies: int) -> str:
    """ "20 of 45 articles, the most central of every story first; 3 copies left out."."""
    left = f"; {count(copies, 'copies')} left out" if copies else ""
    if shown >= n - copies:
        return f"{'All ' if n > 1 else ''}{count(n, 'articles')}{left}."
    return f"{shown:,} of {count(n, 'articles')}, the most central of every story first{left}."


def sides(ask: Ask) -> tuple[tuple[str, Selection], ...]:
    """The selections of a question, by name where there are two."""
    if ask.view.mode == "compare":
        return (("A", ask.selection), ("B", ask.other))
    return (("", ask.selection),)


def said(ask: Ask, selection: Selection) -> str:
    """A selection in plain English, named as the page names it."""
    return selection.describe("articles", ask.say)
