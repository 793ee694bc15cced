"""Example sentences: for words that set two selections apart, one from each side that has the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.frames import records
from data.quotable import is_whole, stands_alone
from data.search.words import joined
from data.sentences import flat, spans
from data.tagging import words
from data.tagging.boilerplate import without_boilerplate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.engines import Engine
    from data.selection import Selection

LOOKED_AT = 4
"""Articles that are read for a word on one side: the most central ones that have it."""
SHORTEST, LONGEST = 30, 280
"""Characters of an example; a sentence in signs that are words may be a third as short."""


def examples(
    engine: Engine, wanted: Sequence[tuple[str, tuple[Selection, ...]]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each (word, selections) a sentence with the word and the id of its article, in the order of the selections.

    A word is left out if the first of its selections has no such sentence; so are further selections without any, or
    with the same.
    """
    listed = {(word, n): _having(engine, side, word) for word, sides in wanted for n, side in enumerate(sides)}
    ids = dict.fromkeys(name for found in listed.values() for name in found)
    known = {row["id"]: row for row in records(engine.texts(tuple(ids)))}
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for word, sides in wanted:
        said = [_said([known[name] for name in listed[word, n] if name in known], word) for n in range(len(sides))]
        if said and said[0]:
            found[word] = tuple(dict.fromkeys(each for each in said if each))
    return found


def _having(engine: Engine, side: Selection, word: str) -> tuple[str, ...]:
    """The most central articles of a selection that have the keyword."""
    chosen = frozenset(side.chosen("keyword"))
    found = engine.articles(side.choose("keyword", [word]), "central", 0, LOOKED_AT, copies=False)
    lists = zip(found["id"].tolist(), found["keywords"].tolist(), strict=True)
    return tuple(name for name, keywords in lists if not chosen or chosen & set(keywords))


def _said(articles: Sequence[Mapping[str, str]], word: str) -> tuple[str, str] | None:
    """The first sentence that can stand alone; if none of the articles has one, the first that is whole."""
    found = [
        (sentence, article["id"], article["language"])
        for article in articles
        for sentence in sentences_with(article["text"], word, article["language"])
    ]
    alone = [each for each in found if stands_alone(each[0], each[2])]
    return next(((sentence, name) for sentence, name, _ in alone or found), None)


def sentences_with(text: str, word: str, language: str) -> list[str]:
    """The sentences of `text` with the word in any of its forms, white space made even, without page furniture."""
    bare = without_boilerplate(text[:20_000])
    found = []
    for start, end in spans(text, language):
        sentence = flat(text[start:end])
        fits = SHORTEST / (1 if " " in sentence else 3) <= len(sentence) <= LONGEST
        if fits and bare[start:end] == text[start:end] and is_whole(sentence) and has(sentence, word, language):
            found.append(sentence)
    return found


def has(sentence: str, word: str, language: str) -> bool:
    """Whether the words of a keyword stand in a sentence one after the other, as they are or by their stems."""
    if joined(word) in joined(sentence):
        return True
    inside, wanted = (_stems(text, language) for text in (sentence, word))
    return any(inside[n : n + len(wanted)] == wanted for n in range(len(inside))) if wanted else False


def _stems(text: str, language: str) -> list[str]:
    return [words.stem(found.group(), language) for found in words.split(text)]
