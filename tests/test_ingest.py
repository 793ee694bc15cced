"""The whole way from files to tagged articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import ingest, starter
from data.errors import SourceError
from data.facets import FACETS
from data.frames import records
from data.records import record
from data.tagging import TAG_COLUMNS
from data.tagging.corpus import same_forms
from tests.corpora import corpus

if TYPE_CHECKING:
    from pathlib import Path

NEWS = """title,text,published,publisher
Voters in Japan elect a parliament,"The Japanese election brought a new parliament. Tokyo voted.",2025-03-01,Post
A comet passes,"Astronomers watched a comet with a telescope.",,
,,2025-03-02,Empty
"""


def test_a_table_becomes_tagged_articles_and_rejects(tmp_path: Path) -> None:
    (tmp_path / "news.csv").write_text(NEWS, encoding="utf-8")
    progress = ingest.Progress()
    read = ingest.ingest([str(tmp_path)], progress)
    assert (read.rows, len(read.articles), len(read.rejects)) == (3, 2, 1)
    first, second = records(read.articles)
    assert first["countries"] == ["JP"]
    assert first["topics"] == ["politics"]
    assert "Eastern Asia" in first["regions"]
    assert second["countries"] == []
    assert second["published"] is not second["published"] or str(second["published"]) == "NaT"
    assert progress.share == 1
    assert {facet.column for facet in FACETS.values() if facet.name != "day"} <= set(read.articles)
    assert set(TAG_COLUMNS) <= set(read.articles)


def test_the_built_in_set_is_read_whole() -> None:
    read = ingest.ingest(starter.FILES)
    assert len(read.articles) == read.rows >= 200
    assert set(read.articles["language"]) == {"en", "es", "fr", "ar", "zh"}
    assert read.articles["language"].value_counts().min() >= 10


def test_nowhere_to_read_from() -> None:
    with pytest.raises(SourceError):
        ingest.ingest(["no/such/place.csv"])


def test_five_stories_of_the_sample_file() -> None:
    read = ingest.ingest([str(corpus("seed/000_50d9ff73903c0696.txt"))])
    assert (read.rows, len(read.rejects)) == (5, 0)
    found = [(set(row["countries"]), set(row["topics"])) for row in records(read.articles)]
    may_be = [
        ({"US", "RU"}, {"politics", "conflict"}),
        ({"NZ"}, {"politics", "society"}),
        ({"CN", "GB"}, {"politics", "society"}),
        ({"US"}, {"politics"}),
        (set(), {"environment", "science"}),
    ]
    for (countries, topics), (expected, allowed) in zip(found, may_be, strict=True):
        assert countries == expected
        assert topics
        assert topics <= allowed


def test_a_record_holds_what_its_evidence_says(tmp_path: Path) -> None:
    (tmp_path / "news.csv").write_text(NEWS, encoding="utf-8")
    row = records(ingest.ingest([str(tmp_path)]).articles)[0]
    written = json.loads(json.dumps(record(row)))
    assert list(written) == [
        "id",
        "title",
        "published",
        "publisher",
        "publisher_country",
        "language",
        "mentioned",
        "countries",
        "main_country",
        "topics",
        "subtopics",
        "keywords",
    ]
    assert written["topics"][0]["topic"] == "medtop:11000000"
    assert written["published"] == "2025-03-01T00:00:00Z"
    for tag in (*written["mentioned"], *written["topics"]):
        assert tag["evidence"]
        for proof in tag["evidence"]:
            assert row[proof["field"]][proof["start"] : proof["end"]] == proof["text"]


@pytest.mark.parametrize(
    ("keywords", "languages", "same"),
    [
        ([["elections"], ["election"], ["election"]], ["en"] * 3, [["election"], ["election"], ["election"]]),
        ([["Elections", "election"]], ["en"], [["Elections"]]),
        ([["main"], ["mains"]], ["fr", "en"], [["main"], ["main"]]),
        ([[], ["cup"]], ["en", "en"], [[], ["cup"]]),
    ],
)
def test_one_form_a_keyword(keywords: list[list[str]], languages: list[str], same: list[list[str]]) -> None:
    assert same_forms(keywords, languages) == same


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["title", "text", "id", "date"]), st.text(max_size=30)), max_size=12))
def test_rows_in_are_articles_and_rejects(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    lines = [
        json.dumps({"title": "A first row that names every column", "text": "", "id": "", "date": ""}),
        *map(json.dumps, rows),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    read = ingest.ingest([str(path)])
    assert read.rows == len(read.articles) + len(read.rejects) == len(lines)
    assert read.articles["id"].is_unique
