"""What only a whole set of articles can tell: one written form for the keywords that are the same word."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from data.tagging.keywords import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


def same_forms(keywords: Sequence[Sequence[str]], languages: Sequence[str]) -> list[list[str]]:
    """The keywords of each article in the form that most articles of the set write ("elections" -> "election").

    `languages` are those of the articles: what is the same word is a matter of language, see :func:`data.tagging.
    keywords.fold`. Of equally frequent forms the one that sorts first is taken; no article gets a keyword twice.
    """
    folded = cache(fold)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for row, language in zip(keywords, languages, strict=True):
        for word in row:
            written[folded(word, language)][word] += 1
    best = {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in written.items()}
    return [
        list(dict.fromkeys(best[folded(word, language)] for word in row))
        for row, language in zip(keywords, languages, strict=True)
    ]
