"""Tags articles: language, countries, topics, keywords, each with its evidence. A batch in, the batch with tags out.

An article's tags depend on that article alone, so they are the same in any batch, order and number of processes.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd

from data import geography
from data.frames import records
from data.tagging import countries, keywords, language, topics

TAG_COLUMNS = ("language", "countries", "main_country", "regions", "topics", "keywords", "tags")
"""Columns that tagging adds (it fills `language` where the source did not say): codes for the engine, and in `tags` a
record of all tags with their scores and evidence."""

VERSIONS: dict[str, str] = {
    "language": language.VERSION,
    "countries": countries.VERSION,
    "topics": topics.VERSION,
    "keywords": keywords.VERSION,
}
"""Version of each tagger; a new one means that tags may differ."""


def tag(articles: pd.DataFrame) -> pd.DataFrame:
    """The batch (columns as in data.articles.ARTICLE_COLUMNS) with the columns of TAG_COLUMNS."""
    tagged = [_tag(article) for article in records(articles)]
    columns = {
        name: pd.Series([row[name] for row in tagged], index=articles.index, dtype=_dtype(name)) for name in TAG_COLUMNS
    }
    return articles.assign(**columns)


def _dtype(name: str) -> str:
    return "str" if name in ("language", "main_country") else "object"


def _tag(article: dict[str, Any]) -> dict[str, Any]:
    title, text = ("" if article["title_derived"] else article["title"]), article["text"]
    spoken = article["language"] or language.detect(text, title=title)
    places = countries.tag_countries(title, text, language=spoken, publisher_country=article["publisher_country"])
    themes = topics.tag_topics(title, text, language=spoken)
    terms = keywords.tag_keywords(title, text, language=spoken)
    return {
        "language": spoken,
        "countries": list(places.countries),
        "main_country": places.main_country,
        "regions": list(geography.regions_of(places.countries)),
        "topics": [theme.topic for theme in themes],
        "keywords": [term.keyword for term in terms],
        "tags": {
            "mentioned": [asdict(place) for place in places.mentioned],
            "countries": list(places.countries),
            "topics": [asdict(theme) for theme in themes],
            "keywords": [asdict(term) for term in terms],
        },
    }
