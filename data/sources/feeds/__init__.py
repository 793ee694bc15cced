"""Feeds: RSS, RDF, Atom and JSON Feed, from an address of the web or a file, and the user's list of them.

address ─net.fetch─▶ bytes ─parsing─▶ Row* with Reject* between them        list ─update─▶ the same, feed by feed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SourceError
from data.sources import net
from data.sources.feeds import opml
from data.sources.feeds.catalogue import Feed, catalogue
from data.sources.feeds.parsing import parse, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.articles import Reject
    from data.sources.files.members import Member
    from data.sources.rows import Row

__all__ = ["Feed", "accepts", "catalogue", "parse", "read", "read_file"]

_LISTED = "it is a list of feeds (OPML): import it into your list of feeds"


def accepts(location: str) -> bool:
    """Whether `location` is an address of the web."""
    return location.lower().startswith(("http://", "https://"))


def read(location: str) -> Iterator[Row | Reject]:
    """The entries of the feed at an address; SourceError where there is none, naming those that a page there offers."""
    answer = net.fetch(location)
    if opml.is_opml(answer.body):
        raise SourceError(f"{location[:200]} cannot be read: {_LISTED}.")
    try:
        return iter(list(parse(answer.body, answer.url, content_type=answer.headers.get("content-type", ""))))
    except SourceError as error:
        raise refused(error, answer.body, answer.url) from error


def read_file(member: Member) -> Iterator[Row | Reject]:
    """The entries of a feed that was saved as a file."""
    with member.open() as stream:
        body = stream.read(net.LIMIT + 1)
    if len(body) > net.LIMIT:
        raise SourceError(f"a feed of more than {net.LIMIT >> 20} MB")
    if opml.is_opml(body):
        raise SourceError(_LISTED)
    return parse(body, member.name)
