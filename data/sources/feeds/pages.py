"""The full text of articles from their own pages, for feeds that have only a summary. Off unless it is asked for.

Only pages that the site's robots.txt allows (RFC 9309) are fetched, each under the limits of every request. What is
an article on a page is found by trafilatura (Barbaresi 2021), which comes with the extra "pages".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from data.errors import FetchError, SourceError
from data.sources.cleaning import paragraphs
from data.sources.rows import Row

if TYPE_CHECKING:
    from threading import Event

    from data.articles import Reject
    from data.sources.feeds.update import Fetch
    from data.sources.net.polite import Pace

PAGES = 40
"""Pages that are fetched for one feed in one update at most."""
ENOUGH = 1_500
"""Characters: an entry with as much is not completed."""
LIMIT = 4 << 20
"""Bytes of a page at most; real ones have a tenth."""
NAME = "world-news-themes"
_ROBOTS = 512_000
"""Bytes of a robots.txt that count (RFC 9309, 2.5)."""


class Pages:
    """Fetches pages for one update; what a site allows is asked once."""

    def __init__(self, fetch: Fetch, pace: Pace, stop: Event) -> None:
        """SourceError where trafilatura is not installed."""
        try:
            import trafilatura  # noqa: F401
        except ImportError as error:
            raise SourceError('Full texts need trafilatura: pip install "world-news-themes[pages]".') from error
        self._fetch = fetch
        self._pace = pace
        self._stop = stop
        self._robots: dict[str, RobotFileParser] = {}

    def completed(self, items: tuple[Row | Reject, ...]) -> tuple[Row | Reject, ...]:
        """The same items; those with little text have that of their page where it is longer."""
        left = PAGES
        found: list[Row | Reject] = []
        for item in items:
            if isinstance(item, Row) and left and self._wanting(item):
                left -= 1
                item = self._completed(item)
            found.append(item)
        return tuple(found)

    def _wanting(self, row: Row) -> bool:
        return bool(row.values["url"]) and len(str(row.values["text"])) < ENOUGH and not self._stop.is_set()

    def _completed(self, row: Row) -> Row:
        url, text = str(row.values["url"]), str(row.values["text"])
        page = self._text(url) if self._allows(url) else ""
        return replace(row, values={**row.values, "text": page}) if len(page) > len(paragraphs(text)) else row

    def _allows(self, url: str) -> bool:
        address = urljoin(url, "/robots.txt")
        if address not in self._robots:
            self._robots[address] = self._read(address)
        return self._robots[address].can_fetch(NAME, url)

    def _read(self, address: str) -> RobotFileParser:
        """A site without the file allows everything, one that cannot be asked nothing (RFC 9309, 2.3.1)."""
        rules = RobotFileParser(address)
        self._stop.wait(self._pace.turn(address))
        try:
            lines = self._fetch(address).body[:_ROBOTS].decode("utf-8", "replace").splitlines()
        except FetchError as error:
            lines = [] if 400 <= error.status < 500 and error.status != 429 else ["User-agent: *", "Disallow: /"]
        rules.parse(lines)
        return rules

    def _text(self, url: str) -> str:
        if self._stop.wait(self._pace.turn(url)):
            return ""
        try:
            body = self._fetch(url).body
        except FetchError:
            return ""
        return extracted(body) if len(body) <= LIMIT else ""


def extracted(page: bytes) -> str:
    """The text of the article on a page, empty where none is found."""
    from lxml.etree import LxmlError
    from trafilatura import extract

    try:
        return extract(page, include_comments=False, include_tables=False) or ""
    except (ValueError, TypeError, LookupError, AttributeError, RuntimeError, LxmlError):
        return ""  # a page that cannot be taken apart is one without a text
