"""Words where they stand, their small forms and their stems."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.tagging import words

HOSTILE = ("", "\ud800\udfff", "\x00", "\u202e\u200b\ufeff", "a" * 5_000, "\U0001f600", "e\u0301" * 3, "١٢٣")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks fail, again.", ["Talks", "fail", "again"]),
        ("COVID-19 in the G20", ["COVID", "19", "in", "the", "G20"]),
        ("Russia\u2019s fleet", ["Russia", "s", "fleet"]),
        ("snake_case #two_words", ["snake", "case", "two", "words"]),
        ("चुनाव में हिंसा", ["चुनाव", "में", "हिंसा"]),
        ("cafe\u0301 olé", ["cafe\u0301", "olé"]),
        ("\u200fالحكومة\u200f تعلن", ["الحكومة", "تعلن"]),
        ("\ud800war\udfff", ["war"]),
        ("\U0001f600!?", []),
    ],
)
def test_split(text: str, found: list[str]) -> None:
    assert [word.group() for word in words.split(text)] == found


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    found = words.split(text)
    assert all(text[word.start() : word.end()] == word.group() for word in found)
    assert all(one.end() <= after.start() for one, after in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (("election", "Elections", "ELECTED"), "en"),
        (("presidente", "presidentes"), "es"),
        (("ministre", "ministres"), "fr"),
        (("Wahlen", "wahl"), "de"),
        (("governo", "governos"), "pt"),
        (("выборы", "выборов", "выборах"), "ru"),
        (("وزير", "الوزير", "والوزير"), "ar"),
        (("حكومة", "الحكومة", "حكومات", "للحكومة"), "ar"),
        (("watuhumiwa", "mtuhumiwa"), "sw"),
        (("shule", "shuleni"), "sw"),
        (("caf\u00e9", "cafe\u0301", "CAF\u00c9"), "xx"),
    ],
)
def test_forms_of_one_word_share_a_stem(forms: tuple[str, ...], language: str) -> None:
    assert len({words.stem(form, language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("police", "policy", "en"), ("war", "warn", "en"), ("mtu", "kitu", "sw"), ("a", "b", "xx")],
)
def test_different_words_keep_apart(one: str, other: str, language: str) -> None:
    assert words.stem(one, language) != words.stem(other, language)


def test_exact_forms_know_no_article_in_arabic() -> None:
    assert words.exact("الحرب", "ar") == words.exact("حرب", "ar") != words.exact("حروب", "ar")


@pytest.mark.parametrize("language", ["en", "es", "ar", "sw", "zh", "", "xx"])
@pytest.mark.parametrize("word", HOSTILE)
def test_stemming_takes_anything(word: str, language: str) -> None:
    assert isinstance(words.stem(word, language), str)


def test_possessives() -> None:
    text = "Kenya's s"
    assert [words.is_possessive(text, word) for word in words.split(text)] == [False, True, False]
