"""Answers of news search services: newsapi.org and what is made of it, GNews, NewsCatcher, the GDELT DOC API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.given import dump
from data.sources.files.exports.records import Export, has
from data.sources.files.exports.subjects import section_topic
from data.sources.files.exports.values import at, first_text, records_at, tag, text_at, vendor_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.given import Given

_CUT = re.compile(r"\s*(?:\.\.\.|…)?\s*\[\d{1,9} chars\]\s*$")
"""How GNews marks a text that it cut."""


def _is_newsapi(record: Mapping[str, object]) -> bool:
    source = record.get("source")
    return has("publishedAt", "urlToImage", "url")(record) and isinstance(source, dict) and "name" in source


def _is_gnews(record: Mapping[str, object]) -> bool:
    return has("publishedAt", "image", "content")(record) and "url" in _keys(record.get("source"))


def _keys(value: object) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


def _newsapi(_record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    return {**found, "id": ""}


def _newsapi_v1(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    return {**found, "text": text_at(record, "content") or text_at(record, "description"), "id": ""}


def _babel(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """Collected headlines; each `instance` is an edition of newsapi.org where the article stood, by country."""
    sections = {text_at(instance, "category") for instance in records_at(record, "instances")} - {"", "general"}
    given = [tag("newsapi.org category", name, topic=section_topic(name)) for name in sorted(sections)]
    number = vendor_id("babel-briefings", first_text(record, "ID"), text_at(record, "url"))
    return {**found, "id": number, "given": dump(given)}


def _gnews(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    text = _CUT.sub("", text_at(record, "content")[-200:])
    number = vendor_id("gnews", text_at(record, "id"), text_at(record, "url"))
    return {
        **found,
        "text": text_at(record, "content")[:-200] + text,
        "publisher": text_at(record, "source", "name"),
        "publisher_country": text_at(record, "source", "country"),
        "language": first_text(record, "lang", "language"),
        "id": number,
    }


def _newscatcher(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """Version 2 (excerpt, summary = the text) and 3 (description, content); `country` is where the site sits."""
    url = text_at(record, "link")
    return {
        **found,
        "text": first_text(record, "content", "summary"),
        "summary": first_text(record, "excerpt", "description"),
        "url": url,
        "published": record.get("published_date"),
        "publisher": first_text(record, "name_source", "rights", "clean_url", "domain_url"),
        "publisher_country": text_at(record, "country"),
        "id": vendor_id("newscatcher", first_text(record, "_id", "id"), url),
        "given": dump(_newscatcher_tags(record)),
    }


def _newscatcher_tags(record: Mapping[str, object]) -> list[Given]:
    themes = text_at(at(record, "nlp"), "theme").split(",")
    names = [text_at(record, "topic"), *(theme.strip() for theme in themes[:20])]
    return [tag("NewsCatcher topic", name, topic=section_topic(name)) for name in names if name]


def _gdelt_doc(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """`seendate` is when the crawler met the page, so that the article stays undated."""
    return {
        **found,
        "published": None,
        "publisher": text_at(record, "domain"),
        "publisher_country": text_at(record, "sourcecountry"),
        "id": "",
    }


NEWSAPI = Export("newsapi.org articles", "articles with publishedAt, urlToImage and source.name", _is_newsapi, _newsapi)
NEWSAPI_V1 = Export(
    "newsapi.org articles, version 1",
    "articles with publishedAt and urlToImage, but without a source",
    lambda record: has("publishedAt", "urlToImage", "url", "title")(record) and "source" not in record,
    _newsapi_v1,
)
BABEL = Export(
    "Babel Briefings headlines",
    "newsapi.org articles with source-name and instances",
    has("publishedAt", "source-name", "instances"),
    _babel,
)
GNEWS = Export("GNews articles", "articles with publishedAt, image, content and source.url", _is_gnews, _gnews)
NEWSCATCHER = Export(
    "NewsCatcher articles",
    "articles with link, published_date and rank",
    lambda record: has("link", "published_date", "rank")(record) and bool(_keys(record) & {"clean_url", "domain_url"}),
    _newscatcher,
)
GDELT_DOC = Export(
    "GDELT DOC API articles", "articles with seendate, domain and sourcecountry", has("seendate", "domain"), _gdelt_doc
)
