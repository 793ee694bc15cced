"""The scheme of topics: every key, code and name of both levels."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from data import taxonomy
from data.taxonomy import BELOW, SUBTOPICS, TOPICS, parent

EVERY = {**TOPICS, **SUBTOPICS}


def test_there_are_17_topics_and_120_below_them() -> None:
    assert (len(TOPICS), len(SUBTOPICS), len(EVERY)) == (17, 120, 137)


@pytest.mark.parametrize("name", ["code", "key", "short"])
def test_nothing_stands_for_two_topics(name: str) -> None:
    values = [getattr(topic, name).casefold() for topic in EVERY.values()]
    assert len(set(values)) == len(values)


@pytest.mark.parametrize("key", EVERY)
def test_a_topic_is_whole(key: str) -> None:
    topic = EVERY[key]
    assert topic.key == key
    assert re.fullmatch(r"[a-z-]+(\.[a-z-]+)?", key)
    assert quote(key, safe="") == key, "fits into an address as it is"
    assert re.fullmatch(r"(0[1-9]|1[0-7])0{6}|2000\d{4}", topic.code)
    assert topic.uri == f"medtop:{topic.code}"
    assert topic.label == topic.label.strip() != ""
    assert 3 <= len(topic.short) <= 24, "fits on an axis"


def test_every_subtopic_lies_below_a_topic_and_every_topic_has_some() -> None:
    assert list(BELOW) == list(TOPICS)
    assert [key for keys in BELOW.values() for key in keys] == list(SUBTOPICS)
    assert all(len(keys) >= 3 for keys in BELOW.values())
    assert {topic.parent for topic in SUBTOPICS.values()} == TOPICS.keys()
    assert not any(topic.parent for topic in TOPICS.values())


@pytest.mark.parametrize(
    ("key", "above"), [("politics.election", "politics"), ("human-interest.birthday", "human-interest"), ("sport", "")]
)
def test_parent(key: str, above: str) -> None:
    assert parent(key) == above


@pytest.mark.parametrize(
    ("key", "code", "label"),
    [
        ("politics.election", "20000574", "election"),
        ("conflict.coup", "20000070", "coup d'etat"),
        ("society.rights", "20000587", "fundamental rights"),
        ("politics.ngo", "20000646", "non-governmental organisation (NGO)"),
        ("weather.warning", "20001131", "weather warning"),
    ],
)
def test_codes_and_names_are_those_of_iptc(key: str, code: str, label: str) -> None:
    assert (SUBTOPICS[key].code, SUBTOPICS[key].label) == (code, label)


def test_a_lost_table_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(taxonomy, "__file__", f"{tmp_path}/__init__.py")
    with pytest.raises(taxonomy.ResourceError, match=r"subtopics\.csv"):
        taxonomy._read()
