"""The largest and the growing stories of a selection."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from components import naming, top_stories
from components.stories import caption as listed
from components.stories import entry as line
from components.theme import LIGHT
from components.top_stories import Told
from data.engines.memory import MemoryEngine
from data.frames import records
from data.periods import latest
from data.selection import Selection
from tests.samples import newsroom, tagged

if TYPE_CHECKING:
    from data.engines import Unit

ALL = Selection()
ENGINE = MemoryEngine(newsroom())
FLOOD = Told(
    "flood0",
    "Title of flood2",
    12,
    12,
    4,
    ("ES",),
    tuple((date(2025, 4, 4 + n), 2 if n < 5 else 1) for n in range(7)),
)


@pytest.mark.parametrize(
    ("selection", "unit", "found"),
    [
        (ALL, "articles", ["flood0", "trial0", "pair0"]),
        (ALL, "stories", ["flood0", "trial0", "pair0"]),
        (ALL, "publishers", ["flood0", "trial0"]),
        (ALL.choose("country", ["US", "JP"]), "articles", ["trial0", "pair0"]),
        (ALL.choose("country", ["KE"]), "articles", []),
        (ALL.between(date(2025, 1, 1), date(2025, 1, 12)), "articles", ["trial0"]),
    ],
)
def test_the_largest_come_first_and_single_articles_are_none(
    selection: Selection, unit: Unit, found: list[str]
) -> None:
    assert top_stories.largest(ENGINE, selection, unit)["story"].tolist() == found


def test_only_what_grows_is_growing() -> None:
    split = latest(ENGINE.counts(ALL, ("day",)))
    found = top_stories.growing(ENGINE, ALL, split, "articles")
    assert found["story"].tolist() == ["flood0"]
    (flood,) = top_stories.told(ENGINE, ALL, found)
    assert flood.growth == "12 of 33 now, 0 of 289 before"
    assert top_stories.growing(ENGINE, ALL, None, "articles").empty


def test_a_story_is_told_by_the_articles_of_the_selection() -> None:
    found = top_stories.largest(ENGINE, ALL, "articles")
    flood, trial, pair = top_stories.told(ENGINE, ALL, found)
    assert flood == FLOOD
    assert (trial.articles, trial.publishers, trial.copies, trial.title) == (8, 4, 0, "Title of trial7")
    assert pair.days == ((date(2025, 2, 20), 2),)
    some = ALL.choose("publisher", ["P2", "P3", "P4"])
    trial, flood = top_stories.told(ENGINE, some, top_stories.largest(ENGINE, some, "articles"))
    assert (flood.articles, flood.publishers, flood.copies) == (3, 3, 1)
    assert flood.title == "Title of flood2"
    assert top_stories.told(ENGINE, ALL, found.head(0)) == ()


def test_a_line_shows_its_numbers_and_filters() -> None:
    shown = top_stories.entry(FLOOD, False)
    assert shown["about"] == "12 publishers · 4 copies · Spain"
    assert (shown["number"], shown["noun"]) == ("12", "articles")
    assert shown["marks"] == ["story", "flood0"]
    assert shown["course"] == [2, 2, 2, 2, 2, 1, 1]
    assert shown["span"] == "4 Apr – 10 Apr 2025"
    assert top_stories.entry(FLOOD, True, "publishers")["about"].startswith("12 articles · 4 copies")
    table = top_stories.as_table((FLOOD,))
    assert table.iloc[0].tolist() == ["Title of flood2", 12, 4, 12, "Spain", date(2025, 4, 4), date(2025, 4, 10)]


@pytest.mark.parametrize(
    ("days", "columns"),
    [
        ((), []),
        (((date(2025, 1, 1), 3),), [3]),
        (((date(2025, 1, 1), 3), (date(2025, 1, 4), 1)), [3, 0, 0, 1]),
        (((date(2025, 1, 1), 3), (date(2025, 1, 2), 2), (date(2025, 1, 8), 1)), [5, 0, 0, 1]),
    ],
)
def test_a_course_holds_every_day(days: tuple[tuple[date, int], ...], columns: list[int]) -> None:
    assert top_stories.course(days, 4) == columns


def test_a_long_course_has_few_columns() -> None:
    days = ((date(2020, 1, 1), 1), (date(2025, 12, 31), 2))
    columns = top_stories.course(days)
    assert len(columns) <= top_stories.COLUMNS
    assert sum(columns) == 3


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), "undated"),
        (((date(2025, 1, 1), 3),), "1 Jan 2025"),
        (((date(2024, 12, 30), 3), (date(2025, 1, 4), 1)), "30 Dec 2024 – 4 Jan 2025"),
    ],
)
def test_first_and_last_day(days: tuple[tuple[date, int], ...], words: str) -> None:
    assert top_stories.span(Told("s", "t", 1, 1, 0, (), days)) == words


def test_nothing_to_show_is_said() -> None:
    single = MemoryEngine(tagged())
    assert top_stories.largest(single, ALL, "articles").empty
    assert "No event is reported twice" in top_stories.nothing("largest", None, 6)
    assert top_stories.nothing("largest", None, 0) == "No articles match."
    split = latest(ENGINE.counts(ALL, ("day",)))
    assert {top_stories.nothing("growing", s, 6) for s in (None, split)} == {
        "No story clearly grows.",
        "Too few dated articles here to tell what grows.",
    }
    assert "last 7 days (to 10 Apr 2025)" in top_stories.caption(1, "growing", 303, split, "articles")
    assert top_stories.caption(3, "largest", 303, None, "publishers").startswith(
        "3 of 303 stories, those with most pub"
    )


def test_a_story_is_called_by_its_most_central_article() -> None:
    assert naming.titles(ENGINE, ["trial0", "flood0", "nobody"]) == {
        "trial0": "Title of trial7",
        "flood0": "Title of flood2",
        "nobody": "nobody",
    }
    say = naming.naming(ENGINE)
    both = ALL.choose("story", ["trial0"]).choose("topic", ["crime"])
    assert both.describe("stories", say) == "Stories on Crime & justice, in the story “Title of trial7”"


def test_the_list_says_what_stands_behind_an_article() -> None:
    page = ENGINE.articles(ALL.choose("story", ["flood0"]), "oldest", copies=False)
    first = line(records(page)[0], LIGHT, 12)
    assert [chip["text"] for chip in first["chips"]][-2:] == ["+4 copies", "story of 12 articles"]
    assert {chip["mark"] for chip in first["chips"][-2:]} == {"story=flood0"}
    totals = ENGINE.totals(ALL)
    assert listed(10, 1, totals).startswith("1 to 10 of 318 articles; 4 copies stand behind them.")
    assert listed(10, 1, totals, copies=True).startswith("1 to 10 of 322 articles.")
