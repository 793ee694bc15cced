"""What any kind of feed holds, and the rows that become of it.

Every entry is exactly one row; what cannot be an article is found out, and listed, when rows are normalised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data import publishers
from data.articles import make_id
from data.dates import to_utc
from data.given import Given, dump
from data.publishers import table
from data.sources import addresses
from data.sources.cleaning import line, paragraphs
from data.sources.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TAGS = 50
"""Most tags of an entry that are kept."""
_LONGEST_TAG = 120
CATEGORY = "feed category"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as its feed writes it."""

    title: str = ""
    content: str = ""
    """The full text, where the feed has it."""
    summary: str = ""
    link: str = ""
    guid: str = ""
    dates: tuple[str, ...] = ()
    """As written; the one that says best when it was published stands first."""
    language: str = ""
    source: str = ""
    """Name of the publisher that the feed has it from."""
    source_url: str = ""
    source_country: str = ""
    tags: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself, or we of it: publisher, country and language, where they are given, go before."""

    address: str
    title: str = ""
    link: str = ""
    language: str = ""
    publisher: str = ""
    publisher_country: str = ""


def category(term: object, label: object = "") -> Given | None:
    """A category as a tag, None where it holds no text."""
    code = line(term)[:_LONGEST_TAG] if isinstance(term, str) else ""
    name = line(label)[:_LONGEST_TAG] if isinstance(label, str) else ""
    return Given(CATEGORY, code or name, name if code and name != code else "") if code or name else None


def rows(channel: Channel, entries: Sequence[Entry]) -> Iterator[Row]:
    """One row an entry, numbered from 1."""
    links = Counter(addresses.canonical(entry.link) for entry in entries if entry.link)
    if channel.link:
        links[addresses.canonical(channel.link)] += 2
    for number, entry in enumerate(entries, 1):
        yield Row(_values(channel, entry, links), channel.address, number)


def _values(channel: Channel, entry: Entry, links: Mapping[str, int]) -> Mapping[str, object]:
    publisher, country = _publisher(channel, entry)
    link = addresses.link(entry.link)
    return {
        "id": _id(channel, entry, link, links),
        "title": entry.title,
        "text": _text(entry),
        "url": link,
        "published": _date(entry.dates),
        "publisher": publisher,
        "publisher_country": country,
        "language": entry.language or channel.language,
        "given": dump(_distinct(entry.tags)),
    }


def _id(channel: Channel, entry: Entry, link: str, links: Mapping[str, int]) -> str:
    """An id of its own where the link does not tell the entry from others; ids of entries are unique in a feed only."""
    if link and links[addresses.canonical(entry.link)] <= 1:
        return ""
    if entry.guid:
        return make_id(channel.address, entry.guid)
    return make_id(channel.address, link, line(entry.title), entry.content or entry.summary)


def _text(entry: Entry) -> str:
    """The longer of full text and summary: a full text that is shorter is a caption or a link."""
    if not entry.content or not entry.summary or entry.content == entry.summary:
        return entry.content or entry.summary
    content, summary = paragraphs(entry.content), paragraphs(entry.summary)
    return content if len(content) >= len(summary) else summary


def _date(dates: Iterable[str]) -> str:
    """The first date that can be read, else the first at all: it is kept as it is written."""
    written = [date.strip() for date in dates if date.strip()]
    return next((date for date in written if to_utc(date)[0] is not None), written[0] if written else "")


def _publisher(channel: Channel, entry: Entry) -> tuple[str, str]:
    """Name or domain of the publisher, and its country where the feed says so or we know it.

    A source that is named in the entry is the publisher; else it is the feed's, unless that carries the texts of many,
    in which case it is whoever the link leads to.
    """
    domain = addresses.domain(addresses.link(entry.source_url))
    own = {addresses.domain(channel.link), addresses.domain(channel.address)} - {""}
    if (entry.source or domain) and domain not in own and not _carries(domain):
        name = publishers.publisher_name(domain) or line(entry.source) or domain
        return name, entry.source_country or publishers.country_of(name, entry.source_url)
    if channel.publisher:
        return channel.publisher, channel.publisher_country
    whose = addresses.domain(addresses.link(entry.link))
    if any(map(_carries, own)) and not _carries(whose):
        return whose, entry.source_country
    known = next((name for host in sorted(own) if (name := publishers.publisher_name(host))), "")
    return known or line(channel.title), entry.source_country or channel.publisher_country


def _carries(domain: str) -> bool:
    """Whether `domain` is a site that carries the texts of many publishers."""
    found = table.current().find(domain)
    return found is not None and not found.country


def _distinct(tags: Iterable[Given]) -> list[Given]:
    return list({(tag.scheme, tag.code): tag for tag in tags}.values())[:TAGS]
