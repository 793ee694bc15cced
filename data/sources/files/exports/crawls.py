"""What crawlers of news sites write: news-please and the data set cc_news made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sources.files.exports.records import Export, has
from data.sources.files.exports.values import first_text

if TYPE_CHECKING:
    from collections.abc import Mapping


def _news_please(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    """`date_download` and `date_modify` are no dates of publication; `localpath` names a file of someone else."""
    return {
        **found,
        "title": first_text(record, "title", "title_page", "title_rss"),
        "text": first_text(record, "maintext", "text"),
        "published": record.get("date_publish"),
        "publisher": first_text(record, "source_domain"),
        "id": "",
    }


def _cc_news(record: Mapping[str, object], found: dict[str, object]) -> dict[str, object] | str:
    return {**found, "publisher": first_text(record, "domain"), "published": record.get("date"), "id": ""}


NEWS_PLEASE = Export(
    "news-please articles", "articles with maintext and date_publish", has("maintext", "date_publish"), _news_please
)
CC_NEWS = Export(
    "cc_news articles",
    "articles with text, title, domain, date and image_url",
    has("text", "title", "domain", "date", "url", "image_url"),
    _cc_news,
)
