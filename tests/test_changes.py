"""What changed since a day or since an older version of the store, as numbers and as a panel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from components import changed
from components.asking import Ask
from components.content import Ranked, Source
from components.view import View
from data import changes
from data.changes import GONE, GROWN, NEW
from data.comparing.shares import COLUMNS
from data.engines.memory import MemoryEngine
from data.selection import Selection
from tests.samples import DAYS, FIRST_DAY, newsroom, tagged

ALL = Selection()
ENGINE = MemoryEngine(newsroom())
LAST = FIRST_DAY + timedelta(DAYS - 1)
WEEK = FIRST_DAY + timedelta(93)


def kinds(found: changes.Changes) -> dict[str, str]:
    return dict(zip(found.stories["story"], found.stories["kind"], strict=True))


@pytest.mark.parametrize(
    ("start", "first", "length"),
    [(WEEK, date(2025, 3, 28), 7), (LAST, LAST - timedelta(1), 1), (LAST + timedelta(9), LAST - timedelta(1), 1)],
)
def test_before_is_as_long_as_now(start: date, first: date, length: int) -> None:
    split = changes.since(start, LAST)
    assert (split.first, split.length) == (first, length)
    assert (split.start - split.first).days == split.length


def test_time_does_not_begin_before_it_can() -> None:
    assert changes.since(date(2, 1, 1), date(9999, 12, 31)).first == date.min


def test_what_went_up_and_down_is_told_with_its_base() -> None:
    found = changes.between_periods(ENGINE, ALL, changes.since(WEEK, LAST), "articles", "articles")
    topics = found.shares["topic"].set_index("value")
    assert tuple(found.shares["topic"].columns) == COLUMNS
    assert topics.loc["disaster", ["a_n", "a_of", "b_n", "b_of"]].tolist() == [12, 33, 0, 21]
    assert topics.loc["disaster", "clear"]
    assert not topics.drop("disaster")["clear"].any()
    assert found.shares["country"].set_index("value").loc["ES", "clear"]
    assert (found.now.n, found.before.n) == (33, 21)
    assert kinds(found) == {"flood0": NEW}


def test_stories_are_new_grown_or_gone() -> None:
    split = changes.since(FIRST_DAY + timedelta(14), FIRST_DAY + timedelta(27))
    assert kinds(changes.between_periods(ENGINE, ALL, split, "articles", "articles")) == {}  # as large on both sides
    after = changes.since(FIRST_DAY + timedelta(18), FIRST_DAY + timedelta(35))
    assert kinds(changes.between_periods(ENGINE, ALL, after, "articles", "articles")) == {"trial0": GONE}
    rows = [(f"a{n}", (FIRST_DAY + timedelta(n % 20)).isoformat(), "P", "GB", [], [], []) for n in range(200)]
    rows += [(f"b{n}", (FIRST_DAY + timedelta(15)).isoformat(), "P", "GB", [], [], []) for n in range(20)]
    rows += [("c", (FIRST_DAY + timedelta(2)).isoformat(), "P", "GB", [], [], [])]
    frame = tagged(tuple(rows))
    engine = MemoryEngine(frame.assign(story=["b" if name[0] in "bc" else name for name in frame["id"]]))
    half = changes.since(FIRST_DAY + timedelta(10), FIRST_DAY + timedelta(19))
    assert kinds(changes.between_periods(engine, ALL, half, "articles", "articles")) == {"b": GROWN}


def versions() -> tuple[MemoryEngine, MemoryEngine]:
    """All articles, and the store before the flood and when half of the trial had been told."""
    frame = newsroom()
    known = ~frame["id"].str.startswith("flood") & ~frame["id"].isin(["trial4", "trial5", "trial6", "trial7"])
    return MemoryEngine(frame), MemoryEngine(frame[known].reset_index(drop=True))


def test_versions_differ_by_what_was_added() -> None:
    newer, older = versions()
    found = changes.between_versions(newer, older, ALL, "articles", "articles")
    assert kinds(found) == {"flood0": NEW, "trial0": GROWN}
    assert found.stories[["now", "before"]].to_numpy().tolist() == [[12, 0], [8, 4]]
    topics = found.shares["topic"].set_index("value")
    assert topics.loc["disaster", ["a_n", "b_n"]].tolist() == [12, 0]
    assert topics.loc["disaster", "clear"]
    back = changes.between_versions(older, newer, ALL, "articles", "articles")
    assert kinds(back) == {"flood0": GONE}


def test_a_version_does_not_differ_from_itself() -> None:
    found = changes.between_versions(ENGINE, ENGINE, ALL, "articles", "articles")
    assert found.stories.empty
    assert not any(frame["clear"].any() for frame in found.shares.values())


def ask(
    selection: Selection = ALL, engine: MemoryEngine = ENGINE, older: MemoryEngine | None = None, **view: Any
) -> Ask:
    return Ask(engine, selection, View(**view), Source("Tests"), versions=lambda number: older)


def test_the_panel_lists_what_is_clear() -> None:
    made = changed.content(ask(since=WEEK.isoformat()))
    assert isinstance(made.marks, Ranked)
    lists = {heading: [entry.name for entry in entries] for heading, entries in made.marks.parts}
    assert lists == {
        "Topics up": ["Disasters"],
        "Countries up": ["Spain"],
        "Countries down": ["France"],
        "Stories new": ["Title of flood2"],
    }
    first = made.marks.parts[0][1][0]
    assert (first.number, first.noun, first.about) == ("+36", "points", "12 of 33 now, 0 of 21 before")
    assert [words for _, _, words in first.bars] == ["36 % now", "0 % before"]
    assert made.sentence == "Disasters is up 36 points since 4 Apr 2025: 36 % against 0 % before"
    assert made.title == "What changed since 4 Apr 2025"
    assert "the 7 days from 4 Apr 2025 to 10 Apr 2025, 33 articles; before: as long, 21" in made.caption
    assert made.method.base == "33 articles now, 21 before"


def test_the_latest_period_is_meant_where_no_day_is_named() -> None:
    assert changed.content(ask()).title == "What changed since 4 Apr 2025"
    assert changed.content(ask(since="nonsense")).title == "What changed since 4 Apr 2025"


def test_where_nothing_is_clear_the_panel_says_so() -> None:
    quiet = changed.content(ask(ALL.choose("topic", ["politics", "sport"]), since=WEEK.isoformat()))
    assert quiet.sentence == "No topic or country is clearly up or down since 4 Apr 2025"
    assert isinstance(quiet.marks, Ranked)
    assert all(heading.endswith("that may be chance") for heading, _ in quiet.marks.parts)
    assert "no topic or country is clearly up or down" in quiet.caption


@pytest.mark.parametrize(
    ("selection", "since", "why"),
    [
        (ALL.choose("country", ["ZW"]), "", "Too few dated articles here to tell what changed."),
        (ALL.choose("topic", ["crime"]), "2025-03-30", "Too few dated articles here to tell what changed."),
        (ALL.choose("topic", ["disaster"]), "2025-04-04", "Nothing is dated before 4 Apr 2025 here."),
        (ALL, "v3", "There is no version 3 of the store to compare with."),
    ],
)
def test_the_panel_says_why_it_is_empty(selection: Selection, since: str, why: str) -> None:
    made = changed.content(ask(selection, since=since))
    assert made.marks is None
    assert made.empty == why
    assert made.method.rows()


def test_versions_are_compared_by_the_panel() -> None:
    newer, older = versions()
    made = changed.content(ask(engine=newer, older=older, since="v3"))
    assert made.title == "What changed since version 3"
    assert isinstance(made.marks, Ranked)
    lists = dict(made.marks.parts)
    assert lists["Stories grown"][0].about == "8 now, 4 before"
    assert "in version 3: 306" in made.caption
    assert "older version" in made.method.how


def test_a_story_that_is_gone_keeps_the_title_it_had() -> None:
    newer, older = versions()
    made = changed.content(ask(engine=older, older=newer, since="v4"))
    assert isinstance(made.marks, Ranked)
    assert dict(made.marks.parts)["Stories gone"][0].name == "Title of flood2"


@pytest.mark.parametrize("unit", ["stories", "publishers"])
def test_other_units_are_counted(unit: Any) -> None:
    made = changed.content(replace(ask(), view=View(unit=unit, since=WEEK.isoformat())))
    assert f" {unit} now" in made.method.base


def test_the_table_holds_every_number() -> None:
    table = changed.content(ask(since=WEEK.isoformat())).table
    row = table[table["Name"] == "Disasters"].iloc[0]
    assert row["Now share"] == pytest.approx(12 / 33)
    assert row["Difference in share"] == pytest.approx(12 / 33)
    assert (row["What"], row["Clear"]) == ("Topic", "yes")
    assert pd.api.types.is_float_dtype(table["Before share"])
