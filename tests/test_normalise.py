"""From raw rows to articles: what is cleaned, what is derived, what is refused."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import codes
from data.articles import Article, Reject, make_id, to_frame
from data.normalise import derived_title, normalise, unique
from data.sources import Row
from data.sources.addresses import canonical, domain, link
from data.sources.cleaning import characters, line, markup, paragraphs


def article(values: dict[str, object], row: int = 1, day_first: bool | None = None) -> Article:
    found = normalise(Row(values, "news.csv", row, day_first))
    assert isinstance(found, Article)
    return found


def test_a_full_row() -> None:
    assert article(
        {
            "id": 7,
            "title": "  Storm   hits\ncoast - Harbour Post",
            "text": "<p>First &amp; last.</p><p>Second.</p>",
            "summary": "Not used.",
            "url": "https://www.harbour.example/storm?utm_source=x",
            "published": "2025-01-02T10:00:00Z",
            "publisher": "Harbour Post",
            "publisher_country": "nzl",
            "language": "en-NZ",
        }
    ) == Article(
        id="7",
        title="Storm hits coast",
        text="First & last.\n\nSecond.",
        published=datetime(2025, 1, 2, 10, tzinfo=UTC),
        precision="second",
        published_raw="2025-01-02T10:00:00Z",
        publisher="Harbour Post",
        publisher_country="NZ",
        language="en",
        url="https://www.harbour.example/storm?utm_source=x",
        origin="news.csv#1",
    )


def test_unknown_stays_unknown() -> None:
    found = article({"title": "Storm", "published": "01/02/2026", "language": "??", "publisher_country": "Atlantis"})
    assert (found.published, found.precision, found.published_raw) == (None, "unknown", "01/02/2026")
    assert (found.language, found.publisher_country, found.publisher, found.url) == ("", "", "", "")


def test_the_column_decides_ambiguous_dates() -> None:
    assert article({"title": "Storm", "published": "01/02/2026"}, day_first=True).published == datetime(
        2026, 2, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "no title and no text"),
        ({"title": " ", "text": None, "summary": float("nan")}, "no title and no text"),
        ({"title": "***", "text": "\u202e"}, "no title and no text"),
        ({"title": "<b></b>", "text": "<script>alert(1)</script>"}, "no title and no text"),
        ({"title": "[Removed]", "text": "[Removed]"}, "removed by the service that it came from"),
    ],
)
def test_rejects(values: dict[str, object], reason: str) -> None:
    found = normalise(Row(values, "news.csv", 3))
    assert isinstance(found, Reject)
    assert (found.file, found.row, found.reason) == ("news.csv", 3, reason)


def test_a_reject_keeps_what_the_row_held() -> None:
    found = normalise(Row({"url": "\ud800x" * 5000}, "news.csv", 3))
    assert isinstance(found, Reject)
    assert len(found.raw) == 2000
    assert "\ufffdx" in found.raw


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Storm hits coast. Nobody was hurt.", "Storm hits coast"),
        ("Will it rain? Nobody knows.", "Will it rain?"),
        ("RIGHTS FEARS: A protester said so. More.", "A protester said so"),
        ("‘IMPOSSIBLE’: The goal is gone. More.", "The goal is gone"),
        ("UN: The goal is gone. More.", "UN: The goal is gone"),
        (
            "The U.S. and Mr. J. Doe met in St. Ives on Jan. 5 at noon. They talked.",
            "The U.S. and Mr. J. Doe met in St. Ives on Jan. 5 at noon",
        ),
        ("He paid 3.5 million. She did not.", "He paid 3.5 million"),
        ("Only one line without an end", "Only one line without an end"),
        ("First line\nSecond line", "First line"),
        ("总统宣布新措施。经济学家表示。", "总统宣布新措施"),
        ("word " * 60, ("word " * 20).strip() + "…"),
        ("x" * 300, "x" * 100 + "…"),
    ],
)
def test_titles_from_texts(text: str, title: str) -> None:
    assert derived_title(text) == title


def test_a_derived_title_says_so_and_leaves_the_text_alone() -> None:
    found = article({"text": "RIGHTS FEARS: A protester said so. More."})
    assert (found.title, found.title_derived) == ("A protester said so", True)
    assert found.text == "RIGHTS FEARS: A protester said so. More."


@pytest.mark.parametrize(
    ("title", "publisher", "expected"),
    [
        ("Storm - Harbour Post", "Harbour Post", "Storm"),
        ("Storm | Harbour Post", "Harbour Post", "Storm"),
        ("Storm - harbour post", "Harbour Post", "Storm - harbour post"),
        ("Storm - Harbour Post", "Post", "Storm - Harbour Post"),
        ("Storm - Harbour Post", "", "Storm - Harbour Post"),
        ("Harbour Post", "Harbour Post", "Harbour Post"),
    ],
)
def test_the_publisher_is_cut_off_titles(title: str, publisher: str, expected: str) -> None:
    assert article({"title": title, "publisher": publisher}).title == expected


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"text": "Body.", "summary": "Lead."}, "Body."),
        ({"text": None, "summary": "Lead."}, "Lead."),
        ({"text": "  ", "summary": "Lead."}, "Lead."),
        ({"text": "Cut off here… [+6112 chars]"}, "Cut off here…"),
        ({"text": "Not cut [+5 chars] here"}, "Not cut [+5 chars] here"),
        ({"text": b"bytes"}, "bytes"),
        ({"text": ["One.", "Two.", 3]}, "One.\nTwo."),
    ],
)
def test_texts(values: dict[str, object], text: str) -> None:
    assert article({"title": "Storm", **values}).text == text


@pytest.mark.parametrize(
    ("publisher", "url", "expected"),
    [
        ("Harbour Post", "https://x.example/1", "Harbour Post"),
        ("", "https://www.x.example/1", "x.example"),
        (None, "https://News.X.example:443/1", "news.x.example"),
        ("https://www.y.example/", "https://x.example/1", "y.example"),
        ("www.y.example", "", "y.example"),
        ("", "javascript:alert(1)", ""),
    ],
)
def test_publishers(publisher: object, url: str, expected: str) -> None:
    assert article({"title": "Storm", "publisher": publisher, "url": url}).publisher == expected


def test_ids() -> None:
    assert article({"title": "a", "id": "x-1", "url": "https://x.example/1"}).id == "x-1"
    assert article({"title": "a", "id": "y" * 300}).id == make_id("y" * 300)
    by_url = article({"title": "a", "url": "http://www.x.example/1/?utm_source=z&a=1#top"})
    assert by_url.id == article({"title": "b", "url": "https://x.example/1?a=1"}).id
    assert by_url.id == article({"title": "c", "id": "https://x.example/1?a=1"}).id
    assert article({"title": "a"}).id != article({"title": "b"}).id
    assert article({"title": "a"}).id == article({"title": "a"}, row=2).id


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://x.example/a?b=1&amp;c=2", "https://x.example/a?b=1&c=2"),
        (" //x.example/a ", "https://x.example/a"),
        ("https://x.example/a b\u3000c", "https://x.example/a%20b%E3%80%80c"),
        ("HTTP://X.example", "HTTP://X.example"),
        ("ftp://x.example", ""),
        ("javascript:alert(1)", ""),
        ("https://localhost/x", ""),
        ("https://x.example/\"onload='x", ""),
        ("http://[::1", ""),
        ("https://x.example:port/", ""),
        ("https://x.example/" + "a" * 5000, ""),
        ("x.example/a", ""),
    ],
)
def test_links(raw: str, address: str) -> None:
    assert link(raw) == address


def test_addresses_of_one_article_are_one() -> None:
    same = ["http://www.x.example/a/", "https://x.example/a?utm_medium=m&fbclid=1#c", "https://X.EXAMPLE/a"]
    assert {canonical(url) for url in same} == {"x.example/a"}
    assert canonical("https://x.example/a?id=2") != canonical("https://x.example/a?id=1")
    assert domain("https://user@www.x.example:81/a") == "x.example"


@pytest.mark.parametrize(
    ("raw", "code"),
    [("en", "en"), ("EN-us", "en"), ("pt_BR", "pt"), ("eng", "en"), ("ger", "de"), ("deu", "de"), ("English", "en"),
     ("Deutsch", "de"), ("español", "es"), ("zh-Hans", "zh"), ("cmn", "zh"), ("iw", "he"), ("", ""), ("xx", ""),
     ("none", ""), ("e" * 10_000, "")],
)  # fmt: skip
def test_languages(raw: str, code: str) -> None:
    assert codes.language(raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [("NA", "NA"), ("na", "NA"), ("NAM", "NA"), ("Namibia", "NA"), ("UK", "GB"), ("usa", "US"), ("U.S.A.", "US"),
     ("United States", "US"),
     ("the Netherlands", "NL"), ("Russian Federation", "RU"), ("Türkiye", "TR"), ("Turkey", "TR"), ("DE", "DE"),
     ("", ""), ("XX", ""), ("Europe", ""), ("x" * 10_000, "")],
)  # fmt: skip
def test_countries(raw: str, code: str) -> None:
    assert codes.country(raw) == code


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\0b\x07c\x85d", "abc\nd"),
        ("e\u0301", "é"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("soft\u00adhyphen zero\u200bwidth \u202eright", "softhyphen zerowidth right"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a" + "\u0301\u0300" * 500, None),
    ],
)
def test_characters(raw: str, clean: str | None) -> None:
    found = characters(raw)
    assert clean is None or found == clean
    assert unicodedata.is_normalized("NFC", found)
    assert len(found) <= len(raw)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("S&amp;P &quot;500&quot; &#8211; up", 'S&P "500" – up'),
        ("<b>Bold</b> and <a href='x>y'>link</a>", "Bold and link"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<script>alert('x')</script>Seen<style>p{}</style>", "Seen"),
        ("<SCRIPT src=x>unclosed", "unclosed"),
        ("before<!-- hidden <b> -->after", "beforeafter"),
        ("<!DOCTYPE html><iframe srcdoc='x'></iframe>text", "text"),
        ("&lt;p&gt;escaped twice&lt;/p&gt;", "\nescaped twice\n"),
        ("a < b and c > d, <jane@x.example>", "a < b and c > d, <jane@x.example>"),
        ("x &unknown; y & z", "x &unknown; y & z"),
        ("&#99999999999999999999; <![CDATA[x]]> <?php y ?>", "&#99999999999999999999; <![CDATA[x]]> "),
        ("5 <3 you", "5 <3 you"),
    ],
)
def test_markup(raw: str, clean: str) -> None:
    assert markup(raw) == clean


def test_lines_and_paragraphs() -> None:
    assert line(" a\n\tb <i>c</i> ") == "a b c"
    assert paragraphs(" a  b \n\n\n\n c\u00a0d \n e") == "a b\n\nc d\ne"


HOSTILE = [
    "<", "<a ", '<a x="', '<a x=">', "<!--", "<!", "<script>", "<style ", "&", "&#", "&#999999999", "&amp;",
    "<![CDATA[", "<?php ", "</p", "<p>", "\u0315\u0300\u05ae", "\ud800", "\0", "\u202e\u200f", " ", "\n", "[+",
    "[+1 chars]", ". ", "a. ", "A:", "中。", "1/1/", "2025-01-01 ", "http://", "https://x.example/?a=1&",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_endless_repeats_do_not_hurt(piece: str) -> None:
    """Quadratic time would take minutes here."""
    text = piece * (200_000 // len(piece))
    fields = ("id", "title", "text", "summary", "url", "published", "publisher", "language", "publisher_country")
    assert isinstance(normalise(Row(dict.fromkeys(fields, text), "f", 1)), (Article, Reject))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["id", "title", "text", "summary", "url", "published", "publisher", "language", "publisher_country"]
)


@settings(deadline=None)
@given(st.dictionaries(FIELDS, anything))
def test_law_any_values_give_a_sound_article_or_a_reject(values: dict[str, object]) -> None:
    found = normalise(Row(values, "f", 1))
    if isinstance(found, Article):
        assert found.title
        assert found.id
        assert (found.published is None) == (found.precision == "unknown")
        texts = [found.id, found.title, found.text, found.publisher, found.url, found.published_raw]
        assert all(text.encode("utf-8").decode() == text and "\0" not in text for text in texts)
        assert len(to_frame([found])) == 1


def test_repeats_are_rejected_and_clashes_renamed() -> None:
    items: list[Article | Reject] = [
        article({"id": "1", "title": "a"}, row=1),
        article({"id": "1", "title": "a"}, row=2),
        article({"id": "1", "title": "b"}, row=3),
        Reject("news.csv", 4, "broken"),
        article({"id": "1", "title": "b"}, row=5),
        article({"id": "2", "title": "a"}, row=6),
    ]
    found = list(unique(items))
    assert [item.reason for item in found if isinstance(item, Reject)] == [
        "repeats row news.csv#1",
        "broken",
        "repeats row news.csv#3",
    ]
    articles = [item for item in found if isinstance(item, Article)]
    assert [item.title for item in articles] == ["a", "b", "a"]
    assert [item.id for item in articles][::2] == ["1", "2"]
    assert [item.row for item in found if isinstance(item, Reject)] == [2, 4, 5]


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("ab")), max_size=12))
def test_law_no_id_twice_and_nothing_lost(rows: list[tuple[str, str]]) -> None:
    items = [article({"id": number, "title": title}, row=n) for n, (number, title) in enumerate(rows, 1)]
    found = list(unique(items))
    ids = [item.id for item in found if isinstance(item, Article)]
    assert len(found) == len(items)
    assert len(ids) == len(set(ids)) == len(set(rows))
