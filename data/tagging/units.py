"""The words of an article as the keyword tagger sees them: what kind of word, what may be one phrase, what is a name.

Stopwords are left out unless they may be part of a name, and part the words before and after them.
Hyphens bind ("Jean-Luc", "long-term"), the possessive 's and elided articles (l', d') are left out, and every mark of
punctuation separates. Chinese is cut into words by rjieba, of which only nouns are kept. Japanese has no small enough
tool: runs of Chinese characters and of katakana stand for its words.
"""

from __future__ import annotations

import functools
import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from data.tagging import words
from data.tagging.lexicon.stopwords import stopwords
from data.tagging.matching import lowered
from data.tagging.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

UNREAD = frozenset({"km", "lo", "my", "th"})
"""Languages without spaces for which nothing here finds words."""
NO_CAPITALS = frozenset({"de", "lb"})
"""Languages where capitals do not show names, as every noun has one."""

SMALL = frozenset({
    "al", "ben", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "ibn", "la",
    "le", "of", "ul", "van", "von",
})  # fmt: skip
"""Small words inside a name: Bank of England, Rio de Janeiro."""

_UNIT = re.compile(f"{words.WORD}(?:[-\u2010\u2011{words.APOSTROPHES}]{words.WORD})*")
"""Words bound by hyphens and apostrophes."""
_ELIDING = frozenset({"ca", "fr", "it", "oc"})
_ARABIC_AND = re.compile("\u0648(?=\u0627\u0644(?!\u062f)[^\\W_]{4})")
"""Before a word with its article; words that begin so by themselves mean a parent or are shorter."""
_ELIDED = re.compile("(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|nell|all|dall|sull|un)'(?=[^\\W_]{2})")
_VERB_ENDINGS = {
    "es": ("ó", "aron", "ieron", "ará", "erá", "irá", "arán", "erán", "irán"),
    "it": ("ò", "arono", "irono", "erono"),
    "pt": ("ou", "aram", "eram", "iram", "ará", "erá", "irá"),
}
"""Endings that hardly any word but a verb has, by language: what somebody did or will do is no keyword."""
_SHORTEST_VERB = 4
"""Letters of a word whose ending is looked at; a word with a capital may be a name."""
_ONE_APOSTROPHE = dict.fromkeys(map(ord, words.APOSTROPHES), "'")
_ENDS_SENTENCE = re.compile('[.!?\u2026:;\n"\u201c\u201d\u00ab\u00bb\u201e\u2018(\\[\u061f\u3002|/\u2022\u2013\u2014]')
_SHORT_CODE = re.compile(r"\d{1,2}[A-Z]{1,2}$")
_JAPANESE = re.compile("[\u4e00-\u9fff\u3005]{2,8}|[\u30a0-\u30ff]{3,20}|[A-Za-z][A-Za-z0-9]+")
_NOUNS = ("n", "vn", "j", "i", "l", "eng")
_NAMES = ("nr", "ns", "nt", "nz")
_LONGEST_WORD, _LONGEST_UNIT = 40, 80
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Kind(IntEnum):
    """What a word is good for."""

    NEVER = 0
    """News furniture, numbers, single letters."""
    GRAMMAR = 1
    """A stopword; part of a name if it has a capital."""
    TITLE = 2
    """Stands before a name: president, coach."""
    COMMON = 3
    """A keyword that says little."""
    PLAIN = 4


Reading = tuple[str, Kind, int, int, bool]
"""What is known of a word wherever it stands, see :func:`reading`."""


class Unit(NamedTuple):
    """A word, or words bound by hyphens, at ``text[start:end]``."""

    key: str
    kind: Kind
    start: int
    end: int
    joined: bool
    """Nothing but space stands between this unit and the one before it."""
    capital: bool
    first: bool
    """Begins a sentence, so that its capital says nothing."""


_unit = functools.partial(tuple.__new__, Unit)
"""As Unit(...), with the fields in one tuple: half as dear, which counts for every word of an article."""
_GRAMMAR = Kind.GRAMMAR  # members of an enumeration are dear to look up


def units(text: str, language: str) -> list[Unit]:
    """The units of `text` in order; none for a language in UNREAD."""
    if language in UNREAD:
        return []
    if language == "zh":
        return list(_chinese(text))
    if language == "ja":
        return list(_japanese(text))
    return _spaced(text, language)


def _spaced(text: str, language: str) -> list[Unit]:
    """The units of a text with spaces; where all words have capitals, as in a headline, these show no names."""
    read: list[Unit] = []
    readings = _readings(language)
    reached, cut, headline = 0, True, True
    for match in _UNIT.finditer(text):
        before, (start, reached) = reached, match.span()
        written = text[start:reached] if reached - start < _LONGEST_UNIT else text[start : start + _LONGEST_UNIT]
        key, kind, lead, tail, upper = readings[written]
        if not upper:
            if kind > _GRAMMAR:
                headline = False
            elif written not in SMALL:
                cut = True
                continue
        joined, first = (True, False) if text[before:start] == " " else _after(text, before, start)
        read.append(_unit((key, kind, start + lead, reached - tail, joined and not (cut or lead), upper, first)))
        cut = tail > 0
    if headline or language in NO_CAPITALS:
        return [unit._replace(capital=False) for unit in read]
    return read


def _after(text: str, end: int, start: int) -> tuple[bool, bool]:
    """Whether only space parts the words that end and start there, and whether the second begins a sentence."""
    gap = text[end:start]
    if gap.isspace() and "\n" not in gap:
        return True, False
    return False, end == 0 or _ENDS_SENTENCE.search(gap) is not None


@functools.cache
def _readings(language: str) -> Remembered[Reading]:
    return Remembered(functools.partial(reading, language=language))


def reading(unit: str, language: str) -> Reading:
    """A unit's key (stems), its kind, the length of what is left out before and after it, whether it has a capital.

    One of several parts is as good as its best part, less if a part is no keyword, none if it begins with a number.
    """
    lead, tail = _left_out(unit, language)
    kept = unit[lead : len(unit) - tail]
    parts = [part.group() for part in words.split(kept)]
    read = [_word(part, language) for part in parts]
    kinds = [kind for _, kind in read]
    best = max(kinds)
    if len(unit) == _LONGEST_UNIT:
        best = Kind.NEVER
    elif len(parts) > 1:
        stops = any(kind <= Kind.GRAMMAR and not part[0].isdigit() for part, kind in zip(parts, kinds, strict=True))
        if parts[0][0].isdigit() or best < Kind.TITLE or _plain(kept) in stopwords(language).grammar:
            best = Kind.NEVER
        elif stops:
            best = min(best, Kind.COMMON)
    return " ".join(key for key, _ in read), best, lead, tail, kept[0].isupper()


def _left_out(unit: str, language: str) -> tuple[int, int]:
    """The length of what is joined to a unit: an elided article ("l'"), an Arabic "and"; a possessive ("'s")."""
    plain = _plain(unit)
    joined = _ELIDED if language in _ELIDING else _ARABIC_AND if language == "ar" else None
    lead = found.end() if joined and (found := joined.match(plain)) else 0
    return lead, 2 if plain.endswith("'s") and len(plain) - lead > 2 else 0


def _plain(unit: str) -> str:
    """`unit` in small letters and with one kind of apostrophe, letter by letter."""
    return lowered(unit).translate(_ONE_APOSTROPHE)


def _word(word: str, language: str) -> tuple[str, Kind]:
    known, plain = stopwords(language), words.normal(word)
    if len(plain) > _LONGEST_WORD or plain in known.news or (plain[0].isdigit() and not _SHORT_CODE.match(word)):
        return plain, Kind.NEVER
    stem = words.stem(word, language)
    code = len(plain) > 1 and word.isupper() and word != plain
    if word == plain and len(plain) >= _SHORTEST_VERB and plain.endswith(_VERB_ENDINGS.get(language, ())):
        return stem, Kind.NEVER
    if plain in known.grammar or len(plain) == 1 or (len(plain) == 2 and not code):
        return stem, Kind.GRAMMAR if len(plain) > 1 else Kind.NEVER
    if stem in known.titles:
        return stem, Kind.TITLE
    return stem, Kind.COMMON if stem in known.common else Kind.PLAIN


def _chinese(text: str) -> Iterator[Unit]:
    """The nouns and names of a Chinese text; rjieba reads simplified letters, so that others are mapped for it."""
    import rjieba  # 100 ms

    from data.tagging.lexicon import load

    known, letters = stopwords("zh"), getattr(load("zh"), "letters", {})
    skipped = known.news | known.grammar | stopwords("en").grammar
    start, joined = 0, False
    for word, tag in rjieba.tag(_LONE_SURROGATES.sub(" ", text).translate(letters)):
        end = start + len(word)
        if len(word) > 1 and tag.startswith(_NOUNS) and word.isalnum() and word.lower() not in skipped:
            kind = Kind.COMMON if word in known.common else Kind.PLAIN
            yield Unit(word, kind, start, end, joined, tag in _NAMES, False)
            joined = True
        else:
            joined = False
        start = end


def _japanese(text: str) -> Iterator[Unit]:
    known = stopwords("ja")
    for run in _JAPANESE.finditer(text):
        word = words.normal(run.group())
        if word not in known.news and word not in known.grammar:
            kind = Kind.COMMON if word in known.common else Kind.PLAIN
            yield Unit(word, kind, run.start(), run.end(), False, False, False)
