"""Whole-word, leftmost-longest matches of many patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.tagging.matching import Matcher, lowered

PATTERNS = ("Niger", "Nigeria", "New York", "York", "New York Times", "US", "U.S.", "Oman")


def found(text: str, patterns: tuple[str, ...] = PATTERNS, **options: bool | str) -> list[str]:
    return [patterns[index] for _, _, index in Matcher(patterns, **options).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Niger and Nigeria", ["Niger", "Nigeria"]),
        ("Nigerians met in Niger.", ["Niger"]),
        ("the New York Times of New York", ["New York Times", "New York"]),
        ("New Yorkers left York", ["York"]),
        ("New York Timeslot", ["New York"]),
        ("the U.S. and the US's reply", ["U.S.", "US"]),
        ("US-backed but anti-US, @US, #US, US_1, _US", ["US"]),
        ("Romans and a woman in Oman", ["Oman"]),
        ("USA, AUS, 1US, US1", []),
        ("(Oman) \u201cOman\u201d Oman\u2019s", ["Oman", "Oman", "Oman"]),
        ("oman OMAN", []),
    ],
)
def test_whole_words_leftmost_longest(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_shorter_match_survives_where_the_longest_ends_inside_a_word() -> None:
    assert found("New York Timesy", ("New York", "New York Times")) == ["New York"]


def test_without_words_any_place_will_do() -> None:
    assert found("日本と中国の首脳", ("中国", "日本"), words=False) == ["日本", "中国"]
    assert found("日本と中国の首脳", ("中国", "日本")) == []


def test_glue_can_be_chosen() -> None:
    assert found("the Anglo-US pact", glue="") == ["US"]


def test_empty_and_repeated_patterns() -> None:
    matcher = Matcher(["", "tea", "tea", "\ud800"])
    assert matcher.find("tea \ud800 time") == [(0, 3, 1)]
    assert Matcher([]).find("anything") == []


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u202e", "\u200b", "🇫🇷", "İ"])
def test_offsets_hold_next_to_odd_characters(odd: str) -> None:
    text = f"{odd} Oman {odd}"
    ((start, end, index),) = Matcher(PATTERNS).find(text)
    assert (text[start:end], PATTERNS[index]) == ("Oman", "Oman")


ALPHABET = st.text(alphabet="ab .-é日\ud800", max_size=60)


@given(text=ALPHABET, patterns=st.lists(st.text(alphabet="ab é日", max_size=4), max_size=6), words=st.booleans())
def test_spans_hold_their_pattern_and_do_not_overlap(text: str, patterns: list[str], words: bool) -> None:
    reached = 0
    for start, end, index in Matcher(patterns, words=words).find(text):
        assert reached <= start < end
        assert text[start:end] == patterns[index]
        reached = end


@given(text=st.text(alphabet="ab .", max_size=40), pattern=st.sampled_from(["a", "ab", "a b"]))
def test_every_whole_word_is_found(text: str, pattern: str) -> None:
    padded = f" {text} "
    places = [
        place
        for place in range(1, len(padded) - len(pattern))
        if padded.startswith(pattern, place)
        and not padded[place - 1].isalnum()
        and not padded[place + len(pattern)].isalnum()
    ]
    found_places = [start for start, _, _ in Matcher([pattern]).find(padded)]
    assert bool(found_places) == bool(places)
    assert set(found_places) <= set(places)


@given(st.text())
def test_lowered_keeps_the_length(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_refused_matches_make_room_for_others() -> None:
    matcher = Matcher(["New York", "York"], accept=lambda text, start, end: end - start < 5)
    assert matcher.find("New York") == [(4, 8, 1)]
