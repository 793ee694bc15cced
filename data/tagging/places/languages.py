"""Which names to look for in an article: those of its language, found the way its script is written.

English has the large gazetteer. Other languages have names of countries, their adjectives and cities of their own;
those in Latin letters also know the large cities of the world. A language without a table is read by its script.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from data.tagging.places import gazetteer
from data.tagging.places.gazetteer import Gazetteer
from data.tagging.places.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = "en"
_CITY = re.compile(r"[gu]*\t[mt]\w*(?:\.\w+)?:(\d+).*")
_COUNTRY = re.compile(r"\tc\w\w(?: [^c].*)?")
_LARGE_CITY = 58
"""Cities of this prominence (ten times the logarithm of the population, and up to 10 more for fame) are known by their
own name in every language in Latin letters."""

_NOT_CITIES = frozenset(
    {"Essen", "Van", "Male", "Natal", "Ordu", "Batman", "Orange", "Mobile", "Nice", "Central", "Union"}
)
"""Large cities whose name is an ordinary word of one of these languages."""

_NOT_LATIN = words("ar bg bn el fa he hi ja ko ru sr ta th uk ur zh")
_WITHOUT_SPACES = words("ja ko th zh")
_STEMS = words("bg cs et fi hr hu lt lv ro sk sl sr")
"""Languages whose case endings are not listed: a name is known by its stem, and any short ending will do."""
_VOWELS = frozenset("aeiouyáéíóúýěůąėęāēīū\u0430\u0435\u0438\u043e\u0443\u044b\u044f\u044e\u0456\u0457\u0451")
_ENDING, _SHORTEST_STEM = 4, 4

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("uk", re.compile("[\u0456\u0457\u0454\u0491\u0406\u0407\u0404\u0490]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_SAMPLE = 1_000
"""Characters looked at to tell the script."""

_NOT_ENGLISH = re.compile("[^\x00-\u024f\u2000-\u2bff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_ALIKE = {
    "ar": str.maketrans("\u0623\u0625\u0622\u0671", "\u0627\u0627\u0627\u0627"),
    "fa": str.maketrans("\u0623\u0625\u064a\u0643", "\u0627\u0627\u06cc\u06a9"),
    "ur": str.maketrans("\u0623\u0625\u064a\u0643", "\u0627\u0627\u06cc\u06a9"),
}
"""Letters that are written either way."""


def names_for(language: str, text: str) -> Gazetteer:
    """The names to look for in `text`; `language` is an ISO 639-1 code or empty."""
    code = language[:2].lower()
    if code != ENGLISH and code not in tables():
        code = by_script(text)
    return gazetteer.english() if code == ENGLISH else _gazetteer(code)


@cache
def tables() -> frozenset[str]:
    """Codes of the languages that have a table of their own."""
    return frozenset(name.removeprefix("language ") for name in gazetteer.sections() if name.startswith("language "))


def by_script(text: str) -> str:
    """The language whose table fits the script of most letters of a text: "en" for Latin letters."""
    sample = text[:_SAMPLE]
    if sample.isascii() or not _NOT_ENGLISH.search(sample):
        return ENGLISH
    latin = sum(letter.isascii() and letter.isalpha() for letter in sample)
    for code, letters in _SCRIPTS:
        found = len(letters.findall(sample))
        if found and (code in ("uk", "fa", "ja") or found * 2 >= latin):
            return code
    return ENGLISH


@cache
def _gazetteer(language: str) -> Gazetteer:
    rows = dict(gazetteer.rows(f"language {language}"))
    if language not in _NOT_LATIN:
        rows = _known_everywhere() | rows
    fold = _folding(_ALIKE[language]) if language in _ALIKE else None
    if fold is not None:
        rows = {fold(surface): line for surface, line in rows.items()}
    if language in _STEMS:
        rows = {_stem(surface): line for surface, line in rows.items()}
        return Gazetteer(list(rows), list(rows.values()), words=False, accept=_is_inflected)
    words = language not in _WITHOUT_SPACES
    return Gazetteer(list(rows), list(rows.values()), words=words, fold=fold, accept=_ACCEPT.get(language))


def _stem(surface: str) -> str:
    """The name without its last vowel, if enough of it is left."""
    stem = surface[:-1] if surface[-1] in _VOWELS else surface
    return stem if len(stem) >= _SHORTEST_STEM else surface


def _is_inflected(text: str, start: int, end: int) -> bool:
    """Whether a stem begins a word and a few letters end it; short stems must be the whole word."""
    if start and text[start - 1].isalnum():
        return False
    longest = _ENDING if end - start > _SHORTEST_STEM else 1
    tail = text[end : end + longest + 1]
    return next((place for place, letter in enumerate(tail) if not letter.isalpha()), len(tail)) <= longest


def _folding(alike: dict[int, int]) -> Callable[[str], str]:
    def fold(text: str) -> str:
        return text.translate(alike)

    return fold


@cache
def _known_everywhere() -> dict[str, str]:
    """Large cities by their own name, countries by their English one: the language of a headline is often a guess."""
    return {
        surface: line
        for surface, line in gazetteer.rows("places")
        if surface not in _NOT_CITIES and (_is_large_city(line) or (_COUNTRY.fullmatch(line) and len(surface) > 3))
    }


def _is_large_city(line: str) -> bool:
    match = _CITY.fullmatch(line)
    return match is not None and int(match[1]) >= _LARGE_CITY


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Katakana name no part of a longer katakana word: Thailand (ta-i) is in "title" (ta-i-to-ru)."""
    if not _KATAKANA.match(text, start):
        return True
    return not (_KATAKANA.match(text, start - 1) if start else None) and not _KATAKANA.match(text, end)


def _begins_a_word(text: str, start: int, end: int) -> bool:
    """Korean attaches particles behind a name, so only its beginning must be that of a word."""
    return start == 0 or not text[start - 1].isalnum()


_ACCEPT: dict[str, Callable[[str, int, int], bool]] = {"ja": _stands_alone, "ko": _begins_a_word}
