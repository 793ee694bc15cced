"""Tags articles: language, countries, topics, keywords, each with its evidence. A batch in, the batch with tags out.

An article's tags depend on that article alone, so they are the same in any batch, order and number of processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from data import geography
from data.frames import records
from data.given import load
from data.tagging import countries, given, keywords, language, lexicon, subtopics, topics
from data.tagging.tags import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.given import Given
    from data.tagging.tags import CountryTags, KeywordTag, TopicTag

TAG_COLUMNS = ("language", "countries", "main_country", "regions", "topics", "subtopics", "keywords", "tags")
"""Columns that tagging adds (it fills `language` where the source did not say): codes for the engine, and in `tags` a
record of all tags with their scores and evidence."""

VERSIONS: dict[str, str] = {
    "language": language.VERSION,
    "countries": countries.VERSION,
    "topics": topics.VERSION,
    "subtopics": subtopics.VERSION,
    "keywords": keywords.VERSION,
    "given": given.VERSION,
}
"""Version of each tagger; a new one means that tags may differ."""


def tag(articles: pd.DataFrame) -> pd.DataFrame:
    """The batch (columns as in data.articles.ARTICLE_COLUMNS) with the columns of TAG_COLUMNS."""
    tagged = _tag(records(articles))
    columns = {
        name: pd.Series([row[name] for row in tagged], index=articles.index, dtype=_dtype(name)) for name in TAG_COLUMNS
    }
    return articles.assign(**columns)


def _dtype(name: str) -> str:
    return "str" if name in ("language", "main_country") else "object"


def _tag(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tags of each article, one tagger after the other.

    Going through the articles once a tagger is an eighth faster than through the taggers once an article: the tables of
    one fit into the processor's cache, those of all do not.
    """
    read = [(_title(article), article["text"]) for article in articles]
    spoken = [
        article["language"] or language.detect(text, title=title)
        for article, (title, text) in zip(articles, read, strict=True)
    ]
    publishers = [article["publisher_country"] for article in articles]
    every = list(zip(read, spoken, publishers, strict=True))
    came = [load(article["given"]) for article in articles]
    places = [
        countries.tag_countries(title, text, language=code, publisher_country=publisher)
        for (title, text), code, publisher in every
    ]
    places = [
        given.with_countries(found, tags, bare=given.is_bare(*words)) if tags else found
        for found, words, tags in zip(places, read, came, strict=True)
    ]
    themes = [_themes(title, text, code, tags) for ((title, text), code, _), tags in zip(every, came, strict=True)]
    terms = [
        keywords.tag_keywords(title, text, language=code, publisher=article["publisher"])
        for article, ((title, text), code, _) in zip(articles, every, strict=True)
    ]
    return [_record(*tags) for tags in zip(spoken, places, themes, terms, strict=True)]


def _title(article: dict[str, Any]) -> str:
    """The title, unless it was made from the text, which is read anyway."""
    return "" if article["title_derived"] and article["text"] else article["title"]


def _themes(title: str, text: str, spoken: str, came: Sequence[Given]) -> tuple[Sequence[TopicTag], Sequence[TopicTag]]:
    """The topics of an article and those of the second level; `came` are the tags that its source gave."""
    alone = not came or (lexicon.load(spoken) is not None and not given.is_bare(title, text))
    above = topics.tag_topics(title, text, language=spoken, also={} if alone else given.topic_evidence(came))
    above = given.with_topics(above, came) if came else above
    return above, subtopics.tag_subtopics(title, text, [theme.topic for theme in above], language=spoken)


def _record(
    spoken: str,
    places: CountryTags,
    both: tuple[Sequence[TopicTag], Sequence[TopicTag]],
    terms: Sequence[KeywordTag],
) -> dict[str, Any]:
    themes, closer = both
    return {
        "language": spoken,
        "countries": list(places.countries),
        "main_country": places.main_country,
        "regions": list(geography.regions_of(places.countries)),
        "topics": [theme.topic for theme in themes],
        "subtopics": [theme.topic for theme in closer],
        "keywords": [term.keyword for term in terms],
        "tags": {
            "mentioned": [plain(place) for place in places.mentioned],
            "countries": list(places.countries),
            "topics": [plain(theme) for theme in themes],
            "subtopics": [plain(theme) for theme in closer],
            "keywords": [plain(term) for term in terms],
        },
    }
