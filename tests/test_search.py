"""The language of queries, and that both ways to answer it agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import StoreError
from data.search import matches, parse, readable, snippet
from data.search.index import Index
from data.search.words import words

if TYPE_CHECKING:
    from pathlib import Path


def found(query: str, text: str, **fields: str) -> bool:
    return matches(parse(query), readable({"title": "", "text": text, "publisher": "", **fields}))


@pytest.mark.parametrize(
    ("query", "hits", "misses"),
    [
        ("strike", ["A strike today", "STRIKE!"], ["strikes", "air"]),
        ("air strike", ["strike from the air"], ["air only"]),
        ('"air strike"', ["an air  strike", "air-strike"], ["strike air"]),
        ('"air strike', ["an air strike"], ["strike"]),
        ("strike -air", ["a strike"], ["an air strike"]),
        ("strike NOT air", ["a strike"], ["an air strike"]),
        ('strike -"air base"', ["strike air"], ["strike on an air base"]),
        ("air OR sea", ["by sea", "by air"], ["by land"]),
        ("(air OR sea) -(war OR raid)", ["by sea"], ["air raid", "by land"]),
        ("strik*", ["striking", "strike"], ["a hunger"]),
        ('"air stri*', ["air strike"], ["strike air"]),
        ("co-operate", ["to co-operate", "co operate"], ["cooperate"]),
        ("C++", ["in C++ now"], ["in C"]),
        ("sao paulo", ["São Paulo"], ["Paulo"]),
        ("STRASSE", ["Straße"], ["Strasser"]),
        ("日本", ["今日本人"], ["中国", "日の本"]),
        ("كتب", ["كَتَبَ"], ["كتاب"]),
        ("हिन्दी", ["हिन्दी में"], ["हिन्दू"]),
        ("", ["anything", ""], []),
        ("-", ["anything but - that"], []),
        ("OR", ["anything"], []),
        ("a AND", ["a b"], ["b"]),
        ("((a", ["a"], ["b"]),
        ("a))) b", ["a b"], ["a"]),
        ("-a", ["b"], ["a b"]),
        ("-a OR -b", ["a", "b", "c"], ["a b"]),
    ],
)
def test_what_is_found(query: str, hits: list[str], misses: list[str]) -> None:
    assert [text for text in hits if not found(query, text)] == []
    assert [text for text in misses if found(query, text)] == []


def test_fields() -> None:
    assert found("title:war", "peace", title="war")
    assert not found("title:war", "war", title="peace")
    assert found("publisher:(daily OR post) peace", "peace", publisher="The Daily")
    assert not found("publisher:daily", "daily news")


WORDS = st.sampled_from(["war", "wars", "peace", "Straße", "são", "日本", "c++", "co-op", "हिन्दी", "x"])
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
PARTS = st.sampled_from(["AND", "OR", "NOT", "-", "(", ")", '"', "*", "title:", "text:(", "publisher:x", '-"war x"'])
QUERIES = st.lists(WORDS | PARTS | WORDS.map(lambda word: f"{word}*"), max_size=7).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6), st.lists(QUERIES | st.text(max_size=20), max_size=12))
def test_reading_and_the_index_agree(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, str]], queries: list[str]
) -> None:
    rows = [
        {"id": str(number), "title": title, "text": text, "publisher": publisher}
        for number, (title, text, publisher) in enumerate(texts)
    ]
    index = Index(tmp_path_factory.mktemp("index") / "search.sqlite")
    index.update([(row["id"], "r") for row in rows], rows)
    for query in map(parse, queries):
        assert sorted(index.matching(query)) == [row["id"] for row in rows if matches(query, readable(row))]
        assert {hit.id for hit in index.best(query)} == set(index.matching(query))


@given(st.text())
def test_words_never_hold_spaces(text: str) -> None:
    assert all(word and word == "".join(word.split()) for word in words(text))


ROWS = [{"id": f"a{n}", "title": f"t{n}", "text": f"some text {n}", "publisher": "p"} for n in range(4)]
RUNS = [(row["id"], "1") for row in ROWS]


def test_an_index_takes_in_what_is_new_and_what_was_added_again(tmp_path: Path) -> None:
    index = Index(tmp_path / "search.sqlite")
    assert index.update(RUNS[:2], ROWS[:2]) == 2
    assert index.update(RUNS, ROWS) == 2
    assert index.update(RUNS, (row for row in ["never asked"])) == 0  # type: ignore[misc]
    again = [{**ROWS[0], "text": "other words"}, *ROWS[1:]]
    assert index.update([("a0", "2"), *RUNS[1:]], again) == 1
    assert index.matching(parse("other")) == ["a0"]
    assert sorted(index.matching(parse("some"))) == ["a1", "a2", "a3"]


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    index = Index(tmp_path / "search.sqlite")
    index.update(RUNS, ROWS)
    index.file.write_bytes(damage)
    with pytest.raises(StoreError, match=r"search\.sqlite"):
        index.matching(parse("some"))
    assert index.update(RUNS, ROWS) == 4
    assert len(index.matching(parse("some"))) == 4


def test_titles_weigh_more(tmp_path: Path) -> None:
    index = Index(tmp_path / "search.sqlite")
    rows = [
        {"id": "text", "title": "one", "text": "flood flood", "publisher": ""},
        {"id": "title", "title": "flood", "text": "two words", "publisher": ""},
    ]
    index.update([("text", "1"), ("title", "1")], rows)
    assert [hit.id for hit in index.best(parse("flood"))] == ["title", "text"]


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("A strike in the port", "strike", ["strike"]),
        ("An air strike, then an air  strike", '"air strike"', ["air strike", "air  strike"]),
        ("Striking workers", "strik*", ["Striking"]),
        ("Nothing here", "absent", []),
        ("São Paulo votes", "sao -paulo", ["São"]),
        ("x " * 500 + "needle" + " y" * 500, "needle", ["needle"]),
    ],
)
def test_snippets(text: str, query: str, marked: list[str]) -> None:
    runs = snippet(text, parse(query))
    assert [run.text for run in runs if run.marked] == marked
    whole = "".join(run.text for run in runs)
    assert whole.removeprefix("… ").removesuffix(" …") in text
    assert len(whole) < 300
