"""What only a whole set of articles can tell: one written form for the keywords that are the same word."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from data.tagging.keywords import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Forms:
    """The form that most articles of a set write ("elections" -> "election"), for a set that comes bit by bit.

    What is the same word is a matter of language, see :func:`data.tagging.keywords.fold`. Of equally frequent forms the
    one that sorts first is taken.
    """

    def __init__(self) -> None:
        self._written: Counter[tuple[str, str]] = Counter()
        self._best: dict[tuple[str, str], str] = {}

    def count(self, keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> None:
        """Takes in the keywords of some articles, and the languages of these."""
        self._written.update(
            (word, language) for row, language in zip(keywords, languages, strict=True) for word in row
        )
        self._best = {}

    def of(self, keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> list[list[str]]:
        """The keywords in those forms; all have been counted before. No article gets a keyword twice."""
        best = self._best = self._best or self._choose()
        return [
            list(dict.fromkeys(best[word, language] for word in row))
            for row, language in zip(keywords, languages, strict=True)
        ]

    def _choose(self) -> dict[tuple[str, str], str]:
        keys = {pair: _folded(*pair) for pair in self._written}
        best = best_forms((word, keys[word, language], n) for (word, language), n in self._written.items())
        return {pair: best[key] for pair, key in keys.items()}


def best_forms(written: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """For each key the form to show, given words with their key and how often they are written."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, key, n in written:
        forms[key][word] += n
    return {key: min(found, key=lambda form: (-found[form], form)) for key, found in forms.items()}


def keys_of(keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> list[list[str]]:
    """The key of each keyword: those with the same one are the same word."""
    return [[_folded(word, language) for word in row] for row, language in zip(keywords, languages, strict=True)]


def same_forms(keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> list[list[str]]:
    """The keywords of each article in the form that most articles of the set write, see :class:`Forms`."""
    forms = Forms()
    forms.count(keywords, languages)
    return forms.of(keywords, languages)


@lru_cache(maxsize=1 << 17)
def _folded(word: str, language: str) -> str:
    """Most words come again and again, and folding one takes 40 microseconds."""
    return fold(word, language)
