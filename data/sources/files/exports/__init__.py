"""Exports of services whose records have names and meanings of their own.

first records ─EXPORTS─▶ the export they are ─read─▶ our fields, or why a record is no article

What is told by names alone (title, url, publishedAt) needs no export: data.sources.files.columns knows it. An export
says what else is known: which tags came with the article, which numbers are ids, what must not be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sources.files.exports import agencies, archives, crawls, mediacloud, newsapis, registry
from data.sources.files.exports.records import Export

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["EXPORTS", "Export", "recognise", "refusal"]

EXPORTS: dict[str, Export] = {
    "event registry": registry.EVENT_REGISTRY,
    "gdelt doc": newsapis.GDELT_DOC,
    "babel briefings": newsapis.BABEL,
    "newsapi": newsapis.NEWSAPI,
    "newsapi v1": newsapis.NEWSAPI_V1,
    "gnews": newsapis.GNEWS,
    "newscatcher": newsapis.NEWSCATCHER,
    "media cloud": mediacloud.CURRENT,
    "media cloud legacy": mediacloud.LEGACY,
    "news-please": crawls.NEWS_PLEASE,
    "cc_news": crawls.CC_NEWS,
    "ninjs": agencies.NINJS,
    "nexis table": archives.NEXIS_TABLE,
}
"""In the order in which they are tried: the most particular first."""


def recognise(samples: Sequence[Mapping[str, object]]) -> Export | None:
    """The export that half of the records are, and no other is before; None where their names must tell."""
    for export in EXPORTS.values():
        if samples and 2 * sum(map(export.fits, samples)) >= len(samples):
            return export
    return None


def refusal(names: Sequence[str]) -> str:
    """What a table without articles is, in words for its owner; empty where nothing is known about it."""
    return mediacloud.aggregate(names)
