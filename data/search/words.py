"""What a word is, to a search: letters and digits without case and accents; each sign of a script without spaces.

Both ways to answer a query take their words from here, so that they cannot differ.
"""

from __future__ import annotations

import functools
import re
import sys
import unicodedata

FIELDS = ("title", "text", "publisher")
"""What can be searched. A query that names no field looks into all of them."""

_RUNNING = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: no spaces between words, so each sign counts as one."""
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]+")
"""Accents of Latin, Greek and Cyrillic, vowel signs of Hebrew and Arabic; those of Indian scripts make other words."""


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Signs after a letter belong to the word ("C++", "C#"), and so do marks of scripts that write vowels with them."""
    marks = "".join(re.escape(c) for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c) in ("Mn", "Mc"))
    return re.compile(rf"[{_RUNNING}][{marks}]*|(?:(?![{_RUNNING}])[^\W_])(?:(?![{_RUNNING}])[^\W_]|[{marks}])*[+#]*")


_ASCII = re.compile(r"[^\W_]+[+#]*", re.ASCII)


def words(text: str) -> list[str]:
    """The words of `text` in order."""
    if text.isascii():
        return _ASCII.findall(text.lower())
    return [folded for match in _pattern().findall(text) if (folded := fold(match))]


def placed(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of `text` in order, and where each starts and ends."""
    if text.isascii():  # no letter of which folds to nothing
        return words(text), [match.span() for match in _ASCII.finditer(text)]
    found = [(folded, match.span()) for match in _pattern().finditer(text) if (folded := fold(match.group()))]
    return [word for word, _ in found], [span for _, span in found]


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without case and accents, and in the usual form of its letters."""
    if word.isascii():
        return word.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return sys.intern("".join(c for c in unicodedata.normalize("NFC", plain) if not c.isspace()))


def joined(text: str) -> str:
    """The words of `text` with a space around each: what is searched, " in between " like this " for phrases."""
    return f" {' '.join(words(text))} "
