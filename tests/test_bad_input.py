"""Texts that no newspaper prints: every tagger gives a tag or none, never fails, and reads no more than its share."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest

from data import tagging
from data.articles import Article, Reject, to_frame
from data.commands.tag import tagged
from data.frames import records
from data.normalise import normalise
from data.sources.rows import Row
from data.tagging import countries, keywords, language, subtopics, topics
from data.tagging.matching import Matcher
from data.tagging.places import gazetteer, mentions
from data.tagging.tags import Evidence
from tests.hostile_texts import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = 5_000_000
SHORT = {
    "nothing": "",
    "a space": " ",
    "a word": "Paris",
    "a small word": "the",
    "a letter": "x",
    "a number": "1",
    "a mark": "\u200f",
    "a lone surrogate": "\ud800",
    "a NUL": "\0",
    "a face": "😀",
    "a flag": "🇫🇷",
    "only marks": "...",
    "a comma at the end": "Dothan, ",
    "a dash at the start": "- Paris",
    "a possessive": "'s",
}
TAGGERS: dict[str, Callable[[str, str, str], Any]] = {
    "language": lambda title, text, _: language.detect(text, title=title),
    "countries": lambda title, text, code: countries.tag_countries(title, text, language=code),
    "topics": lambda title, text, code: topics.tag_topics(title, text, language=code),
    "subtopics": lambda title, text, code: subtopics.tag_subtopics(title, text, ("politics", "sport"), language=code),
    "keywords": lambda title, text, code: keywords.tag_keywords(title, text, language=code),
}


def evidence(tags: Any) -> Iterator[Evidence]:
    """Every piece of evidence in what a tagger returned."""
    if isinstance(tags, Evidence):
        yield tags
    elif isinstance(tags, tuple):
        for tag in tags:
            yield from evidence(tag)
    elif is_dataclass(tags):
        for field in fields(tags):
            yield from evidence(getattr(tags, field.name))


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("code", ["", "en", "fr", "zh", "ja", "th"])
def test_any_text_gives_a_tag_or_none(tagger: str, code: str) -> None:
    for text in [*SHORT.values(), *(make(700) for make in HOSTILE.values())]:
        for title, body in ((text, ""), ("A title", text)):
            for proof in evidence(TAGGERS[tagger](title, body, code)):
                assert {"title": title, "text": body}[proof.field][proof.start : proof.end] == proof.text


@pytest.mark.parametrize("text", ["".join(SHORT[name] for name in ("nothing", "a space")), *"\ud800\0\u200f1.😀"])
def test_what_says_nothing_gets_no_tags(text: str) -> None:
    assert not language.detect(text)
    assert not countries.tag_countries("", text).mentioned
    assert topics.tag_topics("", text) == keywords.tag_keywords("", text) == ()


@pytest.mark.parametrize("tagger", TAGGERS)
@pytest.mark.parametrize("name", ["one line of words", "one letter"])
def test_five_megabytes_in_one_line(tagger: str, name: str) -> None:
    TAGGERS[tagger]("", HOSTILE[name](LONG), "en")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_whole_way_of_a_long_line(name: str) -> None:
    """That it takes a moment and not hours is why this test ends at all."""
    read = normalise(Row({"title": "A title", "text": HOSTILE[name](100_000)}, "file", 1))
    assert isinstance(read, Article)
    (row,) = records(tagging.tag(to_frame([read])))
    assert len(row["keywords"]) <= 12
    assert len(row["topics"]) <= 2


@pytest.mark.parametrize(
    "name", ["one line of words", "all capitals", "names only", "seed terms only", "mixed scripts"]
)
def test_tags_come_from_the_beginning_of_a_long_text(name: str) -> None:
    """Beyond its limit no tagger reads on, so that what follows costs nothing."""
    limits = {"language": language.SAMPLE, "countries": countries.LIMIT, "topics": topics.LIMIT}
    limits |= {"subtopics": topics.LIMIT, "keywords": keywords.LIMIT}
    whole = HOSTILE[name](300_000)
    for tagger, tag in TAGGERS.items():
        begun = whole[: limits[tagger] + 1]
        assert tag("", begun, "en") == tag("", begun + whole[limits[tagger] + 1 :], "en"), tagger


class Counting(str):
    """A text that counts how many of its characters are cut out of it."""

    __slots__ = ("cut",)
    cut: int

    def __getitem__(self, key: Any) -> str:
        part = super().__getitem__(key)
        self.cut = getattr(self, "cut", 0) + len(part)
        return part


@pytest.mark.parametrize("name", HOSTILE)
def test_looking_around_names_is_linear(name: str) -> None:
    """Twice the text, at most about twice the characters looked at: none is looked at for every name."""
    names = gazetteer.english()
    work = []
    for size in (20_000, 40_000):
        text = Counting(HOSTILE[name](size).replace("\u2019", "'"))
        mentions.find(text, "text", names)
        work.append(getattr(text, "cut", 0))
    assert work[1] <= 2.2 * work[0] + 1_000


@pytest.mark.parametrize("size", [1_000, 2_000, 4_000])
def test_matches_of_overlapping_patterns_are_at_most_one_a_pattern_and_place(size: int) -> None:
    found = Matcher(["a", "aa", "aaa"], words=False).find("a" * size)
    assert len(found) == -(-size // 3)


def test_at_most_so_many_names_are_read() -> None:
    text = HOSTILE["names only"](countries.LIMIT)
    tags = countries.tag_countries("", text, language="en")
    assert len(mentions.find(text, "text", gazetteer.english())) <= mentions.MOST
    assert all(len(tag.evidence) <= 100 for tag in tags.mentioned)


@pytest.mark.parametrize("name", [*HOSTILE, *SHORT])
def test_lines_that_are_written_can_be_read(name: str) -> None:
    text = HOSTILE[name](2_000) if name in HOSTILE else SHORT[name]
    read = normalise(Row({"title": text, "text": text}, "file", 1))
    if isinstance(read, Reject):
        assert not any(map(str.isalnum, text))
        return
    lines = tagged([read], scores=True)
    assert lines.articles == 1
    row = json.loads(lines.text)
    assert row["id"] == read.id
    assert len(row["topic_scores"]) == 17
