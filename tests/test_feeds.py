"""Feeds: what becomes of each kind of entry, real and hostile feeds, the user's list, and asking many at once."""

from __future__ import annotations

import csv
import json
import tarfile
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import codes, geography, sources
from data.articles import Article, Reject
from data.errors import FetchError, SourceError, StoreError
from data.given import load
from data.normalise import normalise
from data.sources import addresses
from data.sources.feeds import Feed, catalogue, parse, rss
from data.sources.feeds.entries import TAGS
from data.sources.feeds.pages import Pages
from data.sources.feeds.parsing import offered
from data.sources.feeds.state import LONGEST, State, after_failure, after_success, may_ask
from data.sources.feeds.subscriptions import Subscriptions
from data.sources.feeds.update import Asking, Outcome, update
from data.sources.net import Fetched, guard
from data.sources.net.polite import Pace
from data.sources.rows import Row
from tests.corpora import corpus
from tests.raw_server import answer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

ADDRESS = "https://news.example/rss"


def rss_of(*items: str, head: str = "<title>The Example</title><link>https://news.example/</link>") -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{listed}</channel></rss>'.encode()


SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "emm": "http://emm.jrc.it",
        "iso": "http://www.iso.org/3166",
        "georss": "http://www.georss.org/georss",
    }.items()
)


def read(body: bytes, feed: Feed | None = None) -> list[Row]:
    found = list(parse(body, ADDRESS, feed))
    assert all(isinstance(item, Row) for item in found)
    return [item for item in found if isinstance(item, Row)]


def one(item: str, feed: Feed | None = None) -> Mapping[str, Any]:
    (row,) = read(rss_of(item), feed)
    return row.values


def article(item: str) -> Article:
    found = normalise(read(rss_of(item))[0])
    assert isinstance(found, Article)
    return found


def test_an_item() -> None:
    found = article(
        "<title>Rain &amp;amp; &lt;b&gt;wind&lt;/b&gt;</title><link>https://news.example/1</link>"
        "<description>&lt;p&gt;It rained.&lt;/p&gt;</description><guid>x-1</guid>"
        "<pubDate>Mon, 06 Jan 2025 10:00:00 +0100</pubDate><category>Weather</category><category>Oslo</category>"
    )
    assert (found.title, found.text) == ("Rain & wind", "It rained.")
    assert found.url == "https://news.example/1"
    assert (found.published, found.precision) == (datetime(2025, 1, 6, 9, tzinfo=UTC), "second")
    assert found.publisher == "The Example"
    assert [(tag.scheme, tag.code) for tag in load(found.given)] == [
        ("feed category", "Weather"),
        ("feed category", "Oslo"),
    ]
    assert found.origin == f"{ADDRESS}#1"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<description>short</description><content:encoded>the long text</content:encoded>", "the long text"),
        ("<description>the summary</description><content:encoded>&lt;img&gt;</content:encoded>", "the summary"),
        ("<description>only this</description>", "only this"),
        ("<content:encoded>only that</content:encoded>", "only that"),
        ("", ""),
    ],
)
def test_the_full_text_where_there_is_one(item: str, text: str) -> None:
    assert article(f"<title>T</title>{item}").text == text


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ("<pubDate>Mon, 06 Jan 2025 10:00:00 GMT</pubDate>", datetime(2025, 1, 6, 10, tzinfo=UTC)),
        ("<dc:date>2025-01-06T10:00:00Z</dc:date>", datetime(2025, 1, 6, 10, tzinfo=UTC)),
        ("<pubDate>soon</pubDate><dc:date>2025-01-06T10:00:00Z</dc:date>", datetime(2025, 1, 6, 10, tzinfo=UTC)),
        ("<pubDate>1767225600</pubDate>", datetime(2026, 1, 1, tzinfo=UTC)),
        ("", None),
        *((f"<pubDate>{raw}</pubDate>", None) for raw in ("0000-00-00", "2026-02-30", "Mon, 06 Jan 3025 10:00:00 GMT")),
        *((f"<pubDate>{raw}</pubDate>", None) for raw in ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "-1")),
    ],
)
def test_a_date_is_right_or_none(dates: str, published: datetime | None) -> None:
    found = article(f"<title>T</title>{dates}")
    assert found.published == published
    if dates and published is None:
        assert found.published_raw == dates[9:-10], "kept as written"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.org", "data:text/html,x"])
def test_only_links_of_the_web(link: str) -> None:
    assert article(f"<title>T</title><link>{link}</link>").url == ""


@pytest.mark.parametrize(
    ("item", "feed", "publisher", "country"),
    [
        ("", None, "The Example", ""),
        ("", Feed(ADDRESS, publisher="Ours", country="FJ"), "Ours", "FJ"),
        ('<source url="https://www.bbc.co.uk/rss">BBC something</source>', None, "BBC News", "GB"),
        ('<source url="https://www.bbc.co.uk/rss">x</source>', Feed(ADDRESS, publisher="Ours"), "BBC News", "GB"),
        ('<source url="https://unknown.example/">Bugle</source>', None, "Bugle", ""),
        ('<source url="https://unknown.example/">Bugle</source>', Feed(ADDRESS, country="FJ"), "Bugle", ""),
        ('<source url="https://news.example/rss">The Example - top</source>', None, "The Example", ""),
    ],
)
def test_who_published_it(item: str, feed: Feed | None, publisher: str, country: str) -> None:
    values = one(f"<title>T</title><link>https://news.example/1</link>{item}", feed)
    assert (values["publisher"], values["publisher_country"]) == (publisher, country)


def test_who_published_what_an_aggregator_lists() -> None:
    """A feed label is no publisher: where the feed carries the texts of many, it is whoever the link leads to."""
    head = "<title>Top stories</title><link>https://news.google.com/</link>"
    (row,) = read(rss_of("<title>T</title><link>https://www.dawn.com/1</link>", head=head))
    found = normalise(row)
    assert isinstance(found, Article)
    assert (found.publisher, found.publisher_country) == ("Dawn", "PK")


def test_ids_tell_entries_apart_and_stay() -> None:
    """Also where entries share a link, or link to the front page; the order in the feed does not matter."""
    items = [
        "<title>A</title><link>https://news.example/live</link><guid>1</guid>",
        "<title>B</title><link>https://news.example/live</link><guid>2</guid>",
        "<title>C</title><link>https://news.example/</link><guid>3</guid>",
        "<title>D</title><guid isPermaLink='false'>4</guid>",
        "<title>E</title>",
        "<title>F</title><link>https://news.example/f?utm_source=rss</link><guid>6</guid>",
    ]

    def ids(order: Sequence[str]) -> dict[str, str]:
        articles = [normalise(row) for row in read(rss_of(*order))]
        return {each.title: each.id for each in articles if isinstance(each, Article)}

    assert ids(items) == ids(items[::-1])
    assert len(set(ids(items).values())) == len(items)
    other = list(parse(rss_of(*items), "https://other.example/rss"))
    assert isinstance(other[3], Row)
    assert other[3].values["id"] != ids(items)["D"], "a guid is one of its feed only"


def test_atom() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Exemple</title>
        <link href="https://news.example/"/><entry xml:base="https://news.example/a/">
        <title type="html">Un &lt;i&gt;titre&lt;/i&gt;</title>
        <link rel="alternate" href="1.html"/><id>tag:news.example,2025:1</id><updated>2025-01-07T00:00:00Z</updated>
        <published>2025-01-06T10:00:00Z</published><summary>court</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le texte entier.</p></div></content>
        <category term="monde"/></entry></feed>"""
    (row,) = read(body.encode())
    found = normalise(row)
    assert isinstance(found, Article)
    assert (found.title, found.text, found.language) == ("Un titre", "Le texte entier.", "fr")
    assert found.published == datetime(2025, 1, 6, 10, tzinfo=UTC)
    assert found.url == "https://news.example/a/1.html"


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Example",
        "home_page_url": "https://news.example/",
        "language": "de",
        "items": [
            {"id": "1", "url": "/1", "title": "Regen", "content_html": "<p>Es regnet.</p>", "tags": ["Wetter", 7]},
            {"id": 2, "content_text": "Ohne Titel."},
            "no item",
            {},
        ],
    }
    found = [normalise(row) for row in read(json.dumps(feed).encode())]
    articles = [each for each in found if isinstance(each, Article)]
    assert [each.text for each in articles] == ["Es regnet.", "Ohne Titel."]
    assert articles[0].url == "https://news.example/1"
    assert {each.language for each in articles} == {"de"}
    assert len(found) == 4, "each entry is an article or a reject"


def test_tags_of_the_europe_media_monitor() -> None:
    item = """<title>T</title><link>https://paper.example/1</link><guid isPermaLink="false">p-1.20250106.en</guid>
        <source url="http://www.paper.example/rss" country="AU">paper</source><iso:language>en</iso:language>
        <category>Economy</category><emm:keywords>bank,rates</emm:keywords>
        <emm:entity id="12" type="o" count="2" name="The Bank">the bank</emm:entity>
        <emm:guess type="p" name="A Person" rules="r1">Person</emm:guess>
        <emm:georss name="Suva:Fiji" id="99" lat="-18.1" lon="178.4" count="1" iso="FJ">Suva</emm:georss>
        <georss:point>-18.1 178.4</georss:point>"""
    values = one(item)
    assert (values["publisher"], values["publisher_country"], values["language"]) == ("paper", "AU", "en")
    tags = {(tag.scheme, tag.code): tag for tag in load(str(values["given"]))}
    assert tags.keys() == {
        ("feed category", "Economy"),
        ("EMM keyword", "bank"),
        ("EMM keyword", "rates"),
        ("EMM entity", "12"),
        ("EMM guess", "A Person"),
        ("EMM place", "99"),
        ("EMM point", "-18.1 178.4"),
    }
    assert tags["EMM place", "99"].country == "FJ"
    assert tags["EMM entity", "12"].weight == 2.0


ITEM = "<title>T</title><link>https://news.example/{}</link>"


def test_endless_feeds_are_cut() -> None:
    body = rss_of(*(ITEM.format(number) for number in range(rss.ENTRIES + 30)))
    found = list(parse(body, ADDRESS))
    assert len(found) == rss.ENTRIES + 1
    assert isinstance(found[-1], Reject)
    assert found[-1].reason.startswith("30 entries")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'<!DOCTYPE rss [<!ENTITY path "C:\\data">]><rss><channel><title>&path;</title></channel></rss>'),
        pytest.param(b'<rss version="2.0"><channel><item><title>&#1114112; &#x110000; &#55296;</title></item></rss>'),
        pytest.param(b'<rss version="2.0"><channel><item><title>\0\xff\xfe</title>', id="bytes"),
        pytest.param(rss_of("<title>" + "<" * 100_000 + "</title>"), id="brackets"),
        pytest.param(rss_of("<title>T</title><b>" * 5_000), id="deep"),
        pytest.param(rss_of("<title>" + "x" * 5_000_000 + "</title>"), id="long"),
        pytest.param(rss_of("".join(f"<category>{n}</category>" for n in range(60_000))), id="many tags"),
        pytest.param(rss_of("".join(f'<x{n}:y xmlns:x{n}="u{n}"/>' for n in range(60_000))), id="many namespaces"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, id="nested"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "\\ud800"}]}', id="surrogate"),
    ],
)
def test_hostile_feeds(body: bytes) -> None:
    settled(body)


def test_most_tags_are_enough() -> None:
    values = one("<title>T</title>" + "".join(f"<category>c{number}</category>" for number in range(99)))
    assert len(load(str(values["given"]))) == TAGS


def settled(body: bytes) -> list[Article | Reject] | None:
    """What a feed gives, None where it is none; nothing else may come of it."""
    try:
        return [item if isinstance(item, Reject) else normalise(item) for item in parse(body, ADDRESS)]
    except SourceError:
        return None


def test_entities_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<!DOCTYPE rss [<!ENTITY e0 "haha">{levels}]>'.encode() + rss_of("<title>&e8;</title>")[21:]
    found = settled(body) or []
    assert all(len(each.title) < 400_000 for each in found if isinstance(each, Article))


def test_no_file_is_opened(tmp_path: Path) -> None:
    """feedparser would read the file that a text names, and an external entity one more."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss_of("<title>SECRET</title>"))
    external = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode() + rss_of("<title>T&x;</title>")[21:]
    for body in (str(secret).encode(), secret.as_uri().encode(), external):
        assert "SECRET" not in str(settled(body))


@given(st.binary(max_size=300))
def test_any_bytes(noise: bytes) -> None:
    settled(noise)
    settled(b'<rss version="2.0"><channel><item><title>' + noise)
    settled(b"{" + noise)


def manifest() -> dict[str, dict[str, str]]:
    with corpus("feeds/manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_real_feeds() -> None:
    """Every one is read, and every entry that feedparser finds is an article or a reject; undated ones keep the raw."""
    for name, known in manifest().items():
        if not name.startswith("news/"):
            continue
        found = settled(corpus(f"feeds/{name}").read_bytes())
        assert found is not None, name
        assert len(found) == int(known["entries"]), name
        articles = [each for each in found if isinstance(each, Article)]
        assert sum(each.published is not None for each in articles) >= int(known["with_date"]) - (
            len(found) - len(articles)
        )
        dated = [each.published for each in articles if each.published]
        assert all(2009 <= each.year <= 2022 for each in dated), name


def test_tricky_feeds() -> None:
    """Nothing raises; what feedparser found entries in gives at least as many."""
    for name, known in manifest().items():
        found = settled(corpus(f"feeds/{name}").read_bytes())
        if int(known["entries"]):
            assert found is not None, name
            assert len(found) == int(known["entries"]), name


def test_the_cases_of_feedparser() -> None:
    with tarfile.open(corpus("hostile/feedparser_tests.tar.gz")) as archive:
        bodies = [file.read() for member in archive if (file := archive.extractfile(member))]
    assert len(bodies) == 1_618
    read_at_all = sum(settled(body) is not None for body in bodies)
    assert read_at_all > 1_500


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("feed.txt", rss_of(ITEM.format(1))),
        (
            "feed.csv",
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->\n<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>T</title></entry></feed>',
        ),
        ("feed.xml", rss_of(ITEM.format(1)).decode().replace('<?xml version="1.0"?>', "").encode("utf-16")),
        ("feed", b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "T"}]}'),
    ],
)
def test_files_are_recognised_by_what_they_hold(name: str, body: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    (row,) = sources.read(path)
    assert isinstance(row, Row)
    assert row.values["title"] == "T"


def test_a_list_of_feeds_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(b'<?xml version="1.0"?><opml version="2.0"><body/></opml>')
    with pytest.raises(SourceError, match="OPML"):
        list(sources.read(path))


def test_an_address_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b'<html><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2"></html>'
    with serving({"/rss": answer(rss_of(ITEM.format(1))), "/": answer(page)}) as server:
        monkeypatch.setenv(guard.VARIABLE, "1")
        (row,) = sources.read(server.address + "/rss")
        assert isinstance(row, Row)
        with pytest.raises(SourceError, match="no feed") as caught:
            list(sources.read(server.address + "/"))
    assert row.file == server.address + "/rss"
    assert str(caught.value).endswith(f"It offers feeds: {server.address}/rss?a=1&b=2.")


def test_the_feeds_that_a_page_offers() -> None:
    page = b"""<link href='/b.atom' type='application/atom+xml'><link rel=stylesheet href="/x.css">
        <link type="application/rss+xml" href="/rss?a=1&amp;b=2">
        <link type="application/rss+xml" href="javascript:x">"""
    assert offered(page, "https://news.example/x/") == (
        "https://news.example/b.atom",
        "https://news.example/rss?a=1&b=2",
    )


def test_the_list_that_comes_with_the_program() -> None:
    feeds = catalogue()
    assert len(feeds) >= 60
    assert len({feed.address for feed in feeds}) == len(feeds)
    for feed in feeds:
        assert addresses.link(feed.address) == feed.address
        assert all((feed.title, feed.publisher, feed.group)), feed
        assert codes.country(feed.country) == feed.country
        assert codes.language(feed.language) == feed.language != ""
    covered = {geography.COUNTRIES[feed.country].sub_region for feed in feeds if feed.country}
    everywhere = {place.sub_region for place in geography.COUNTRIES.values() if place.region} - {""}
    assert everywhere - covered <= {"Micronesia", "Polynesia"}
    assert sum(feed.on for feed in feeds) >= 40


@pytest.fixture
def own(tmp_path: Path) -> Subscriptions:
    return Subscriptions(tmp_path / "deep" / "feeds.json")


def test_the_users_list(own: Subscriptions) -> None:
    first, *_ = catalogue()
    mine = Feed("https://mine.example/rss", "Mine", group="Own", on=False)
    assert own.feeds() == catalogue()
    assert own.add([mine, first, Feed("javascript:1")]) == 1
    assert own.add([mine]) == 0
    own.switch(first.address, False)
    own.remove(catalogue()[1].address)
    again = Subscriptions(own.path)
    listed = {feed.address: feed for feed in again.feeds()}
    assert listed[mine.address].on
    assert not listed[first.address].on
    assert catalogue()[1].address not in listed
    assert len(listed) == len(catalogue())
    own.remove(mine.address)
    own.add([catalogue()[1]])
    assert [feed.address for feed in own.feeds()] == [feed.address for feed in catalogue()]


def test_states_are_kept(own: Subscriptions) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    states = {
        "https://a.example/": after_success(State(), now, '"x"', "yesterday"),
        "https://b.example/": after_failure(State(), now, "gone", 60.0),
    }
    own.note(states)
    assert Subscriptions(own.path).states() == states
    assert not list(own.path.parent.glob(".*part"))


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"own": [{"x": 1}], "removed": 1}', b"\xff"])
def test_a_damaged_list_is_said_and_left_alone(content: bytes, own: Subscriptions) -> None:
    own.path.parent.mkdir()
    own.path.write_bytes(content)
    with pytest.raises(StoreError, match=r"feeds\.json"):
        own.feeds()
    with pytest.raises(StoreError):
        own.switch("https://a.example/", True)
    assert own.path.read_bytes() == content


NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "minutes", "impatient", "may"),
    [
        (State(), 0, False, True),
        (State(asked=NOW), 30, False, False),
        (State(asked=NOW), 30, True, True),
        (State(asked=NOW), 60, False, True),
        (State(asked=NOW, not_before=NOW + timedelta(hours=3)), 120, True, False),
        (State(asked=NOW, not_before=NOW + timedelta(hours=3)), 181, False, True),
        (State(asked=NOW, failures=2), 60, False, True),
        (State(asked=NOW, failures=3), 60, False, False),
        (State(asked=NOW, failures=3), 120, False, True),
        (State(asked=NOW, failures=10_000), LONGEST.total_seconds() / 60, False, True),
    ],
)
def test_when_a_feed_may_be_asked(state: State, minutes: float, impatient: bool, may: bool) -> None:
    assert may_ask(state, NOW + timedelta(minutes=minutes), impatient=impatient) is may


class Web:
    """A fake of fetching: bodies, or errors, by address; and what was asked."""

    def __init__(self, pages: Mapping[str, bytes | FetchError | Fetched]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        self.asked.append((url, etag, modified))
        found = self.pages.get(url, FetchError(f"{url} answers with 404.", 404))
        if isinstance(found, FetchError):
            raise found
        return found if isinstance(found, Fetched) else Fetched(200, {"etag": '"new"'}, found, url)


def updated(web: Web, states: Mapping[str, State], *feeds: Feed, **how: Any) -> dict[str, Outcome]:
    asking = Asking(fetch=web, pace=Pace(0.0), **how)
    return {outcome.feed.address: outcome for outcome in update(feeds, states, how=asking, now=NOW)}


def test_an_update() -> None:
    good, same, dead, page, off, asked = (Feed(f"https://{name}.example/", name) for name in "abcdef")
    web = Web(
        {
            good.address: rss_of(ITEM.format(1), ITEM.format(2)),
            same.address: Fetched(304, {}, b"", same.address, not_modified=True),
            dead.address: FetchError("gone", 503, 7200.0),
            page.address: b"<html><title>x</title></html>",
        }
    )
    states = {
        same.address: State(etag='"old"', modified="then", asked=NOW - timedelta(days=1), failures=1),
        dead.address: State(failing_since=NOW - timedelta(days=9), failures=1, reason="before"),
        asked.address: State(asked=NOW - timedelta(minutes=1)),
    }
    off = Feed(off.address, on=False)
    found = updated(web, states, good, same, dead, page, off, asked)
    assert {address[8]: outcome.kind for address, outcome in found.items()} == {
        "a": "new",
        "b": "unchanged",
        "c": "failed",
        "d": "failed",
        "f": "waiting",
    }
    assert len(found[good.address].items) == 2
    assert found[good.address].state == State(etag='"new"', asked=NOW, succeeded=NOW)
    assert (same.address, '"old"', "then") in web.asked
    assert found[same.address].state == State(etag='"old"', modified="then", asked=NOW, succeeded=NOW)
    failed = found[dead.address].state
    assert (failed.failing_since, failed.failures, failed.reason) == (NOW - timedelta(days=9), 2, "gone")
    assert failed.not_before == NOW + timedelta(hours=2)
    assert found[page.address].state.failing_since == NOW
    assert asked.address not in {address for address, *_ in web.asked}


def test_an_update_can_be_stopped() -> None:
    feeds = [Feed(f"https://a.example/{number}") for number in range(50)]
    stop = Event()
    found = []
    web = Web({feed.address: rss_of(ITEM.format(1)) for feed in feeds})
    for outcome in update(feeds, {}, how=Asking(fetch=web, pace=Pace(0.01)), stop=stop, now=NOW):
        found.append(outcome)
        stop.set()
    assert 1 <= len(found) < 50


TEXT = "The river rose above its banks on Monday after a night of heavy rain, the town said. " * 12


def page_of(text: str) -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(3))
    return f"<html><body><nav>Menu</nav><article><h1>Title</h1>{paragraphs}</article></body></html>".encode()


@pytest.mark.parametrize(
    ("robots", "completed"),
    [
        (b"User-agent: *\nDisallow: /private", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: world-news-themes\nDisallow: /", False),
        (FetchError("no such file", 404), True),
        (FetchError("broken", 500), False),
        (FetchError("busy", 429), False),
    ],
)
def test_full_texts_only_where_the_site_allows_it(robots: bytes | FetchError, completed: bool) -> None:
    pytest.importorskip("trafilatura")
    web = Web({"https://news.example/robots.txt": robots, "https://news.example/1": page_of(TEXT)})
    rows = tuple(read(rss_of("<title>T</title><description>short</description><link>https://news.example/1</link>")))
    (row,) = Pages(web, Pace(0.0), Event()).completed(rows)
    assert isinstance(row, Row)
    assert ("The river rose" in str(row.values["text"])) is completed
    assert ("https://news.example/1" in {url for url, *_ in web.asked}) is completed


def test_pages_are_fetched_only_when_asked_for() -> None:
    pytest.importorskip("trafilatura")
    feed = Feed("https://news.example/rss")
    body = rss_of("<title>T</title><description>short</description><link>https://news.example/1</link>")
    pages = {feed.address: body, "https://news.example/1": page_of(TEXT), "https://news.example/robots.txt": b""}
    texts: Callable[[Outcome], list[str]] = lambda outcome: [  # noqa: E731
        str(item.values["text"]) for item in outcome.items if isinstance(item, Row)
    ]
    assert texts(updated(Web(pages), {}, feed)[feed.address]) == ["short"]
    assert "The river rose" in texts(updated(Web(pages), {}, feed, full_text=True)[feed.address])[0]
