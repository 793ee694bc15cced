"""A small tagged table whose every count can be worked out by hand, and articles to make others from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data import geography
from data.articles import Article, to_frame

if TYPE_CHECKING:
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
        keywords=[row[6] for row in rows],
        tags=[{"mentioned": [], "countries": row[4], "topics": [], "keywords": []} for row in rows],
    )
