"""The keywords of an article: names, phrases and words that a reader would put on a cloud.

title, text --units--> words with what is known of them --candidates--> names, phrases, words --rank--> the best twelve

Every article is judged by itself (no counts over a collection), so that it gets the same keywords alone, in any batch
and in any process. What stands in for the missing comparison: stopwords, a list of words that say little, where and how
often a word stands in the article, its capitals, and the phrases among the seed terms of the topics.

Splitting at stopwords and punctuation is that of S. Rose et al., "Automatic keyword extraction from individual
documents", 2010 (RAKE); weighing by place, capitals and frequency follows R. Campos et al., "YAKE!", 2020. The weights
are our own.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from data.tagging import words
from data.tagging.boilerplate import without_boilerplate
from data.tagging.candidates import candidates_of, known_phrases
from data.tagging.language import detect
from data.tagging.tags import Evidence, KeywordTag
from data.tagging.units import SMALL, Kind, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.tagging.candidates import Candidate, Key, Place
    from data.tagging.tags import Field

VERSION = "2"
"""Changes whenever the same article may be given other keywords."""
RULE = "keyword"

LIMIT = 6_000
"""Characters of the text that are read."""
SHOWN = 3
"""At most so many occurrences are kept as evidence."""
TITLE = 1.0
"""How much more an occurrence in the title counts."""
EARLY = 0.7
"""What an occurrence at the very beginning adds to the weight; less and less later."""
LEAD = 60
"""An occurrence is early within about this many words, stopwords not counted."""
NAME = 1.1
"""How much more a name weighs that stands at least twice; one that stands once is often a bystander."""
COMMON = 0.6
"""What a word weighs that says little, against 1 for a long word."""
PER_WORD = 0.05
"""What each further word of a phrase adds to its weight."""


_COMMON, _TITLE = Kind.COMMON, Kind.TITLE  # members of an enumeration are dear to look up

_OUTLET = re.compile(r"\s[-|\u2013\u2014]\s+(?=[^-|\u2013\u2014]{2,40}$)")
"""Before the name of the publisher at the end of a title."""


def tag_keywords(
    title: str, text: str, *, language: str = "", publisher: str = "", limit: int = 12
) -> tuple[KeywordTag, ...]:
    """The best `limit` keywords of an article, best first; () where it has none.

    `language` (ISO 639-1) is detected where it is empty. In a language without stopwords the words that stand out by
    capitals and frequency are given; some that do not separate words get none, see :mod:`data.tagging.units`. The
    name of the `publisher` is no keyword, nor what pages write around a text, see :mod:`data.tagging.boilerplate`.
    """
    spoken = (language or detect(text, title=title)).partition("-")[0].lower()
    fields: dict[Field, str] = {"title": _without_outlet(title[:LIMIT]), "text": without_boilerplate(text[:LIMIT])}
    candidates = candidates_of(fields, spoken)
    own = _own_name(publisher, spoken)
    weights = {
        key: _weight(key, candidate)
        for key, candidate in candidates.items()
        if _stands_up(key, candidate, spoken) and not (key == own and candidate.names)
    }
    chosen = _choose(weights, candidates, limit)
    best = weights[chosen[0]] if chosen else 1.0
    return tuple(
        KeywordTag(_written(key, places, fields), round(weights[key] / best, 3), _evidence(places, fields))
        for key in chosen
        for places in (candidates[key].places,)
    )


def fold(keyword: str, language: str = "") -> str:
    """The key under which two written forms count as one keyword: small letters, stems, no possessive.

    ``fold("Elections", "en") == fold("election", "en")``; without a language only letters and spaces are evened out.
    """
    found = words.split(keyword)
    kept = [word for word in found if not words.is_possessive(keyword, word)] or found
    return " ".join(words.stem(word.group(), language) for word in kept) or " ".join(keyword.lower().split())


def _without_outlet(title: str) -> str:
    """`title` without " - Name of the Paper" at its end: a few words, each with a capital or a dot in it."""
    head, *tail = _OUTLET.split(title, maxsplit=1) if len(title) < 300 else (title,)
    names = " ".join(tail).split()
    outlet = 0 < len(names) <= 5 < len(head.split()) + 2 and all(name[0].isupper() or "." in name for name in names)
    return head if outlet else title


@functools.lru_cache(maxsize=4096)
def _own_name(publisher: str, language: str) -> Key:
    """The key of a publisher's name as it stands in its articles, where only as a name it is left out."""
    return tuple(unit.key for unit in units(publisher[:100], language) if unit.kind > Kind.GRAMMAR)


def _stands_up(key: Key, candidate: Candidate, language: str) -> bool:
    """Whether a phrase is more than words that met once."""
    if len(key) == 1:
        return True
    together = candidate.names or len(candidate.places) > 1 or key in known_phrases(language)
    return bool(candidate.names or (together and max(candidate.kinds) > Kind.TITLE))


def _weight(key: Key, candidate: Candidate) -> float:
    """log(1 + count) * how much the words say * how early they come."""
    places = candidate.places
    if len(key) == 1:
        worth = _says(key[0], candidate.kinds[0])
    else:
        kinds = (
            [Kind.PLAIN] * len(key) if candidate.names else candidate.kinds
        )  # the United Nations are no common nations
        says = [_says(part, kind) for part, kind in zip(key, kinds, strict=True) if part not in SMALL] or [COMMON]
        worth = sum(says) / len(says) * (1 + PER_WORD * (len(says) - 1))
    if len(places) > 1 and candidate.names * 2 >= len(places):
        worth *= NAME
    return math.log1p(len(places) + TITLE * candidate.titles) * worth * _early(places[0][3])


@functools.lru_cache(maxsize=2048)
def _early(before: int) -> float:
    """How much more a candidate weighs that first stands after `before` units."""
    return 1 + EARLY * math.exp(-before / LEAD)


def _says(word: str, kind: Kind) -> float:
    """How much a word says by itself: long words more, common ones less."""
    return COMMON if kind is _COMMON or kind is _TITLE else min(0.4 + 0.075 * len(word), 1.0)


def _choose(weights: dict[Key, float], candidates: dict[Key, Candidate], limit: int) -> list[Key]:
    """The best keys; of a phrase and a part of it only the phrase, unless the part stands mostly by itself."""
    chosen: list[Key] = []
    covered: Counter[Key] = Counter()
    for key in sorted(weights, key=lambda key: (-weights[key], candidates[key].places[0][3], key)):
        if len(chosen) >= limit:
            break
        count = len(candidates[key].places)
        if 2 * covered[key] > count:
            continue
        if len(key) == 1:
            chosen.append(key)
            continue
        parts = {key[start : start + size] for size in range(1, len(key)) for start in range(len(key) - size + 1)}
        inside = [part for part in chosen if part in parts]
        if len(inside) == len(key):
            continue
        covered.update(dict.fromkeys(parts, count))
        weak = [part for part in inside if 2 * covered[part] > len(candidates[part].places)]
        if weak:
            chosen[chosen.index(weak[0])] = key
            chosen = [part for part in chosen if part not in weak]
        else:
            chosen.append(key)
    return sorted(chosen, key=lambda key: -weights[key])


def _written(key: Key, places: Sequence[Place], fields: dict[Field, str]) -> str:
    """The most frequent written form of as many words as the key has; of equals the first, all capitals last."""
    forms = Counter(" ".join(fields[name][start:end].split()) for name, start, end, _ in places)
    return max(forms, key=lambda form: (form.count(" ") + 1 >= len(key), forms[form], not form.isupper()))


def _evidence(places: Sequence[Place], fields: dict[Field, str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(name, start, end, fields[name][start:end], RULE) for name, start, end, _ in places[:SHOWN])
