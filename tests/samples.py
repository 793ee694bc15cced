"""A small tagged table whose every count can be worked out by hand, and articles to make others from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from data import geography
from data.articles import Article, to_frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

ROWS: tuple[tuple[str, str, str, str, list[str], list[str], list[str]], ...] = (
    # id, day, publisher, country of publication, about, topics, keywords
    ("a", "2025-03-01", "Herald", "GB", ["FR", "DE"], ["politics", "economy"], ["budget", "summit"]),
    ("b", "2025-03-01", "Herald", "GB", ["FR"], ["sport"], ["cup"]),
    ("c", "2025-03-02", "Post", "NG", ["NG"], ["politics"], ["election", "budget"]),
    ("d", "2025-03-09", "Post", "NG", [], ["science"], ["comet"]),
    ("e", "2025-04-20", "Globe", "CA", ["NA"], [], ["budget"]),
    ("f", "", "", "", ["JP", "FR"], ["politics"], []),
)

SUBTOPIC_OF = {"politics": "politics.election", "sport": "sport.event"}
"""Articles on these topics have this subtopic, others have none."""


def tagged(rows: tuple[tuple[Any, ...], ...] = ROWS) -> pd.DataFrame:
    """A table as tagging makes it, without evidence."""
    articles = [
        Article(
            id=name,
            title=f"Title of {name}",
            text=f"Text {name} says {' and '.join(keywords)}.",
            published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
            publisher=publisher,
            publisher_country=place,
            language="en",
        )
        for name, day, publisher, place, _, _, keywords in rows
    ]
    frame = to_frame(articles)
    return frame.assign(
        countries=[row[4] for row in rows],
        main_country=[(row[4] or [""])[0] for row in rows],
        regions=[list(geography.regions_of(row[4])) for row in rows],
        topics=[row[5] for row in rows],
        subtopics=[[SUBTOPIC_OF[topic] for topic in row[5] if topic in SUBTOPIC_OF] for row in rows],
        keywords=[row[6] for row in rows],
        tags=[{"mentioned": [], "countries": row[4], "topics": [], "subtopics": [], "keywords": []} for row in rows],
    )


def grouped() -> pd.DataFrame:
    """The same table as grouping leaves it: a, c and f are one story, of which c and f are copies; d and e another."""
    return tagged().assign(
        copy_of=["", "", "a", "", "", "a"],
        story=["a", "b", "a", "d", "d", "a"],
        centrality=np.array([0.4, 1.0, 0.9, 0.2, 0.8, 0.1], np.float32),
    )


def article(name: str, **known: Any) -> Article:
    """An article of 1 March 2025 about nothing in particular."""
    first: dict[str, Any] = {"title": f"Title {name}", "text": f"Text of {name}.", "publisher": "Herald"}
    return Article(id=name, **first | {"published": datetime(2025, 3, 1, tzinfo=UTC), "language": "en"} | known)


def table(articles: Iterable[Article | str]) -> pd.DataFrame:
    """The articles, or those with these names, as a table whose tags are empty."""
    frame = to_frame([each if isinstance(each, Article) else article(each) for each in articles])
    lists = ("countries", "regions", "topics", "subtopics", "keywords")
    tags = {"mentioned": [], "countries": [], "topics": [], "subtopics": [], "keywords": []}
    return frame.assign(
        main_country="", **{name: [[] for _ in range(len(frame))] for name in lists}, tags=[tags] * len(frame)
    )


FIRST_DAY, DAYS = date(2025, 1, 1), 100


def newsroom() -> pd.DataFrame:
    """322 articles of 100 days: 300 on events of their own, a flood in the last week, an old trial and a pair.

    Of the flood's 12 articles, by 12 publishers, 4 are copies; of the trial's 8, by 4 publishers, none.
    """
    words, topics, places = (
        ["budget", "cup", "harbour", "school", "vote"],
        ["politics", "sport", "education"],
        ["FR", "KE"],
    )
    rows: list[tuple[Any, ...]] = [
        _row(f"s{n}", n % DAYS, f"P{n % 12}", [places[n % 2]], [topics[n % 3]], [words[n % 5], words[(n + 1) % 5]])
        for n in range(300)
    ]
    rows += [_row(f"flood{n}", 93 + n % 7, f"P{n}", ["ES"], ["disaster"], ["flood", "dam"]) for n in range(12)]
    rows += [_row(f"trial{n}", 10 + n, f"P{n % 4}", ["US"], ["crime"], ["trial"]) for n in range(8)]
    rows += [_row(f"pair{n}", 50, "P1", ["JP"], ["arts"], ["opera"]) for n in range(2)]
    ids = [row[0] for row in rows]
    story = [f"{name.rstrip('0123456789')}0" if name[0] != "s" else name for name in ids]
    return tagged(tuple(rows)).assign(
        story=story,
        copy_of=["flood0" if name in ("flood3", "flood4", "flood5", "flood6") else "" for name in ids],
        centrality=np.array([1.0 if name in ("flood2", "trial7") else 0.5 for name in ids], np.float32),
    )


def _row(name: str, day: int, publisher: str, about: list[str], topics: list[str], words: list[str]) -> tuple[Any, ...]:
    return name, (FIRST_DAY + timedelta(day)).isoformat(), publisher, "GB", about, topics, words
