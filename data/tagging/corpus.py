"""What only a whole set of articles can tell: one written form for the keywords that are the same word."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from data.tagging.keywords import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
        best = self._best = self._best or best_forms(self._written)
        return [
            list(dict.fromkeys(best[word, language] for word in row))
            for row, language in zip(keywords, languages, strict=True)
        ]


def best_forms(written: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], str]:
    """For each word and its language the form to show, given how often each is written."""
    folded = cache(fold)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (word, language), n in written.items():
        forms[folded(word, language)][word] += n
    best = {key: min(found, key=lambda form: (-found[form], form)) for key, found in forms.items()}
    return {(word, language): best[folded(word, language)] for word, language in written}


def same_forms(keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> list[list[str]]:
    """The keywords of each article in the form that most articles of the set write, see :class:`Forms`."""
    forms = Forms()
    forms.count(keywords, languages)
    return forms.of(keywords, languages)
