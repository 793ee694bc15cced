"""Where publishers sit: the table, endings of countries, names, and a table of one's own."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import folders, publishers
from data.articles import Article
from data.errors import ResourceError, StoreError
from data.geography import COUNTRIES
from data.normalise import normalise
from data.publishers import country_of, publisher_name, table
from data.publishers.endings import by_ending
from data.sources import Row

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nobodys_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(table.VARIABLE, raising=False)
    monkeypatch.setenv(folders.VARIABLE, str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("publisher", "url", "expected"),
    [
        ("", "https://www.bbc.co.uk/news/1", "GB"),
        ("", "https://feeds.bbci.co.uk/news/rss.xml", "GB"),
        ("", "https://edition.cnn.com/2025/1", "US"),
        ("", "https://www.aljazeera.com/x", "QA"),
        ("BBC News", "", "GB"),
        ("bbc news", "", "GB"),
        ("www.nation.africa", "", "KE"),
        ("reuters.com", "", "GB"),
        # the address says more than a name
        ("The Guardian", "https://guardian.ng/x", "NG"),
        ("ABC News", "https://www.abc.net.au/news/1", "AU"),
        ("ABC News", "https://abcnews.go.com/1", "US"),
        ("The Herald", "https://herald.example.zw/1", "ZW"),
        # namesakes are nobody
        ("ABC News", "", ""),
        ("La Prensa", "", ""),
        ("The Nation", "", ""),
        # sites that carry the texts of many publishers
        ("Reuters", "https://news.yahoo.com/1", "GB"),
        ("", "https://news.yahoo.com/1", ""),
        ("", "https://somebody.blogspot.de/1", ""),
        ("Le Monde", "https://news.google.com/1", "FR"),
        ("", "https://reut.rs/1", "GB"),
        # endings
        ("", "https://zeitung.example.de/1", "DE"),
        ("", "https://paper.co.uk/1", "GB"),
        ("", "https://пример.рф/1", "RU"),
        ("zeitung.at", "", "AT"),
        ("", "https://paper.co/1", ""),
        ("", "https://paper.io/1", ""),
        ("", "https://paper.tv/1", ""),
        ("", "https://paper.eu/1", ""),
        ("", "https://paper.com/1", ""),
        ("", "https://192.168.0.1/1", ""),
        ("", "", ""),
        ("Nobody's Gazette", "", ""),
        ("", "javascript:alert(1)", ""),
    ],
)
def test_countries_of_publishers(publisher: str, url: str, expected: str) -> None:
    assert country_of(publisher, url) == expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("bbc.co.uk", "BBC News"),
        ("www.BBC.co.uk", "BBC News"),
        ("edition.cnn.com", "CNN"),
        ("stuff.co.nz", "Stuff"),
        ("elpais.com", "El País"),
        ("elpais.com.uy", "El País (Uruguay)"),
        ("laprensa.hn", "La Prensa (Honduras)"),
        ("g1.globo.com", ""),
        ("news.yahoo.com", ""),
        ("harbour.example", ""),
        ("", ""),
    ],
)
def test_names_of_publishers(domain: str, expected: str) -> None:
    assert publisher_name(domain) == expected


def rows() -> list[dict[str, str]]:
    with table.FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_well_formed() -> None:
    domains = [row["domain"] for row in rows()]
    assert len(domains) == len(set(domains))
    assert not [domain for domain in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain)]
    assert {row["country"] for row in rows()} <= {*COUNTRIES, ""}
    assert not [row["domain"] for row in rows() if bool(row["country"]) != bool(row["name"])]
    assert not [row["name"] for row in rows() if row["name"] != row["name"].strip() or "||" in row["name"]]


def test_the_table_covers_the_world() -> None:
    listed = {row["country"] for row in rows()} - {""}
    assert len([row for row in rows() if row["country"]]) >= 2000
    assert len(listed) >= 200
    regions = defaultdict(set)
    for code, country in COUNTRIES.items():
        regions[country.sub_region].add(code)
    for name, codes in regions.items():
        assert not name or codes & listed, f"nobody publishes in {name}"


def test_a_name_in_the_table_is_that_of_one_country() -> None:
    bearers = defaultdict(set)
    for row in rows():
        for name in filter(None, row["name"].split("|")):
            bearers[name.casefold().removeprefix("the ")].add(row["country"])
    assert {name: found for name, found in bearers.items() if len(found) > 1} == {}


def test_no_ending_contradicts_the_table_without_reason() -> None:
    """Endings of countries in the table are those of the publisher's country, but for short links and exiles."""
    odd = {
        row["domain"]: (row["country"], by_ending(row["domain"]))
        for row in rows()
        if row["country"] and by_ending(row["domain"]) not in ("", row["country"])
    }
    assert len(odd) <= 20, odd


@pytest.mark.parametrize(("host", "expected"), [("uk", "GB"), ("gb", ""), ("x.us", "US"), ("x.su", ""), ("x.xk", "XK")])
def test_endings(host: str, expected: str) -> None:
    assert by_ending(host) == expected


def article(values: dict[str, object]) -> Article:
    found = normalise(Row({"title": "Storm", **values}, "news.csv", 1))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("values", "country", "name"),
    [
        ({"url": "https://www.lemonde.fr/x"}, "FR", "Le Monde"),
        ({"url": "https://www.lemonde.fr/x", "publisher_country": "Belgium"}, "BE", "Le Monde"),
        ({"publisher": "lemonde.fr"}, "FR", "Le Monde"),
        ({"publisher": "Le Monde diplo", "url": "https://www.lemonde.fr/x"}, "FR", "Le Monde diplo"),
        ({"publisher": "Harbour Post", "url": "https://harbour.example/x"}, "", "Harbour Post"),
        ({"text": "Written in Paris, France, by the French."}, "", ""),
    ],
)
def test_articles_get_what_their_source_does_not_say(values: dict[str, object], country: str, name: str) -> None:
    found = article(values)
    assert (found.publisher_country, found.publisher) == (country, name)


OWN = (
    "domain,country,name\nhttps://www.harbour.example/,New Zealand,Harbour Post|The Post\nbbc.co.uk,IE,\nwire.test,,\n"
)


def check_own() -> None:
    assert country_of("", "https://news.harbour.example/1") == "NZ"
    assert country_of("Harbour Post", "") == "NZ"
    assert publisher_name("harbour.example") == "Harbour Post"
    assert country_of("", "https://www.bbc.co.uk/1") == "IE"
    assert country_of("", "https://www.lemonde.fr/1") == "FR"


def test_a_file_that_the_setting_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(OWN, encoding="utf-8-sig")
    monkeypatch.setenv(table.VARIABLE, str(tmp_path / "mine.csv"))
    check_own()


def test_a_file_in_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / table.NAME).write_text(OWN, encoding="utf-8")
    monkeypatch.setenv(folders.VARIABLE, str(tmp_path))
    check_own()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"domain,country,name\nharbour.example,Atlantis,x\n", "line 2"),
        (b"domain,country,name\n,NZ,x\n", "line 2"),
        (b"name\nx\n", "line 2"),
        (b"domain,country\n\xff\xfe,NZ\n", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_says_where(
    content: bytes | None, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / f"wrong-{reason}.csv"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(table.VARIABLE, str(path))
    with pytest.raises(StoreError, match=reason):
        country_of("", "https://www.bbc.co.uk/1")


def test_a_damaged_installation_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(table, "FILE", tmp_path / "none.csv")
    monkeypatch.setenv(folders.VARIABLE, str(tmp_path / "other"))
    with pytest.raises(ResourceError, match="reinstall"):
        country_of("", "https://www.bbc.co.uk/1")


@given(st.text(max_size=60), st.text(max_size=60) | st.from_regex(r"https?://[^/]{1,30}/.*"))
def test_any_text_has_a_country_or_none(publisher: str, url: str) -> None:
    assert country_of(publisher, url) in {*COUNTRIES, ""}
    assert isinstance(publisher_name(publisher), str)


@pytest.mark.parametrize(
    "text", ["a." * 1_000_000, "a" * 5_000_000, "\ud800" * 1_000_000, "https://" + "a." * 1_000_000]
)
def test_long_texts(text: str) -> None:
    assert country_of(text, text) == ""
    assert publisher_name(text) == ""


def test_the_public_names() -> None:
    assert set(publishers.__all__) >= {"country_of", "publisher_name"}
