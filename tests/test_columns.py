"""Which column of a table holds what."""

from __future__ import annotations

import pytest

from data.sources.files.columns import SYNONYMS, by_shape, is_value, plain, recognise

MEDIA_CLOUD = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
MEDIA_CLOUD_LEGACY = """stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url,
media_pub_country,media_pub_state,media_language,media_about_country,media_media_type"""
NEWS_PLEASE = """authors,date_download,date_modify,date_publish,description,filename,image_url,language,localpath,
maintext,source_domain,text,title,title_page,title_rss,url"""
NEWSAPI = "source.id,source.name,author,title,description,url,urlToImage,publishedAt,content"
EVENT_REGISTRY = "uri,lang,date,time,dateTime,dateTimePub,url,title,body,source.uri,source.title,sentiment"

CASES = [
    (MEDIA_CLOUD, {"title": "title", "url": "url", "published": "publish_date", "publisher": "media_name", "id": "id"}),
    (
        MEDIA_CLOUD_LEGACY,
        {
            "id": "stories_id",
            "publisher": "media_name",
            "publisher_country": "media_pub_country",
            "language": "language",
        },
    ),
    (
        NEWS_PLEASE,
        {"text": "maintext", "summary": "description", "published": "date_publish", "publisher": "source_domain"},
    ),
    (NEWSAPI, {"text": "content", "summary": "description", "published": "publishedAt", "publisher": "source.name"}),
    ("source-id,source-name,title", {"publisher": "source-name", "title": "title"}),
    (EVENT_REGISTRY, {"id": "uri", "text": "body", "published": "dateTimePub", "publisher": "source.title"}),
    ("title,text,domain,date,description,url,image_url", {"publisher": "domain", "text": "text", "published": "date"}),
    ("Pub Date,HEADLINE,Article Body,Outlet", {"published": "Pub Date", "title": "HEADLINE", "text": "Article Body"}),
    ("Datum;Titel;Volltext;Quelle;Sprache", {"published": "Datum", "title": "Titel", "text": "Volltext"}),
    ("fecha;titular;texto;medio;idioma", {"published": "fecha", "title": "titular", "publisher": "medio"}),
    ("date de publication;titre;résumé;langue", {"title": "titre", "summary": "résumé", "language": "langue"}),
    ("Überschrift,Veröffentlicht am", {"title": "Überschrift", "published": "Veröffentlicht am"}),
    ("id,title.rendered,content.rendered,date_gmt,link", {"title": "title.rendered", "text": "content.rendered"}),
    ("headline,title", {"title": "title"}),
    ("Title,title", {"title": "Title"}),
]


@pytest.mark.parametrize(("header", "expected"), CASES, ids=lambda value: str(value)[:30])
def test_names(header: str, expected: dict[str, str]) -> None:
    names = [name.strip() for name in header.replace(";", ",").split(",")]
    found = recognise(names)
    assert {field: found.get(field) for field in expected} == expected


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("title,country", "publisher_country"),
        ("title,media_about_country", "publisher_country"),
        ("title,indexed_date", "published"),
        ("title,date_download", "published"),
        ("title,seendate", "published"),
        ("title,updated_at", "published"),
        ("title,urlToImage", "url"),
        ("date,count,ratio", "title"),
    ],
)
def test_what_a_column_must_not_be_taken_for(header: str, field: str) -> None:
    assert field not in recognise(header.split(","))


def test_every_synonym_is_plain_and_belongs_to_one_field() -> None:
    names = [name for synonyms in SYNONYMS.values() for name in synonyms]
    assert [name for name in names if plain(name) != name] == []
    assert len(names) == len(set(names))


def test_shape_of_values() -> None:
    columns = {
        "a": ["https://news.example/1", "https://news.example/2"],
        "b": ["2025-01-02", "2025-01-03"],
        "c": ["Minister resigns over a bridge", "Storm closes the northern ports"],
        "d": ["A long text. " * 40, "Another long text. " * 30],
        "e": [7, 8],
    }
    assert by_shape(columns) == {"url": "a", "published": "b", "title": "c", "text": "d"}


def test_numbers_and_single_words_have_no_shape() -> None:
    assert by_shape({"a": [1, 2], "b": ["x", "y"], "c": [None, ""]}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [("https://news.example/1", True), ("2025-01-02", True), ("title", False), ("2024", False), ("", False)],
)
def test_header_cells_that_are_values(name: str, value: bool) -> None:
    assert is_value(name) is value
