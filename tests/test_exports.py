"""Exports of services, agencies and archives: recognised by what they hold, and what came with an article is kept.

All articles here are invented; the names of fields and codes are those of the services.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from data import given
from data.articles import Article, Reject
from data.errors import SourceError
from data.normalise import normalise
from data.sources import Row
from data.sources.files import read
from data.sources.files.exports import EXPORTS
from data.sources.files.exports.subjects import factiva_topic, iptc_code, iptc_topic, section_topic
from data.sources.files.preview import describe
from tests.corpora import corpus

if TYPE_CHECKING:
    from pathlib import Path

TITLE, TEXT, URL = "Harbour reopens after storm", "The harbour opened on Monday.", "https://coast.example/harbour"
DAY = "2025-03-03"


def articles(*records: dict[str, Any], inside: str = "articles") -> bytes:
    return json.dumps({inside: list(records)}).encode()


def table(record: dict[str, str]) -> bytes:
    return (",".join(record) + "\n" + ",".join(record.values()) + "\n").encode()


def word(*paragraphs: str) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>',
        )
    return file.getvalue()


FACTIVA = (
    ("HD", TITLE),
    ("WC", "120 words"),
    ("PD", "3 March 2025"),
    ("SN", "Coast Herald"),
    ("LA", "English"),
    ("LP", TEXT),
    ("TD", "BY the evening all was well."),
    ("NS", "gspo : Sport | gcat : Political/General News"),
    ("RE", "fra : France | eurz : Europe"),
    ("AN", "Document CH0000020250303el3300001"),
)
FACTIVA_HTML = "<html><body><table>" + "".join(
    f"<tr><td><b>{code}</b></td><td><p>{value}</p></td></tr>" for code, value in FACTIVA
)
FACTIVA_RTF = (
    "{\\rtf1\\ansi\\ansicpg1252 "
    + "".join(f"\\trowd\\intbl{{\\b {code}}}\\cell {value}\\cell\\row" for code, value in FACTIVA)
    + "}"
)
FACTIVA_TEXT = "\n".join(f"{code}\n{value}\n" for code, value in FACTIVA)
FACTIVA_GIVEN = {("gspo", "sport", ""), ("gcat", "", ""), ("fra", "", "FR"), ("eurz", "", "")}
NEXIS_NEW = (
    TITLE,
    "Coast Herald",
    "March 3, 2025 Monday",
    "Copyright 2025 Coast Herald",
    "Section: NEWS; Pg. 4",
    "Length: 120 words",
    "Body",
    TEXT,
    "Classification",
    "Language: ENGLISH",
    "Subject: SPORTS (90%); HARBORS (60%)",
    "Geographic: FRANCE (92%)",
    "Load-Date: March 5, 2025",
    "End of Document",
)
NEXIS_OLD = (
    "1 of 1 DOCUMENTS",
    "Coast Herald",
    "March 3, 2025 Monday",
    "First Edition",
    TITLE,
    "SECTION: NEWS; Pg. 4",
    "LENGTH: 120 words",
    TEXT,
    "LANGUAGE: ENGLISH",
    "SUBJECT: SPORTS (90%); HARBORS (60%)",
    "GEOGRAPHIC: FRANCE (92%)",
    "LOAD-DATE: March 5, 2025",
)
NEXIS_GIVEN = {("SPORTS", "sport", ""), ("HARBORS", "", ""), ("FRANCE", "", "FR")}
NINJS = {
    "uri": "tag:agency.example,2025:1",
    "version": "1",
    "versioncreated": f"{DAY}T10:00:00Z",
    "language": "en",
    "pubstatus": "usable",
    "headline": TITLE,
    "body_text": TEXT,
    "infosource": [{"name": "Coast Herald"}],
    "subject": [{"code": "medtop:20000574", "name": "election"}, {"code": "a1", "name": "ours"}],
    "place": [{"code": "x", "name": "France"}],
}
NINJS_GIVEN = {("20000574", "politics", ""), ("a1", "", ""), ("x", "", "FR")}
NINJS_3 = {
    "uri": "tag:agency.example,2025:1",
    "standard": {"name": "ninjs", "version": "3.1"},
    "versionCreated": f"{DAY}T10:00:00Z",
    "language": "en",
    "pubStatus": "usable",
    "headlines": [{"role": "short", "value": "Harbour"}, {"role": "main", "value": TITLE}],
    "bodies": [
        {"contentType": "text/html", "value": f"<p>{TEXT}</p>"},
        {"contentType": "text/plain", "value": TEXT},
    ],
    "infoSources": [{"name": "Coast Herald"}],
    "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/20000574"}, {"name": "ours", "uri": "a1"}],
    "places": [{"name": "France", "uri": "x"}],
}
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:agency.example:1"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="agency"><name>Coast Herald</name></provider><versionCreated>{DAY}T10:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><language tag="en"/>
<subject qcode="medtop:20000574"><name>election</name></subject><subject qcode="own:x"><name>ours</name></subject>
<headline>{TITLE}</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>{TEXT}</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem></itemSet></newsMessage>"""
FACTIVA_XML = f"""<ppsarticle><article><accessionNo>CH1</accessionNo><baseLanguage>en</baseLanguage>
<headline><paragraph>{TITLE}</paragraph></headline><leadParagraph><paragraph>{TEXT}</paragraph></leadParagraph>
<publicationDate><date>{DAY}</date></publicationDate><sourceName>Coast Herald</sourceName>
<newsSubject code="gspo"><name>Sport</name></newsSubject><region code="fra"><name>France</name></region>
</article></ppsarticle>"""
EVENT_REGISTRY = {
    "uri": "8000",
    "lang": "eng",
    "isDuplicate": True,
    "dateTime": "2025-03-04T00:00:00Z",
    "dateTimePub": f"{DAY}T10:00:00Z",
    "dataType": "news",
    "url": URL,
    "title": TITLE,
    "body": TEXT,
    "source": {
        "uri": "coast.example",
        "title": "Coast Herald",
        "location": {"type": "place", "label": {"eng": "Nice"}, "country": {"label": {"eng": "France"}}},
    },
    "concepts": [
        {"uri": "wiki/Kenya", "type": "loc", "score": 4, "label": {"eng": "Kenya"}},
        {"uri": "wiki/Ship", "type": "wiki", "score": 2, "label": {"eng": "Ship"}},
    ],
    "categories": [{"uri": "dmoz/Society/Politics/Elections", "label": "x", "wgt": 80}],
    "eventUri": "eng-1",
    "originalArticle": {"uri": "7999"},
}
NEWSAPI = {
    "source": {"id": None, "name": "Coast Herald"},
    "author": None,
    "title": f"{TITLE} - Coast Herald",
    "description": TEXT,
    "url": URL,
    "urlToImage": None,
    "publishedAt": f"{DAY}T10:00:00Z",
    "content": f"{TEXT} [+900 chars]",
}
BABEL = {
    **{name: value for name, value in NEWSAPI.items() if name != "source"},
    "ID": 7,
    "source-id": None,
    "source-name": "Coast Herald",
    "language": "en",
    "instances": [{"collectedAt": "2025-03-05T00:00:00Z", "location": "fr", "category": "sports"}],
}
GNEWS = {
    "title": TITLE,
    "description": "d",
    "content": f"{TEXT}... [900 chars]",
    "url": URL,
    "image": "i",
    "publishedAt": f"{DAY}T10:00:00Z",
    "lang": "en",
    "source": {"name": "Coast Herald", "url": "https://coast.example", "country": "fr"},
}
NEWSCATCHER = {
    "title": TITLE,
    "published_date": f"{DAY} 10:00:00",
    "link": URL,
    "clean_url": "coast.example",
    "rights": "Coast Herald",
    "rank": 9,
    "topic": "sport",
    "country": "FR",
    "language": "en",
    "excerpt": "e",
    "summary": TEXT,
    "_id": "n1",
}
DOC_API = {
    "url": URL,
    "title": TITLE,
    "seendate": "20250303T100000Z",
    "domain": "coast.example",
    "language": "English",
    "sourcecountry": "France",
}
MEDIA_CLOUD = {
    "id": "a" * 64,
    "indexed_date": "2025-03-05",
    "language": "en",
    "media_name": "coast.example",
    "media_url": "coast.example",
    "publish_date": DAY,
    "title": TITLE,
    "url": URL,
}
MEDIA_CLOUD_LEGACY = {
    "stories_id": "5",
    "publish_date": f"{DAY} 10:00:00",
    "title": TITLE,
    "url": URL,
    "language": "en",
    "ap_syndicated": "True",
    "themes": "Storms",
    "media_id": "1",
    "media_name": "Coast Herald",
    "media_url": "https://coast.example",
    "media_pub_country": "FRA",
    "media_about_country": "KEN",
}
NEWS_PLEASE = {
    "title": TITLE,
    "maintext": TEXT,
    "text": None,
    "date_publish": f"{DAY} 10:00:00",
    "date_download": "2025-03-05 10:00:00",
    "language": "en",
    "source_domain": "coast.example",
    "url": URL,
    "localpath": "/home/someone/x",
}
CC_NEWS = {"title": TITLE, "text": TEXT, "domain": "coast.example", "date": DAY, "url": URL, "image_url": ""} | {
    "description": ""
}
NEXIS_TABLE = {"ID": "1", "Source_File": "x", "Newspaper": "Coast Herald", "Date": DAY, "Headline": TITLE}
NEXIS_TABLE |= {"Article": TEXT}
DUPLICATE = {("7999", "", ""), ("eng-1", "", "")}
ER_GIVEN = DUPLICATE | {
    ("wiki/Kenya", "", "KE"),
    ("wiki/Ship", "", ""),
    ("dmoz/Society/Politics/Elections", "politics", ""),
}

# file, what it is said to be, (title, text, day or None, publisher, publisher's country, language), tags
CASES: dict[str, tuple[bytes, str, tuple[Any, ...], set[tuple[str, str, str]]]] = {
    "event registry": (
        json.dumps({"articles": {"results": [EVENT_REGISTRY], "totalResults": 9}}).encode(),
        "Event Registry",
        (TITLE, TEXT, DAY, "Coast Herald", "FR", "en"),
        ER_GIVEN,
    ),
    "gdelt doc": (articles(DOC_API), "GDELT DOC", (TITLE, "", None, "coast.example", "FR", "en"), set()),
    "babel briefings": (
        json.dumps([BABEL]).encode(),
        "Babel",
        (TITLE, TEXT, DAY, "Coast Herald", "", "en"),
        {("sports", "sport", "")},
    ),
    "newsapi": (articles(NEWSAPI), "newsapi.org articles (JSON)", (TITLE, TEXT, DAY, "Coast Herald", "", ""), set()),
    "newsapi in lines": (
        b"\n".join([json.dumps(NEWSAPI).encode()] * 2),
        "newsapi.org articles (JSON Lines)",
        (TITLE, TEXT, DAY, "Coast Herald", "", ""),
        set(),
    ),
    "newsapi v1": (
        json.dumps([{name: value for name, value in NEWSAPI.items() if name not in ("source", "content")}]).encode(),
        "version 1",
        (f"{TITLE} - Coast Herald", TEXT, DAY, "coast.example", "", ""),
        set(),
    ),
    "gnews": (articles(GNEWS), "GNews", (TITLE, TEXT, DAY, "Coast Herald", "FR", "en"), set()),
    "newscatcher": (
        articles(NEWSCATCHER),
        "NewsCatcher",
        (TITLE, TEXT, DAY, "Coast Herald", "FR", "en"),
        {("sport", "sport", "")},
    ),
    "media cloud": (table(MEDIA_CLOUD), "Media Cloud", (TITLE, "", DAY, "coast.example", "", "en"), set()),
    "media cloud legacy": (
        table(MEDIA_CLOUD_LEGACY),
        "former tools",
        (TITLE, "", DAY, "Coast Herald", "FR", "en"),
        {("Storms", "", ""), ("ap_syndicated", "", "")},
    ),
    "news-please": (
        json.dumps(NEWS_PLEASE).encode(),
        "news-please",
        (TITLE, TEXT, DAY, "coast.example", "", "en"),
        set(),
    ),
    "cc_news": (table(CC_NEWS), "cc_news", (TITLE, TEXT, DAY, "coast.example", "", ""), set()),
    "ninjs": (articles(NINJS), "ninjs", (TITLE, TEXT, DAY, "Coast Herald", "", "en"), NINJS_GIVEN),
    "ninjs 3": (json.dumps(NINJS_3).encode(), "ninjs", (TITLE, TEXT, DAY, "Coast Herald", "", "en"), NINJS_GIVEN),
    "nexis table": (table(NEXIS_TABLE), "Nexis articles", (TITLE, TEXT, DAY, "Coast Herald", "", ""), set()),
    "newsml": (
        NEWSML.encode(),
        "NewsML-G2",
        (TITLE, TEXT, DAY, "Coast Herald", "", "en"),
        {("20000574", "politics", ""), ("own:x", "", "")},
    ),
    "factiva xml": (
        FACTIVA_XML.encode(),
        "Factiva XML",
        (TITLE, TEXT, DAY, "Coast Herald", "", "en"),
        {("gspo", "sport", ""), ("fra", "", "FR")},
    ),
    "factiva page": (
        FACTIVA_HTML.encode(),
        "saved from Factiva",
        (TITLE, f"{TEXT}\n\nBY the evening all was well.", DAY, "Coast Herald", "", "en"),
        FACTIVA_GIVEN,
    ),
    "factiva rtf": (
        FACTIVA_RTF.encode(),
        "RTF",
        (TITLE, f"{TEXT}\nBY the evening all was well.", DAY, "Coast Herald", "", "en"),
        FACTIVA_GIVEN,
    ),
    "factiva text": (
        FACTIVA_TEXT.encode(),
        "Plain text of Factiva",
        (TITLE, f"{TEXT}\n\nBY the evening all was well.", DAY, "Coast Herald", "", "en"),
        FACTIVA_GIVEN,
    ),
    "nexis word": (word(*NEXIS_NEW), "Word", (TITLE, TEXT, DAY, "Coast Herald", "", "en"), NEXIS_GIVEN),
    "nexis page": (
        "".join(["<html><body>", *(f"<p>{line}</p>" for line in NEXIS_OLD)]).encode(),
        "saved from Factiva or Nexis",
        (TITLE, TEXT, DAY, "Coast Herald", "", "en"),
        NEXIS_GIVEN,
    ),
    "nexis text": (
        "\n\n".join(NEXIS_OLD).encode(),
        "Plain text of Factiva or Nexis",
        (TITLE, TEXT, DAY, "Coast Herald", "", "en"),
        NEXIS_GIVEN,
    ),
}


def stored(folder: Path, data: bytes) -> str:
    path = folder / "upload.bin"
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("name", CASES)
def test_each_export_is_read_as_what_it_is(name: str, tmp_path: Path) -> None:
    data, label, expected, tags = CASES[name]
    place = stored(tmp_path, data)
    (described,) = describe(place)
    assert label in described.label
    assert described.why
    article = normalise(next(item for item in read(place) if isinstance(item, Row)))
    assert isinstance(article, Article)
    day = article.published.date().isoformat() if article.published else None
    found = (article.title, article.text, day, article.publisher, article.publisher_country, article.language)
    assert found == expected
    assert {(tag.code, tag.topic, tag.country) for tag in given.load(article.given)} == tags


def test_every_export_has_a_case() -> None:
    assert [name for name in EXPORTS if name not in CASES] == []


def test_what_is_no_text_is_a_reject(tmp_path: Path) -> None:
    rejects = [item for item in read(stored(tmp_path, NEWSML.encode())) if isinstance(item, Reject)]
    assert [(item.row, item.reason) for item in rejects] == [(2, "no text but picture")]


WITHHELD = [
    ({"pubstatus": "canceled"}, "canceled"),
    ({"pubstatus": "stat:withheld"}, "withheld"),
    ({"embargoed": "2999-01-01T00:00:00Z"}, "under embargo"),
    ({"embargoed": "next week"}, "under embargo"),
]


@pytest.mark.parametrize(("change", "words"), WITHHELD)
def test_what_an_agency_withholds_is_not_shown(change: dict[str, str], words: str, tmp_path: Path) -> None:
    items = list(read(stored(tmp_path, articles({**NINJS, **change}, NINJS))))
    assert isinstance(items[0], Reject)
    assert words in items[0].reason
    assert isinstance(items[1], Row)


def test_an_embargo_that_is_over_holds_nothing_back(tmp_path: Path) -> None:
    items = list(read(stored(tmp_path, articles({**NINJS, "embargoed": "2025-03-03T09:00:00Z"}))))
    assert [type(item) for item in items] == [Row]


AGGREGATES = [
    "date,count,total_count,ratio\n2025-01-01,5,10,0.5\n2025-01-02,6,12,0.5\n",
    "source,count,ratio\na.example,5,0.1\nb.example,6,0.2\n",
    "term,term_count,term_ratio,doc_count,doc_ratio,sample_size\nflood,1,.1,1,.1,9\nfire,1,.1,1,.1,9\n",
]


@pytest.mark.parametrize("text", AGGREGATES)
def test_counts_are_refused_in_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"table of counts .* Export the list of all URLs"):
        list(read(stored(tmp_path, text.encode())))


def test_factiva_without_codes_says_what_to_choose(tmp_path: Path) -> None:
    page = f"<html><body><p>{TITLE}</p><p>{TEXT}</p><p>Document CH0000020250303el3300001</p></body></html>"
    with pytest.raises(SourceError, match="plus Indexing"):
        list(read(stored(tmp_path, page.encode())))


def test_other_documents_of_word_are_texts(tmp_path: Path) -> None:
    (row,) = read(stored(tmp_path, word(TITLE, f"{TEXT} {TEXT} {TEXT} {TEXT}")))
    assert isinstance(row, Row)
    assert row.values["title"] == TITLE


def test_several_articles_in_one_file(tmp_path: Path) -> None:
    rows = list(read(stored(tmp_path, (FACTIVA_TEXT + FACTIVA_TEXT.replace("Harbour", "Airport")).encode())))
    assert [row.values["title"] for row in rows if isinstance(row, Row)] == [TITLE, TITLE.replace("Harbour", "Airport")]
    rows = list(read(stored(tmp_path, "\n".join([*NEXIS_OLD, *NEXIS_OLD]).replace("1 of 1", "1 of 3").encode())))
    assert [type(item) for item in rows] == [Row, Row, Reject]
    assert "3 documents" in rows[2].reason  # type: ignore[union-attr]


def web_archive() -> bytes:
    pytest.importorskip("warcio")
    pytest.importorskip("trafilatura")
    body = "".join(f"<p>{sentence * 8}</p>" for sentence in (f"{TEXT} ", "Ships came back in the evening. "))
    page = (
        f"<html><head><title>{TITLE}</title><meta property='article:published_time' content='{DAY}T10:00:00Z'>"
        f"<meta property='og:site_name' content='Coast Herald'></head><body><article><h1>{TITLE}</h1>{body}"
    )
    records = b""
    for kind in ("text/html", "image/png"):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{page}".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nContent-Length: {len(answer)}\r\n"
        kept = f"{head}Content-Type: application/http; msgtype=response\r\n\r\n".encode() + answer + b"\r\n\r\n"
        records += gzip.compress(kept)
    return records


def test_a_web_archive_gives_the_articles_of_its_pages(tmp_path: Path) -> None:
    row, other = read(stored(tmp_path, web_archive()))
    assert isinstance(row, Row)
    article = normalise(row)
    assert isinstance(article, Article)
    assert (article.title, article.publisher, article.url) == (TITLE, "Coast Herald", URL)
    assert article.text.startswith(TEXT)
    assert article.published is not None
    assert article.published.date().isoformat() == DAY
    assert isinstance(other, Reject)
    assert "image/png" in other.reason


def test_a_web_archive_cut_short_gives_what_it_holds(tmp_path: Path) -> None:
    items = list(read(stored(tmp_path, web_archive()[:-400])))
    assert isinstance(items[0], Row)
    assert isinstance(items[-1], Reject)


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE newsItem [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    f"<newsItem><contentMeta><headline>{TITLE} &b; &f;</headline></contentMeta></newsItem>"
)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (row,) = read(stored(tmp_path, ENTITIES.encode()))
    assert isinstance(row, Row)
    assert row.values["title"] == f"{TITLE} &b; &f;"


WRONG_SHAPES: list[Any] = [None, 5, "x", [], {}, [None], [[1]], {"a": {"b": {"c": 1}}}, True, "\ud800\0", [{"uri": 5}]]


@pytest.mark.parametrize("record", [EVENT_REGISTRY, NEWSAPI, BABEL, GNEWS, NEWSCATCHER, DOC_API, NINJS, NINJS_3])
def test_values_of_another_shape_harm_nothing(record: dict[str, Any], tmp_path: Path) -> None:
    broken = [{**record, name: value} for name in record for value in WRONG_SHAPES]
    items = list(read(stored(tmp_path, json.dumps([*broken, *[record] * len(broken)]).encode())))
    assert len(items) == 2 * len(broken)
    assert all(isinstance(item, Reject) or normalise(item) for item in items)


CODES = [
    (iptc_topic(iptc_code("medtop:11000000")), "politics"),
    (iptc_topic(iptc_code("http://cv.iptc.org/newscodes/mediatopic/15000000")), "sport"),
    (iptc_topic(iptc_code("subj:04008000")), "economy"),
    (iptc_topic(iptc_code("medtop:20009999")), ""),
    (iptc_code("11000000"), ""),
    (factiva_topic("gpol"), "politics"),
    (factiva_topic("C421"), "labour"),
    (factiva_topic("c151"), "economy"),
    (factiva_topic("x"), ""),
    (section_topic("Science and Technology"), ""),
    (section_topic("Sports"), "sport"),
    (section_topic("world"), ""),
]


@pytest.mark.parametrize(("found", "expected"), CODES)
def test_codes_of_subjects(found: str, expected: str) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("name", "label", "count"),
    [
        ("exports/newsapi_org_top_headlines_in_2023-09.json", "newsapi.org articles (JSON)", 140),
        ("exports/newsapi_v1_time_2017.json", "newsapi.org articles, version 1 (JSON)", 10),
        ("exports/newsapi_babel_briefings_sample.json", "Babel Briefings headlines (JSON)", 195),
        ("exports/mediacloud_story_list_2016_sample.csv", "Media Cloud story list (former tools) (CSV", 25),
    ],
)
def test_real_exports_are_recognised(name: str, label: str, count: int) -> None:
    path = str(corpus(name))
    assert describe(path)[0].label.startswith(label)
    items = list(read(path))
    assert [type(item) for item in items] == [Row] * count
