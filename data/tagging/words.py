"""Words of a text: where they stand, how they are folded, and their stems; shared by the topic and keyword taggers."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

Word = re.Match[str]
"""A word in its place: ``word.group()``, ``word.start()``, ``word.end()`` are those of the text it was found in."""

APOSTROPHES = "'\u2019\u02bc"

# Combining marks that belong to the letter before them; `\w` leaves them out: it would cut Hindi or vocalised Arabic.
_MARKS = "".join(
    (
        "\u0300-\u036f\u0483-\u0487\u0591-\u05bd",  # Latin, Cyrillic, Hebrew
        "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc",  # Arabic
        "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d",  # India
        "\u0b82-\u0bcd\u0c00-\u0c4d\u0cbc-\u0ccd\u0d3b-\u0d4d",
        "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3",  # Thai, Burmese, Khmer
        "\u200c\u200d",  # joiners
    )
)
WORD = f"[^\\W_]+(?:[{_MARKS}]+[^\\W_]*)*"
"""The pattern of a word, to build others from."""
_WORD = re.compile(WORD)
_SHARED = 10_000
"""Characters of a text whose words are worth the memory."""

_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
_STEMMING = threading.Lock()
_ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|ولل|لل|ال)(?=\w{3})")
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:ها|ات|ون|ين|ان|يه|ه|ي)$")
_ARABIC_LETTERS = str.maketrans("أإآٱىة", "اااايه", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
_SWAHILI_CLASS = re.compile(r"^(?:mw|wa|vi|ki|mi|ma|m)(?=\w{4})")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


def split(text: str) -> list[Word]:
    """The words of `text` in order: runs of letters, digits and their marks; everything else separates."""
    return list(_split(text) if len(text) <= _SHARED else _WORD.finditer(text))


@functools.lru_cache(maxsize=8)
def _split(text: str) -> tuple[Word, ...]:
    """The same, remembered for the few taggers that read the same text one after the other."""
    return tuple(_WORD.finditer(text))


def is_possessive(text: str, word: Word) -> bool:
    """Whether `word` of `text` is the s of a possessive: "Russia's"."""
    return word.group() in ("s", "S") and word.start() > 0 and text[word.start() - 1] in APOSTROPHES


@functools.lru_cache(maxsize=1 << 17)
def normal(word: str) -> str:
    """`word` in small letters and one Unicode form (NFKC), so that two spellings of the same letters compare equal."""
    return unicodedata.normalize("NFKC", word).lower()


def exact(word: str, language: str) -> str:
    """`word` as it counts where only this form is meant: small letters, in Arabic without the article."""
    plain = normal(word)
    return _ARABIC_ARTICLE.sub("", plain.translate(_ARABIC_LETTERS)) if language == "ar" else plain


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """The stem of `word`: Snowball's where it covers `language` (ISO 639-1), else the word in small letters.

    Two languages have rules of their own. Swahili: the noun class before the stem and the locative -ni after it go.
    Arabic: one form for variants of a letter, no article before the stem and up to two endings fewer after it, which
    keeps "minister" and "the minister" together as Snowball does not. Method: L. Larkey, L. Ballesteros and
    M. Connell, "Improving stemming for Arabic information retrieval", SIGIR 2002 (light stemming).
    """
    return _stemmer(language)(normal(word))


@functools.cache
def _stemmer(language: str) -> Callable[[str], str]:
    """The stemming function of `language`; the identity where there is none."""
    if language in _OWN_RULES:
        return _OWN_RULES[language]
    if language not in _ALGORITHMS:
        return str
    import snowballstemmer  # 150 ms

    return functools.partial(_guarded, snowballstemmer.stemmer(_ALGORITHMS[language]))


def _guarded(stemmer: _Stemmer, word: str) -> str:
    """One stem at a time: a stemmer keeps the word it works on in itself, and the page runs in several threads."""
    with _STEMMING:
        return stemmer.stemWord(word)


def _swahili(word: str) -> str:
    bare = word[:-2] if word.endswith("ni") and len(word) > 6 else word
    return _SWAHILI_CLASS.sub("", bare)


def _arabic(word: str) -> str:
    bare = _ARABIC_ARTICLE.sub("", word.translate(_ARABIC_LETTERS))
    return _ARABIC_ENDING.sub("", _ARABIC_ENDING.sub("", bare))


_OWN_RULES: dict[str, Callable[[str], str]] = {"ar": _arabic, "sw": _swahili}
