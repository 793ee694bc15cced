"""Lists of feeds: real ones that are damaged, and what comes back of our own."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SourceError
from data.sources.feeds import Feed, opml
from tests.corpora import corpus

if TYPE_CHECKING:
    from pathlib import Path


def listed(outlines: str) -> tuple[Feed, ...]:
    return opml.load(f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'.encode()).feeds


@pytest.mark.parametrize(
    ("outlines", "address", "title", "group"),
    [
        ('<outline text="News" xmlUrl="http://a.org/rss"/>', "http://a.org/rss", "News", ""),
        ("<outline text='News' xmlUrl='http://a.org/rss'/>", "http://a.org/rss", "News", ""),
        ('<outline title="News" xmlurl="http://a.org/rss"/>', "http://a.org/rss", "News", ""),
        ('<outline text="A & B" xmlUrl="http://a.org/?x=1&y=2"/>', "http://a.org/?x=1&y=2", "A & B", ""),
        ('<outline text="A &amp; B" xmlUrl="http://a.org/?x=1&amp;y=2"/>', "http://a.org/?x=1&y=2", "A & B", ""),
        ('<outline text="The "Daily" <b>News</b>" xmlUrl="http://a.org/rss"/>', "http://a.org/rss", None, ""),
        ('<outline text="a < b" xmlUrl="http://a.org/rss" />', "http://a.org/rss", "a < b", ""),
        ('<outline text="x" text="y" xmlUrl="http://a.org/rss"/>', "http://a.org/rss", "x", ""),
        (
            '<outline text="World"><outline text="Asia"><outline text="N" xmlUrl="http://a.org/"/></outline></outline>',
            "http://a.org/",
            "N",
            "World / Asia",
        ),
    ],
)
def test_one_feed(outlines: str, address: str, title: str | None, group: str) -> None:
    (feed,) = listed(outlines)
    assert (feed.address, feed.group) == (address, group)
    assert title is None or feed.title == title
    assert feed.on


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "file:///etc/passwd", "/rss", "ftp://a.org/"])
def test_only_addresses_of_the_web(address: str) -> None:
    assert listed(f'<outline text="x" xmlUrl="{address}"/>') == ()


def test_an_address_is_listed_once() -> None:
    (feed,) = listed('<outline text="1" xmlUrl="http://a.org/"/><outline text="2" xmlUrl="http://a.org/"/>')
    assert feed.title == "1"


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    )
    body = f'{bomb}<opml version="2.0"><body><outline text="&b;&x;" xmlUrl="http://a.org/"/></body></opml>'
    (feed,) = opml.load(body.encode()).feeds
    assert "root:" not in feed.title
    assert "aaaaaaaaaa" not in feed.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1251"])
def test_encodings(encoding: str) -> None:
    name = "Новости" if encoding not in ("iso-8859-1",) else "Société"
    declared = "" if encoding.startswith("utf") else f'<?xml version="1.0" encoding="{encoding}"?>'
    body = f'{declared}<opml version="1.0"><body><outline text="{name}" xmlUrl="http://a.org/"/></body></opml>'
    assert opml.load(body.encode(encoding)).feeds[0].title == name


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"news", b"\0" * 9, b"<opml>" + b" " * opml.LIMIT])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        opml.load(body)


FEEDS = st.builds(
    Feed,
    address=st.from_regex(r"https?://[a-z]{1,9}\.org/[a-z?&=;\"'<%]{0,20}", fullmatch=True).filter(
        lambda url: not re.search(r"[<\"]|&[a-z]*;?", url)
    ),
    title=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40),
    group=st.sampled_from(["", "Asia", "A & B", "<x>", 'the "best"']),
)


@given(st.lists(FEEDS, max_size=8, unique_by=lambda feed: feed.address))
def test_what_was_exported_is_imported(feeds: list[Feed]) -> None:
    found = opml.load(opml.dump(feeds))
    assert {feed.address for feed in found.feeds} == {feed.address for feed in feeds}
    assert found.lost == 0
    again = opml.load(opml.dump(found.feeds)).feeds
    assert {(feed.address, feed.title, feed.group) for feed in again} == {
        (feed.address, feed.title or feed.address, feed.group) for feed in found.feeds
    }


@given(st.text(max_size=300))
def test_nothing_is_too_strange_to_be_repaired(noise: str) -> None:
    opml.load(b'<opml version="2.0">' + f"<outline {noise}".encode("utf-8", "surrogatepass") + b"</opml>")


def files() -> list[Path]:
    return sorted(corpus("feeds/opml").glob("*.opml"))


def test_real_lists() -> None:
    """Titles and folders are kept; what a regular expression finds in the raw file is what should be found."""
    wanted: set[str] = set()
    found: set[str] = set()
    for file in files():
        body = file.read_bytes()
        wanted |= {html.unescape(raw.decode()).strip() for raw in re.findall(rb'xmlUrl="([^"]*)"', body)}
        feeds = opml.load(body).feeds
        found |= {feed.address for feed in feeds}
        assert all(feed.group for feed in feeds), file.name
        titled = sum(1 for feed in feeds if feed.title)
        assert titled >= len(re.findall(rb'<outline text="[^"]+"[^>]*xmlUrl=', body)), file.name
    assert len(wanted) == 337
    assert len(wanted & found) >= 332
