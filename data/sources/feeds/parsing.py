"""The bytes of a feed, of whatever kind, to rows.

bytes ─{?─▶ JSON Feed | feedparser ─▶ Channel, Entry* ─▶ Row*, and a Reject for what was too much
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from data.errors import SourceError
from data.sources import addresses
from data.sources.feeds import jsonfeed, rss
from data.sources.feeds.entries import rows
from data.sources.rows import reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.articles import Reject
    from data.sources.feeds.catalogue import Feed
    from data.sources.rows import Row

_BLANK = b" \t\r\n\xef\xbb\xbf\xff\xfe\x00"
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}(?:\"([^\"]{1,2000})\"|'([^']{1,2000})')", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_SEARCHED = 300_000
"""Characters of a page in which the addresses of its feeds are looked for."""


def parse(body: bytes, address: str, feed: Feed | None = None, content_type: str = "") -> Iterator[Row | Reject]:
    """The entries of a feed, one row each; SourceError where `body` is no feed.

    `feed` is what we know of it: its publisher, country and language. `content_type` is the header of that name.
    """
    if body[:100].lstrip(_BLANK).startswith(b"{"):
        channel, entries, left = jsonfeed.read(body, address, rss.ENTRIES)
    else:
        channel, entries, left = rss.read(body, address, content_type)
    if feed is not None:
        channel = replace(
            channel,
            publisher=feed.publisher,
            publisher_country=feed.country,
            language=feed.language or channel.language,
        )
    yield from rows(channel, entries)
    if left:
        yield reject(address, len(entries) + 1, f"{left:,} entries after the first {len(entries):,} are not read")


def offered(body: bytes, address: str) -> tuple[str, ...]:
    """The addresses of the feeds that a web page names in its head."""
    page = body[:_SEARCHED].decode("utf-8", "replace")
    found: dict[str, None] = {}
    for match in _LINK.finditer(page):
        if _FEED_TYPE.search(match.group()) and (href := _HREF.search(match.group())):
            try:
                link = urljoin(address, html.unescape(href[1] or href[2]))
            except ValueError:
                continue
            if addresses.link(link):
                found[link] = None
    return tuple(found)


def refused(error: SourceError, body: bytes, address: str) -> SourceError:
    """`error` as a sentence about `address`, with the feeds that the page there offers."""
    feeds = offered(body, address)
    hint = f" It offers feeds: {', '.join(feeds[:5])}." if feeds else ""
    return SourceError(f"{address[:200]} cannot be read: {str(error).rstrip('.')}.{hint}")
