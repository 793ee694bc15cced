"""Finds many fixed phrases in a text in one pass: the Aho-Corasick automaton with word boundaries.

All patterns are looked up at once, so the time grows with the text and hardly with the number of patterns. Matches are
chosen leftmost, then longest, *after* the word boundaries were tested: choosing inside the automaton would lose a valid
shorter match wherever the longest one ends in the middle of a word.

Method: A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic search", 1975.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import ahocorasick_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Span = tuple[int, int, int]
"""Start, end (both count characters of the text) and the index of the pattern."""

GLUE = "-_@#"
"""Characters that bind what follows to what stands before: "post-war", "snake_case", "@name", "#tag"."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def lowered(text: str) -> str:
    """`text` in lower case, character by character, so that every offset stays what it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


class Matcher:
    """Finds `patterns` in texts, exactly as they are written (case counts; see :func:`lowered`).

    With `words` a match must be whole words: no letter or digit on either side, no underscore after it and none of the
    characters of `glue` directly before it. Without `words`, for scripts that do not separate words, any place will do.
    `accept(text, start, end)` may refuse a match in favour of a shorter or later one. Empty patterns are never found;
    of equal patterns the first one is reported.
    """

    def __init__(
        self,
        patterns: Sequence[str],
        *,
        words: bool = True,
        glue: str = GLUE,
        accept: Callable[[str, int, int], bool] | None = None,
    ) -> None:
        first: dict[str, int] = {}
        for index, pattern in enumerate(patterns):
            if pattern and not _LONE_SURROGATES.search(pattern):
                first.setdefault(pattern, index)
        self._index = array("L", first.values())
        self._words = words
        self._glue = glue
        self._accept = accept
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(first), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def find(self, text: str) -> list[Span]:
        """The matches in `text` from left to right; no two overlap."""
        chosen: list[Span] = []
        reached = 0
        for start, minus_end, index in sorted(self._candidates(text)):
            if start >= reached:
                reached = -minus_end
                chosen.append((start, reached, self._index[index]))
        return chosen

    def _candidates(self, text: str) -> list[Span]:
        """(start, -end, index) of all matches that keep the word boundaries; minus makes the longest sort first."""
        found = self._all_matches(text)
        if self._accept is not None:
            found = [match for match in found if self._accept(text, match[1], match[2])]
        if not self._words:
            return [(start, -end, index) for index, start, end in found]
        size, glue = len(text), self._glue
        return [
            (start, -end, index)
            for index, start, end in found
            if (start == 0 or not ((before := text[start - 1]).isalnum() or before in glue))
            and (end == size or not ((after := text[end]).isalnum() or after == "_"))
        ]

    def _all_matches(self, text: str) -> list[tuple[int, int, int]]:
        try:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # lone surrogates cannot be written as UTF-8
            return self._automaton.find_matches_as_indexes(_LONE_SURROGATES.sub("\ufffd", text), overlapping=True)
